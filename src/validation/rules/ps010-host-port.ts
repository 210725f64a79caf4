import { isIPv6 } from 'net';
import { Severity } from '../../model/finding';
import { hostAddressOf, isPublished } from '../../model/host-port';
import { Mode } from '../../model/mode';
import { pathOf } from '../../model/path';
import { PortProtocol, PortSpec } from '../../model/port';
import { Service } from '../../model/service';
import { ModeRule, ServiceProblem } from '../mode-rule';
import { quote } from '../text';

interface Published {
  readonly service: Service;
  readonly port: PortSpec;
  readonly hostPort: number;
}

/** Who listens on one number of one protocol: by address, and the first of each family for the addresses that mean all. */
type Listeners = Map<string, Published>;

/** A port of the host has one listener. */
export class HostPortRule extends ModeRule {
  constructor() {
    super({
      ruleId: 'PS010',
      severity: Severity.ERROR,
      title: 'Two ports are not published on one port of the host, nor moved by one variable',
      reason: 'The second container would not start: the address is in use.',
    });
  }

  protected inMode(mode: Mode, services: readonly Service[]): ServiceProblem[] {
    const published = services.flatMap((service) => (service.settings(mode).ports ?? [])
      .filter((port) => isPublished(port, mode))
      .map((port) => ({ service, port, hostPort: port.hostPort ?? port.port })));
    return [...equalNumbers(published), ...equalVariables(published)];
  }
}

function equalNumbers(published: readonly Published[]): ServiceProblem[] {
  const listeners = new Map<string, Listeners>();
  const free = freePorts(published);
  return published.flatMap((each) => {
    const protocol = each.port.protocol ?? PortProtocol.TCP;
    const key = `${each.hostPort}/${protocol}`;
    const here: Listeners = listeners.get(key) ?? new Map();
    listeners.set(key, here);

    const address = hostAddressOf(each.port);
    const family = isIPv6(address) ? '::' : '0.0.0.0';
    const other = here.get(address) ?? here.get(family) ?? (address === family ? here.get(`any ${family}`) : undefined);
    if (!here.has(address)) here.set(address, each);
    if (!here.has(`any ${family}`)) here.set(`any ${family}`, each);
    if (!other) return [];
    return [{
      service: each.service,
      message: `The port ${quote(each.port.name)} is published on ${isIPv6(address) ? `[${address}]` : address}:${key}, `
        + `as is the port ${quote(other.port.name)} of ${pathOf(other.service)}.`,
      fix: `Write: hostPort: ${free(each.hostPort)} on one of them.`,
    }];
  });
}

function equalVariables(published: readonly Published[]): ServiceProblem[] {
  const users = new Map<string, Published>();
  return published.flatMap((each) => {
    const name = each.service.hostPortVariable(each.port).variableName;
    const other = users.get(name);
    if (!other) users.set(name, each);
    return other ? [{
      service: each.service,
      message: `The port ${quote(each.port.name)} is moved by the variable ${name}, as is the port ${quote(other.port.name)} of ${pathOf(other.service)}.`,
      fix: `Write: variableName: '${name.replace(/_PORT$/, '')}_2_PORT' on one of them.`,
    }] : [];
  });
}

/** Gives the next port above one that nobody has; each is offered once. */
function freePorts(published: readonly Published[]): (above: number) => number {
  const taken = new Set(published.map((each) => each.hostPort));
  const next = new Map<number, number>();
  return (above) => {
    let port = next.get(above) ?? above + 1;
    while (taken.has(port) && port < 65535) port++;
    taken.add(port);
    next.set(above, port + 1);
    return Math.min(port, 65535);
  };
}

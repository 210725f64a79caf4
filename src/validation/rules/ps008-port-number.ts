import { isIP } from 'net';
import { Severity } from '../../model/finding';
import { PortSpec } from '../../model/port';
import { Service } from '../../model/service';
import { ServiceSettings } from '../../model/settings';
import { Problem, ServiceRule } from '../mode-rule';
import { quote } from '../text';

/** A port is a port. */
export class PortNumberRule extends ServiceRule {
  constructor() {
    super({
      ruleId: 'PS008',
      severity: Severity.ERROR,
      title: 'Ports are whole numbers from 1 to 65535, on an IP address of the host',
      reason: 'The engine listens on nothing else; Compose refuses some of these and passes others on to fail at start.',
    });
  }

  protected inspect(_service: Service, settings: ServiceSettings): Problem[] {
    return (settings.ports ?? []).flatMap((port) => [...numberProblems(port), ...addressProblems(port)]);
  }
}

function isPort(number: number): boolean {
  return Number.isInteger(number) && number >= 1 && number <= 65535;
}

function numberProblems({ name, port, hostPort }: PortSpec): Problem[] {
  const container = isPort(port) ? [] : [{
    message: `The port ${quote(name)} listens on ${port}, which is no whole number from 1 to 65535.`,
    fix: 'Write: port: 8080 (what the program in the container listens on).',
  }];
  if (hostPort === undefined || isPort(hostPort)) return container;
  return [...container, {
    message: `The port ${quote(name)} has the host port ${hostPort}, which is no whole number from 1 to 65535.`,
    fix: `Write: hostPort: ${isPort(port) ? port : 8080}.${hostPort === 0 ? ' For a free one at each start, set its variable to 0 in .env.' : ''}`,
  }];
}

function addressProblems({ name, hostAddress }: PortSpec): Problem[] {
  // Compose refuses the zone of an IPv6 address, which Node takes.
  if (hostAddress === undefined || (isIP(hostAddress) !== 0 && !hostAddress.includes('%'))) return [];
  return [{
    message: `The port ${quote(name)} has the host address ${quote(hostAddress)}, which is no IP address.`,
    fix: "Write: hostAddress: '127.0.0.1' for this machine alone, or '0.0.0.0' for the whole network.",
  }];
}

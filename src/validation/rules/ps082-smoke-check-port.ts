import { Severity } from '../../model/finding';
import { isPublished } from '../../model/host-port';
import { Mode } from '../../model/mode';
import { Service } from '../../model/service';
import { ServiceSettings } from '../../model/settings';
import { SmokeCheckKind } from '../../model/smoke-check';
import { Problem, ServiceRule } from '../mode-rule';
import { literal, quote } from '../text';

/** What asks from outside of the containers. */
const OUTSIDE = [SmokeCheckKind.HTTP, SmokeCheckKind.TCP, SmokeCheckKind.RELOAD];

/** A smoke check asks a port that can be asked. */
export class SmokeCheckPortRule extends ServiceRule {
  constructor() {
    super({
      ruleId: 'PS082',
      severity: Severity.ERROR,
      title: 'A smoke check asks a port that is published in development',
      reason: 'It asks from the host, as people do; where nothing is published, it fails whatever the service does.',
    });
  }

  protected inspect(service: Service, { ports = [] }: ServiceSettings, mode: Mode): Problem[] {
    if (mode !== Mode.DEVELOPMENT) return [];
    const published = ports.filter((port) => isPublished(port, mode));
    const fix = published.length > 0 ? `Write: port: ${published.map(({ name }) => literal(name)).join(' or ')}.` : 'Write SmokeCheck.exec(…), which asks from inside, or publish a port in development.';
    return service.smokeChecks().filter((check) => check.isFor(mode) && OUTSIDE.includes(check.kind)).flatMap(({ title, portName }) => {
      const port = portName === undefined ? ports[0] : ports.find(({ name }) => name === portName);
      const check = `The smoke check ${quote(title)}`;
      if (!port) return [{ message: portName === undefined ? `${check} has no port to ask.` : `${check} asks the port ${quote(portName)}, which the service does not have.`, fix }];
      return published.includes(port) ? [] : [{ message: `${check} asks the port ${quote(port.name)}, which is not published in development.`, fix }];
    });
  }
}

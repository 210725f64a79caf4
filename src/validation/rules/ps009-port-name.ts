import { Severity } from '../../model/finding';
import { isDnsLabel, toDnsLabel } from '../../model/names';
import { Service } from '../../model/service';
import { ServiceSettings } from '../../model/settings';
import { Problem, ServiceRule } from '../mode-rule';
import { literal, quote, repeated } from '../text';

/** The name of a port means one port. */
export class PortNameRule extends ServiceRule {
  constructor() {
    super({
      ruleId: 'PS009',
      severity: Severity.ERROR,
      title: 'The ports of a service have different names, each a DNS label',
      reason: 'Health checks, endpoints and variables refer to a port by its name.',
    });
  }

  protected inspect(_service: Service, settings: ServiceSettings): Problem[] {
    const names = (settings.ports ?? []).map((port) => port.name);
    return [
      ...names.filter((name) => !isDnsLabel(name)).map((name) => ({
        message: `The port name ${quote(name)} is not a DNS label: lower-case letters, digits and hyphens.`,
        fix: `Write: name: ${literal(name ? toDnsLabel(name) : 'http')}.`,
      })),
      ...repeated(names).map((name) => ({
        message: `Two ports have the name ${quote(name)}.`,
        fix: `Write: name: ${literal(`${name}-2`)} on one of them.`,
      })),
    ];
  }
}

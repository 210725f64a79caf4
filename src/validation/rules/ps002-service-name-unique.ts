import { Finding, Severity } from '../../model/finding';
import { pathOf } from '../../model/path';
import { Service } from '../../model/service';
import { StackModel } from '../../model/stack-model';
import { Rule } from '../rule';
import { literal, quote } from '../text';

/** A name reaches one service. */
export class ServiceNameUniqueRule extends Rule {
  constructor() {
    super({
      ruleId: 'PS002',
      severity: Severity.ERROR,
      title: 'Two services of a stack have different names',
      reason: 'The name is the key in the Compose file: the second service would silently replace the first.',
    });
  }

  public check(stack: StackModel): Finding[] {
    const first = new Map<string, Service>();
    const taken = new Set(stack.services.map((service) => service.serviceName));
    return stack.services.flatMap((service) => {
      const other = first.get(service.serviceName);
      if (!other) {
        first.set(service.serviceName, service);
        return [];
      }
      const message = `The service name ${quote(service.serviceName)} is already that of ${pathOf(other)}.`;
      return [this.findingAt(service, message, `Write: serviceName: ${literal(freeName(service.serviceName, taken))}.`)];
    });
  }
}

/** The name with the first number that makes it free; it is taken from then on. */
function freeName(name: string, taken: Set<string>): string {
  let number = 2;
  while (taken.has(`${name}-${number}`)) number++;
  taken.add(`${name}-${number}`);
  return `${name}-${number}`;
}

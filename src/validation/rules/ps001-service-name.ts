import { Finding, Severity } from '../../model/finding';
import { isDnsLabel, toDnsLabel } from '../../model/names';
import { StackModel } from '../../model/stack-model';
import { Rule } from '../rule';
import { literal, quote } from '../text';

/** The name of a service is its host name too. */
export class ServiceNameRule extends Rule {
  constructor() {
    super({
      ruleId: 'PS001',
      severity: Severity.ERROR,
      title: 'The name of a service is a DNS label',
      reason: 'Other containers reach it by this name; Compose takes more, but host names and Kubernetes do not.',
    });
  }

  public check(stack: StackModel): Finding[] {
    return stack.services.filter((service) => !isDnsLabel(service.serviceName)).map((service) => this.findingAt(
      service,
      `The service name ${quote(service.serviceName)} is not a DNS label: at most 63 lower-case letters, digits and hyphens, no hyphen at an end.`,
      `Write: serviceName: ${literal(toDnsLabel(service.serviceName).replace(/-+$/, ''))}.`,
    ));
  }
}

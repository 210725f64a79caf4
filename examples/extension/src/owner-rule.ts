import { Finding, Mode, Rule, Severity, StackModel } from 'projen-stack';

/**
 * Every service of production says whose it is, so that somebody can be asked at night.
 */
export class OwnerRule extends Rule {
  /** The label that says it. */
  public static readonly OWNER_LABEL = 'owner';

  constructor() {
    super({
      ruleId: 'ACME001',
      severity: Severity.ERROR,
      title: 'A service of production has an owner',
      reason: 'Whoever is called at night must know whom to ask.',
    });
  }

  public check(stack: StackModel): Finding[] {
    const running = stack.services.filter((service) => service.modes.includes(Mode.PRODUCTION));
    const without = running.filter((service) => !service.settings(Mode.PRODUCTION).labels?.[OwnerRule.OWNER_LABEL]);
    return without.map((service) => this.findingAt(
      service,
      `The service "${service.serviceName}" has no owner.`,
      `Write: labels: { ${OwnerRule.OWNER_LABEL}: 'team-name' }.`,
    ));
  }
}

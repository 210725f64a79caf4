import { DependencyCondition } from '../../model/dependency';
import { Severity } from '../../model/finding';
import { Mode } from '../../model/mode';
import { Service } from '../../model/service';
import { ModeRule, ServiceProblem } from '../mode-rule';
import { quote } from '../text';

/** What runs once is run for somebody. */
export class OneShotAwaitedRule extends ModeRule {
  constructor() {
    super({
      ruleId: 'PS018',
      severity: Severity.ERROR,
      title: 'Something waits for the completion of a service that runs once',
      reason: 'docker compose up --wait fails when a container ends that nothing waits for, even with 0. One in a profile is run by hand, and free.',
    });
  }

  protected inMode(mode: Mode, services: readonly Service[]): ServiceProblem[] {
    const awaited = new Set(services.flatMap((service) => (service.settings(mode).dependsOn ?? [])
      .filter((dependency) => (dependency.condition ?? dependency.service.readiness(mode)) === DependencyCondition.COMPLETED)
      .map((dependency) => dependency.service.node.path)));
    return services
      .filter((service) => service.oneShot && !awaited.has(service.node.path) && (service.settings(mode).profiles ?? []).length === 0)
      .map((service) => ({
        service,
        message: `The service ${quote(service.serviceName)} runs once, and nothing waits for its completion.`,
        fix: `Write: dependsOn: [{ service: ${variableFor(service)} }] on a service that needs it, or profiles: ['tools'] to run it by hand.`,
      }));
  }
}

/** How the service is most probably called in the definition. */
function variableFor(service: Service): string {
  return service.node.id.replace(/[^A-Za-z0-9]+(.)?/g, (_, letter: string | undefined) => (letter ?? '').toUpperCase());
}

import { Dependency, DependencyCondition } from '../../model/dependency';
import { Severity } from '../../model/finding';
import { HealthCheckKind } from '../../model/health-check';
import { Mode } from '../../model/mode';
import { Service } from '../../model/service';
import { ServiceSettings } from '../../model/settings';
import { Problem, ServiceRule } from '../mode-rule';
import { quote } from '../text';

/** What is waited for can happen. */
export class DependencyConditionRule extends ServiceRule {
  constructor() {
    super({
      ruleId: 'PS017',
      severity: Severity.ERROR,
      title: 'A dependency waits for something that can happen',
      reason: 'A container without a health check never becomes healthy, and one that keeps running never completes: the start fails or hangs.',
    });
  }

  protected inspect(_service: Service, settings: ServiceSettings, mode: Mode): Problem[] {
    return (settings.dependsOn ?? []).filter(({ service }) => service.modes.includes(mode)).flatMap((dependency) => judge(dependency, mode));
  }
}

function judge({ service, condition }: Dependency, mode: Mode): Problem[] {
  const name = quote(service.serviceName);
  if (condition === DependencyCondition.HEALTHY) {
    const check = service.settings(mode).healthCheck;
    if (check && check.kind !== HealthCheckKind.NONE) return [];
    return [{
      message: `It waits until ${name} is healthy, which has ${check ? 'HealthCheck.none()' : 'no health check'}.`,
      fix: `Write: healthCheck: HealthCheck.http('/health') (or tcp, exec) on ${service.serviceName}, or condition: DependencyCondition.STARTED.`,
    }];
  }
  if (condition === DependencyCondition.COMPLETED && !service.oneShot) {
    return [{
      message: `It waits until ${name} has completed, which is not a service that runs once.`,
      fix: `Write: oneShot: true on ${service.serviceName}, or condition: DependencyCondition.STARTED.`,
    }];
  }
  return [];
}

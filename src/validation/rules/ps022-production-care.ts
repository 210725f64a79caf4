import { Severity } from '../../model/finding';
import { HealthCheckKind } from '../../model/health-check';
import { Mode } from '../../model/mode';
import { Service } from '../../model/service';
import { ServiceSettings } from '../../model/settings';
import { sizeBytes } from '../../model/units';
import { Problem, ServiceRule } from '../mode-rule';

/** Production notices when a service is ill, and keeps it from taking the machine with it. */
export class ProductionCareRule extends ServiceRule {
  constructor() {
    super({
      ruleId: 'PS022',
      severity: Severity.WARNING,
      title: 'A service of production has a memory limit and a health check',
      reason: 'Without a limit one service can take all memory from the others; without a check nobody sees that it no longer answers.',
    });
  }

  protected inspect(service: Service, settings: ServiceSettings, mode: Mode): Problem[] {
    if (mode !== Mode.PRODUCTION || service.oneShot) return [];
    const { healthCheck, resources } = settings;
    const limited = resources?.memory !== undefined && sizeBytes(resources.memory) !== 0;
    return [
      ...(limited ? [] : [{ message: 'It has no memory limit.', fix: "Write: production: { resources: { memory: '512M' } }." }]),
      ...(healthCheck && healthCheck.kind !== HealthCheckKind.NONE ? [] : [{
        message: 'It has no health check.', fix: "Write: healthCheck: HealthCheck.http('/health'), or tcp, or exec.",
      }]),
    ];
  }
}

import { Severity } from '../../model/finding';
import { Mode } from '../../model/mode';
import { Service } from '../../model/service';
import { ModeRule, ServiceProblem } from '../mode-rule';

/** There is an order in which services can start. */
export class DependencyCycleRule extends ModeRule {
  constructor() {
    super({
      ruleId: 'PS016',
      severity: Severity.ERROR,
      title: 'Services do not wait for each other in a circle',
      reason: 'None of them could start first.',
    });
  }

  protected inMode(mode: Mode, services: readonly Service[]): ServiceProblem[] {
    return cycles(services, mode).map((cycle) => ({
      service: cycle[0],
      message: `These services wait for each other: ${[...cycle, cycle[0]].map((service) => service.serviceName).join(' → ')}.`,
      fix: `Remove one of these dependencies; ${cycle[cycle.length - 1].serviceName} could retry until ${cycle[0].serviceName} answers.`,
    }));
  }
}

/** One circle for each dependency that closes one, found in a single walk that is no deeper than its own list. */
function cycles(services: readonly Service[], mode: Mode): Service[][] {
  const byPath = new Map(services.map((service) => [service.node.path, service]));
  const next = (service: Service) => (service.settings(mode).dependsOn ?? [])
    .map((dependency) => byPath.get(dependency.service.node.path))
    .filter((other): other is Service => other !== undefined && other !== service);
  const done = new Set<Service>();
  const found: Service[][] = [];
  for (const start of services) {
    if (done.has(start)) continue;
    const trail = new Map<Service, number>([[start, 0]]);
    const walk = [{ service: start, rest: next(start) }];
    while (walk.length > 0) {
      const top = walk[walk.length - 1];
      const other = top.rest.shift();
      if (!other) {
        done.add(top.service);
        trail.delete(top.service);
        walk.pop();
      } else if (trail.has(other)) {
        found.push(walk.slice(trail.get(other)).map((step) => step.service));
      } else if (!done.has(other)) {
        trail.set(other, walk.length);
        walk.push({ service: other, rest: next(other) });
      }
    }
  }
  return found;
}

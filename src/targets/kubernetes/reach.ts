import { Dependency, DependencyCondition } from '../../model/dependency';
import { Mode } from '../../model/mode';
import { Service } from '../../model/service';

const MODE = Mode.PRODUCTION;

/** Whether a dependency is a service that runs once, and whose end is waited for. */
export function isWaitedFor({ service, condition }: Dependency): boolean {
  return (condition ?? service.readiness(MODE)) === DependencyCondition.COMPLETED;
}

/**
 * The services that a service reaches over the network: those that it waits for, those whose addresses it is given, and what a
 * service that runs once reaches, whose question it asks itself while it waits.
 */
export function reachOf(service: Service): Service[] {
  const own = [
    ...(service.settings(MODE).dependsOn ?? []).map((dependency) => dependency.service),
    ...service.addressed(MODE),
    ...service.connections().flatMap(({ target }) => (target instanceof Service ? target : [])),
  ];
  const all = [...own, ...own.filter((other) => other.oneShot).flatMap(reachOf)];
  return [...new Set(all)].filter((other) => other !== service && other.modes.includes(MODE) && (other.settings(MODE).ports ?? []).length > 0);
}

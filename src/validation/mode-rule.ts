import { Rule } from './rule';
import { Finding } from '../model/finding';
import { Mode, MODES } from '../model/mode';
import { Service } from '../model/service';
import { ServiceSettings } from '../model/settings';
import { StackModel } from '../model/stack-model';

/** What is wrong, and what to write instead. */
export interface Problem {
  readonly message: string;
  readonly fix: string;
}

/** A problem of one service. */
export interface ServiceProblem extends Problem {
  readonly service: Service;
}

/**
 * A rule that is held against each mode by itself, since only services of one mode ever meet.
 *
 * What is wrong in both modes is said once; what is wrong in one of two says in which.
 */
export abstract class ModeRule extends Rule {
  public check(stack: StackModel): Finding[] {
    const found = new Map<string, { readonly problem: ServiceProblem; readonly modes: Set<Mode> }>();
    for (const mode of MODES) {
      const services = stack.services.filter((service) => service.modes.includes(mode));
      for (const problem of this.inMode(mode, services, stack)) {
        const key = JSON.stringify([problem.service.node.path, problem.message, problem.fix]);
        const entry = found.get(key) ?? { problem, modes: new Set() };
        found.set(key, entry);
        entry.modes.add(mode);
      }
    }
    return [...found.values()].map(({ problem: { service, message, fix }, modes }) => {
      const everywhere = MODES.every((mode) => modes.has(mode) || !service.modes.includes(mode));
      return this.findingAt(service, everywhere ? message : inOneMode([...modes][0], message), fix);
    });
  }

  /** What is wrong in a mode, given the services that exist in it. */
  protected abstract inMode(mode: Mode, services: readonly Service[], stack: StackModel): ServiceProblem[];
}

/** A sentence that is true in one mode alone. */
function inOneMode(mode: Mode, message: string): string {
  return `In ${mode}, ${message.replace(/^(?:The|It|An?|These|Two) /, (word) => word.toLowerCase())}`;
}

/** A rule that looks at one service at a time. */
export abstract class ServiceRule extends ModeRule {
  protected inMode(mode: Mode, services: readonly Service[], stack: StackModel): ServiceProblem[] {
    return services.flatMap((service) => this.inspect(service, service.settings(mode), mode, stack).map((problem) => ({ ...problem, service })));
  }

  /** What is wrong with a service in a mode. */
  protected abstract inspect(service: Service, settings: ServiceSettings, mode: Mode, stack: StackModel): Problem[];
}

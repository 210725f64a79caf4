import { Dependency } from '../../model/dependency';
import { Severity } from '../../model/finding';
import { Mode } from '../../model/mode';
import { pathOf } from '../../model/path';
import { Service } from '../../model/service';
import { ServiceSettings } from '../../model/settings';
import { StackModel } from '../../model/stack-model';
import { ModeRule, Problem, ServiceProblem } from '../mode-rule';
import { quote } from '../text';

/** What is waited for is there. */
export class DependencyTargetRule extends ModeRule {
  constructor() {
    super({
      ruleId: 'PS015',
      severity: Severity.ERROR,
      title: 'A service depends on services that run whenever it does',
      reason: 'Compose refuses a file with a dependency that is missing or not enabled, and knows nothing of other stacks.',
    });
  }

  protected inMode(mode: Mode, services: readonly Service[], stack: StackModel): ServiceProblem[] {
    const known = new Set(stack.services.map((service) => service.node.path));
    return services.flatMap((service) => {
      const settings = service.settings(mode);
      const problems = (settings.dependsOn ?? []).flatMap((dependency) => judge(service, settings, dependency, mode, known));
      return problems.map((problem) => ({ ...problem, service }));
    });
  }
}

function judge(service: Service, settings: ServiceSettings, { service: other }: Dependency, mode: Mode, known: ReadonlySet<string>): Problem[] {
  const name = quote(other.serviceName);
  if (other.node.path === service.node.path) {
    return [{ message: `The service ${name} depends on itself.`, fix: 'Remove that dependency.' }];
  }
  if (!known.has(other.node.path)) {
    return [{
      message: `It depends on ${name}, which is no service of this stack but ${pathOf(other)}.`,
      fix: 'Write: new …Service(stack, …) in this stack, or a connection to something external (ExternalPostgres, ExternalRedis) instead.',
    }];
  }
  if (!other.modes.includes(mode)) {
    return [{
      message: `It depends on ${name}, which exists in ${other.modes.join(' and ') || 'no mode'} only.`,
      fix: `Write: modes: [Mode.DEVELOPMENT, Mode.PRODUCTION] on ${other.serviceName}, fewer modes on ${service.serviceName}, `
        + 'or the dependency in one mode alone: addSettings({ dependsOn: [{ service: … }] }, mode).',
    }];
  }
  const needed = other.settings(mode).profiles ?? [];
  const own = settings.profiles ?? [];
  if (needed.length === 0 || (own.length > 0 && own.every((profile) => needed.includes(profile)))) return [];
  const missing = own.length > 0 ? own.filter((profile) => !needed.includes(profile)) : needed;
  const list = (profiles: readonly string[]) => profiles.map((profile) => `'${profile}'`).join(', ');
  return [{
    message: `It depends on ${name}, which runs only with ${list(needed)}, and it runs ${own.length > 0 ? `with ${list(missing)} too` : 'without a profile'}.`,
    fix: own.length > 0
      ? `Write: profiles: [${list([...needed, ...missing])}] on ${other.serviceName}.`
      : `Write: no profiles on ${other.serviceName}, or profiles: [${list(needed)}] on ${service.serviceName}.`,
  }];
}

import { Finding, Severity } from '../../model/finding';
import { Mode, MODES } from '../../model/mode';
import { Service } from '../../model/service';
import { ServiceSettings } from '../../model/settings';
import { StackModel } from '../../model/stack-model';
import { Problem, ServiceRule } from '../mode-rule';
import { quote } from '../text';

/** Nothing that is defined is lost. */
export class ModesRule extends ServiceRule {
  constructor() {
    super({
      ruleId: 'PS028',
      severity: Severity.ERROR,
      title: 'A service exists in a mode, and overrides are for a target that there is',
      reason: 'Otherwise what was written would have no effect, and nobody would notice.',
    });
  }

  public check(stack: StackModel): Finding[] {
    const nowhere = stack.services.filter((service) => !MODES.some((mode) => service.modes.includes(mode)));
    const atStack = new Set(MODES.flatMap((mode) => strangers(stack.overrides[mode] ?? {}, stack)).map((problem) => JSON.stringify(problem)));
    return [
      ...[...atStack].map((text) => JSON.parse(text) as Problem).map(({ message, fix }) => this.findingAtStack(stack, message, fix)),
      ...nowhere.map((service) => this.findingAt(service, 'It exists in no mode.', 'Write: modes: [Mode.DEVELOPMENT], or remove the service.')),
      ...super.check(stack),
    ];
  }

  protected inspect(_service: Service, settings: ServiceSettings, _mode: Mode, stack: StackModel): Problem[] {
    return strangers(settings.overrides ?? {}, stack);
  }
}

function strangers(overrides: { readonly [target: string]: unknown }, stack: StackModel): Problem[] {
  const known = stack.targetNames.join(', ');
  return Object.keys(overrides).filter((key) => !stack.targetNames.includes(key)).map((key) => ({
    message: `overrides has the key ${quote(key)}, which is no target of this stack.`,
    fix: `Write: overrides: { ${stack.targetNames[0]}: { … } }; the targets are: ${known}.`,
  }));
}

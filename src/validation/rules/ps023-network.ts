import { Finding, Severity } from '../../model/finding';
import { Mode } from '../../model/mode';
import { Service } from '../../model/service';
import { ServiceSettings } from '../../model/settings';
import { StackModel } from '../../model/stack-model';
import { Problem, ServiceRule } from '../mode-rule';
import { literal, quote, repeated } from '../text';

/** What begins with `x-` is an extension to Compose, and no network. */
const NAME = /^(?!x-)[a-zA-Z0-9][a-zA-Z0-9_.-]*$/;

/** A network that is joined exists. */
export class NetworkRule extends ServiceRule {
  constructor() {
    super({
      ruleId: 'PS023',
      severity: Severity.ERROR,
      title: 'Services join networks that the stack declares, each declared once',
      reason: 'Compose refuses a network that it does not know, and a list that names one twice.',
    });
  }

  public check(stack: StackModel): Finding[] {
    const names = stack.networks.map((network) => network.name);
    return [
      ...names.filter((name) => !NAME.test(name)).map((name) => this.findingAtStack(
        stack,
        `The network name ${quote(name)} is not made of letters, digits, "_", "." and hyphens, a letter or digit first, and not "x-".`,
        `Write: name: ${literal(name.replace(/[^a-zA-Z0-9_.-]+/g, '_').replace(/^(?:x-|[_.-])+|_+$/g, '') || 'backend')}.`,
      )),
      ...repeated(names).map((name) => this.findingAtStack(stack, `The network ${quote(name)} is declared twice.`, 'Remove one of them.')),
      ...super.check(stack),
    ];
  }

  protected inspect(_service: Service, settings: ServiceSettings, _mode: Mode, stack: StackModel): Problem[] {
    const joined = settings.networks ?? [];
    const declared = new Set(stack.networks.map((network) => network.name));
    const known = declared.size > 0 ? `, or one of: ${[...declared].map((name) => `'${name}'`).join(', ')}` : '';
    return [
      ...[...new Set(joined)].filter((name) => !declared.has(name)).map((name) => ({
        message: `It joins the network ${quote(name)}, which the stack does not declare.`,
        fix: `Write: stack.addNetwork({ name: ${literal(name)} })${known}.`,
      })),
      ...repeated(joined).map((name) => ({ message: `It joins the network ${quote(name)} twice.`, fix: 'Remove one of them.' })),
    ];
  }
}

import { StackElement } from '../../model/element';
import { Finding, Severity } from '../../model/finding';
import { isVariableName, toVariableName } from '../../model/names';
import { StackModel } from '../../model/stack-model';
import { Rule } from '../rule';
import { literal, quote } from '../text';

/** What a shell sets by itself: it wins over `.env`, so the setting would be whatever the operator's machine has. */
const SHELL_OWN = new Set([
  'PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'PWD', 'OLDPWD', 'UID', 'EUID', 'PPID', 'HOSTNAME', 'TERM', 'LANG', 'SHLVL', 'IFS',
]);

/** The name of a setting can be set. */
export class VariableNameRule extends Rule {
  constructor() {
    super({
      ruleId: 'PS004',
      severity: Severity.ERROR,
      title: 'The name of a variable can be set in .env and in a shell',
      reason: 'Compose reads letters, digits and underscores; what the shell or Compose itself sets would silently win over .env.',
    });
  }

  public check(stack: StackModel): Finding[] {
    return stack.elements.flatMap((element) => {
      const names = new Set(element.variables().flatMap((variable) => variable.withReferences).map((variable) => variable.variableName));
      return [...names].flatMap((name) => this.judge(element, name));
    });
  }

  private judge(element: StackElement, name: string): Finding[] {
    if (!isVariableName(name)) {
      const message = `The variable name ${quote(name)} is not made of letters, digits and underscores, or begins with a digit.`;
      return [this.findingAt(element, message, `Write: ${literal(toVariableName(name))}.`)];
    }
    if (!SHELL_OWN.has(name) && !/^(COMPOSE|DOCKER)_/.test(name)) return [];
    const owner = SHELL_OWN.has(name) ? 'every shell sets it' : 'Compose and Docker read it themselves';
    return [this.findingAt(element, `The variable name ${quote(name)} is not free: ${owner}.`, `Write: ${literal(`APP_${name}`)}.`)];
  }
}

import { Finding, Severity } from '../../model/finding';
import { StackModel } from '../../model/stack-model';
import { Rule } from '../rule';
import { literal, quote } from '../text';

/** The name of the stack is one that Compose takes for a project. */
export class StackNameRule extends Rule {
  constructor() {
    super({
      ruleId: 'PS029',
      severity: Severity.ERROR,
      title: 'The name of a stack is one that Compose takes for a project',
      reason: 'It begins the names of containers, networks and volumes.',
    });
  }

  public check(stack: StackModel): Finding[] {
    if (/^[a-z0-9][a-z0-9_-]*$/.test(stack.stackName)) return [];
    const better = stack.stackName.toLowerCase().replace(/[^a-z0-9_-]+/g, '-').replace(/^[_-]+|-+$/g, '') || 'app';
    return [this.findingAtStack(
      stack,
      `The stack name ${quote(stack.stackName)} is not made of lower-case letters, digits, "_" and hyphens, a letter or digit first.`,
      `Write: stackName: ${literal(better)}.`,
    )];
  }
}

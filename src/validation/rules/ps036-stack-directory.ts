import * as path from 'path';
import { Finding, Severity } from '../../model/finding';
import { StackModel } from '../../model/stack-model';
import { Rule } from '../rule';
import { literal, quote } from '../text';

/** The folder of the stack lies in the project. */
export class StackDirectoryRule extends Rule {
  constructor() {
    super({
      ruleId: 'PS036',
      severity: Severity.ERROR,
      title: 'The folder of a stack lies in its project',
      reason: 'What projen writes elsewhere it cannot ignore in git, nor remove when the stack is gone.',
    });
  }

  public check(stack: StackModel): Finding[] {
    const { directory } = stack;
    const outside = path.posix.isAbsolute(directory) || /^[A-Za-z]:|\\/.test(directory) || path.posix.normalize(directory).split('/').includes('..');
    if (!outside) return [];
    const last = directory.split(/[\\/]/).filter((part) => /^[\w.-]+$/.test(part) && part !== '..' && part !== '.').pop() ?? 'infra';
    return [this.findingAtStack(stack, `The folder ${quote(directory)} is not one below the project, written with "/".`, `Write: directory: ${literal(last)}.`)];
  }
}

import { StackElement } from '../model/element';
import { Finding, RuleInfo } from '../model/finding';
import { markOrigin } from '../model/origin';
import { pathOf } from '../model/path';
import { StackModel } from '../model/stack-model';

/**
 * Something that must hold in every stack. A rule reads the definition before anything is rendered, and changes nothing.
 *
 * Knowledge of one service belongs to that service (`findings()`); a rule is about stacks in general.
 */
export abstract class Rule {
  /** What the rule is about. */
  public readonly info: RuleInfo;

  /**
   * @param info what the rule is about
   */
  constructor(info: RuleInfo) {
    this.info = info;
    markOrigin(this);
  }

  /**
   * Everything in a stack that breaks this rule, in the order in which it was defined.
   *
   * @param stack everything that was defined
   */
  public abstract check(stack: StackModel): Finding[];

  /**
   * A finding about one element of the stack.
   *
   * @param element the service, or what else is wrong
   * @param message what is wrong, as a sentence with the offending text
   * @param fix what to write instead, as a sentence
   */
  protected findingAt(element: StackElement, message: string, fix: string): Finding {
    return { rule: this.info, path: pathOf(element), location: element.sourceLocation, message, fix };
  }

  /**
   * A finding about the stack as a whole.
   *
   * @param stack the stack
   * @param message what is wrong, as a sentence with the offending text
   * @param fix what to write instead, as a sentence
   */
  protected findingAtStack(stack: StackModel, message: string, fix: string): Finding {
    return { rule: this.info, path: stack.path, location: stack.location, message, fix };
  }
}

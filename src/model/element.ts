import { Construct, IConstruct } from 'constructs';
import { DataFormat } from './data-format';
import { Finding, RuleInfo } from './finding';
import { requireStack } from './group';
import { callerLocation } from './location';
import { pathOf } from './path';
import { Variable } from './variable';

const ELEMENT = Symbol.for('projen-stack.StackElement');

/**
 * Anything that stands in a stack: a service that it runs, or something that runs elsewhere and is only connected to.
 */
export abstract class StackElement extends Construct {
  /**
   * All elements below a construct, in the order in which they were made.
   *
   * @param scope a stack, or any construct in one
   */
  public static elementsOf(scope: IConstruct): StackElement[] {
    return scope.node.findAll().filter((construct): construct is StackElement => ELEMENT in construct);
  }

  /** The file and line that made this construct, when known. */
  public readonly sourceLocation?: string;

  /**
   * @param scope the stack, or a construct in it
   * @param id the id, unique in the scope
   * @throws when no stack stands above it
   */
  constructor(scope: Construct, id: string) {
    requireStack(scope, id, new.target.name);
    super(scope, id);
    Object.defineProperty(this, ELEMENT, { value: true });
    this.sourceLocation = callerLocation();
  }

  /**
   * The operator's settings that this element brings.
   */
  public abstract variables(): Variable[];

  /**
   * What its tools leave in the repository that is not to be committed, as lines of `.gitignore` relative to the stack's folder.
   */
  public gitIgnore(): string[] {
    return [];
  }

  /**
   * The format of the data that this service keeps. A subclass gives it when a program of another version cannot read the data;
   * a change then stops the synthesis until the definition says that the data was carried over.
   *
   * @returns undefined when any version reads the data, or nothing is kept
   */
  public dataFormat(): DataFormat | undefined {
    return undefined;
  }

  /**
   * What this element finds wrong with itself. Subclasses add what only they know; generic rules are in `Rule`s.
   */
  public findings(): Finding[] {
    return [];
  }

  /**
   * A finding about this element.
   *
   * @param rule the rule that is broken
   * @param message what is wrong, as a sentence with the offending text
   * @param fix what to write instead, as a sentence
   */
  protected finding(rule: RuleInfo, message: string, fix: string): Finding {
    return { rule, path: pathOf(this), location: this.sourceLocation, message, fix };
  }
}

import { Construct, IConstruct } from 'constructs';
import { Backup } from './backup';
import { DataFormat } from './data-format';
import { Finding, RuleInfo } from './finding';
import { understood } from './given';
import { requireStack } from './group';
import { Guide, Trouble } from './guide';
import { callerLocation } from './location';
import { markOrigin } from './origin';
import { PackageFolder } from './package-folder';
import { pathOf } from './path';
import { ServiceConnection } from './service-connection';
import { SmokeCheck } from './smoke-check';
import { Variable, VariableOptions } from './variable';

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

  /**
   * Whether something is an element of a stack, made by this copy of the library or another one.
   *
   * @param value anything
   */
  public static isStackElement(value: any): value is StackElement {
    return typeof value === 'object' && value !== null && ELEMENT in value;
  }

  /** The file and line that made this construct, when known. */
  public readonly sourceLocation?: string;

  private readonly declared: Variable[] = [];
  private readonly arrows: ServiceConnection[] = [];
  private readonly checks: SmokeCheck[] = [];
  private readonly guideList: Guide[] = [];
  private readonly troubleList: Trouble[] = [];

  /**
   * @param scope the stack, or a construct in it
   * @param id the id, unique in the scope
   * @throws when no stack stands above it
   */
  constructor(scope: Construct, id: string) {
    requireStack(scope, id, new.target.name);
    super(scope, id);
    Object.defineProperty(this, ELEMENT, { value: true });
    markOrigin(this);
    this.sourceLocation = callerLocation();
  }

  /**
   * The operator's settings that this element brings.
   */
  public abstract variables(): Variable[];

  /**
   * Declares a setting of the operator. It has an effect where its value is used: `Value.of(variable)`.
   *
   * @param name the name of the environment variable
   * @param options what an operator should know of it
   */
  public addVariable(name: string, options: VariableOptions = {}): Variable {
    const variable = new Variable(name, { section: this.settingsTitle(), ...understood('VariableOptions', options, this) });
    this.declared.push(variable);
    return variable;
  }

  /**
   * Declares a setting that must not be seen.
   *
   * @param name the name of the environment variable
   * @param options what an operator should know of it
   */
  public addSecret(name: string, options: VariableOptions = {}): Variable {
    return this.addVariable(name, { ...understood('VariableOptions', options, this), secret: true });
  }

  /**
   * The operator's settings with which one logs in: the secrets that were declared here, unless a subclass says otherwise.
   */
  public credentials(): Variable[] {
    return this.declared.filter((variable) => variable.secret);
  }

  /**
   * The heading of the settings that it declares: its id.
   */
  public settingsTitle(): string {
    return this.node.id;
  }

  /**
   * Says that this element opens connections to something: an arrow of the topology. `connect` says it too.
   *
   * @param connection what is reached
   */
  public addConnection(connection: ServiceConnection): void {
    const given = understood('ServiceConnection', connection, this);
    if (given.target) this.arrows.push(given);
  }

  /**
   * Adds something that proves that this element works.
   *
   * @param check the check
   */
  public addSmokeCheck(check: SmokeCheck): void {
    this.checks.push(check);
  }

  /**
   * Adds something that people should know.
   *
   * @param guide a part of the documentation
   */
  public addGuide(guide: Guide): void {
    this.guideList.push(understood('Guide', guide, this));
  }

  /**
   * Adds something that goes wrong at times, with what helps.
   *
   * @param trouble symptom, cause and fix
   */
  public addTrouble(trouble: Trouble): void {
    this.troubleList.push(understood('Trouble', trouble, this));
  }

  /**
   * What this element opens connections to, each once.
   */
  public connections(): ServiceConnection[] {
    return this.arrows.filter((arrow, index) => (
      this.arrows.findIndex((other) => pathOf(other.target) === pathOf(arrow.target) && other.portName === arrow.portName) === index
    ));
  }

  /**
   * What proves that it works. Subclasses add what they bring to what `super.smokeChecks()` gives.
   */
  public smokeChecks(): SmokeCheck[] {
    return [...this.checks];
  }

  /**
   * What people should know of it. Subclasses add what they bring to what `super.guides()` gives.
   */
  public guides(): Guide[] {
    return [...this.guideList];
  }

  /**
   * What goes wrong with it at times. Subclasses add what they bring to what `super.troubles()` gives.
   */
  public troubles(): Trouble[] {
    return [...this.troubleList];
  }

  /**
   * How its data is saved and put back, one for each database; nothing when it keeps none that is worth it.
   */
  public backups(): Backup[] {
    return [];
  }

  /**
   * The folders in which it pins packages of others.
   */
  public packageFolders(): PackageFolder[] {
    return [];
  }

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

  /**
   * The operator's settings that were declared here, whether something uses them or not.
   */
  protected declaredVariables(): Variable[] {
    return [...this.declared];
  }
}

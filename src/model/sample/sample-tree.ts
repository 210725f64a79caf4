import * as path from 'path';
import { Construct, IConstruct } from 'constructs';
import { SamplePart } from './part';
import { SampleReplacement } from './replacement';
import { StackElement } from '../element';
import { Finding, RuleInfo, Severity } from '../finding';
import { carry, propsOf, understood } from '../given';
import { Variable } from '../variable';

const SAMPLE = Symbol.for('projen-stack.SampleTree');

/** The folder of a sample lies in the folder of its stack. */
export const SAMPLE_DIRECTORY: RuleInfo = {
  ruleId: 'PS063',
  severity: Severity.ERROR,
  title: 'The folder of a sample lies in the folder of its stack',
  reason: 'What a definition writes stays where the definition is, and git shows it.',
};

/**
 * The properties of a sample.
 */
export interface SampleTreeProps {
  /**
   * The folder that it is written into, relative to the stack's.
   *
   * @default - the stack's own folder
   */
  readonly directory?: string;

  /**
   * What the sample is called in `.projen/stack.json`, where it stands below its folder.
   *
   * @default - the construct's id
   */
  readonly sampleName?: string;

  /** All parts that the sample has, the first ones first; those that are not wanted too. */
  readonly parts: SamplePart[];

  /**
   * What differs between the parts and what is written.
   *
   * @default - nothing
   */
  readonly replacements?: SampleReplacement[];

  /**
   * Paths in the folder, as they are on the disk. When one exists before anything was written, the team has its own application
   * there, and nothing is written.
   *
   * @default - none: what is missing is written
   */
  readonly unless?: string[];

  /**
   * Files that a command makes from others, such as pinned versions, as paths in the folder. When a part is added, people are not
   * told which lines of them to add: an instruction of the part names the command.
   *
   * @default - none
   */
  readonly derived?: string[];
}

/**
 * Application code that is written once, in parts, and is the team's from then on.
 *
 * A part is written at the first synthesis that wants it: its files that do not exist. What exists is never touched, and what the
 * team deletes stays deleted. `.projen/stack.json`, which is committed, remembers what was written.
 */
export class SampleTree extends StackElement {
  /**
   * All samples below a construct, in the order in which they were made.
   *
   * @param scope a stack, or any construct in one
   */
  public static treesOf(scope: IConstruct): SampleTree[] {
    return scope.node.findAll().filter((construct): construct is SampleTree => SAMPLE in construct);
  }

  /** The folder that it is written into, relative to the stack's; empty when it is the stack's own. */
  public readonly directory: string;

  /** What the sample is called in `.projen/stack.json`. */
  public readonly sampleName: string;

  private readonly givenDirectory: string;
  private readonly partList: SamplePart[];
  private readonly replacementList: SampleReplacement[];
  private readonly unlessList: string[];
  private readonly derivedList: string[];

  /**
   * @param scope the stack, or a construct in it
   * @param id the id, unique in the scope
   * @param props folder, parts, replacements
   */
  constructor(scope: Construct, id: string, props: SampleTreeProps) {
    props = propsOf(scope, id, 'SampleTreeProps', props, new.target !== SampleTree);
    super(scope, id);
    carry(props, this);
    Object.defineProperty(this, SAMPLE, { value: true });
    this.givenDirectory = props.directory ?? '';
    this.directory = path.posix.normalize(this.givenDirectory || '.').replace(/^\.(\/|$)/, '').replace(/\/+$/, '');
    this.sampleName = props.sampleName ?? id;
    this.partList = [...props.parts];
    this.replacementList = [...props.replacements ?? []];
    this.unlessList = [...props.unless ?? []];
    this.derivedList = [...props.derived ?? []];
  }

  /** All parts, wanted or not. */
  public get parts(): SamplePart[] {
    return [...this.partList];
  }

  /** What differs between the parts and what is written. */
  public get replacements(): SampleReplacement[] {
    return [...this.replacementList];
  }

  /** Paths in the folder that say that the team has its own application there. */
  public get unless(): string[] {
    return [...this.unlessList];
  }

  /** Files that a command makes from others. */
  public get derived(): string[] {
    return [...this.derivedList];
  }

  /**
   * Adds a part.
   *
   * @param part the part
   * @throws when a part of that name is there
   */
  public addPart(part: SamplePart): void {
    part = understood('SamplePart', part, this);
    if (this.partList.some((each) => each.partName === part.partName)) {
      throw new Error(`The sample ${this.sampleName} has a part "${part.partName}" already. Write: sample.wantPart('${part.partName}').`);
    }
    this.partList.push(part);
  }

  /**
   * Wants a part that the sample has; nothing changes when it is wanted already.
   *
   * @param partName the name of the part
   * @throws when there is none of that name
   */
  public wantPart(partName: string): void {
    const index = this.partList.findIndex((each) => each.partName === partName);
    if (index < 0) {
      const names = this.partList.map((each) => each.partName).join(', ');
      throw new Error(`The sample ${this.sampleName} has no part "${partName}". Write one of: ${names}.`);
    }
    this.partList[index] = { ...this.partList[index], wanted: true };
  }

  /**
   * Adds something that differs between the parts and what is written.
   *
   * @param replacement the replacement
   */
  public addReplacement(replacement: SampleReplacement): void {
    this.replacementList.push(replacement);
  }

  /**
   * A sample brings no settings: its code reads those of its service.
   */
  public variables(): Variable[] {
    return [];
  }

  /**
   * What is wrong with the folder.
   */
  public findings(): Finding[] {
    const given = this.givenDirectory;
    const outside = path.posix.isAbsolute(given) || /^[A-Za-z]:|\\/.test(given) || this.directory.split('/').includes('..');
    if (!outside) return super.findings();
    return [...super.findings(), this.finding(
      SAMPLE_DIRECTORY,
      `The folder ${JSON.stringify(given)} is not one below the stack's, written with "/".`,
      'Write a path such as: directory: \'backend\'.',
    )];
  }
}

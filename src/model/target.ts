import { Finding } from './finding';
import { Guide } from './guide';
import { markOrigin } from './origin';
import { StackModel } from './stack-model';

/**
 * A file that a target gives.
 */
export interface OutputFile {
  /** The path, relative to the folder of the stack. */
  readonly filePath: string;

  /** The text without a header: the writer puts the marker where `commentPrefix` allows one. */
  readonly content: string;

  /**
   * What begins a comment line in this format, for the one-line header that says who wrote the file; empty for no header.
   *
   * @default "#"
   */
  readonly commentPrefix?: string;

  /**
   * Whether the file can be executed. Its first line must be the `#!` line; the header follows it.
   *
   * @default false
   */
  readonly executable?: boolean;

  /**
   * Whether people copy the file, so that it must not be read-only.
   *
   * @default false
   */
  readonly copied?: boolean;

  /**
   * Whether the file is left out when somebody else writes it, or wrote it.
   *
   * @default false
   */
  readonly givesWay?: boolean;
}

/**
 * A task that a target gives to the project: a program with its arguments, without a shell.
 */
export interface OutputTask {
  /** The name, with a colon after its group. */
  readonly taskName: string;
  /** What it does, in one line. */
  readonly description: string;
  /** The program and its arguments, run in the stack's folder; what a person adds comes after them. */
  readonly command: string[];
}

/**
 * One section of a file that otherwise belongs to the team.
 */
export interface FileSection {
  /** The name within the file: lower-case words with dashes between. */
  readonly sectionId: string;

  /** The text, without marks around it. */
  readonly content: string;
}

/**
 * A file that belongs to the team, and in which some sections are kept up to date: a README, say.
 */
export interface SectionedFile {
  /** The path, relative to the folder of the stack. */
  readonly filePath: string;

  /** What the file begins with when it does not exist yet; from then on it is the team's. */
  readonly opening: string;

  /** The sections, in the order in which they stand unless somebody moves them. */
  readonly sections: FileSection[];
}

/**
 * How what a target wrote is tried on a machine that has nothing but tools: by a workflow, say.
 *
 * @experimental
 */
export interface OutputTrial {
  /** The script that brings the stack there, relative to the folder of the stack. It takes the place, `--tag` and `--secrets-from`. */
  readonly script: string;

  /** The place: the name of an environment. */
  readonly environment: string;

  /** The names of the images that are built for production, without a tag, by the names of the services. */
  readonly images: { [serviceName: string]: string };

  /** The secrets that others issue, and that must have some value. */
  readonly givenSecrets: string[];
}

/**
 * What a target gives for a stack.
 */
export interface TargetOutput {
  /** The files. */
  readonly files: OutputFile[];

  /**
   * What is wrong with the finished documents.
   *
   * @default - nothing
   */
  readonly findings?: Finding[];

  /**
   * The tasks.
   *
   * @default - none
   */
  readonly tasks?: OutputTask[];

  /**
   * Sections of files that belong to the team.
   *
   * @default - none
   */
  readonly sectionedFiles?: SectionedFile[];

  /**
   * What people should know of these files: parts of the documentation.
   *
   * @default - nothing
   */
  readonly guides?: Guide[];

  /**
   * What git must ignore, relative to the folder of the stack.
   *
   * @default - nothing
   */
  readonly gitIgnore?: string[];

  /**
   * How it is tried.
   *
   * @default - it cannot be
   */
  readonly trial?: OutputTrial;

  /**
   * What to tell whoever synthesizes.
   *
   * @default - nothing
   */
  readonly notes?: string[];
}

/**
 * Something that reads a stack and writes files of one kind. A target never knows a concrete service.
 */
export abstract class Target {
  /** The name, which is the key of `overrides`. */
  public readonly targetName: string;

  /**
   * @param targetName the name, which is the key of `overrides`
   */
  constructor(targetName: string) {
    this.targetName = targetName;
    markOrigin(this);
  }

  /**
   * Renders a stack without touching the disk. The rules have passed before it is called.
   *
   * @param stack everything that was defined
   */
  public abstract render(stack: StackModel): TargetOutput;

  /**
   * Renders what depends on what the other targets gave: a README that lists the tasks of all, say. It is called after all of
   * them have rendered.
   *
   * @param _stack everything that was defined
   * @param _outputs what the targets gave
   */
  public renderLast(_stack: StackModel, _outputs: TargetOutput[]): TargetOutput {
    return { files: [] };
  }
}

import { StackCommand } from './stack-command';

/**
 * The chapter of a stack's documentation that a `Guide` belongs to.
 */
export enum GuideTopic {
  /** The first minutes: from a clone to something that runs. */
  QUICK_START = 'quick-start',
  /** What people type every day. */
  COMMANDS = 'commands',
  /** How the services are wired, and why. */
  WIRING = 'wiring',
  /** The database: access, migrations, backup. */
  DATABASE = 'database',
  /** How the stack and its code are tested. */
  TESTS = 'tests',
  /** What follows a change of the sources by itself, and what does not. */
  HOT_RELOAD = 'hot-reload',
  /** The operator's settings. */
  CONFIGURATION = 'configuration',
  /** What is safe by default, and what is not. */
  SECURITY = 'security',
  /** What is to be done before other people depend on it. */
  PRODUCTION = 'production',
}

/**
 * Something that people should know of a service: a part of a chapter of the documentation.
 */
export interface Guide {
  /** The chapter. */
  readonly topic: GuideTopic;

  /**
   * The heading within the chapter. Guides of one heading stand together.
   *
   * @default - directly below the chapter's own heading
   */
  readonly heading?: string;

  /**
   * Prose in Markdown, without headings.
   *
   * @default - none
   */
  readonly text?: string;

  /**
   * Names and values, as a table: what a form of another program asks for, say.
   *
   * @default - none
   */
  readonly facts?: { [name: string]: string };

  /**
   * What to type.
   *
   * @default - nothing
   */
  readonly commands?: StackCommand[];

  /**
   * Points to be ticked off, one sentence each. Only the chapter about production has boxes.
   *
   * @default - none
   */
  readonly points?: string[];
}

/**
 * Something that goes wrong, as the person sees it who searches for help.
 */
export interface Trouble {
  /** What is seen: the message, best. */
  readonly symptom: string;

  /** Why it happens. */
  readonly cause: string;

  /**
   * What shows whether this is the cause.
   *
   * @default - nothing
   */
  readonly checks?: StackCommand[];

  /** What to do about it, in a sentence or two of Markdown. */
  readonly fix: string;

  /**
   * The commands that do it.
   *
   * @default - none
   */
  readonly remedies?: StackCommand[];
}

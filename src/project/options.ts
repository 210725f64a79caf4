import { javascript, LoggerOptions, Project } from 'projen';
import { StackProps } from '../stack-props';

/**
 * What a new project starts with: `npx projen new --from projen-stack --template <value>`.
 */
export enum StackTemplate {
  /** PostgreSQL and Redis. */
  DATABASES = 'databases',

  /** PostgreSQL, Redis and a FastAPI backend with a sample application. */
  BACKEND = 'backend',

  /** The same, with a Vite and React frontend before it. */
  FULL_STACK = 'full-stack',

  /** No service yet: `.projenrc.ts` shows where the first one goes. */
  EMPTY = 'empty',
}

/**
 * Options of `StackProject`.
 */
export interface StackProjectOptions {
  /**
   * The name of the project.
   *
   * @default $BASEDIR
   */
  readonly name: string;

  /**
   * The folder of the project, relative to the current folder, or to the parent's when there is one.
   *
   * @default "."
   */
  readonly outdir?: string;

  /**
   * The project that this one is a part of.
   *
   * A part has its own package.json and its own stack; the definition and its runner are the root's.
   *
   * @default - this is the root project
   */
  readonly parent?: Project;

  /**
   * What projen prints, and how much of it.
   *
   * @default - projen's defaults
   */
  readonly logging?: LoggerOptions;

  /**
   * What `projen new` starts the project with.
   *
   * Read once, by `projen new`: it writes the services into `.projenrc.ts`, and from then on those lines are the definition.
   *
   * @default StackTemplate.DATABASES
   * @featured
   */
  readonly template?: StackTemplate;

  /**
   * How the stack is made.
   *
   * @default - the defaults of `Stack`
   */
  readonly stackProps?: StackProps;

  /**
   * One line on what the project is, for package.json.
   *
   * @default - none, or what package.json says
   * @featured
   */
  readonly description?: string;

  /**
   * The name in package.json.
   *
   * @default - what package.json says, else the project's name in lower case
   */
  readonly packageName?: string;

  /**
   * The SPDX identifier of the licence, for package.json.
   *
   * @default - what package.json says, else "UNLICENSED"
   */
  readonly license?: string;

  /**
   * The package manager that installs the dependencies.
   *
   * @default NodePackageManager.NPM
   * @pjnew $PACKAGE_MANAGER
   */
  readonly packageManager?: javascript.NodePackageManager;

  /**
   * Runtime dependencies, as `name` or `name@range`.
   *
   * Those that stand in package.json already need not be repeated here.
   *
   * @default []
   */
  readonly deps?: string[];

  /**
   * Development dependencies, as `name` or `name@range`, beside those of the project itself (projen, constructs, the runner and the type checker).
   *
   * Naming one of those here replaces its version.
   *
   * @default []
   */
  readonly devDeps?: string[];

  /**
   * The version of projen, as npm understands it.
   *
   * @default - what package.json says, else the installed one
   */
  readonly projenVersion?: string;

  /**
   * Whether the generated files are committed.
   *
   * @default true
   */
  readonly commitGenerated?: boolean;
}

import { Finding } from './model/finding';
import { NetworkSpec } from './model/network';
import { Target, TargetOutput } from './model/target';
import { ReadmeOptions } from './targets/readme/options';

/**
 * The properties of a stack.
 */
export interface StackProps {
  /**
   * The name of the stack: Compose's project name, which begins the names of containers and volumes.
   *
   * @default - the project's name; followed by the stack's id when that is not "stack"
   */
  readonly stackName?: string;

  /**
   * The folder of the generated files, relative to the project.
   *
   * @default - the project's own folder
   */
  readonly directory?: string;

  /**
   * The name of the Compose file for development.
   *
   * @default "compose.yaml"
   */
  readonly composeFile?: string;

  /**
   * The name of the Compose file for production.
   *
   * @default "compose.prod.yaml"
   */
  readonly productionComposeFile?: string;

  /**
   * Templates of the settings beside `.env.example`, such as `.env.docker`.
   *
   * @default - none
   */
  readonly envTemplates?: string[];

  /**
   * The networks of the stack; a service joins all of them unless it names its own.
   *
   * @default - none: Compose's default network
   */
  readonly networks?: NetworkSpec[];

  /**
   * What a target cannot be told otherwise about the whole stack: keyed by the target's name (`compose`), in that target's own
   * words. In Compose these are the top-level keys (`networks`, `volumes`, `secrets`, `configs`, `x-…`, `name`, `include`).
   * It is merged into the finished document of both modes as those of a service are; `addOverrides` says it for one.
   *
   * @default - none
   */
  readonly overrides?: { [target: string]: any };

  /**
   * What the README says of the stack.
   *
   * @default - all sections, in `README.md` of the stack's folder
   */
  readonly readme?: ReadmeOptions;

  /**
   * Whether a workflow of GitHub builds, starts and proves the stack. More is said by a target of one's own: `new WorkflowTarget({…})`.
   *
   * @default - true in a `StackProject`, false in a project of another type
   */
  readonly workflow?: boolean;

  /**
   * Further targets, beside Compose, the env files and the README.
   *
   * @default - none
   */
  readonly targets?: Target[];
}

/**
 * Why a finding is taken as it is.
 */
export interface AcceptOptions {
  /**
   * The service, or the path of the construct, whose finding is accepted.
   *
   * @default - every one of that rule in the stack
   */
  readonly at?: string;

  /**
   * The reason, for whoever reads the definition later.
   */
  readonly because: string;
}

/** What a stack came to: everything that is to be written, unless a finding stops it. */
export interface StackOutcome {
  /** What is wrong. */
  readonly findings: Finding[];
  /** What the targets gave; empty while a rule of the model is broken. */
  readonly outputs: TargetOutput[];
}

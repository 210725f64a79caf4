import type { StackElement } from './element';
import { Mode } from './mode';
import type { NetworkSpec } from './network';
import type { Service } from './service';
import type { Variable } from './variable';

/**
 * A stack as rules and targets see it: everything that was defined, collected.
 */
export interface StackModel {
  /** The name of the stack. */
  readonly stackName: string;
  /** The path of the stack's construct. */
  readonly path: string;
  /** The folder of the generated files, relative to the project; empty when it is the project's own. */
  readonly directory: string;
  /** The id of the stack, which begins the names of its tasks. */
  readonly taskPrefix: string;
  /** What runs a task of the project, before the task's name: `npx projen`, `projen` where the definition is in Python, or what is left of it in a project that leaves projen. */
  readonly taskCommand: string;
  /** Whether the project is leaving projen: what is written now stays, and no definition is behind it any more. */
  readonly ejected: boolean;
  /** The services in the order in which they were made. */
  readonly services: Service[];
  /** The services and what else stands in the stack, in the order in which they were made. */
  readonly elements: StackElement[];
  /** The networks that the stack declares. */
  readonly networks: NetworkSpec[];
  /** The operator's settings, each once, what another one's default names before it. */
  readonly variables: Variable[];
  /** Files that an operator's settings are documented in, beside `.env.example`. */
  readonly envTemplates: string[];
  /** The names of the targets that render this stack, which are the keys that `overrides` may have. */
  readonly targetNames: string[];
  /** What a target cannot be told otherwise about the whole stack, keyed by the mode and then by the target's name. */
  readonly overrides: { [mode: string]: { [target: string]: any } };
  /** The file and line that made the stack, when known. */
  readonly location?: string;
}

/** The name of a stack in a mode: production has one of its own, so that both can run on one machine. */
export function stackNameIn(stack: StackModel, mode: Mode): string {
  return mode === Mode.PRODUCTION ? `${stack.stackName}-prod` : stack.stackName;
}

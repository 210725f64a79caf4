import { BuildPhase } from './build-phase';
import { CopyOptions, RunOptions } from './options';

/** What all steps of a stage have. */
interface StepPlace {
  readonly phase: BuildPhase;
  readonly asUser: boolean;
  readonly note?: string;
}

export interface RunStep extends StepPlace {
  readonly kind: 'run';
  readonly command: string;
  readonly options: RunOptions;
}

export interface CopyStep extends StepPlace {
  readonly kind: 'copy';
  readonly sources: readonly string[];
  readonly target: string;
  readonly options: CopyOptions;
}

export interface ArgumentStep extends StepPlace {
  readonly kind: 'argument';
  readonly name: string;
  readonly defaultValue?: string;
}

export interface RawStep extends StepPlace {
  readonly kind: 'raw';
  readonly text: string;
}

/** One instruction that has its place among others of its phase. */
export type Step = RunStep | CopyStep | ArgumentStep | RawStep;

/** An environment key of an image. */
export interface EnvironmentEntry {
  readonly key: string;
  readonly value: string;
  readonly expand: boolean;
  readonly note?: string;
}

/** Everything that was said about a stage, in the order in which it was said. */
export interface StageContent {
  readonly arguments: readonly { readonly name: string; readonly defaultValue?: string; readonly note?: string }[];
  readonly environment: readonly EnvironmentEntry[];
  readonly packages: readonly string[];
  readonly steps: readonly Step[];
  readonly labels: readonly (readonly [string, string])[];
  readonly ports: readonly string[];
  readonly workingDir?: string;
  readonly user?: string;
  readonly stopSignal?: string;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
}

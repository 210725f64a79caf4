export { BuildPhase } from './build-phase';
export { Dockerfile } from './dockerfile';
export type { DockerfileProps } from './dockerfile';
export type {
  BuildArgumentOptions, BuildBindMount, BuildEnvironmentOptions, BuildSecretMount, CopyOptions, InstructionOptions, RunOptions, StageOptions,
} from './options';
export { Stage } from './stage';

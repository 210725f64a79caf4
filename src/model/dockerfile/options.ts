import { BuildPhase } from './build-phase';

/**
 * What a stage begins with.
 */
export interface StageOptions {
  /** The image that it is made from, with a tag or a digest (`python:3.13-slim`), or the name of another stage. */
  readonly base: string;

  /**
   * The user that the base image ends with, when that is not root. The steps run as root, and the image ends with this user again
   * unless `user` says otherwise.
   *
   * @default - root, or the user of the stage that this one is made from
   */
  readonly baseUser?: string;

  /**
   * The platform of the base image, such as `$BUILDPLATFORM`.
   *
   * @default - the one that is built for
   */
  readonly platform?: string;

  /**
   * A comment above the stage.
   *
   * @default - none
   */
  readonly note?: string;
}

/**
 * How an environment key is written.
 */
export interface BuildEnvironmentOptions {
  /**
   * Whether `$PATH` or `${VERSION}` in the value are replaced by what they name when the image is built. Otherwise the program
   * finds the value exactly as it was given.
   *
   * @default false
   */
  readonly expand?: boolean;

  /**
   * A comment above the instruction.
   *
   * @default - none
   */
  readonly note?: string;
}

/**
 * How a build argument is written.
 */
export interface BuildArgumentOptions {
  /**
   * When it is declared: among the steps of that phase, in the order of calls. A step above it is not repeated when the argument changes.
   *
   * @default - at the start of the stage
   */
  readonly phase?: BuildPhase;

  /**
   * A comment above the instruction.
   *
   * @default - none
   */
  readonly note?: string;
}

/**
 * A file or folder that a step may read while it runs, without a copy in the image.
 */
export interface BuildBindMount {
  /** The path in the context, or in the stage or image that it comes from. */
  readonly source: string;

  /** Where the step finds it; relative to the working directory. */
  readonly target: string;

  /**
   * The stage that it comes from.
   *
   * @default - the context
   */
  readonly fromStage?: string;

  /**
   * The image that it comes from.
   *
   * @default - the context
   */
  readonly fromImage?: string;
}

/**
 * A secret that a step may read while it runs; it is never in the image nor in its history.
 */
export interface BuildSecretMount {
  /** What the build calls it: `docker build --secret id=…`. */
  readonly secretId: string;

  /**
   * The file in which the step finds it.
   *
   * @default - /run/secrets/ and its name, unless `environmentKey` is given
   */
  readonly target?: string;

  /**
   * The environment key in which the step finds it.
   *
   * @default - none
   */
  readonly environmentKey?: string;

  /**
   * Whether the build fails without it.
   *
   * @default false
   */
  readonly required?: boolean;
}

/**
 * How a command of a build is run.
 */
export interface RunOptions {
  /**
   * When it is run.
   *
   * @default BuildPhase.SOURCE
   */
  readonly phase?: BuildPhase;

  /**
   * Whether it is run as the user of the image, after all steps that are run as root.
   *
   * @default false
   */
  readonly asUser?: boolean;

  /**
   * A comment above the instruction.
   *
   * @default - none
   */
  readonly note?: string;

  /**
   * Folders that are kept from one build to the next, outside the image.
   *
   * @default - none
   */
  readonly cacheMounts?: string[];

  /**
   * Files and folders that it may read; those of the context are allowed in the ignore file.
   *
   * @default - none
   */
  readonly bindMounts?: BuildBindMount[];

  /**
   * Secrets that it may read.
   *
   * @default - none
   */
  readonly secretMounts?: BuildSecretMount[];

  /**
   * Further mounts as the Dockerfile has them: `type=ssh`. Let the ignore file allow what they read of the context.
   *
   * @default - none
   */
  readonly mounts?: string[];

  /**
   * The network that it has: `none`, `host`.
   *
   * @default - the one of the build
   */
  readonly network?: string;
}

/**
 * How files come into an image.
 */
export interface CopyOptions {
  /**
   * The stage that they come from.
   *
   * @default - the context
   */
  readonly fromStage?: string;

  /**
   * The image that they come from, with a tag or a digest.
   *
   * @default - the context
   */
  readonly fromImage?: string;

  /**
   * The user, or user and group, that owns them: `app:app`.
   *
   * @default - root
   */
  readonly owner?: string;

  /**
   * Their permissions: `755`.
   *
   * @default - those that they have
   */
  readonly fileMode?: string;

  /**
   * What a copy of `.` leaves out: paths as they were given to `Dockerfile.allow`, such as a folder that is mounted where the image runs. The
   * others are copied by name (`COPY --exclude` needs a newer reader than many engines have), but nothing that only other steps read. When one
   * of them is a pattern that folders may match, everything is copied.
   *
   * @default - nothing
   */
  readonly exclude?: string[];

  /**
   * When they are copied.
   *
   * @default BuildPhase.SOURCE
   */
  readonly phase?: BuildPhase;

  /**
   * A comment above the instruction.
   *
   * @default - none
   */
  readonly note?: string;
}

/**
 * Where another instruction stands.
 */
export interface InstructionOptions {
  /**
   * The phase that it belongs to.
   *
   * @default BuildPhase.SOURCE
   */
  readonly phase?: BuildPhase;

  /**
   * Whether it stands below the user of the image, after all steps that are run as root.
   *
   * @default false
   */
  readonly asUser?: boolean;

  /**
   * A comment above the instruction.
   *
   * @default - none
   */
  readonly note?: string;
}

import { Value } from './value';

/**
 * An image that is built from the repository instead of pulled.
 */
export interface ImageBuild {
  /**
   * The folder that the build may read, relative to the Compose file.
   *
   * @default "."
   */
  readonly context?: string;

  /**
   * The Dockerfile, relative to the context.
   *
   * @default "Dockerfile"
   */
  readonly dockerfile?: string;

  /**
   * The stage to stop at.
   *
   * @default - the last one
   */
  readonly target?: string;

  /**
   * Build arguments. Never a secret: they stay in the image's history.
   *
   * @default - none
   */
  readonly args?: { [name: string]: Value };
}

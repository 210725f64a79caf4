import { Value } from './value';

/**
 * How a container is run where none may begin as root, as Kubernetes' Pod Security standard `restricted` demands: an image that
 * begins as root to prepare its folders is told here how it does without.
 */
export interface Rootless {
  /**
   * The numbers of the user and, after a colon, of the group: `70:70`. What the image keeps must be readable for them.
   */
  readonly user: string;

  /**
   * Keys of the environment that differ then.
   *
   * @default - none
   */
  readonly environment?: { [name: string]: Value };
}

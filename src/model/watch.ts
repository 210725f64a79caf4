/**
 * What happens when a watched file changes.
 */
export enum WatchAction {
  /** The file is copied into the running container. */
  SYNC = 'sync',
  /** The file is copied, and the container started again. */
  SYNC_RESTART = 'sync+restart',
  /** The image is built again, and the container replaced. */
  REBUILD = 'rebuild',
}

/**
 * Files of the host that a development container follows without a mount.
 *
 * @see https://github.com/compose-spec/compose-spec/blob/main/develop.md
 */
export interface WatchRule {
  /**
   * The file or folder on the host, relative to the Compose file.
   */
  readonly path: string;

  /**
   * What happens when it changes.
   */
  readonly action: WatchAction;

  /**
   * Where it is copied to in the container.
   *
   * @default - nowhere: the image is built again
   */
  readonly target?: string;

  /**
   * What is not followed, as patterns relative to `path`.
   *
   * @default - nothing
   */
  readonly ignore?: string[];
}

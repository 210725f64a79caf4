/**
 * What a container may use. Sizes are written as in Compose: `512M`, `2G`.
 */
export interface Resources {
  /**
   * The most processors that it may use, as a decimal number: `0.5`.
   *
   * @default - no limit
   */
  readonly cpus?: number;

  /**
   * The most memory that it may use; above it the container is killed.
   *
   * @default - no limit
   */
  readonly memory?: string;

  /**
   * The processors that are kept for it.
   *
   * @default - none
   */
  readonly reservedCpus?: number;

  /**
   * The memory that is kept for it.
   *
   * @default - none
   */
  readonly reservedMemory?: string;

  /**
   * The most processes and threads that it may have.
   *
   * @default - no limit
   */
  readonly pids?: number;
}

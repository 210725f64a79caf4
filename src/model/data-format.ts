/**
 * The format of the data that a service keeps, as an upgrade of its program sees it.
 *
 * The version is remembered in `.projen/stack.json`. When the definition comes to another one, the synthesis stops and says how the
 * data is carried over, until the definition says that it was.
 */
export interface DataFormat {
  /** The program that reads and writes the data: `PostgreSQL`. */
  readonly product: string;

  /** The version of the format, such as the program's major version: `17`. */
  readonly formatVersion: string;

  /** Where the data is in the container: the target of one of the service's mounts. */
  readonly mountTarget: string;

  /**
   * The earlier version that the definition says the data was carried over from.
   *
   * @default - none
   */
  readonly migratedFrom?: string;

  /**
   * Other versions whose data is read as it is.
   *
   * @default - none
   */
  readonly readsVersions?: string[];

  /**
   * The program and its arguments that write all data to the standard output, in a container of the earlier version.
   *
   * @default - there is none: the data cannot be carried over
   */
  readonly dumpCommand?: string[];

  /**
   * The program and its arguments that read it from the standard input, in a container of the new version.
   *
   * @default - there is none: the data cannot be carried over
   */
  readonly restoreCommand?: string[];
}

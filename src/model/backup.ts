import { Value } from './value';

/**
 * How the data of a service is taken out while it runs, and put back: programs in the running container.
 */
export interface Backup {
  /**
   * What is saved, as a part of a file name: the name of the database, say.
   */
  readonly backupName: string;

  /**
   * What the name of the file ends in, without a dot: `dump`.
   */
  readonly fileExtension: string;

  /**
   * Writes everything to its standard output.
   */
  readonly dump: string[];

  /**
   * Reads a whole file from its standard input without changing anything; ends with 0 only when it is complete.
   */
  readonly verify: string[];

  /**
   * Prints the number of things (tables, say) that a restore would meet; `0` for an empty place.
   */
  readonly count: string[];

  /**
   * Reads a file from its standard input and puts everything back in place of what is there, wholly or not at all.
   */
  readonly restore: string[];

  /**
   * What the programs need in their environment beside that of the service when they run in another container of its image, and reach
   * it over the network: its address, the login.
   *
   * @default - they work in the service's own container only
   */
  readonly networkEnvironment?: { [key: string]: Value };
}

import { Value } from './value';
import { Variable } from './variable';

/**
 * A database server as somebody must know it who runs it in a way of their own: an operator in a cluster, say, which brings images and
 * replicas itself.
 *
 * @experimental
 */
export interface DatabaseServer {
  /** The program that serves: `PostgreSQL`. */
  readonly product: string;

  /** Its major version: `17`. */
  readonly majorVersion: string;

  /** The name of the first database. */
  readonly database: Value;

  /** The user to whom the databases belong. */
  readonly user: Value;

  /** The setting that holds the password of that user. */
  readonly passwordVariable: Variable;

  /**
   * The databases beside the first one.
   *
   * @default - none
   */
  readonly furtherDatabases?: string[];

  /**
   * Scripts by the names of their files, which run in the first database when the data is initialised, in the order of these names.
   *
   * @default - none
   */
  readonly initScripts?: { [fileName: string]: string };

  /**
   * A folder of such scripts, relative to the stack's.
   *
   * @default - none
   */
  readonly initFolder?: string;

  /**
   * Parameters of the server.
   *
   * @default - its own defaults
   */
  readonly parameters?: { [name: string]: string };
}

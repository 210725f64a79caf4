import { IDatabase } from '../../model/connection';
import { ServiceIdentity } from '../../model/service-props';
import { ServiceSettings } from '../../model/settings';

/**
 * The properties of Adminer.
 */
export interface AdminerProps extends ServiceSettings, ServiceIdentity {
  /** The database whose server the login page names. */
  readonly database: IDatabase;

  /**
   * The version: the image's tag.
   *
   * @default "5"
   */
  readonly version?: string;

  /**
   * How the pages look: a design that the image brings, such as `nette`.
   *
   * @default - Adminer's own
   * @see https://www.adminer.org/#extras
   */
  readonly design?: string;

  /**
   * The port on the host, when the operator sets nothing.
   *
   * @default 8080
   */
  readonly hostPort?: number;

  /**
   * What is different in development, the only mode in which there is an Adminer.
   *
   * @default - nothing
   */
  readonly development?: ServiceSettings;
}

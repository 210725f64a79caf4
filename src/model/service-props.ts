import { Mode } from './mode';
import { ServiceRole } from './service-role';
import { ServiceSettings } from './settings';

/**
 * What a service is, apart from how it is run: the same in every mode.
 */
export interface ServiceIdentity {
  /**
   * What the service is, in a few words: it heads the service in the generated files.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * The name by which others reach it: a DNS label.
   *
   * @default - the construct's id
   */
  readonly serviceName?: string;

  /**
   * What part the service plays in the stack: it shapes the topology, the scripts and the documentation, and nothing of how it is run.
   *
   * @default - none that is known
   */
  readonly role?: ServiceRole;

  /**
   * The modes in which the service exists.
   *
   * @default - both
   */
  readonly modes?: Mode[];
}

/**
 * The properties of a service.
 */
export interface ServiceProps extends ServiceSettings, ServiceIdentity {
  /**
   * Whether it does its work once and ends with 0, as a migration does. Something must wait for its completion.
   *
   * @default false
   */
  readonly oneShot?: boolean;

  /**
   * Whether a second one at the same time would do harm, as with a clock that hands out work: it is never replicated, and it ends
   * before its successor starts.
   *
   * @default false
   */
  readonly singleton?: boolean;

  /**
   * What is different in development.
   *
   * @default - nothing
   */
  readonly development?: ServiceSettings;

  /**
   * What is different in production.
   *
   * @default - nothing
   */
  readonly production?: ServiceSettings;
}

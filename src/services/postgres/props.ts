import { HealthCheckTiming } from '../../model/health-check';
import { Mode } from '../../model/mode';
import { ServiceIdentity } from '../../model/service-props';
import { ServiceSettings } from '../../model/settings';
import { Storage } from '../../model/storage';

/**
 * How a PostgreSQL server is run: what may differ between development and production.
 */
export interface PostgresSettings extends ServiceSettings {
  /**
   * Parameters of the server, as in `postgresql.conf`: `{ max_connections: '200', shared_buffers: '512MB' }`.
   *
   * @see https://www.postgresql.org/docs/current/runtime-config.html
   * @default - the server's
   */
  readonly parameters?: { [name: string]: string };

  /**
   * Where the data is kept.
   *
   * @default - a volume
   */
  readonly storage?: Storage;
}

/**
 * The properties of a PostgreSQL server.
 */
export interface PostgresProps extends PostgresSettings, ServiceIdentity {
  /**
   * The version: a major from 15 to 18, or a minor of one (`17.6`). There is no default: a new major cannot read the data of
   * an old one, so it must not change with this library.
   */
  readonly version: string;

  /**
   * The major version that the data was carried over from. It says that the upgrade was made on purpose, and may stay afterwards;
   * without it a changed major stops the synthesis, with the commands that carry the data over.
   *
   * @default - the data was always of this major
   */
  readonly migratedFrom?: string;

  /**
   * The variant of the image: what follows the version in its tag, such as `alpine` or `trixie`; empty for none.
   *
   * @default "alpine"
   */
  readonly variant?: string;

  /**
   * The superuser that the server is initialised with.
   *
   * @default "app"
   */
  readonly userName?: string;

  /**
   * The password in development, when nothing is set. Production has none.
   *
   * @default "dev_password_change_in_production"
   */
  readonly developmentPassword?: string;

  /**
   * The database that the server is initialised with.
   *
   * @default "app"
   */
  readonly databaseName?: string;

  /**
   * Further databases, made when the data is initialised.
   *
   * @default - none
   */
  readonly databases?: string[];

  /**
   * A folder with `*.sql`, `*.sql.gz` and `*.sh` files that run in the order of their names when the data is initialised.
   *
   * @default - none
   */
  readonly initScripts?: string;

  /**
   * The port on the host, when the operator sets nothing.
   *
   * @default 5432
   */
  readonly hostPort?: number;

  /**
   * The modes in which the port is published on the host.
   *
   * @default - development only
   */
  readonly publish?: Mode[];

  /**
   * What the names of the settings begin with: `POSTGRES` gives `POSTGRES_USER`, `_PASSWORD`, `_DB` and `_PORT`.
   *
   * @default - `POSTGRES` for the first server of a stack, the service's name in capitals for the next ones
   */
  readonly variablePrefix?: string;

  /**
   * How often the health check asks, and how long it is patient.
   *
   * @default - every 10 s, each second while it starts
   */
  readonly healthTiming?: HealthCheckTiming;

  /**
   * What is different in development.
   *
   * @default - nothing
   */
  readonly development?: PostgresSettings;

  /**
   * What is different in production.
   *
   * @default - nothing
   */
  readonly production?: PostgresSettings;
}

import { LogLevel, Migrations, PythonInstaller, SourceLayout } from './options';
import { ConnectionStyle, IBroker, ICache, IDatabase } from '../../model/connection';
import { HealthCheckTiming } from '../../model/health-check';
import { Mode } from '../../model/mode';
import { ServiceIdentity } from '../../model/service-props';
import { ServiceSettings } from '../../model/settings';
import { VariableOptions } from '../../model/variable';
import { SourceSync } from '../source-sync';

/**
 * How a FastAPI backend is run: what may differ between development and production.
 */
export interface FastApiSettings extends ServiceSettings {
  /**
   * How many processes answer requests. Each has a connection pool of its own. With more than one, nothing is reloaded.
   *
   * @default 1
   */
  readonly workers?: number;

  /**
   * The origins of other web sites whose pages may call the API. `*` stands for any port (`http://localhost:*`) or for one or more
   * labels of a host (`https://*.example.com`).
   *
   * @default - http://localhost:3000 in development, none in production
   */
  readonly corsOrigins?: string[];

  /**
   * How much is written to the log.
   *
   * @default LogLevel.INFO
   */
  readonly logLevel?: LogLevel;

  /**
   * How many connections to the database each process keeps open.
   *
   * @default 5
   */
  readonly poolSize?: number;

  /**
   * How many connections to the database each process may have at once.
   *
   * @default 20
   */
  readonly poolMax?: number;
}

/**
 * The properties of a FastAPI backend.
 */
export interface FastApiProps extends FastApiSettings, ServiceIdentity {
  /**
   * The database, run by this stack or elsewhere.
   *
   * @default - none, and no models, no migrations
   */
  readonly database?: IDatabase;

  /**
   * The cache, run by this stack or elsewhere.
   *
   * @default - none
   */
  readonly cache?: ICache;

  /**
   * What passes tasks to Celery workers, run by this stack or elsewhere.
   *
   * @default - none
   */
  readonly broker?: IBroker;

  /**
   * What the API calls itself.
   *
   * @default - the service's name
   */
  readonly title?: string;

  /**
   * The folder of the backend, relative to the stack's; `.` for the stack's folder itself.
   *
   * @default "backend"
   */
  readonly dir?: string;

  /**
   * Where the Python package lies in that folder.
   *
   * @default SourceLayout.APP
   */
  readonly sourceLayout?: SourceLayout;

  /**
   * The module and the name in it that uvicorn serves.
   *
   * @default - `main:app` of the package: `app.main:app`
   */
  readonly appModule?: string;

  /**
   * Whether a sample application is written, once, into a folder that has none.
   *
   * @default true
   */
  readonly sample?: boolean;

  /**
   * The Dockerfile, relative to the stack's folder. It lies in `dir` or below.
   *
   * @default - `Dockerfile` in `dir`
   */
  readonly dockerfile?: string;

  /**
   * A Dockerfile of its own for development, relative to the stack's folder.
   *
   * @default - a stage of the one Dockerfile
   */
  readonly developmentDockerfile?: string;

  /**
   * What installs the Python packages.
   *
   * @default PythonInstaller.UV
   */
  readonly installer?: PythonInstaller;

  /**
   * The version of Python, 3.11 to 3.14.
   *
   * @default "3.13"
   */
  readonly pythonVersion?: string;

  /**
   * The variant of Python's image. There is no reason to use `alpine`: many packages have to be compiled there.
   *
   * @default "slim"
   */
  readonly pythonVariant?: string;

  /**
   * The version of uv, as its image is tagged.
   *
   * @default "0.9"
   */
  readonly uvVersion?: string;

  /**
   * Debian packages that the program needs when it runs, such as `libmagic1`.
   *
   * @default - none
   */
  readonly packages?: string[];

  /**
   * Debian packages that are needed to install Python packages only, such as `gcc`: they are not in the production image.
   *
   * @default - none
   */
  readonly buildPackages?: string[];

  /**
   * How the backend is told of its database and cache: in parts or as URLs. The sample understands both.
   *
   * @default ConnectionStyle.PARTS
   */
  readonly connectionStyle?: ConnectionStyle;

  /**
   * What the names of the backend's settings begin with: `AI_AGENTS_` gives `AI_AGENTS_DATABASE_URL`.
   *
   * @default - nothing
   */
  readonly envPrefix?: string;

  /**
   * Further settings of the operator that are passed on under their own names.
   *
   * @default - none
   */
  readonly variables?: { [variableName: string]: VariableOptions };

  /**
   * Names of keys that third parties issue, passed on as secrets. One that nobody sets is empty, without a warning.
   *
   * @default - none
   */
  readonly apiKeys?: string[];

  /**
   * The port inside the container.
   *
   * @default 8000
   */
  readonly port?: number;

  /**
   * The port on the host, when the operator sets nothing.
   *
   * @default - the same as `port`
   */
  readonly hostPort?: number;

  /**
   * The modes in which the port is published on the host.
   *
   * @default - development only
   */
  readonly publish?: Mode[];

  /**
   * Who brings the database's schema up to date.
   *
   * @default Migrations.SERVICE
   */
  readonly migrations?: Migrations;

  /**
   * Whether the development server starts anew when a source file changes.
   *
   * @default true
   */
  readonly reload?: boolean;

  /**
   * How an edited source file reaches the development container.
   *
   * @default SourceSync.BIND
   */
  readonly sourceSync?: SourceSync;

  /**
   * Whether the development container may only read the mounted sources. Migrations stay writable.
   *
   * @default false
   */
  readonly readOnlySources?: boolean;

  /**
   * Single files of `dir` that are mounted read-only in development, such as `alembic.ini`. A mounted file goes stale when an editor
   * replaces it: prefer folders.
   *
   * @default - none: a change of such a file needs `docker compose up --build`
   */
  readonly mountedFiles?: string[];

  /**
   * Whether file changes are looked for by polling in development, for hosts that drop events (mounts from Windows into WSL, some
   * network drives). It costs processor time.
   *
   * @default false
   */
  readonly polling?: boolean;

  /**
   * Whether the development server waits for a debugger's connection on port 5678 (debugpy), published on the host's loopback.
   *
   * @default false
   */
  readonly debugging?: boolean;

  /**
   * A folder on the host, relative to the stack's, into which the development container also writes its log: `data/logs`.
   *
   * @default - the log goes to the container's output alone
   */
  readonly logDirectory?: string;

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
  readonly development?: FastApiSettings;

  /**
   * What is different in production.
   *
   * @default - nothing
   */
  readonly production?: FastApiSettings;
}

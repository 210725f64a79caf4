import { NodePackageManager, ViteFramework } from './options';
import { HealthCheckTiming } from '../../model/health-check';
import { IHttpApi } from '../../model/http-api';
import { Mode } from '../../model/mode';
import { ServiceIdentity } from '../../model/service-props';
import { ServiceSettings } from '../../model/settings';
import { Value } from '../../model/value';
import { SourceSync } from '../source-sync';

/**
 * How a frontend is run: what may differ between development and production.
 */
export interface ViteSettings extends ServiceSettings {
  /**
   * Where the browser finds the API: a path of the page's own origin (`/api/v1`), which the web server passes on, or the URL of another
   * origin (`https://api.example.com`), which the browser asks itself. Never the name of a service: no browser knows it.
   *
   * @default - the path that the API says, `/api/v1` for a `FastApiBackend`
   */
  readonly apiUrl?: string;
}

/**
 * Requests that the web server of a frontend passes on to an API.
 */
export interface ApiRoute {
  /** What the path begins with: `/search`. */
  readonly prefix: string;

  /** Who answers. */
  readonly api: IHttpApi;

  /**
   * Whether the API is asked without the prefix: `/search/indexes` becomes `/indexes`.
   *
   * @default false
   */
  readonly stripPrefix?: boolean;
}

/**
 * A setting that whoever opens the page can read. There is no way to make it a secret.
 */
export interface PublicVariableOptions {
  /**
   * What the setting means, in one line.
   *
   * @default - made from the name
   */
  readonly description?: string;

  /**
   * What holds in development when the operator sets nothing.
   *
   * @default - none
   */
  readonly defaultValue?: Value;

  /**
   * Whether the stack cannot run without it.
   *
   * @default - true, unless there is a `defaultValue` that is empty
   */
  readonly required?: boolean;
}

/**
 * The properties of a frontend.
 */
export interface ViteProps extends ViteSettings, ServiceIdentity {
  /**
   * The API that the pages use. The browser reaches it under the page's own origin, at the prefixes that the API names.
   *
   * @default - none
   */
  readonly api?: IHttpApi;

  /**
   * Further APIs, each under a prefix of its own.
   *
   * @default - none
   */
  readonly routes?: ApiRoute[];

  /**
   * Settings that the pages read, by name: `{ VITE_SUPPORT_EMAIL: {…} }`. In production they change without a new build.
   *
   * @default - none
   */
  readonly publicVariables?: { [name: string]: PublicVariableOptions };

  /**
   * The folder of the frontend, relative to the stack's; `.` for the stack's folder itself.
   *
   * @default "frontend"
   */
  readonly dir?: string;

  /**
   * What the pages are written with.
   *
   * @default ViteFramework.REACT
   */
  readonly framework?: ViteFramework;

  /**
   * Whether a sample application is written, once, into a folder that has none.
   *
   * @default true
   */
  readonly sample?: boolean;

  /**
   * What the page calls itself: the setting `VITE_APP_TITLE`.
   *
   * @default - the name of the project
   */
  readonly appTitle?: string;

  /**
   * What installs the packages.
   *
   * @default NodePackageManager.PNPM
   */
  readonly packageManager?: NodePackageManager;

  /**
   * The version of Node.js, 22 or 24.
   *
   * @default "24"
   */
  readonly nodeVersion?: string;

  /**
   * The variant of the image of Node.js.
   *
   * @default "alpine"
   */
  readonly nodeVariant?: string;

  /**
   * The image of the web server in production: one that answers as another user than root, and that makes its configuration
   * of `/etc/nginx/templates`.
   *
   * @default "nginxinc/nginx-unprivileged:1.29-alpine"
   */
  readonly webServerImage?: string;

  /**
   * The Dockerfile, relative to the stack's folder. It lies in `dir` or below.
   *
   * @default - `Dockerfile` in `dir`
   */
  readonly dockerfile?: string;

  /**
   * A Dockerfile of its own for development, relative to the stack's folder: `frontend/Dockerfile.dev`.
   *
   * @default - a stage of the one Dockerfile
   */
  readonly developmentDockerfile?: string;

  /**
   * The port inside the container, in both modes.
   *
   * @default 3000
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
   * @default - development only: production has something in front of it that speaks TLS
   */
  readonly publish?: Mode[];

  /**
   * Host names, beside localhost and the service's own, under which the development server may be asked.
   *
   * @default - none
   */
  readonly allowedHosts?: string[];

  /**
   * The folders of `dir` that people edit, mounted or watched in development.
   *
   * @default - `src` and `public`
   */
  readonly sourceFolders?: string[];

  /**
   * How an edited source file reaches the development container.
   *
   * @default SourceSync.BIND
   */
  readonly sourceSync?: SourceSync;

  /**
   * Whether the development container may only read the mounted sources.
   *
   * @default false
   */
  readonly readOnlySources?: boolean;

  /**
   * Single files of `dir` that are mounted read-only in development, such as `index.html`. A mounted file goes stale when an editor
   * replaces it: prefer folders.
   *
   * @default - none: a change of such a file needs `docker compose up --build`, or `--watch`
   */
  readonly mountedFiles?: string[];

  /**
   * Whether file changes are looked for by polling in development, for hosts that drop events (mounts from Windows into WSL, some
   * network drives). It is the default of the setting `DEV_POLLING`, and costs processor time.
   *
   * @default false
   */
  readonly polling?: boolean;

  /**
   * What the pages may load in production, beyond their own origin, by directive of the Content Security Policy:
   * `{ 'img-src': 'https://cdn.example.com' }`. Each is added to what the directive allows already.
   *
   * @default - nothing
   */
  readonly contentSecurityPolicy?: { [directive: string]: string };

  /**
   * The largest request that the web server passes on in production, such as an upload.
   *
   * @default "10M"
   */
  readonly maxRequestSize?: string;

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
  readonly development?: ViteSettings;

  /**
   * What is different in production.
   *
   * @default - nothing
   */
  readonly production?: ViteSettings;
}

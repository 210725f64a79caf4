import type { Dependency } from './dependency';
import { HealthCheck } from './health-check';
import { ImageBuild } from './image-build';
import { Logging } from './logging';
import { Mount } from './mount';
import { PortSpec } from './port';
import { Resources } from './resources';
import { RestartPolicy } from './restart-policy';
import { Rootless } from './rootless';
import { SecretFiles } from './secret-files';
import type { Service } from './service';
import { Value } from './value';
import { WatchRule } from './watch';

/**
 * How a container is run: everything that may differ between development and production.
 *
 * The words are those of the Compose Specification. What has no property here is reached by `overrides`.
 */
export interface ServiceSettings {
  /**
   * The image, with a tag or a digest.
   *
   * @default - built, when `imageBuild` is given
   */
  readonly image?: string;

  /**
   * How the image is built from the repository.
   *
   * @default - pulled
   */
  readonly imageBuild?: ImageBuild;

  /**
   * The service whose image is run: one image that is built once, with another command.
   *
   * @default - an image of its own
   */
  readonly imageOf?: Service;

  /**
   * The arguments that replace the image's command, one by one; no shell reads them.
   *
   * @default - the image's
   */
  readonly command?: Value[];

  /**
   * The program that replaces the image's entrypoint, with its arguments.
   *
   * @default - the image's
   */
  readonly entrypoint?: Value[];

  /**
   * The environment of the program.
   *
   * @default - the image's
   */
  readonly environment?: { [name: string]: Value };

  /**
   * The ports on which it listens.
   *
   * @default - none
   */
  readonly ports?: PortSpec[];

  /**
   * What it finds at which path.
   *
   * @default - the image alone
   */
  readonly mounts?: Mount[];

  /**
   * Files of the host that the container follows in development without a mount.
   *
   * @default - none
   */
  readonly watch?: WatchRule[];

  /**
   * When it counts as ready.
   *
   * @default - the image's check, if it brings one
   */
  readonly healthCheck?: HealthCheck;

  /**
   * For a service that runs once: a program of its image, with arguments, that ends with 0 when the work is done, however long ago.
   * Targets that cannot wait for the end of a container ask it until it does.
   *
   * @default - nothing can tell but its end
   */
  readonly completionCheck?: string[];

  /**
   * What must be started, healthy or completed before it starts.
   *
   * @default - what its connections ask for
   */
  readonly dependsOn?: Dependency[];

  /**
   * When it is started again after it ended.
   *
   * @default - unless-stopped; never for one that runs once
   */
  readonly restart?: RestartPolicy;

  /**
   * How many containers run at once.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * What it may use.
   *
   * @default - no limit in development; one processor, 512M and 512 processes in production
   */
  readonly resources?: Resources;

  /**
   * Where its output goes.
   *
   * @default - the engine's in development; json-file, 3 files of 10 MB, in production
   */
  readonly logging?: Logging;

  /**
   * Labels of the container.
   *
   * @default - none
   */
  readonly labels?: { [name: string]: string };

  /**
   * The networks of the stack that it joins.
   *
   * @default - all that the stack declares; the default network when it declares none
   */
  readonly networks?: string[];

  /**
   * The profiles with one of which it is started; without a profile it always is.
   *
   * @default - none
   */
  readonly profiles?: string[];

  /**
   * The user, and the group after a colon: numbers or names that the image knows.
   *
   * @default - the image's
   */
  readonly user?: string;

  /**
   * How it is run where no container may begin as root.
   *
   * @default - as everywhere: `user` must be a number other than 0 then
   */
  readonly rootless?: Rootless;

  /**
   * How it takes secrets from files, for targets that can give them so.
   *
   * @default - from its environment
   */
  readonly secretFiles?: SecretFiles;

  /**
   * The folder in which the program starts.
   *
   * @default - the image's
   */
  readonly workingDir?: string;

  /**
   * The name of the container. It rules out a second copy of the stack on one machine, and replicas.
   *
   * @default - made by the engine from the stack's and the service's name
   */
  readonly containerName?: string;

  /**
   * The host name that the container sees.
   *
   * @default - made by the engine
   */
  readonly hostname?: string;

  /**
   * Whether the root file system is read-only; what must be written to is a mount.
   *
   * @default false
   */
  readonly readOnly?: boolean;

  /**
   * Linux capabilities to drop; `ALL` for every one.
   *
   * @default - none beyond the engine's default
   */
  readonly capDrop?: string[];

  /**
   * Linux capabilities to add back.
   *
   * @default - none
   */
  readonly capAdd?: string[];

  /**
   * Security options of the engine.
   *
   * @default - none in development; `no-new-privileges:true` in production
   */
  readonly securityOpt?: string[];

  /**
   * Whether a small init process passes signals on and reaps what was left behind.
   *
   * @default false
   */
  readonly initProcess?: boolean;

  /**
   * How long a stop waits before it kills, as `30s`.
   *
   * @default - the engine's: 10s
   */
  readonly stopGracePeriod?: string;

  /**
   * The signal that asks the program to stop.
   *
   * @default - the image's
   */
  readonly stopSignal?: string;

  /**
   * The size of `/dev/shm`, as `256M`.
   *
   * @default - the engine's: 64M
   */
  readonly shmSize?: string;

  /**
   * The platform of the image: `linux/amd64`.
   *
   * @default - the engine's
   */
  readonly platform?: string;

  /**
   * When the image is pulled: `always`, `never`, `missing`, `build`, `daily`, `weekly`, `every_<duration>`.
   *
   * @default - when it is missing
   */
  readonly pullPolicy?: string;

  /**
   * More names in the container's hosts file, each with an address.
   *
   * @default - none
   */
  readonly extraHosts?: { [host: string]: string };

  /**
   * Kernel parameters of the container's namespaces.
   *
   * @default - none
   */
  readonly sysctls?: { [name: string]: string };

  /**
   * What a target cannot be told otherwise: keyed by the target's name (`compose`), in that target's own words.
   *
   * It is merged into the finished document: mappings by key, everything else replaces, and `null` removes (a declaration without
   * options is `{}`). In Compose a `$` begins an interpolation here. The result is checked as everything else.
   *
   * @default - none
   */
  readonly overrides?: { [target: string]: any };
}

import { HealthCheckTiming } from '../../model/health-check';
import { Mode } from '../../model/mode';
import { ServiceIdentity } from '../../model/service-props';
import { ServiceSettings } from '../../model/settings';
import { Storage } from '../../model/storage';

/**
 * What Redis does when it reaches its memory limit.
 *
 * @see https://redis.io/docs/latest/develop/reference/eviction/
 */
export enum EvictionPolicy {
  /** Refuses writes: right for a broker, whose entries must not vanish. */
  NOEVICTION = 'noeviction',
  /** Drops what was used longest ago: right for a cache. */
  ALLKEYS_LRU = 'allkeys-lru',
  /** Drops what is used least often. */
  ALLKEYS_LFU = 'allkeys-lfu',
  /** Drops anything. */
  ALLKEYS_RANDOM = 'allkeys-random',
  /** Drops what was used longest ago, of what expires. */
  VOLATILE_LRU = 'volatile-lru',
  /** Drops what is used least often, of what expires. */
  VOLATILE_LFU = 'volatile-lfu',
  /** Drops anything that expires. */
  VOLATILE_RANDOM = 'volatile-random',
  /** Drops what expires soonest. */
  VOLATILE_TTL = 'volatile-ttl',
}

/**
 * How a Redis server is run: what may differ between development and production.
 */
export interface RedisSettings extends ServiceSettings {
  /**
   * Whether every write is logged to the append-only file, so that data survives a restart. Without it nothing is kept.
   *
   * @default true
   */
  readonly persistence?: boolean;

  /**
   * The most memory for data, as `256M`. Keep it below the container's limit: Redis needs some for itself.
   *
   * @default - no limit in development, 256M in production
   */
  readonly maxMemory?: string;

  /**
   * What happens at that limit.
   *
   * @default EvictionPolicy.NOEVICTION
   */
  readonly evictionPolicy?: EvictionPolicy;

  /**
   * Where the append-only file is kept.
   *
   * @default - a volume
   */
  readonly storage?: Storage;
}

/**
 * The properties of a Redis server.
 */
export interface RedisProps extends RedisSettings, ServiceIdentity {
  /**
   * The version: what the image's tag begins with.
   *
   * @default "8"
   */
  readonly version?: string;

  /**
   * The variant of the image: what follows the version in its tag; empty for none.
   *
   * @default "alpine"
   */
  readonly variant?: string;

  /**
   * Whether clients must give a password.
   *
   * @default true
   */
  readonly authentication?: boolean;

  /**
   * The password in development, when nothing is set. Production has none.
   *
   * @default "dev_password_change_in_production"
   */
  readonly developmentPassword?: string;

  /**
   * The logical databases by name: `{ cache: 0, broker: 1 }`. Redis numbers them from 0 to 15.
   *
   * @default - `cache` is 0, `broker` is 1
   */
  readonly databases?: { [name: string]: number };

  /**
   * The port on the host, when the operator sets nothing.
   *
   * @default 6379
   */
  readonly hostPort?: number;

  /**
   * The modes in which the port is published on the host.
   *
   * @default - development only
   */
  readonly publish?: Mode[];

  /**
   * What the names of the settings begin with: `REDIS` gives `REDIS_PASSWORD` and `REDIS_PORT`.
   *
   * @default - `REDIS` for the first server of a stack, the service's name in capitals for the next ones
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
  readonly development?: RedisSettings;

  /**
   * What is different in production.
   *
   * @default - nothing
   */
  readonly production?: RedisSettings;
}

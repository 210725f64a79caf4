import { Construct } from 'constructs';
import { FastApiBackend, FastApiProps, LogLevel, PostgresService, RedisCache, Stack } from 'projen-stack';
import { OwnerRule } from './owner-rule';

/**
 * The properties of a shop.
 */
export interface ShopPlatformProps {
  /** The team that is asked at night. */
  readonly owner: string;

  /**
   * What is different from Acme's defaults for the backend.
   *
   * @default - nothing
   */
  readonly backend?: FastApiProps;
}

/**
 * What every shop of Acme runs on: a database, a cache and a backend, with Acme's defaults.
 *
 * A composite is a construct like any other; whoever uses it reaches its parts and adjusts them.
 */
export class ShopPlatform extends Construct {
  /** The database. */
  public readonly postgres: PostgresService;
  /** The cache. */
  public readonly redis: RedisCache;
  /** The backend. */
  public readonly backend: FastApiBackend;

  /**
   * @param scope the stack, or a construct in it
   * @param id the id
   * @param props whose it is, and what is different
   */
  constructor(scope: Construct, id: string, props: ShopPlatformProps) {
    super(scope, id);
    const labels = { [OwnerRule.OWNER_LABEL]: props.owner };
    this.postgres = new PostgresService(this, 'postgres', {
      version: '17', labels, parameters: { log_min_duration_statement: '500ms' }, production: { parameters: { max_connections: '200' } },
    });
    this.redis = new RedisCache(this, 'redis', { labels, production: { maxMemory: '512M', resources: { memory: '768M' } } });
    this.backend = new FastApiBackend(this, 'backend', {
      labels, database: this.postgres, cache: this.redis, production: { logLevel: LogLevel.WARNING }, ...props.backend,
    });
    // A part that a part makes is adjusted like any other.
    this.backend.migration?.addSettings({ labels });
    Stack.of(this).addRule(new OwnerRule());
  }
}

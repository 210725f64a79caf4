import { Construct } from 'constructs';
import { Connection, IBroker, ICache } from '../../model/connection';
import { StackElement } from '../../model/element';
import { Finding } from '../../model/finding';
import { carry, understood } from '../../model/given';
import { pathOf } from '../../model/path';
import { Value } from '../../model/value';
import { SecretFormat, Variable, VariableOptions } from '../../model/variable';
import { sharedPrefixFindings, variablePrefix } from '../variable-prefix';
import { redisConnection } from './connection';
import { LogicalDatabases, USUAL_DATABASES } from './logical-databases';

/**
 * The properties of a Redis server that runs elsewhere.
 *
 * Everything is a setting of the operator; what is written here is its default in development.
 */
export interface ExternalRedisProps {
  /**
   * What the server is, in a few words: the heading of its settings.
   *
   * @default "External Redis"
   */
  readonly description?: string;

  /**
   * The name of one setting that holds the whole URL, instead of its parts: `REDIS_URL`.
   *
   * @default - the parts, each a setting
   */
  readonly urlVariable?: string;

  /**
   * The host.
   *
   * @default - none: the operator must set it
   */
  readonly host?: string;

  /**
   * The port.
   *
   * @default 6379
   */
  readonly port?: number;

  /**
   * Whether the server asks for a user's name beside the password (ACLs).
   *
   * @default false
   */
  readonly namedUser?: boolean;

  /**
   * Whether the server asks for a password.
   *
   * @default true
   */
  readonly authentication?: boolean;

  /**
   * Whether clients connect by TLS.
   *
   * @default false
   */
  readonly tls?: boolean;

  /**
   * The logical databases by name: `{ cache: 0, broker: 1 }`.
   *
   * @default - `cache` is 0, `broker` is 1
   */
  readonly databases?: { [name: string]: number };

  /**
   * What the names of the settings begin with: `REDIS` gives `REDIS_HOST`, `REDIS_PORT` and `REDIS_PASSWORD`.
   *
   * @default - `REDIS` for the first server of a stack, the id in capitals for the next ones
   */
  readonly variablePrefix?: string;
}

/**
 * A Redis server that somebody else runs: consumers are connected to it as to a `RedisCache`, and no container appears.
 */
export class ExternalRedis extends StackElement implements ICache, IBroker {
  /** What the names of the settings begin with. */
  public readonly variablePrefix: string;

  private readonly props: ExternalRedisProps;
  private readonly databases: LogicalDatabases;
  private readonly settings: { readonly [part: string]: Variable };

  /**
   * @param scope the stack, or a construct in it
   * @param id the id
   * @param props where it is
   */
  constructor(scope: Construct, id: string, props: ExternalRedisProps = {}) {
    props = understood('ExternalRedisProps', props, undefined, new.target !== ExternalRedis);
    const prefix = props.variablePrefix ?? variablePrefix(scope, id, 'REDIS', 'ExternalRedis');
    super(scope, id);
    carry(props, this);
    this.variablePrefix = prefix;
    this.props = props;
    this.databases = new LogicalDatabases(this, props.databases ?? USUAL_DATABASES);
    const setting = (name: string, description: string, value: string | undefined, options: VariableOptions = {}) => new Variable(name, {
      section: props.description ?? 'External Redis', description, defaultValue: value === undefined ? undefined : Value.literal(value), ...options,
    });
    const given = { secret: true, secretFormat: SecretFormat.GIVEN };
    this.settings = props.urlVariable
      ? { url: setting(props.urlVariable, `URL of the server, as ${props.tls ? 'rediss' : 'redis'}://user:password@host:6379/0`, undefined, given) }
      : {
        host: setting(`${prefix}_HOST`, 'Host of the Redis server', props.host),
        port: setting(`${prefix}_PORT`, 'Port of the Redis server', String(props.port ?? 6379)),
        ...(props.namedUser ? { user: setting(`${prefix}_USER`, 'User of the Redis server', undefined) } : {}),
        ...(props.authentication ?? true ? { password: setting(`${prefix}_PASSWORD`, 'Password of the Redis server', undefined, given) } : {}),
      };
  }

  /**
   * What a container of this stack must know to reach the first database.
   */
  public connection(): Connection {
    return this.props.urlVariable
      ? new Connection({
        partsPrefix: 'REDIS', urlKey: 'REDIS_URL', urlScheme: this.props.tls ? 'rediss' : 'redis', wholeUrl: Value.of(this.settings.url), usualPort: this.props.port ?? 6379,
      })
      : this.connectionTo(this.databases.first());
  }

  /**
   * What a container of this stack must know to reach one logical database.
   *
   * @param databaseName the name that the definition gave to a number
   * @throws when no database has that name, or when only the URL of the server is known
   */
  public logicalConnection(databaseName: string): Connection {
    if (this.props.urlVariable) {
      throw new Error(`${pathOf(this)} is known as one URL only, which names one database. `
        + `Write: new ExternalRedis(stack, '${databaseName}', { urlVariable: '${databaseName.toUpperCase()}_REDIS_URL' }).`);
    }
    return this.connectionTo(this.databases.numberOf(databaseName));
  }

  /**
   * What a container of this stack must know to use it as a broker: the database called `broker`, or the first one when there is
   * none; with a URL, the database that it names.
   */
  public brokerConnection(): Connection {
    return this.props.urlVariable ? this.connection() : this.connectionTo(this.databases.broker());
  }

  /**
   * The operator's settings that say where it is.
   */
  public variables(): Variable[] {
    return [...this.declaredVariables(), ...Object.values(this.settings)];
  }

  /**
   * Settings that it would share with another server by accident, and wrong databases.
   */
  public findings(): Finding[] {
    return [...this.databases.findings(), ...sharedPrefixFindings(this)];
  }

  private connectionTo(database: number): Connection {
    const { host, port, user, password } = this.settings;
    return redisConnection({
      host: Value.of(host),
      port: Value.of(port),
      database,
      tls: this.props.tls,
      user: user && Value.of(user),
      password: password && Value.of(password),
    });
  }
}

import { RuleInfo, Severity } from './finding';
import { understood } from './given';
import type { Service } from './service';
import { Value } from './value';
import { SecretFormat, Variable } from './variable';

/** A connection that was asked for in a form that it does not have. */
export const CONNECTION_FORM: RuleInfo = {
  ruleId: 'PS040',
  severity: Severity.ERROR,
  title: 'A connection is asked for in a form that it has',
  reason: 'A URL that an operator gives in one piece cannot be taken apart by Compose, nor can its scheme be changed.',
};

/**
 * How a consumer is given a connection.
 */
export enum ConnectionStyle {
  /** One key for each part: `DB_HOST`, `DB_PORT`, `DB_NAME`, `DB_USER`, `DB_PASSWORD`. */
  PARTS = 'parts',
  /** One URL: `DATABASE_URL`. */
  URL = 'url',
}

/**
 * What a `Connection` consists of.
 */
export interface ConnectionFields {
  /**
   * The prefix of the keys of the single parts: `DB`, `REDIS`.
   */
  readonly partsPrefix: string;

  /**
   * The key of the URL: `DATABASE_URL`, `REDIS_URL`.
   */
  readonly urlKey: string;

  /**
   * The parts by the name that follows the prefix (`HOST`, `PORT` …), in the order in which they are written.
   *
   * @default - known as a URL only
   */
  readonly parts?: { [name: string]: Value };

  /**
   * What the URL holds after its scheme: `user:password@host:port/name`.
   *
   * @default - not known: `wholeUrl` holds everything
   */
  readonly address?: Value;

  /**
   * The whole URL, when an operator gives it in one piece: its parts and its scheme cannot be changed then.
   *
   * @default - made of `urlScheme`, `address` and `query`
   */
  readonly wholeUrl?: Value;

  /**
   * The port of a connection whose parts are not known, as far as it can be told: what targets that close the network open.
   *
   * @default - the part `PORT`
   */
  readonly usualPort?: number;

  /**
   * The scheme of the URL when the consumer asks for no driver: `postgresql`.
   */
  readonly urlScheme: string;

  /**
   * The service that must be healthy before a consumer starts.
   *
   * @default - nothing to wait for: it runs elsewhere
   */
  readonly provider?: Service;

  /**
   * What consumers use it as, where one server is several things: `broker`.
   *
   * @default - not said
   */
  readonly purpose?: string;

  /**
   * Settings of the client that a URL carries after a question mark: `sslmode=require`.
   *
   * @default - none
   */
  readonly query?: { [name: string]: string };
}

/**
 * Everything that a consumer must know to reach something: in parts, as a URL, and what to wait for.
 */
export class Connection {
  /** The prefix of the keys of the single parts. */
  public readonly partsPrefix: string;
  /** The key of the URL. */
  public readonly urlKey: string;
  /** The parts; undefined when only the URL is known. */
  public readonly parts?: { [name: string]: Value };
  /** The port, as far as it is known. */
  public readonly port?: Value;
  /** The service that must be healthy first, if this stack runs it. */
  public readonly provider?: Service;

  private readonly fields: ConnectionFields;

  /**
   * @param fields what the connection consists of
   */
  constructor(fields: ConnectionFields) {
    fields = understood('ConnectionFields', fields, this);
    this.fields = fields;
    this.partsPrefix = fields.partsPrefix;
    this.urlKey = fields.urlKey;
    this.parts = fields.parts;
    this.port = fields.parts?.PORT ?? (fields.usualPort === undefined ? undefined : Value.literal(String(fields.usualPort)));
    this.provider = fields.provider;
  }

  /**
   * The whole connection as one URL.
   *
   * @param driver the scheme that the consumer's client wants, `postgresql+asyncpg` say; the plain one when undefined
   */
  public url(driver?: string): Value {
    if (this.fields.wholeUrl) return this.fields.wholeUrl;
    const query = Object.entries(this.fields.query ?? {}).map(([name, value]) => `${queryKey(name, driver)}=${value}`).join('&');
    return Value.concat(
      Value.literal(`${driver ?? this.fields.urlScheme}://`), this.fields.address ?? Value.literal(''), Value.literal(query && `?${query}`),
    );
  }

  /**
   * The URL as a setting that an operator may replace as a whole, and that follows the single settings otherwise.
   *
   * @param key the name of the environment variable
   * @param driver the scheme that the consumer's client wants
   */
  public operatorUrl(key: string, driver?: string): Value {
    const { wholeUrl, purpose } = this.fields;
    if (wholeUrl) return wholeUrl;
    return Value.of(new Variable(key, {
      description: `URL of ${this.provider?.serviceName ?? this.urlKey.toLowerCase().replace(/_url$/, '')}${purpose === undefined ? '' : ` as the ${purpose}`} for containers: `
        + 'inside the stack, use service names, not localhost',
      defaultValue: this.url(driver),
      secret: true,
      secretFormat: SecretFormat.GIVEN,
    }));
  }

  /**
   * Why a consumer cannot be given this connection as it asks, with what to write instead; undefined when it can.
   *
   * @param options how the consumer wants it
   */
  public refusal(options: ConnectOptions): string | undefined {
    const { wholeUrl, urlScheme } = this.fields;
    if (!wholeUrl) return undefined;
    if ((options.style ?? ConnectionStyle.PARTS) === ConnectionStyle.PARTS) {
      return 'It is known as one URL only, which cannot be taken apart. Write: style: ConnectionStyle.URL, or give the host, the name and the user instead of the URL.';
    }
    if (options.driver && options.driver !== urlScheme) {
      return `Its URL begins with ${urlScheme}://, and the consumer asks for ${options.driver}://. `
        + `Write: urlScheme: '${options.driver}' where the URL is declared, or give the host, the name and the user instead of the URL.`;
    }
    return undefined;
  }
}

/** asyncpg calls libpq's `sslmode` `ssl`, and refuses the other name. */
function queryKey(name: string, driver?: string): string {
  return name === 'sslmode' && driver?.endsWith('+asyncpg') ? 'ssl' : name;
}

/**
 * Something that a service can be connected to: a database, a cache, a broker, run here or elsewhere.
 */
export interface IConnectable {
  /**
   * What a container of this stack must know to reach it.
   */
  connection(): Connection;
}

/**
 * A relational database, run by this stack or elsewhere.
 */
export interface IDatabase extends IConnectable {
  /**
   * The connection to a further database of the same server.
   *
   * @param databaseName a database that the server was told to make
   */
  databaseConnection(databaseName: string): Connection;
}

/**
 * A key-value store with numbered databases, run by this stack or elsewhere.
 */
export interface ICache extends IConnectable {
  /**
   * The connection to one logical database.
   *
   * @param databaseName the name that the definition gave to a number
   */
  logicalConnection(databaseName: string): Connection;
}

/**
 * Something that passes on messages between programs, run by this stack or elsewhere.
 */
export interface IBroker {
  /**
   * What a container of this stack must know to put messages in and to take them out.
   */
  brokerConnection(): Connection;
}

/**
 * How a service is given a connection.
 */
export interface ConnectOptions {
  /**
   * In parts or as a URL.
   *
   * @default ConnectionStyle.PARTS
   */
  readonly style?: ConnectionStyle;

  /**
   * What the keys begin with, before their own names: `AI_AGENTS_`.
   *
   * @default - nothing
   */
  readonly envPrefix?: string;

  /**
   * The key of the URL.
   *
   * @default - what the connection suggests: `DATABASE_URL`, `REDIS_URL`
   */
  readonly urlKey?: string;

  /**
   * The scheme that the client wants in the URL: `postgresql+asyncpg`.
   *
   * @default - the plain one
   */
  readonly driver?: string;

  /**
   * What the name of the operator's setting for the whole URL begins with, before the key's own name.
   *
   * @default - the same as `envPrefix`
   */
  readonly variablePrefix?: string;
}

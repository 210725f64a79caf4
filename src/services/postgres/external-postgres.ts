import { Construct } from 'constructs';
import { Connection, IDatabase } from '../../model/connection';
import { StackElement } from '../../model/element';
import { Finding } from '../../model/finding';
import { carry, understood } from '../../model/given';
import { pathOf } from '../../model/path';
import { Value } from '../../model/value';
import { SecretFormat, Variable, VariableOptions } from '../../model/variable';
import { sharedPrefixFindings, variablePrefix } from '../variable-prefix';
import { postgresConnection, SCHEME } from './connection';

/**
 * How much a client of PostgreSQL asks of TLS, as libpq calls it.
 *
 * @see https://www.postgresql.org/docs/current/libpq-ssl.html
 */
export enum SslMode {
  /** No TLS. */
  DISABLE = 'disable',
  /** TLS if the server has it. */
  PREFER = 'prefer',
  /** TLS, whoever the server is. */
  REQUIRE = 'require',
  /** TLS, and a certificate of a known authority. */
  VERIFY_CA = 'verify-ca',
  /** TLS, and a certificate of a known authority for this very host. */
  VERIFY_FULL = 'verify-full',
}

/**
 * The properties of a PostgreSQL database that runs elsewhere.
 *
 * Everything is a setting of the operator; what is written here is its default in development.
 */
export interface ExternalPostgresProps {
  /**
   * What the database is, in a few words: the heading of its settings.
   *
   * @default "External PostgreSQL"
   */
  readonly description?: string;

  /**
   * The name of one setting that holds the whole URL, instead of its parts: `DATABASE_URL`.
   *
   * @default - the parts, each a setting
   */
  readonly urlVariable?: string;

  /**
   * What that URL begins with, when the consumers' client wants another scheme: `postgresql+asyncpg`.
   *
   * @default "postgresql"
   */
  readonly urlScheme?: string;

  /**
   * The host.
   *
   * @default - none: the operator must set it
   */
  readonly host?: string;

  /**
   * The port.
   *
   * @default 5432
   */
  readonly port?: number;

  /**
   * The database.
   *
   * @default - none: the operator must set it
   */
  readonly databaseName?: string;

  /**
   * The user.
   *
   * @default - none: the operator must set it
   */
  readonly userName?: string;

  /**
   * What clients ask of TLS.
   *
   * @default - nothing is said, and the client decides
   */
  readonly sslMode?: SslMode;

  /**
   * What the names of the settings begin with: `POSTGRES` gives `POSTGRES_HOST`, `_PORT`, `_DB`, `_USER` and `_PASSWORD`.
   *
   * @default - `POSTGRES` for the first server of a stack, the id in capitals for the next ones
   */
  readonly variablePrefix?: string;
}

/**
 * A PostgreSQL database that somebody else runs: consumers are connected to it as to a `PostgresService`, and no container
 * appears.
 */
export class ExternalPostgres extends StackElement implements IDatabase {
  /** What the names of the settings begin with. */
  public readonly variablePrefix: string;

  private readonly props: ExternalPostgresProps;
  private readonly settings: { readonly [part: string]: Variable };

  /**
   * @param scope the stack, or a construct in it
   * @param id the id
   * @param props where it is
   */
  constructor(scope: Construct, id: string, props: ExternalPostgresProps = {}) {
    props = understood('ExternalPostgresProps', props, undefined, new.target !== ExternalPostgres);
    const prefix = props.variablePrefix ?? variablePrefix(scope, id, 'POSTGRES', 'ExternalPostgres');
    super(scope, id);
    carry(props, this);
    this.variablePrefix = prefix;
    this.props = props;
    const setting = (name: string, description: string, value: string | undefined, options: VariableOptions = {}) => new Variable(name, {
      section: props.description ?? 'External PostgreSQL', description, defaultValue: value === undefined ? undefined : Value.literal(value), ...options,
    });
    const given = { secret: true, secretFormat: SecretFormat.GIVEN };
    this.settings = props.urlVariable
      ? { url: setting(props.urlVariable, `URL of the database, as ${props.urlScheme ?? SCHEME}://user:password@host:5432/name`, undefined, given) }
      : {
        host: setting(`${prefix}_HOST`, 'Host of the database server', props.host),
        port: setting(`${prefix}_PORT`, 'Port of the database server', String(props.port ?? 5432)),
        database: setting(`${prefix}_DB`, 'Name of the database', props.databaseName),
        user: setting(`${prefix}_USER`, 'User of the database', props.userName),
        password: setting(`${prefix}_PASSWORD`, 'Password of that user', undefined, given),
      };
  }

  /**
   * What a container of this stack must know to reach the database.
   */
  public connection(): Connection {
    return this.props.urlVariable
      ? new Connection({
        partsPrefix: 'DB', urlKey: 'DATABASE_URL', urlScheme: this.props.urlScheme ?? SCHEME, wholeUrl: Value.of(this.settings.url), usualPort: this.props.port ?? 5432,
      })
      : this.connectionTo(Value.of(this.settings.database));
  }

  /**
   * What a container of this stack must know to reach a further database of the same server.
   *
   * @param databaseName the name of the database
   * @throws when only the URL of the server is known
   */
  public databaseConnection(databaseName: string): Connection {
    if (this.props.urlVariable) {
      throw new Error(`${pathOf(this)} is known as one URL only, which names one database. `
        + `Write: new ExternalPostgres(stack, '${databaseName}', { urlVariable: '${databaseName.toUpperCase()}_DATABASE_URL' }).`);
    }
    return this.connectionTo(Value.literal(databaseName));
  }

  /**
   * The operator's settings that say where it is.
   */
  public variables(): Variable[] {
    return [...this.declaredVariables(), ...Object.values(this.settings)];
  }

  /**
   * Settings that it would share with another server by accident.
   */
  public findings(): Finding[] {
    return sharedPrefixFindings(this);
  }

  private connectionTo(database: Value): Connection {
    const { host, port, user, password } = this.settings;
    return postgresConnection({
      host: Value.of(host), port: Value.of(port), database, user: Value.of(user), password: Value.of(password), sslMode: this.props.sslMode,
    });
  }
}

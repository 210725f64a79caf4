import { Construct } from 'constructs';
import { postgresBackups } from './backup';
import { postgresChecks } from './checks';
import { postgresConnection, SCHEME } from './connection';
import { postgresDataFormat } from './data-format';
import { postgresFindings } from './findings';
import { postgresGuides, postgresTroubles } from './guides';
import { INIT_FOLDER, reconcileInitScripts } from './init-scripts';
import { PostgresProps, PostgresSettings } from './props';
import { modeSettings, serverSettings, serviceSettings } from './settings';
import { postgresVariables } from './variables';
import { dataPath, majorOf } from './versions';
import { Backup } from '../../model/backup';
import { Connection, IDatabase } from '../../model/connection';
import { DataFormat } from '../../model/data-format';
import { DatabaseServer } from '../../model/database-server';
import { Finding } from '../../model/finding';
import { carry, propsOf } from '../../model/given';
import { Guide, Trouble } from '../../model/guide';
import { Mode, MODES } from '../../model/mode';
import { Mount } from '../../model/mount';
import { pathOf } from '../../model/path';
import { PortSpec } from '../../model/port';
import { refusesOtherProperties } from '../../model/property-names';
import { Service } from '../../model/service';
import { ServiceRole } from '../../model/service-role';
import { ServiceSettings } from '../../model/settings';
import { SmokeCheck } from '../../model/smoke-check';
import { Storage } from '../../model/storage';
import { Value } from '../../model/value';
import { Variable } from '../../model/variable';
import { sharedPrefixFindings, variablePrefix } from '../variable-prefix';

/**
 * A PostgreSQL server with its database, user and data.
 *
 * @see https://hub.docker.com/_/postgres
 */
export class PostgresService extends Service implements IDatabase {
  /** What the names of the settings begin with. */
  public readonly variablePrefix: string;

  /** The version as it was asked for. */
  public readonly version: string;

  /** The setting that holds the superuser's name. */
  public readonly userVariable: Variable;

  /** The setting that holds the superuser's password. */
  public readonly passwordVariable: Variable;

  /** The setting that holds the first database's name. */
  public readonly databaseVariable: Variable;

  private readonly reconciled = new WeakMap<ServiceSettings, ServiceSettings>();
  private readonly parameters: { readonly [mode in Mode]: { [name: string]: string } };
  private readonly furtherDatabases: string[];
  private readonly initScripts: { [fileName: string]: string } = {};
  private readonly initFolder?: string;
  private readonly migratedFrom?: string;

  /**
   * @param scope the stack, or a construct in it
   * @param id the id, which is also the service's name
   * @param props the version, and how the server is run
   */
  constructor(scope: Construct, id: string, props: PostgresProps) {
    props = propsOf(scope, id, 'PostgresProps', props);
    const name = props.serviceName ?? id;
    const prefix = props.variablePrefix ?? variablePrefix(scope, name, 'POSTGRES', 'PostgresService');
    const description = props.description ?? `PostgreSQL ${props.version}`;
    const storage = (settings: PostgresSettings) => settings.storage?.mountAt(dataPath(props.version));
    const data = storage(props) ?? Storage.volume().mountAt(dataPath(props.version));
    const variables = postgresVariables(props, { prefix, serviceName: name, section: description, storedIn: data });
    const port: PortSpec = {
      name: 'postgres', port: 5432, hostPort: props.hostPort, variableName: `${prefix}_PORT`, publish: props.publish, urlScheme: SCHEME,
    };
    const scripts = props.initScripts
      ? [Mount.bind(props.initScripts, INIT_FOLDER, { readOnly: true, note: 'Runs once, when the data is initialised.' })] : [];

    super(scope, id, Service.merge({
      ...serverSettings(props, variables),
      description,
      role: ServiceRole.DATABASE,
      ports: [port],
      mounts: [data, ...scripts],
    }, {
      ...serviceSettings(props),
      serviceName: props.serviceName,
      description,
      modes: props.modes,
      development: modeSettings(props.development, storage),
      production: modeSettings(props.production, storage),
    }));
    carry(props, this);

    this.variablePrefix = prefix;
    this.version = props.version;
    this.migratedFrom = props.migratedFrom;
    this.userVariable = variables.user;
    this.passwordVariable = variables.password;
    this.databaseVariable = variables.database;
    this.furtherDatabases = [];
    this.initFolder = props.initScripts;
    this.parameters = {
      [Mode.DEVELOPMENT]: { ...props.parameters, ...props.development?.parameters },
      [Mode.PRODUCTION]: { ...props.parameters, ...props.production?.parameters },
    };
    for (const mode of MODES) this.renderParameters(mode);
    for (const further of props.databases ?? []) this.addDatabase(further);
    this.addTask({
      taskName: `${prefix === 'POSTGRES' ? 'db' : name}:psql`,
      description: `Open psql in ${name}, or pass it arguments: -c "SELECT 1"`,
      command: ['sh', '-c', 'exec psql -U "$POSTGRES_USER" -d "$POSTGRES_DB" "$@"', 'psql'],
    });
  }

  /**
   * Adds a database beside the first one; it is made when the data is initialised.
   *
   * @param databaseName the name
   */
  public addDatabase(databaseName: string): void {
    this.furtherDatabases.push(databaseName);
    const statements = this.furtherDatabases.map((each) => `CREATE DATABASE "${each.replace(/"/g, '""')}";\n`).join('');
    this.mountInitScript('00-databases.sql', statements);
  }

  /**
   * Adds a script that runs when the data is initialised, in the order of the names.
   *
   * @param fileName the name of the file, which ends in `.sql` or `.sh`
   * @param content the text of the script
   */
  public addInitScript(fileName: string, content: string): void {
    this.initScripts[fileName] = content;
    this.mountInitScript(fileName, content);
  }

  /**
   * Its databases, users and scripts, for those who run such a server in a way of their own.
   *
   * @param mode the mode
   */
  public databaseServer(mode: Mode): DatabaseServer {
    return {
      product: 'PostgreSQL',
      majorVersion: majorOf(this.version),
      database: Value.of(this.databaseVariable),
      user: Value.of(this.userVariable),
      passwordVariable: this.passwordVariable,
      furtherDatabases: this.furtherDatabases,
      initScripts: this.initScripts,
      initFolder: this.initFolder,
      parameters: this.parameters[mode],
    };
  }

  /**
   * Everything that was said about how the container is run in a mode, with a folder of scripts and single ones side by side.
   *
   * @param mode the mode
   */
  public settings(mode: Mode): ServiceSettings {
    const said = super.settings(mode);
    const settings = this.reconciled.get(said) ?? reconcileInitScripts(said);
    this.reconciled.set(said, settings);
    return settings;
  }

  /**
   * Sets a parameter of the server, as in `postgresql.conf`.
   *
   * @param name the name: `max_connections`
   * @param value the value: `200`
   * @param mode the mode that it is about; both when undefined
   */
  public addParameter(name: string, value: string, mode?: Mode): void {
    for (const each of mode ? [mode] : MODES) {
      this.parameters[each][name] = value;
      this.renderParameters(each);
    }
  }

  /**
   * The `max_connections` that was set.
   *
   * @param mode the mode
   * @returns undefined when nothing was said: the server takes 100
   */
  public maxConnections(mode: Mode): number | undefined {
    const said = this.parameters[mode].max_connections;
    return said === undefined ? undefined : Number(said);
  }

  /**
   * What a container of this stack must know to reach the first database.
   */
  public connection(): Connection {
    return this.connectionTo(Value.of(this.databaseVariable));
  }

  /**
   * What a container of this stack must know to reach a further database of this server.
   *
   * @param databaseName one of those that the server was told to make
   * @throws when the server was not told to make it
   */
  public databaseConnection(databaseName: string): Connection {
    if (!this.furtherDatabases.includes(databaseName)) {
      throw new Error(`${pathOf(this)} has no database "${databaseName}". Write: databases: [${[...this.furtherDatabases, databaseName].map((each) => `'${each}'`).join(', ')}].`);
    }
    return this.connectionTo(Value.literal(databaseName));
  }

  /**
   * The URL for programs on the host; a container cannot use it.
   *
   * @param driver the scheme that the client wants; `postgresql` when undefined
   */
  public hostUrl(driver?: string): Value {
    return Value.concat(
      Value.literal(`${driver ?? SCHEME}://`), Value.of(this.userVariable), Value.literal(':'), Value.of(this.passwordVariable),
      Value.literal('@localhost:'), this.endpoint('postgres').hostPort, Value.literal('/'), Value.of(this.databaseVariable),
    );
  }

  /**
   * With what one logs in.
   */
  public credentials(): Variable[] {
    return [this.userVariable, this.passwordVariable, this.databaseVariable];
  }

  /**
   * How it is reached, saved and looked into.
   */
  public guides(): Guide[] {
    return [...super.guides(), ...postgresGuides(this)];
  }

  /**
   * What goes wrong with a PostgreSQL server.
   */
  public troubles(): Trouble[] {
    return [...super.troubles(), ...postgresTroubles(this)];
  }

  /**
   * What proves the server: it answers, takes the password, and keeps its rows.
   */
  public smokeChecks(): SmokeCheck[] {
    return [...super.smokeChecks(), ...postgresChecks(this, this.furtherDatabases)];
  }

  /**
   * How each of its databases is saved and put back.
   */
  public backups(): Backup[] {
    return postgresBackups(this, this.furtherDatabases);
  }

  /**
   * The data is of one major version: another one cannot read it.
   */
  public dataFormat(): DataFormat | undefined {
    return postgresDataFormat(this.version, this.migratedFrom);
  }

  /**
   * What only this service knows of itself: its version, the path of its data, its parameters.
   */
  public findings(): Finding[] {
    const parameters = MODES.flatMap((mode) => Object.keys(this.parameters[mode]));
    return [
      ...super.findings(),
      ...postgresFindings(this, parameters, (rule, message, fix) => this.finding(rule, message, fix)),
      ...sharedPrefixFindings(this),
    ];
  }

  private mountInitScript(fileName: string, content: string): void {
    this.addMount(Mount.config(`init_${fileName.replace(/[^a-z0-9]+/gi, '_')}`, `${INIT_FOLDER}/${fileName}`, content));
  }

  private connectionTo(database: Value): Connection {
    const [user, password] = [this.userVariable, this.passwordVariable].map((variable) => Value.of(variable));
    return postgresConnection({ host: Value.host(this), port: Value.literal('5432'), database, user, password, provider: this });
  }

  private renderParameters(mode: Mode): void {
    const pairs = Object.entries(this.parameters[mode]);
    if (pairs.length > 0) this.addSettings({ command: Value.literals('postgres', ...pairs.flatMap(([name, value]) => ['-c', `${name}=${value}`])) }, mode);
  }
}

refusesOtherProperties(PostgresService, 'PostgresProps');

import { Construct } from 'constructs';
import { redisChecks } from './checks';
import { credentials, redisConnection } from './connection';
import { redisGuides, redisTroubles } from './guides';
import { LogicalDatabases, USUAL_DATABASES } from './logical-databases';
import { RedisProps, RedisSettings } from './props';
import { REDIS_MEMORY } from './rules';
import { Connection, IBroker, ICache } from '../../model/connection';
import { Finding } from '../../model/finding';
import { carry, propsOf } from '../../model/given';
import { Guide, Trouble } from '../../model/guide';
import { HealthCheck } from '../../model/health-check';
import { Mode, MODES } from '../../model/mode';
import { Mount } from '../../model/mount';
import { refusesOtherProperties } from '../../model/property-names';
import { Service } from '../../model/service';
import { ServiceRole } from '../../model/service-role';
import { ServiceSettings } from '../../model/settings';
import { SmokeCheck } from '../../model/smoke-check';
import { Storage } from '../../model/storage';
import { sizeBytes } from '../../model/units';
import { Value } from '../../model/value';
import { Variable } from '../../model/variable';
import { sharedPrefixFindings, variablePrefix } from '../variable-prefix';

const DATA = '/data';

/**
 * A Redis server: a cache, a broker, or both in databases of their own.
 *
 * @see https://hub.docker.com/_/redis
 */
export class RedisCache extends Service implements ICache, IBroker {
  /** What the names of the settings begin with. */
  public readonly variablePrefix: string;

  /** The setting that holds the password; undefined when none is asked for. */
  public readonly passwordVariable?: Variable;

  private readonly databases: LogicalDatabases;
  private readonly memory: { readonly [mode in Mode]?: string };

  /**
   * @param scope the stack, or a construct in it
   * @param id the id, which is also the service's name
   * @param props version, persistence, password
   */
  constructor(scope: Construct, id: string, props: RedisProps = {}) {
    props = propsOf(scope, id, 'RedisProps', props);
    const name = props.serviceName ?? id;
    const prefix = props.variablePrefix ?? variablePrefix(scope, name, 'REDIS', 'RedisCache');
    const version = props.version ?? '8';
    const description = props.description ?? `Redis ${version}`;
    const password = props.authentication === false ? undefined : new Variable(`${prefix}_PASSWORD`, {
      section: description,
      description: 'Password of the Redis server',
      defaultValue: Value.literal(props.developmentPassword ?? 'dev_password_change_in_production'),
      secret: true,
    });
    const layers: { readonly [mode in Mode]: RedisSettings } = {
      [Mode.DEVELOPMENT]: { ...props, ...defined(props.development) },
      [Mode.PRODUCTION]: { maxMemory: '256M', ...defined(props), ...defined(props.production) },
    };
    const modeSettings = (mode: Mode): ServiceSettings => ({
      command: serverCommand(layers[mode], password),
      mounts: [dataMount(layers[mode])],
    });

    super(scope, id, Service.merge(Service.merge({
      role: ServiceRole.CACHE,
      image: `redis:${version}${props.variant === '' ? '' : `-${props.variant ?? 'alpine'}`}`,
      // redis-cli takes the password from here; on its command line everybody could read it.
      environment: password ? { REDISCLI_AUTH: Value.of(password) } : undefined,
      ports: [{
        name: 'redis', port: 6379, hostPort: props.hostPort, variableName: `${prefix}_PORT`, publish: props.publish, urlScheme: 'redis',
      }],
      healthCheck: HealthCheck.shell('redis-cli ping | grep -q PONG', {
        startPeriod: '10s', note: 'redis-cli ends with 0 also when the server refuses or still loads, so the answer is read.', ...props.healthTiming,
      }).withLiveness(HealthCheck.tcp()),
      // Whoever it is: the server needs nothing but its folder.
      rootless: { user: '10001:10001' },
      development: modeSettings(Mode.DEVELOPMENT),
      production: {
        ...modeSettings(Mode.PRODUCTION),
        readOnly: true,
        capDrop: ['ALL'],
        // What the image needs to take its folder over and to leave root.
        capAdd: ['CHOWN', 'SETGID', 'SETUID'],
      },
    }, settingsOf(props)), {
      serviceName: props.serviceName,
      description,
      modes: props.modes,
      development: props.development && modeSettingsOf(props.development),
      production: props.production && modeSettingsOf(props.production),
    }));
    carry(props, this);

    this.variablePrefix = prefix;
    this.passwordVariable = password;
    this.databases = new LogicalDatabases(this, props.databases ?? USUAL_DATABASES);
    this.memory = { [Mode.DEVELOPMENT]: layers.development.maxMemory, [Mode.PRODUCTION]: layers.production.maxMemory };
    this.addTask({
      taskName: `${prefix === 'REDIS' ? 'redis' : name}:cli`,
      description: `Open redis-cli in ${name}, or pass it a command: PING`,
      command: ['redis-cli'],
    });
  }

  /**
   * What a container of this stack must know to reach the first database.
   */
  public connection(): Connection {
    return this.connectionTo(this.databases.first());
  }

  /**
   * What a container of this stack must know to reach one logical database.
   *
   * @param databaseName the name that the definition gave to a number
   * @throws when no database has that name
   */
  public logicalConnection(databaseName: string): Connection {
    return this.connectionTo(this.databases.numberOf(databaseName));
  }

  /**
   * What a container of this stack must know to use it as a broker: the database called `broker`, or the first one when there is none.
   */
  public brokerConnection(): Connection {
    return this.connectionTo(this.databases.broker(), 'broker');
  }

  /**
   * The URL for programs on the host; a container cannot use it.
   *
   * @param databaseName the name that the definition gave to a number; the first one when undefined
   */
  public hostUrl(databaseName?: string): Value {
    const database = databaseName === undefined ? this.databases.first() : this.databases.numberOf(databaseName);
    return Value.concat(
      Value.literal('redis://'), credentials(undefined, this.passwordVariable && Value.of(this.passwordVariable)),
      Value.literal('localhost:'), this.endpoint('redis').hostPort, Value.literal(`/${database}`),
    );
  }

  /**
   * What proves the server: it answers, asks for the password, and keeps its keys where it is told to.
   */
  public smokeChecks(): SmokeCheck[] {
    return [...super.smokeChecks(), ...redisChecks(this, this.passwordVariable !== undefined)];
  }

  /**
   * With what one logs in.
   */
  public credentials(): Variable[] {
    return this.passwordVariable ? [this.passwordVariable] : [];
  }

  /**
   * How one looks into it.
   */
  public guides(): Guide[] {
    return [...super.guides(), ...redisGuides(this)];
  }

  /**
   * What goes wrong with a Redis server.
   */
  public troubles(): Trouble[] {
    return [...super.troubles(), ...redisTroubles(this)];
  }

  /**
   * What only this service knows of itself: its databases, its memory.
   */
  public findings(): Finding[] {
    const found = [...super.findings(), ...this.databases.findings()];
    for (const mode of MODES) {
      const memory = this.memory[mode];
      if (memory === undefined) continue;
      const bytes = sizeBytes(memory);
      const limit = sizeBytes(this.settings(mode).resources?.memory ?? '');
      if (bytes === undefined) {
        found.push(this.finding(REDIS_MEMORY, `The memory limit "${memory}" cannot be read.`, 'Write a size such as: maxMemory: \'256M\'.'));
      } else if (limit !== undefined && bytes >= limit) {
        found.push(this.finding(
          REDIS_MEMORY,
          `In ${mode} Redis may use ${memory}, and its container ${this.settings(mode).resources?.memory}.`,
          'Write a smaller maxMemory, three quarters of resources.memory, say.',
        ));
      }
    }
    return [...found, ...sharedPrefixFindings(this)];
  }

  private connectionTo(database: number, purpose?: string): Connection {
    return redisConnection({
      host: Value.host(this),
      port: Value.literal('6379'),
      database,
      password: this.passwordVariable && Value.of(this.passwordVariable),
      provider: this,
      purpose,
    });
  }
}

/** The command line of the server. Its first word must be the server: behind a shell the image would stay root. */
function serverCommand(settings: RedisSettings, password: Variable | undefined): Value[] {
  const persistence = settings.persistence ?? true;
  const memory = settings.maxMemory === undefined ? undefined : sizeBytes(settings.maxMemory);
  return [
    ...Value.literals('redis-server', '--appendonly', persistence ? 'yes' : 'no'),
    ...(persistence ? [] : Value.literals('--save', '')),
    ...(password ? [Value.literal('--requirepass'), Value.of(password)] : []),
    ...(memory === undefined ? [] : Value.literals('--maxmemory', redisSize(memory))),
    ...(settings.evictionPolicy || memory !== undefined ? Value.literals('--maxmemory-policy', settings.evictionPolicy ?? 'noeviction') : []),
  ];
}

/** A size as Redis writes it, where `m` is a million bytes and `mb` what everybody else calls M. */
function redisSize(bytes: number): string {
  const unit = [['gb', 2 ** 30], ['mb', 2 ** 20], ['kb', 2 ** 10]].find(([, size]) => bytes % Number(size) === 0);
  return unit ? `${bytes / Number(unit[1])}${unit[0]}` : String(bytes);
}

/** Where the append-only file is; in memory when nothing is kept, since the image would make a nameless volume. */
function dataMount(settings: RedisSettings): Mount {
  return settings.persistence ?? true ? (settings.storage ?? Storage.volume()).mountAt(DATA) : Mount.tmpfs(DATA);
}

/** The settings of every service among those of this one. */
function settingsOf(given: RedisProps): ServiceSettings {
  const {
    version, variant, authentication, developmentPassword, databases, hostPort, publish, variablePrefix: _prefix,
    persistence, maxMemory, evictionPolicy, storage, healthTiming, description, serviceName, modes, development, production, ...settings
  } = given;
  return settings;
}

/** The settings of every service among those that are said for one mode. */
function modeSettingsOf(given: RedisSettings): ServiceSettings {
  const { persistence, maxMemory, evictionPolicy, storage, ...settings } = given;
  return settings;
}

/** Without the keys that say nothing, so that they cover no other layer's. */
function defined<T extends object>(given: T | undefined): Partial<T> {
  return Object.fromEntries(Object.entries(given ?? {}).filter(([, value]) => value !== undefined)) as Partial<T>;
}

refusesOtherProperties(RedisCache, 'RedisProps');

import { Construct } from 'constructs';
import { backendChecks } from './checks';
import { BackendEnvironment } from './environment';
import { backendFindings } from './findings';
import { BackendFacts, backendGuides } from './guides';
import { describeImage } from './image';
import { BackendLayout } from './layout';
import { BackendMigration } from './migration';
import { Migrations } from './options';
import { FastApiProps, FastApiSettings } from './props';
import { sampleOf } from './sample';
import { portsOf, serverCommand } from './server';
import { addShortcuts } from './shortcuts';
import { developmentMounts, watchRules } from './sources';
import { backendTroubles } from './troubles';
import { Connection, ConnectionStyle, IBroker, IDatabase } from '../../model/connection';
import { Dockerfile } from '../../model/dockerfile';
import { StackElement } from '../../model/element';
import { Endpoint } from '../../model/endpoint';
import { Finding } from '../../model/finding';
import { carry, propsOf } from '../../model/given';
import { stackFolder } from '../../model/group';
import { Guide, Trouble } from '../../model/guide';
import { HealthCheck, HealthCheckClient } from '../../model/health-check';
import { HttpApi, IHttpApi } from '../../model/http-api';
import { Mode } from '../../model/mode';
import { Mount } from '../../model/mount';
import { PackageEcosystem, PackageFolder } from '../../model/package-folder';
import { refusesOtherProperties } from '../../model/property-names';
import { Service } from '../../model/service';
import { ServiceRole } from '../../model/service-role';
import { ServiceSettings } from '../../model/settings';
import { SmokeCheck } from '../../model/smoke-check';
import { Value } from '../../model/value';
import { buildOf, dockerfilesOf } from '../application-image';
import { SourceSync } from '../source-sync';
import { variablePrefix } from '../variable-prefix';

/**
 * A Python backend on FastAPI and uvicorn, with its image, its migrations and its daily commands.
 *
 * @see https://fastapi.tiangolo.com/deployment/docker/
 */
export class FastApiBackend extends Service implements IHttpApi {
  /** Describes the image of production, and of development unless that has a Dockerfile of its own. */
  public readonly dockerfile: Dockerfile;

  /** Describes the image of development; the same as `dockerfile` unless the properties say otherwise. */
  public readonly developmentDockerfile: Dockerfile;

  /** Brings the schema up to date at every start; undefined when that is left to people, or there is no database. */
  public readonly migration?: Service;

  /** What the names of the operator's settings of this backend begin with. */
  public readonly variablePrefix: string;

  /** The name of the Python package. */
  public readonly packageName: string;

  /** Whether programs in development start anew when a source file changes. */
  public readonly reloads: boolean;

  private readonly given: FastApiProps;
  private readonly layout: BackendLayout;

  /**
   * @param scope the stack, or a construct in it
   * @param id the id, which is also the service's name
   * @param props what it is connected to, where it lies, how it is run
   */
  constructor(scope: Construct, id: string, props: FastApiProps = {}) {
    props = propsOf(scope, id, 'FastApiProps', props);
    const name = props.serviceName ?? id;
    const layout = new BackendLayout(props, scope);
    const prefix = variablePrefix(scope, name, props.envPrefix ?? '', 'FastApiBackend');
    // A second backend has settings of its own, under the same keys in its container.
    const settingPrefix = prefix === (props.envPrefix ?? '') ? prefix : `${prefix}_`;
    const description = props.description ?? 'FastAPI backend';
    const environment = new BackendEnvironment(props, props.title ?? name, description, settingPrefix);

    super(scope, id, Service.merge(Service.merge({
      role: ServiceRole.BACKEND,
      environment: environment.common,
      ports: portsOf(name, props),
      healthCheck: HealthCheck.http('/health', {
        port: 'http', client: HealthCheckClient.PYTHON, timing: props.healthTiming,
      }).withLiveness(HealthCheck.http('/health/live', { port: 'http', client: HealthCheckClient.PYTHON, timing: props.healthTiming })),
      // Whoever it is: what the image keeps belongs to root, and anybody may read it.
      rootless: { user: '10001:10001' },
      development: {
        environment: environment.in(Mode.DEVELOPMENT),
        imageBuild: buildOf(layout, Mode.DEVELOPMENT),
        mounts: developmentMounts(layout, props),
        watch: watchRules(layout, props),
        command: props.debugging ? Value.literals(...serverCommand(layout, props, Mode.DEVELOPMENT)) : undefined,
        // Python as the first process hears no signal before the server listens to it: a stop soon after the start would take ten seconds.
        initProcess: true,
      },
      production: {
        environment: environment.in(Mode.PRODUCTION),
        imageBuild: buildOf(layout, Mode.PRODUCTION),
        mounts: [Mount.tmpfs('/tmp')],
        readOnly: true,
        capDrop: ['ALL'],
      },
    }, settingsOf(props)), {
      serviceName: props.serviceName,
      description,
      modes: props.modes,
      development: props.development && modeSettingsOf(props.development),
      production: props.production && modeSettingsOf(props.production),
    }));
    carry(props, this);

    this.given = props;
    this.layout = layout;
    this.variablePrefix = prefix;
    this.packageName = layout.packageName;
    this.reloads = props.reload ?? true;
    if (props.polling) this.addEnvironment('WATCHFILES_FORCE_POLLING', Value.literal('true'), Mode.DEVELOPMENT);
    this.connectAll(settingPrefix);

    const files = [...dockerfilesOf(layout, this.modes)].map(([file, modes]) => {
      const described = new Dockerfile(this, modes.includes(Mode.PRODUCTION) ? 'Dockerfile' : 'DevelopmentDockerfile', { file, context: layout.dir });
      describeImage(described, {
        layout, props, modes, folder: stackFolder(this), command: (mode) => serverCommand(layout, props, mode),
      });
      return { described, modes };
    });
    // A rule says that it exists in no mode.
    this.dockerfile = files[files.length - 1]?.described;
    this.developmentDockerfile = files[0]?.described;
    if (props.sample ?? true) sampleOf(this, layout, props);
    if (layout.migrates && (props.migrations ?? Migrations.SERVICE) === Migrations.SERVICE) {
      this.migration = new BackendMigration(this);
      this.addDependency(this.migration);
    }
    addShortcuts(this, layout, prefix === (props.envPrefix ?? '') ? 'db' : this.serviceName);
  }

  /** The database; undefined when there is none. */
  public get database(): IDatabase | undefined {
    return this.given.database;
  }

  /** What passes tasks to Celery; undefined when there is nothing. */
  public get broker(): IBroker | undefined {
    return this.given.broker;
  }

  /**
   * A file of the backend, relative to the stack's folder.
   *
   * @param file the path in the backend's own folder
   */
  public pathOf(file: string): string {
    return this.layout.within(file);
  }

  /** The port on which the API answers. */
  public get api(): Endpoint {
    return this.endpoint('http');
  }

  /**
   * What a web server must know to pass requests on to it, and a page to make them.
   */
  public httpApi(): HttpApi {
    const { database, broker, sample } = this.given;
    return {
      url: this.api.internalUrl,
      provider: this,
      prefixes: ['/api', '/health'],
      basePath: '/api/v1',
      healthPath: '/health',
      documentPath: '/openapi.json',
      sampleResources: sample === false ? [] : [...(database ? ['/api/v1/items'] : []), ...(broker ? ['/api/v1/tasks'] : [])],
    };
  }

  /**
   * Where it pins its packages.
   */
  public packageFolders(): PackageFolder[] {
    return [{ ecosystem: PackageEcosystem.PYTHON, folder: this.layout.dir }];
  }

  /**
   * What Python and its tools leave in the backend's folder.
   */
  public gitIgnore(): string[] {
    const left = ['__pycache__/', '.venv/', 'venv/', '.pytest_cache/', '.mypy_cache/', '.ruff_cache/', '.coverage', 'htmlcov/'];
    return left.map((pattern) => `/${this.layout.within(`**/${pattern}`)}`);
  }

  /**
   * What proves the backend: it answers, reaches what it depends on, and follows its sources.
   */
  public smokeChecks(): SmokeCheck[] {
    return [...super.smokeChecks(), ...backendChecks(this, this.layout, this.given)];
  }

  /**
   * How it is developed: packages, migrations, tests, what reloads.
   */
  public guides(): Guide[] {
    return [...super.guides(), ...backendGuides(this, this.facts)];
  }

  /**
   * What goes wrong with a backend.
   */
  public troubles(): Trouble[] {
    return [...super.troubles(), ...backendTroubles(this, this.facts)];
  }

  /**
   * What only this service knows of itself: its Python, its module, its connections, its pools.
   */
  public findings(): Finding[] {
    return [...super.findings(), ...backendFindings(this, this.given, this.layout, (rule, message, fix) => this.finding(rule, message, fix))];
  }

  private get facts(): BackendFacts {
    const { sourceSync, polling, sample } = this.given;
    return { migrates: this.layout.migrates, sourceSync: sourceSync ?? SourceSync.BIND, polling: polling ?? false, sample: sample ?? true };
  }

  private connectAll(variablePrefixOfUrls: string): void {
    const { database, cache, broker, envPrefix, connectionStyle: style } = this.given;
    const driver = style === ConnectionStyle.URL ? 'postgresql+asyncpg' : undefined;
    const options = { envPrefix, variablePrefix: variablePrefixOfUrls };
    if (database) this.connect(database, { ...options, style, driver });
    if (cache) this.connect(cache, { ...options, style });
    // Always a URL: in parts, the keys of a broker would be those of the cache.
    if (broker) this.connect({ connection: (): Connection => broker.brokerConnection() }, { ...options, style: ConnectionStyle.URL, urlKey: 'CELERY_BROKER_URL' });
    if (StackElement.isStackElement(broker)) this.addConnection({ target: broker });
  }
}

/** The settings of every service among those of this one. */
function settingsOf(given: FastApiProps): ServiceSettings {
  const {
    database, cache, broker, title, dir, sourceLayout, appModule, sample, dockerfile, developmentDockerfile, installer, pythonVersion,
    pythonVariant, uvVersion, packages, buildPackages, connectionStyle, envPrefix, variables, apiKeys, port, hostPort, publish, migrations, reload,
    sourceSync, readOnlySources, mountedFiles, polling, debugging, logDirectory, healthTiming, description, serviceName, modes, development,
    production, ...settings
  } = given;
  return modeSettingsOf(settings);
}

/** The settings of every service among those that are said for one mode. */
function modeSettingsOf(given: FastApiSettings): ServiceSettings {
  const { workers, corsOrigins, logLevel, poolSize, poolMax, ...settings } = given;
  return settings;
}

refusesOtherProperties(FastApiBackend, 'FastApiProps');

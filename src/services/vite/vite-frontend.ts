import { posix } from 'path';
import { Construct } from 'constructs';
import { frontendChecks } from './checks';
import { FrontendEnvironment } from './environment';
import { frontendFindings } from './findings';
import { FrontendFacts, frontendGuides, frontendTroubles } from './guides';
import { describeImage } from './image';
import { FrontendLayout, WORK_DIR } from './layout';
import { HEALTH_PATH } from './nginx';
import { NodePackageManager } from './options';
import { ViteProps, ViteSettings } from './props';
import { browserUrl, upstreamsOf } from './routes';
import { namedPackageManager, samplePnpmVersion, sampleOf } from './sample';
import { Dependency, DependencyCondition } from '../../model/dependency';
import { Dockerfile } from '../../model/dockerfile';
import { Endpoint } from '../../model/endpoint';
import { Finding } from '../../model/finding';
import { carry, propsOf } from '../../model/given';
import { Guide, Trouble } from '../../model/guide';
import { HealthCheck } from '../../model/health-check';
import { Mode } from '../../model/mode';
import { Mount } from '../../model/mount';
import { toVariableName } from '../../model/names';
import { PackageEcosystem, PackageFolder } from '../../model/package-folder';
import { pathOf } from '../../model/path';
import { refusesOtherProperties } from '../../model/property-names';
import { Service } from '../../model/service';
import { ServiceRole } from '../../model/service-role';
import { ServiceSettings } from '../../model/settings';
import { SmokeCheck } from '../../model/smoke-check';
import { TaskPlace } from '../../model/task';
import { WatchAction, WatchRule } from '../../model/watch';
import { buildOf, dockerfilesOf } from '../application-image';
import { singleFileMounts } from '../single-file-mounts';
import { SourceSync } from '../source-sync';

/**
 * Pages in the browser, built with Vite: a server that shows each change at once in development, a small web server in production that
 * also passes requests on to the API, so that the browser knows one address only.
 *
 * @see https://vite.dev/guide/
 */
export class ViteFrontend extends Service {
  /** Describes the image of production, and of development unless that has a Dockerfile of its own. */
  public readonly dockerfile: Dockerfile;

  /** Describes the image of development; the same as `dockerfile` unless the properties say otherwise. */
  public readonly developmentDockerfile: Dockerfile;

  private readonly given: ViteProps;
  private readonly layout: FrontendLayout;

  /**
   * @param scope the stack, or a construct in it
   * @param id the id, which is also the service's name
   * @param props the API, where it lies, how it is run
   */
  constructor(scope: Construct, id: string, props: ViteProps = {}) {
    props = propsOf(scope, id, 'ViteProps', props);
    const name = props.serviceName ?? id;
    const layout = new FrontendLayout(props, scope);
    const prefix = toVariableName(name);
    const description = props.description ?? 'Frontend';
    const environment = new FrontendEnvironment(props, name, description, prefix, props.appTitle ?? pathOf(scope).split('/')[0]);
    const port = props.port ?? 3000;
    const asked = (path: string) => HealthCheck.http(path, { port: 'http', timing: props.healthTiming });

    super(scope, id, Service.merge(Service.merge({
      role: ServiceRole.FRONTEND,
      ports: [{
        name: 'http',
        port,
        hostPort: props.hostPort,
        publish: props.publish,
        variableName: `${prefix}_PORT`,
        forBrowsers: true,
        maxRequestSize: upstreamsOf(props, Mode.PRODUCTION).length > 0 ? props.maxRequestSize ?? '10M' : undefined,
      }],
      development: {
        environment: environment.in(Mode.DEVELOPMENT),
        imageBuild: buildOf(layout, Mode.DEVELOPMENT),
        mounts: developmentMounts(layout, props),
        watch: watchRules(layout, props),
        dependsOn: providersOf(props, Mode.DEVELOPMENT),
        healthCheck: asked('/'),
      },
      production: {
        environment: environment.in(Mode.PRODUCTION),
        imageBuild: buildOf(layout, Mode.PRODUCTION),
        dependsOn: providersOf(props, Mode.PRODUCTION),
        healthCheck: asked(HEALTH_PATH),
        // Whoever it is: everything that is written is below /tmp.
        rootless: { user: '10001:10001' },
        // Its configuration is made there of the environment when it starts.
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
    const named = namedPackageManager(this, layout);
    const pnpmVersion = named?.name === 'pnpm' ? named.version : samplePnpmVersion();
    const files = [...dockerfilesOf(layout, this.modes)].map(([file, modes]) => {
      const described = new Dockerfile(this, modes.includes(Mode.PRODUCTION) ? 'Dockerfile' : 'DevelopmentDockerfile', { file, context: layout.dir });
      describeImage(described, { layout, props, pnpmVersion, modes, serviceName: this.serviceName });
      return described;
    });
    this.dockerfile = files[files.length - 1];
    this.developmentDockerfile = files[0];
    if (props.sample ?? true) sampleOf(this, layout, props);
    for (const mode of this.modes) for (const { service } of providersOf(props, mode)) this.addConnection({ target: service });
    this.addShortcuts();
  }

  /** The port on which the pages are. */
  public get page(): Endpoint {
    return this.endpoint('http');
  }

  /**
   * A file of the frontend, relative to the stack's folder.
   *
   * @param file the path in the frontend's own folder
   */
  public pathOf(file: string): string {
    return this.layout.within(file);
  }

  /**
   * Where the browser finds the API in a mode, as the page is told; undefined when there is none.
   *
   * @param mode the mode
   */
  public apiUrl(mode: Mode): string | undefined {
    return browserUrl(this.given, mode);
  }

  /**
   * What proves the frontend: it serves its page, passes requests on, and follows its sources.
   */
  public smokeChecks(): SmokeCheck[] {
    return [...super.smokeChecks(), ...frontendChecks(this, this.layout, this.given)];
  }

  /**
   * How it is developed: packages, tests, what is shown at once.
   */
  public guides(): Guide[] {
    return [...super.guides(), ...frontendGuides(this, this.facts)];
  }

  /**
   * What goes wrong with a frontend.
   */
  public troubles(): Trouble[] {
    return [...super.troubles(), ...frontendTroubles(this, this.facts)];
  }

  /**
   * What only a frontend knows of itself: what it tells the browser, its routes, its packages.
   */
  public findings(): Finding[] {
    return [...super.findings(), ...frontendFindings(this, this.given, this.layout, (rule, message, fix) => this.finding(rule, message, fix))];
  }

  /**
   * Where it pins its packages.
   */
  public packageFolders(): PackageFolder[] {
    return [{ ecosystem: PackageEcosystem.NPM, folder: this.layout.dir }];
  }

  /**
   * What Node.js and its tools leave in the frontend's folder.
   */
  public gitIgnore(): string[] {
    return ['node_modules/', 'dist/', '.vite/', 'coverage/', '*.local'].map((pattern) => `/${this.layout.within(pattern)}`);
  }

  private get facts(): FrontendFacts {
    const { sourceSync, mountedFiles, polling, api } = this.given;
    const { packageManager, sources } = this.layout;
    return {
      packageManager,
      sources,
      sourceSync: sourceSync ?? SourceSync.BIND,
      mountedFiles: mountedFiles ?? [],
      polling: polling ?? false,
      api: api?.httpApi(),
    };
  }

  private addShortcuts(): void {
    const prefix = this.serviceName;
    const { packageManager } = this.layout;
    const script = (taskName: string, description: string, name: string, check = false) => (
      this.addTask({ taskName, description, command: [packageManager, 'run', name], check })
    );
    this.addTask({
      taskName: `${prefix}:dev`, description: 'Build, start and follow it, with what it needs, until Ctrl+C', command: [], place: TaskPlace.FOREGROUND,
    });
    script(`${prefix}:test`, 'Run the tests in the container: vitest', 'test', true);
    script(`${prefix}:lint`, 'Look for likely mistakes: oxlint', 'lint', true);
    script(`${prefix}:build`, 'Check the types and build the pages, in the container', 'build', true);
    this.addTask({ taskName: `${prefix}:logs`, description: 'Follow the log', command: ['--follow', '--tail', '100'], place: TaskPlace.LOGS });
    this.addTask({
      taskName: `${prefix}:lock`,
      description: 'Make the lockfile anew from package.json; rebuild afterwards',
      command: packageManager === NodePackageManager.PNPM
        ? ['pnpm', 'install', '--lockfile-only', '--no-frozen-lockfile']
        : ['npm', 'install', '--package-lock-only', '--omit-lockfile-registry-resolved'],
      place: TaskPlace.OWN,
      folders: { [this.layout.mountSource('')]: '/project' },
      workingDir: '/project',
    });
    if (!this.given.api?.httpApi().documentPath) return;
    const group = this.isFirstFrontend ? 'api' : `${prefix}:api`;
    script(`${group}:generate`, 'Write the types of the API from the document of the running backend', 'api:generate');
    script(`${group}:check`, 'Fail when these types are not what the running backend says', 'api:check', true);
  }

  private get isFirstFrontend(): boolean {
    return Service.servicesOf(this.node.scope!).find((service) => service instanceof ViteFrontend) === this;
  }
}

/** Who answers the requests that are passed on. The page says so while they do not, so only their start is waited for. */
function providersOf(props: ViteProps, mode: Mode): Dependency[] {
  const services = upstreamsOf(props, mode).flatMap(({ api }) => (api.provider ? [api.provider] : []));
  return [...new Set(services)].map((service) => ({ service, condition: DependencyCondition.STARTED }));
}

function developmentMounts(layout: FrontendLayout, props: ViteProps): Mount[] {
  const watched = props.sourceSync === SourceSync.WATCH;
  const folders = watched ? [] : layout.sources.map((folder) => Mount.bind(
    layout.mountSource(folder), `${WORK_DIR}/${folder}`, { readOnly: props.readOnlySources },
  ));
  return [...folders, ...singleFileMounts(props.mountedFiles, (file) => layout.mountSource(file), WORK_DIR)];
}

/** What `docker compose up --watch` does about files that are not mounted: the packages are in the image, and never stale. */
function watchRules(layout: FrontendLayout, { sourceSync, mountedFiles = [] }: ViteProps): WatchRule[] {
  const rule = (file: string, action: WatchAction): WatchRule => ({
    path: layout.mountSource(file), action, ...(action === WatchAction.REBUILD ? {} : { target: posix.join(WORK_DIR, file) }),
  });
  return [
    ...(sourceSync === SourceSync.WATCH ? layout.sources.map((folder) => rule(folder, WatchAction.SYNC)) : []),
    // Vite follows these two itself.
    ...['index.html', 'vite.config.ts'].filter((file) => !mountedFiles.includes(file)).map((file) => rule(file, WatchAction.SYNC)),
    rule('package.json', WatchAction.REBUILD),
    rule(layout.lockFile, WatchAction.REBUILD),
  ];
}

/** The settings of every service among those of this one. */
function settingsOf(given: ViteProps): ServiceSettings {
  const {
    api, routes, publicVariables, dir, framework, sample, appTitle, packageManager, nodeVersion, nodeVariant, webServerImage, dockerfile,
    developmentDockerfile, port, hostPort, publish, allowedHosts, sourceFolders, sourceSync, readOnlySources, mountedFiles, polling,
    contentSecurityPolicy, maxRequestSize, healthTiming, description, serviceName, modes, development, production, ...settings
  } = given;
  return modeSettingsOf(settings);
}

/** The settings of every service among those that are said for one mode. */
function modeSettingsOf(given: ViteSettings): ServiceSettings {
  const { apiUrl, ...settings } = given;
  return settings;
}

refusesOtherProperties(ViteFrontend, 'ViteProps');

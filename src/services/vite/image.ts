import { readFileSync } from 'fs';
import { join } from 'path';
import { BESIDES, FrontendLayout, WORK_DIR } from './layout';
import { webServerConfiguration } from './nginx';
import { NodePackageManager } from './options';
import { ViteProps } from './props';
import { upstreamsOf } from './routes';
import { BuildPhase, Dockerfile, RunOptions, Stage } from '../../model/dockerfile';
import { Mode } from '../../model/mode';
import { TextFile } from '../../model/text-file';
import { SourceSync } from '../source-sync';

/** As deep under `src` as under `lib`. */
const ASSETS = join(__dirname, '..', '..', '..', 'assets', 'nginx');

/** What is kept from one build to the next. */
const NPM_CACHE = '/var/cache/npm';
const PNPM_STORE = '/var/cache/pnpm';

/** What tools write into the folder of the packages while they run. */
const WRITTEN = ['.tmp', '.vite', '.vite-temp'].map((name) => `node_modules/${name}`).join(' ');

/** What one Dockerfile of a frontend is for. */
export interface FrontendImage {
  readonly layout: FrontendLayout;
  readonly props: ViteProps;
  /** The version of pnpm that is installed. */
  readonly pnpmVersion: string;
  /** The modes whose images it describes. */
  readonly modes: readonly Mode[];
  /** The name of the service, which its tasks begin with. */
  readonly serviceName: string;
}

/**
 * The stages of a frontend's image: `dependencies` (the packages, installed from the lockfile), `development` (with the dev server),
 * `build` (the finished pages) and `production`, a web server with these pages and nothing else.
 */
export function describeImage(dockerfile: Dockerfile, image: FrontendImage): void {
  const { layout, props, modes } = image;
  const variant = props.nodeVariant ?? 'alpine';
  const base = `node:${props.nodeVersion ?? '24'}${variant === '' ? '' : `-${variant}`}`;
  describeDependencies(dockerfile.addStage('dependencies', { base, note: 'The packages, exactly as the lockfile names them.' }), image);
  // What Compose mounts need not be in the image.
  const mounted = props.sourceSync === SourceSync.WATCH ? [] : layout.sources;
  if (modes.includes(Mode.DEVELOPMENT)) describeDevelopment(dockerfile.addStage('development', { base: 'dependencies' }), image, mounted);
  if (modes.includes(Mode.PRODUCTION)) {
    const build = dockerfile.addStage('build', { base: 'dependencies' });
    build.addEnvironment('NODE_ENV', 'production');
    build.copy(['.'], '.');
    build.run(`${layout.packageManager} run build`);
    describeProduction(dockerfile, layout, props);
  }
  if (modes.includes(Mode.PRODUCTION) || mounted.length === 0) dockerfile.allow(...layout.sources);
  dockerfile.allow(...BESIDES, '*.config.*', 'tsconfig*.json', '.*rc', '.*rc.*');
  dockerfile.ignore('**/node_modules', '**/.DS_Store', '**/*.local');
}

function describeDependencies(stage: Stage, { layout, pnpmVersion, serviceName }: FrontendImage): void {
  stage.workingDir(WORK_DIR);
  const { install, frozen, cache, files } = INSTALLERS[layout.packageManager];
  if (layout.packageManager === NodePackageManager.PNPM) {
    stage.addEnvironment('pnpm_config_update_notifier', 'false');
    stage.addEnvironment('pnpm_config_verify_deps_before_run', 'false');
    stage.run(`npm install --global --no-audit --no-fund --cache ${NPM_CACHE} pnpm@${pnpmVersion}`, {
      cacheMounts: [NPM_CACHE], phase: BuildPhase.SYSTEM,
    });
  }
  const step: RunOptions = { phase: BuildPhase.DEPENDENCIES };
  stage.copy(['package.json', `${layout.lockFile}*`, ...files], './', step);
  const hint = `There is no ${layout.lockFile}: other versions may be installed next time. Make it by the task ${serviceName}:lock.`;
  const script = [`if [ -f ${layout.lockFile} ]; then`, `  ${frozen}`, 'else', `  echo "${hint}" >&2`, `  ${install}`, 'fi'];
  stage.run(script.join('\n'), { ...step, cacheMounts: [cache] });
}

/** How a package manager is called, what it keeps between builds, and which files it reads beside package.json and the lockfile. */
interface Installer {
  readonly frozen: string;
  readonly install: string;
  readonly cache: string;
  readonly files: string[];
}

const INSTALLERS: { readonly [manager in NodePackageManager]: Installer } = {
  [NodePackageManager.PNPM]: {
    frozen: `pnpm install --frozen-lockfile --store-dir ${PNPM_STORE}`,
    install: `pnpm install --no-frozen-lockfile --store-dir ${PNPM_STORE}`,
    cache: PNPM_STORE,
    files: ['pnpm-workspace.yaml*', '.npmrc*'],
  },
  [NodePackageManager.NPM]: {
    frozen: `npm ci --no-audit --no-fund --cache ${NPM_CACHE}`,
    install: `npm install --no-audit --no-fund --cache ${NPM_CACHE}`,
    cache: NPM_CACHE,
    files: ['.npmrc*'],
  },
};

function describeDevelopment(stage: Stage, { layout, props, modes }: FrontendImage, mounted: readonly string[]): void {
  const port = props.port ?? 3000;
  stage.addEnvironment('DEV_HOST', '0.0.0.0');
  stage.addEnvironment('DEV_PORT', String(port));
  stage.addEnvironment('HOME', '/tmp', { note: 'Whoever develops has no folder of their own here.' });
  stage.addArgument('APP_UID', '1000');
  stage.addArgument('APP_GID', '1000');
  stage.run(`mkdir -p ${WRITTEN} && chown "$APP_UID:$APP_GID" . ${WRITTEN}`, {
    phase: BuildPhase.DEPENDENCIES, note: 'The container runs with the ids of whoever develops, so that what it writes is theirs; the packages belong to root.',
  });
  const byName = modes.includes(Mode.PRODUCTION) && mounted.length > 0;
  const note = byName ? `Without ${mounted.join(' and ')}: mounted, so a change there needs no new image.` : 'Everything that the ignore file lets through.';
  // Unlike one of the ignore file, a name that is copied must be there.
  const exclude = byName ? [...mounted, ...layout.absent] : undefined;
  stage.copy(['.'], '.', { owner: '$APP_UID:$APP_GID', note, exclude });
  stage.expose(port);
  stage.user('$APP_UID:$APP_GID');
  // The sample reads the port and the address from its environment.
  const given = layout.own ? ['--host', '0.0.0.0', '--port', String(port), '--strictPort'] : [];
  const separator = layout.own && layout.packageManager === NodePackageManager.NPM ? ['--'] : [];
  stage.command([layout.packageManager, 'run', 'dev', ...separator, ...given]);
}

function describeProduction(dockerfile: Dockerfile, layout: FrontendLayout, props: ViteProps): void {
  const configuration = new TextFile(dockerfile, 'configuration', {
    file: layout.within('nginx/default.conf.template'),
    content: webServerConfiguration({
      port: props.port ?? 3000, upstreams: upstreamsOf(props, Mode.PRODUCTION), contentSecurityPolicy: props.contentSecurityPolicy ?? {},
    }),
  });
  const script = new TextFile(dockerfile, 'runtime', {
    file: layout.within('nginx/runtime.sh'), content: readFileSync(join(ASSETS, 'runtime.sh'), 'utf8'), executable: true,
  });
  const inContext = ({ file }: TextFile) => file.slice(layout.dir === '.' ? 0 : layout.dir.length + 1);
  const stage = dockerfile.addStage('production', { base: props.webServerImage ?? 'nginxinc/nginx-unprivileged:1.29-alpine', baseUser: '101' });
  stage.addEnvironment('NGINX_ENVSUBST_OUTPUT_DIR', '/tmp');
  stage.run('ln -sf /tmp/default.conf /etc/nginx/conf.d/default.conf', {
    phase: BuildPhase.SYSTEM, note: 'Nothing but /tmp has to be writable: the finished configuration is there.',
  });
  stage.copy([inContext(configuration)], '/etc/nginx/templates/', { fileMode: '644' });
  stage.copy([inContext(script)], '/docker-entrypoint.d/50-runtime.sh', { fileMode: '755' });
  stage.copy([`${WORK_DIR}/dist`], '/usr/share/nginx/html', { fromStage: 'build' });
  stage.expose(props.port ?? 3000);
}

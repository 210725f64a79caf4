import { Endpoint, Mode, Mount, Service, SourceSync, Stack, Value, Variable } from '../../src';
import { HttpApi, IHttpApi } from '../../src/model/http-api';
import { TextFile } from '../../src/model/text-file';
import { NodePackageManager, ViteFramework } from '../../src/services/vite/options';
import { ViteProps } from '../../src/services/vite/props';
import { ViteFrontend } from '../../src/services/vite/vite-frontend';
import { TextTarget } from '../../src/targets/text/text-target';
import { expectFile } from '../support/expected';
import { newStack, render, serviceOf } from '../support/stack';

/** A backend without an image of its own, as another package would write one. */
class Backend extends Service implements IHttpApi {
  constructor(stack: Stack, id: string, private readonly more: Partial<HttpApi> = {}) {
    super(stack, id, { image: 'api:1', ports: [{ name: 'http', port: 8000, publish: [] }] });
  }

  public httpApi(): HttpApi {
    const endpoint: Endpoint = this.endpoint('http');
    return {
      url: endpoint.internalUrl,
      provider: this,
      prefixes: ['/api', '/health'],
      basePath: '/api/v1',
      healthPath: '/health',
      documentPath: '/openapi.json',
      sampleResources: ['/api/v1/items'],
      ...this.more,
    };
  }
}

/** A stack with a backend and a frontend before it. */
function withFrontend(props: ViteProps | ((stack: Stack) => ViteProps) = {}) {
  const stack = newStack();
  const backend = new Backend(stack, 'backend');
  const frontend = new ViteFrontend(stack, 'frontend', { api: backend, ...(typeof props === 'function' ? props(stack) : props) });
  const files = () => ({
    ...render(stack), ...Object.fromEntries(new TextTarget().render(stack.model()).files.map((file) => [file.filePath, file.content])),
  });
  return { stack, backend, frontend, files };
}

const entry = (props: ViteProps | ((stack: Stack) => ViteProps) = {}, mode = Mode.DEVELOPMENT) => serviceOf(withFrontend(props).stack, 'frontend', mode);
const environment = (props: ViteProps | ((stack: Stack) => ViteProps) = {}, mode = Mode.DEVELOPMENT) => entry(props, mode).environment;
const dockerfile = (props: ViteProps = {}) => withFrontend(props).files()['frontend/Dockerfile'];
const nginx = (props: ViteProps | ((stack: Stack) => ViteProps) = {}) => withFrontend(props).files()['frontend/nginx/default.conf.template'];
/** An API that another company runs. */
const elsewhere = (url = 'https://search.example.com'): IHttpApi => ({ httpApi: () => ({ url: Value.literal(url), prefixes: ['/search'] }) });

describe('a frontend of which nothing is said', () => {
  const { files } = withFrontend();
  test.each(['compose.yaml', 'compose.prod.yaml', 'frontend/Dockerfile', 'frontend/.dockerignore', 'frontend/nginx/default.conf.template'])('is a whole %s', (file) => {
    expectFile(__dirname, `vite.${file.replace(/^frontend\/\.?/, '').replace('nginx/', '')}`, files()[file]);
  });

  test('needs no API: nothing is passed on then', () => {
    const stack = newStack();
    new ViteFrontend(stack, 'frontend');
    expect(serviceOf(stack, 'frontend').environment).toEqual({ DEV_ALLOWED_HOSTS: 'frontend', DEV_POLLING: '${FRONTEND_POLLING:-false}', DEV_PROXY: '', VITE_APP_TITLE: 'shop' });
    expect(serviceOf(stack, 'frontend').depends_on).toBeUndefined();
    const [configuration] = new TextTarget().render(stack.model()).files;
    expect(configuration.content).not.toMatch(/proxy|@away|_URL/);
  });

  test('the ports that people see are on the loopback, in development only [000-021] [000-033] [000-059]', () => {
    expect(entry().ports).toEqual(['127.0.0.1:${FRONTEND_PORT:-3000}:3000']);
    expect(entry({}, Mode.PRODUCTION).ports).toBeUndefined();
    expect(entry({ port: 5173, hostPort: 3001 }).ports).toEqual(['127.0.0.1:${FRONTEND_PORT:-3001}:5173']);
    expect(dockerfile({ port: 5173 }).match(/EXPOSE 5173/g)).toHaveLength(2);
    expect(nginx({ port: 5173 })).toContain('listen 5173;');
  });

  test('waits for the start of its backend alone: the page says so itself when that is not ready [000-013]', () => {
    for (const mode of [Mode.DEVELOPMENT, Mode.PRODUCTION]) expect(entry({}, mode).depends_on).toEqual({ backend: { condition: 'service_started' } });
  });
});

describe('what is mounted', () => {
  test('are the folders that people edit, so that packages are in the image only [000-027] [000-028] [000-061]', () => {
    expect(entry().volumes).toEqual(['./frontend/src:/app/src', './frontend/public:/app/public']);
    expect(entry({ dir: '.', sourceFolders: ['src'] }).volumes).toEqual(['./src:/app/src']);
    expect(entry({}, Mode.PRODUCTION).volumes).toBeUndefined();
  });

  test('are single files on request, read-only, with a remark [000-060]', () => {
    const { files } = withFrontend({ readOnlySources: true, mountedFiles: ['index.html', 'vite.config.ts'] });
    expect(files()['compose.yaml']).toContain('# A single file: goes stale when an editor replaces it; restart the service then.\n      - ./frontend/index.html:/app/index.html:ro');
    expect(entry({ readOnlySources: true, mountedFiles: ['vite.config.ts'] }).volumes).toEqual([
      './frontend/src:/app/src:ro', './frontend/public:/app/public:ro', './frontend/vite.config.ts:/app/vite.config.ts:ro',
    ]);
  });

  test('or nothing, when Compose copies what changes', () => {
    const { volumes, develop } = entry({ sourceSync: SourceSync.WATCH });
    expect(volumes).toBeUndefined();
    expect(develop.watch.map((rule: any) => [rule.action, rule.path])).toEqual([
      ['sync', './frontend/src'], ['sync', './frontend/public'], ['sync', './frontend/index.html'], ['sync', './frontend/vite.config.ts'],
      ['rebuild', './frontend/package.json'], ['rebuild', './frontend/pnpm-lock.yaml'],
    ]);
  });

  test('what is mounted is not copied too', () => {
    expect(entry({ mountedFiles: ['index.html'] }).develop.watch.map((rule: any) => rule.path)).not.toContain('./frontend/index.html');
  });
});

describe('what the browser is told', () => {
  test('is a path of its own origin, which the server passes on [000-024] [000-058]', () => {
    expect(environment()).toMatchObject({ VITE_API_BASE_URL: '/api/v1', DEV_PROXY: '/api=http://backend:8000,/health=http://backend:8000' });
    expect(environment({}, Mode.PRODUCTION)).toMatchObject({ VITE_API_BASE_URL: '/api/v1', BACKEND_URL: 'http://backend:8000', CSP_CONNECT_SRC: '' });
  });

  test('may be another origin, which the policy then allows and nobody passes on', () => {
    const props = { production: { apiUrl: 'https://api.example.com:8443/api/v1' } };
    expect(environment(props)).toMatchObject({ VITE_API_BASE_URL: '/api/v1' });
    expect(environment(props, Mode.PRODUCTION)).toEqual({
      CSP_CONNECT_SRC: 'https://api.example.com:8443', VITE_API_BASE_URL: 'https://api.example.com:8443/api/v1', VITE_APP_TITLE: 'shop',
    });
    expect(nginx(props)).not.toContain('proxy_pass');
    expect(environment({ apiUrl: 'http://localhost:8000/api/v1' }).DEV_PROXY).toBe('');
    expect(withFrontend(props).frontend.apiUrl(Mode.PRODUCTION)).toBe('https://api.example.com:8443/api/v1');
  });

  test('are settings that everybody may read, in both modes', () => {
    const props: ViteProps = { publicVariables: { VITE_EMAIL: { description: 'Whom to ask', defaultValue: Value.literal('a@example.com') }, VITE_NOTE: { required: false } } };
    expect(environment(props)).toMatchObject({ VITE_EMAIL: '${VITE_EMAIL:-a@example.com}', VITE_NOTE: '${VITE_NOTE:-}' });
    expect(environment(props, Mode.PRODUCTION)).toMatchObject({ VITE_EMAIL: expect.stringMatching(/^\$\{VITE_EMAIL:\?/) });
    expect(withFrontend(props).files()['.env.example']).toContain('# Whom to ask\nVITE_EMAIL=a@example.com\n');
  });

  test('the title is the name of the project, or another one', () => {
    expect(environment().VITE_APP_TITLE).toBe('shop');
    expect(environment({ appTitle: 'The Shop' }, Mode.PRODUCTION).VITE_APP_TITLE).toBe('The Shop');
  });
});

describe('several APIs', () => {
  const props = (stack: Stack): ViteProps => ({
    routes: [
      { prefix: '/reports', api: new Backend(stack, 'reports'), stripPrefix: true },
      { prefix: '/search', api: elsewhere() },
    ],
  });

  test('have a prefix each, with or without it in what they are asked', () => {
    expect(environment(props).DEV_PROXY).toBe('/api=http://backend:8000,/health=http://backend:8000,/reports=http://reports:8000/,/search=https://search.example.com');
    expect(environment(props, Mode.PRODUCTION)).toMatchObject({
      BACKEND_URL: 'http://backend:8000', REPORTS_URL: 'http://reports:8000', SEARCH_URL: 'https://search.example.com',
    });
    expect(entry(props).depends_on).toEqual({ backend: { condition: 'service_started' }, reports: { condition: 'service_started' } });
  });

  test('one that runs elsewhere is asked by its own name', () => {
    const [, reports, search] = nginx(props).split('location ~ ').slice(1);
    expect(reports).toContain('rewrite "^/reports/?(.*)$" /$1 break;');
    expect(reports).not.toContain('$api_host');
    expect(search).toContain('set $api_host $1;');
    expect(search).not.toContain('rewrite');
  });

  test('an address may be a setting of the operator', () => {
    const url = new Variable('SEARCH_API', { defaultValue: Value.literal('http://localhost:7700') });
    const api: IHttpApi = { httpApi: () => ({ url: Value.of(url), prefixes: ['/search'] }) };
    expect(environment({ routes: [{ prefix: '/search', api }] }).DEV_PROXY).toMatch(/\/search=\$\{SEARCH_API:-http:\/\/localhost:7700\}$/);
  });
});

describe('the images', () => {
  test.each([
    [{}, 'node:24-alpine'], [{ nodeVersion: '22' }, 'node:22-alpine'], [{ nodeVersion: '24.11', nodeVariant: 'slim' }, 'node:24.11-slim'], [{ nodeVariant: '' }, 'node:24'],
  ])('of %j begin with %s [000-018] [000-072]', (props, image) => expect(dockerfile(props)).toContain(`FROM ${image} AS dependencies`));

  test('install exactly what the lockfile names, before the sources are copied [000-019] [000-073]', () => {
    const text = dockerfile();
    expect(text).toMatch(/npm install --global --no-audit --no-fund --cache \/var\/cache\/npm pnpm@\d+\.\d+\.\d+\n/);
    expect(text.indexOf('pnpm install --frozen-lockfile')).toBeLessThan(text.indexOf('COPY --chown'));
    const npm = dockerfile({ packageManager: NodePackageManager.NPM });
    expect(npm).toContain('COPY package.json package-lock.json* .npmrc* ./');
    expect(npm).toContain('npm ci --no-audit --no-fund --cache /var/cache/npm');
    expect(npm).not.toContain('pnpm');
  });

  test('do nothing that an -alpine image cannot: no packages, no users, no bash', () => {
    for (const packageManager of Object.values(NodePackageManager)) {
      expect(dockerfile({ packageManager })).not.toMatch(/\b(apk|apt-get|adduser|addgroup|useradd|groupadd|bash|corepack)\b|\[\[|pipefail/);
    }
    expect(withFrontend().files()['frontend/nginx/runtime.sh']).toMatch(/^#!\/bin\/sh\n/);
  });

  test('develop as whoever has the sources, and run as the web server\'s own user [000-074]', () => {
    expect(entry().build).toEqual({ context: './frontend', target: 'development', args: { APP_UID: '${APP_UID:-1000}', APP_GID: '${APP_GID:-1000}' } });
    const [development, production] = dockerfile().split(/FROM .* AS (?:development|production)\n/).slice(1);
    expect(development).toContain('USER $APP_UID:$APP_GID\nCMD ["pnpm", "run", "dev"]');
    expect(production.trim().split('\n').pop()).toBe('USER 101');
    expect(entry({}, Mode.PRODUCTION)).toMatchObject({ read_only: true, cap_drop: ['ALL'], tmpfs: ['/tmp'] });
  });

  test('may have a Dockerfile each [000-057]', () => {
    const { stack, files } = withFrontend({ developmentDockerfile: 'frontend/Dockerfile.dev' });
    expect(serviceOf(stack, 'frontend').build).toMatchObject({ context: './frontend', dockerfile: 'Dockerfile.dev' });
    expect(files()['frontend/Dockerfile.dev']).toContain('AS development');
    expect(files()['frontend/Dockerfile.dev']).not.toContain('nginx');
    expect(files()['frontend/Dockerfile']).not.toContain('AS development');
    expect(files()['frontend/Dockerfile.dev.dockerignore']).toContain('!index.html\n');
    expect(files()['frontend/.dockerignore']).toContain('!src\n');
  });

  describe('in development', () => {
    const copied = (props: ViteProps = {}) => dockerfile(props).split(/FROM .* AS \w+\n/)[2].match(/^COPY .*/gm)!.map((line) => line.replace('--chown=$APP_UID:$APP_GID ', ''));

    test('have nothing that is mounted, so that a changed source needs no new one', () => {
      expect(copied()).toEqual(['COPY *.config.* .*rc .*rc.* tsconfig*.json ./', 'COPY index.html ./index.html', 'COPY scripts ./scripts']);
      expect(dockerfile()).toContain('# Without src and public: mounted, so a change there needs no new image.\n');
    });

    test('have everything when nothing is mounted', () => expect(copied({ sourceSync: SourceSync.WATCH })).toEqual(['COPY . .']));

    test('do not even read it, in a Dockerfile of their own', () => {
      const { files } = withFrontend({ developmentDockerfile: 'frontend/Dockerfile.dev' });
      expect(files()['frontend/Dockerfile.dev']).toContain('COPY --chown=$APP_UID:$APP_GID . .\n');
      expect(files()['frontend/Dockerfile.dev.dockerignore']).not.toMatch(/^!(?:src|public)$/m);
      const watched = withFrontend({ developmentDockerfile: 'frontend/Dockerfile.dev', sourceSync: SourceSync.WATCH });
      expect(watched.files()['frontend/Dockerfile.dev.dockerignore']).toMatch(/^!public\n!scripts\n!src$/m);
    });

    test('have what somebody allows besides', () => {
      const { frontend, files } = withFrontend();
      frontend.dockerfile.allow('locales', 'LICENSE');
      expect(files()['frontend/Dockerfile']).toMatch(/^COPY --chown=\S+ LICENSE \.\/LICENSE\n.*\nCOPY --chown=\S+ locales \.\/locales\n/m);
    });
  });

  test('exist for the modes of the frontend alone', () => {
    const text = dockerfile({ modes: [Mode.DEVELOPMENT] });
    expect(text).not.toMatch(/AS (build|production)/);
    expect(withFrontend({ modes: [Mode.DEVELOPMENT] }).files()['frontend/nginx/default.conf.template']).toBeUndefined();
  });

  test('read no packages, no secrets and nothing that was built [000-075]', () => {
    const text = withFrontend().files()['frontend/.dockerignore'];
    expect(text).toMatch(/^\*$/m);
    expect(text).toMatch(/^\*\*\/node_modules$/m);
    expect(text).not.toMatch(/^!.*(\.env|dist|\.git)/m);
  });
});

describe('the web server', () => {
  test('has a policy that grows by what the definition says', () => {
    const policy = (props: ViteProps) => /set \$policy "(default-src[^"]*)"/.exec(nginx(props))![1].split('; ');
    expect(policy({})).toContain("default-src 'none'");
    const added = policy({ contentSecurityPolicy: { 'img-src': 'https://cdn.example.com', 'frame-ancestors': 'https://portal.example.com', 'worker-src': "'self'" } });
    expect(added).toEqual(expect.arrayContaining(["img-src 'self' data: https://cdn.example.com", 'frame-ancestors https://portal.example.com', "worker-src 'self'", "script-src 'self'"]));
  });

  test('takes requests of a size that the definition says', () => {
    expect(environment({ maxRequestSize: '64M' }, Mode.PRODUCTION).MAX_REQUEST_SIZE).toBe('64m');
  });

  test('is healthy by its own word', () => {
    expect(entry({}, Mode.PRODUCTION).healthcheck.test[1]).toContain('http://127.0.0.1:3000/_health');
    expect(nginx()).toContain('location = /_health');
  });

  test('passes prefixes on as they are written, whatever they hold', () => {
    expect(nginx({ routes: [{ prefix: '/v1.0/a_b', api: elsewhere() }] })).toContain('location ~ "^/v1\\.0/a_b(?:/|$)"');
  });
});

describe('development on other machines', () => {
  test('may look for changes by polling, as a setting of the operator [000-076]', () => {
    expect(environment().DEV_POLLING).toBe('${FRONTEND_POLLING:-false}');
    expect(environment({ polling: true }).DEV_POLLING).toBe('${FRONTEND_POLLING:-true}');
  });

  test('may be asked under further names', () => {
    expect(environment({ allowedHosts: ['.example.test'] }).DEV_ALLOWED_HOSTS).toBe('frontend,.example.test');
  });
});

describe('the tasks', () => {
  const tasks = (props: ViteProps = {}) => Object.fromEntries(withFrontend(props).stack.evaluate().outputs.flatMap((output) => output.tasks ?? [])
    .map((task) => [task.taskName, task.command.join(' ')]));

  test('run in the container', () => {
    expect(tasks()).toMatchObject({
      'frontend:test': 'docker compose exec frontend pnpm run test',
      'frontend:lint': 'docker compose exec frontend pnpm run lint',
      'frontend:build': 'docker compose exec frontend pnpm run build',
      'frontend:lock': 'docker compose run --rm --no-deps --volume ./frontend:/project --workdir /project frontend pnpm install --lockfile-only --no-frozen-lockfile',
      'api:generate': 'docker compose exec frontend pnpm run api:generate',
      'api:check': 'docker compose exec frontend pnpm run api:check',
    });
    expect(tasks({ packageManager: NodePackageManager.NPM })).toMatchObject({ 'frontend:test': 'docker compose exec frontend npm run test' });
  });

  test('about the types of an API need one that describes itself', () => {
    expect(Object.keys(tasks({ api: elsewhere() })).filter((name) => name.includes('api:'))).toEqual([]);
  });

  test('of a second frontend have names of their own', () => {
    const { stack, backend } = withFrontend();
    new ViteFrontend(stack, 'admin', { api: backend, dir: 'admin', hostPort: 3100 });
    const names = stack.evaluate().outputs.flatMap((output) => output.tasks ?? []).map((task) => task.taskName);
    expect(names).toEqual(expect.arrayContaining(['admin:test', 'admin:api:generate', 'api:generate']));
    expect(new Set(names).size).toBe(names.length);
    expect(stack.findings().filter(({ rule }) => rule.severity === 'error')).toEqual([]);
  });
});

test('takes every property of a service, in place of its own defaults', () => {
  const props: ViteProps = { command: Value.literals('npm', 'start'), mounts: [Mount.bind('./web', '/app/src')], development: { environment: { DEV_PROXY: Value.literal('') } } };
  expect(entry(props)).toMatchObject({ command: ['npm', 'start'], volumes: ['./web:/app/src', './frontend/public:/app/public'], environment: { DEV_PROXY: '' } });
  expect(entry({ production: { resources: { memory: '64M' } } }, Mode.PRODUCTION).deploy.resources.limits.memory).toBe('64M');
});

test('names what its tools leave behind [000-079]', () => {
  expect(withFrontend().frontend.gitIgnore()).toEqual(['/frontend/node_modules/', '/frontend/dist/', '/frontend/.vite/', '/frontend/coverage/', '/frontend/*.local']);
  expect(withFrontend({ dir: '.' }).frontend.gitIgnore()).toContain('/node_modules/');
});

test('says where its files are and where its pages', () => {
  const { frontend } = withFrontend({ dir: 'web', framework: ViteFramework.VUE });
  expect(frontend.pathOf('src/App.vue')).toBe('web/src/App.vue');
  expect(frontend.page.hostUrl.developmentText).toBe('http://localhost:3000');
  expect(TextFile.filesOf(frontend).map(({ file, executable }) => [file, executable])).toEqual([['web/nginx/default.conf.template', false], ['web/nginx/runtime.sh', true]]);
});

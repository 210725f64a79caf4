// The sample application of the frontend, as packed: each framework with each package manager, on the images that it is built on, and
// each choice of what its API has. Its types are those of the backend's sample.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { COMBINATIONS, nameOf, sourceOf } from '../tools/sample/combinations.mjs';
import { atExit, consumerModules, projectName, run, tempDir } from './lib/index.mjs';
import { runNow } from './lib/process.mjs';
import { environmentOf } from './support/sample/python.mjs';

const FRAMEWORKS = ['react', 'vue', 'svelte', 'plain'];
const MANAGERS = ['pnpm', 'npm'];

/** What an API may have, by the resources of its sample; undefined is a frontend without an API. */
const APIS = { 'no API': undefined, 'health alone': [], 'items': ['/api/v1/items'], 'tasks': ['/api/v1/tasks'], 'items and tasks': ['/api/v1/items', '/api/v1/tasks'] };

/** What belongs to a machine or an operating system: without these an install on another one lacks what it runs. */
const PLATFORMS = ['linux-x64-musl', 'linux-arm64-musl', 'linux-x64-gnu', 'linux-arm64-gnu', 'darwin-arm64', 'win32-x64-msvc'];

let library;
let materialise;
let sampleParts;
let pnpmVersion;
/** What was downloaded once. */
let cache;
const containers = [];

before(async () => {
  library = join(await consumerModules(), 'projen-stack');
  const require = createRequire(import.meta.url);
  ({ materialise } = require(join(library, 'lib', 'files', 'sample', 'materialise.js')));
  const sample = require(join(library, 'lib', 'services', 'vite', 'sample.js'));
  ({ sampleParts } = sample);
  pnpmVersion = sample.samplePnpmVersion();
  cache = tempDir('cache');
});
after(() => containers.splice(0).forEach((release) => release()));

const propsOf = (framework, resources) => ({
  framework, api: resources && { httpApi: () => ({ prefixes: ['/api'], healthPath: '/health', sampleResources: resources }) },
});

/** A variant in a folder of its own. */
function written(framework, manager, resources) {
  const folder = tempDir('vite');
  materialise({ parts: sampleParts(manager, propsOf(framework, resources)) }, folder);
  return folder;
}

/** A container of Node.js with a folder, in which words are run as whoever runs this. */
async function nodeIn(image, folder) {
  const name = projectName('node');
  const { uid, gid } = process.getuid ? { uid: process.getuid(), gid: process.getgid() } : { uid: 1000, gid: 1000 };
  const env = {
    HOME: '/tmp', PATH: '/cache/tools/bin:/usr/local/bin:/usr/bin:/bin', npm_config_cache: '/cache/npm', pnpm_config_store_dir: '/cache/store',
    pnpm_config_update_notifier: 'false', NO_COLOR: '1',
  };
  await run('docker', [
    'run', '--detach', '--rm', '--init', '--name', name, '--user', `${uid}:${gid}`, '--volume', `${folder}:/app`, '--volume', `${cache}:/cache`, '--workdir', '/app',
    ...Object.entries(env).flatMap(([key, value]) => ['--env', `${key}=${value}`]), image, 'sleep', '3600',
  ]);
  const release = atExit(() => runNow('docker', ['rm', '--force', name]));
  containers.push(release);
  return { release, run: (words, options) => run('docker', ['exec', name, ...words], { timeout: 300_000, ...options }) };
}

/** Installs exactly what the lockfile names. */
async function install(node, manager) {
  if (manager === 'npm') {
    await node.run(['npm', 'ci', '--no-audit', '--no-fund', '--prefer-offline']);
  } else {
    await node.run(['sh', '-c', `test -x /cache/tools/bin/pnpm || npm install --global --prefix /cache/tools --no-audit --no-fund pnpm@${pnpmVersion}`]);
    await node.run(['pnpm', 'install', '--frozen-lockfile']);
  }
}

/** Installs it, and runs what a team runs. */
async function prove(node, manager) {
  await install(node, manager);
  // The build begins with the types. What does not depend on the package manager is run once.
  for (const script of manager === 'pnpm' ? ['lint', 'test', 'build'] : ['build']) await node.run([manager, 'run', script]);
  await node.run(['test', '-s', 'dist/index.html']);
}

describe('is installed from its lockfile, linted, type-checked, tested and built', () => {
  for (const framework of FRAMEWORKS) {
    for (const manager of MANAGERS) {
      // Both versions of Node.js, each with both package managers.
      const image = (FRAMEWORKS.indexOf(framework) + MANAGERS.indexOf(manager)) % 2 === 0 ? 'node:24-alpine' : 'node:22-alpine';
      test(`${framework} with ${manager} on ${image}`, async () => {
        const node = await nodeIn(image, written(framework, manager, APIS['items and tasks']));
        await prove(node, manager);
        node.release();
      });
    }
  }

  for (const [name, resources] of Object.entries(APIS).filter(([each]) => each !== 'items and tasks')) {
    test(`react for ${name}`, async () => {
      const node = await nodeIn('node:24-alpine', written('react', 'pnpm', resources));
      await prove(node, 'pnpm');
      node.release();
    });
  }
});

describe('its vite.config.ts, by the environment', () => {
  const SHOW = `import { resolveConfig } from 'vite'; const { server, plugins } = await resolveConfig({}, 'serve');
    const { host, port, strictPort, allowedHosts, watch, proxy } = server;
    const rules = Object.entries(proxy).map(([pattern, { target, rewrite }]) => [pattern, target, rewrite ? rewrite('/search/a?b') : '', rewrite ? rewrite('/search') : '']);
    console.log(JSON.stringify({ host, port, strictPort, allowedHosts: allowedHosts.filter((name) => name !== host), watch, rules, react: plugins.some(({ name }) => name.startsWith('vite:react')) }))`;
  let node;
  before(async () => {
    node = await nodeIn('node:24-alpine', written('react', 'pnpm', APIS.items));
    await install(node, 'pnpm');
  });
  const configured = (env, options) => node.run(['env', ...Object.entries(env).map(([key, value]) => `${key}=${value}`), 'node', '--input-type=module', '--eval', SHOW], options);

  test('on a machine without containers', async () => {
    assert.deepEqual(JSON.parse((await configured({})).stdout), {
      host: 'localhost', port: 3000, strictPort: true, allowedHosts: [], watch: { usePolling: false, interval: 1000 }, react: true,
      rules: [['^/api(?:[/?]|$)', 'http://localhost:8000', '', ''], ['^/health(?:[/?]|$)', 'http://localhost:8000', '', '']],
    });
  });

  test('in a container, by polling, with several APIs [000-076] [000-092]', async () => {
    const env = { DEV_HOST: '0.0.0.0', DEV_PORT: '3100', DEV_ALLOWED_HOSTS: 'frontend,.example.test', DEV_POLLING: 'true', DEV_PROXY: '/search=http://search:7700/,/v1.0=https://a.example' };
    assert.deepEqual(JSON.parse((await configured(env)).stdout), {
      host: '0.0.0.0', port: 3100, strictPort: true, allowedHosts: ['frontend', '.example.test'], watch: { usePolling: true, interval: 1000 }, react: true,
      rules: [['^/search(?:[/?]|$)', 'http://search:7700', '/a?b', '/'], ['^/v1\\.0(?:[/?]|$)', 'https://a.example', '', '']],
    });
  });

  for (const rule of ['api=http://x', '/api', '/api=']) {
    test(`refuses the rule "${rule}"`, async () => {
      const { code, stderr } = await configured({ DEV_PROXY: rule }, { check: false });
      assert.notEqual(code, 0);
      assert.match(stderr, /DEV_PROXY has ".*"\. Write: \/api=http:\/\/localhost:8000/);
    });
  }
});

describe('its lockfiles', () => {
  for (const [framework, manager] of FRAMEWORKS.flatMap((each) => MANAGERS.map((manager) => [each, manager]))) {
    test(`of ${framework} with ${manager} name no registry and every platform`, () => {
      const text = readFileSync(join(library, 'assets', 'vite', `${framework}-${manager}`, manager === 'pnpm' ? 'pnpm-lock.yaml' : 'package-lock.json'), 'utf8');
      assert.doesNotMatch(text, /"resolved"|tarball:|registry\./);
      for (const platform of PLATFORMS) {
        for (const binding of ['@oxlint/binding-', '@rolldown/binding-', 'lightningcss-']) {
          assert.ok(text.includes(`${binding}${platform}`), `${binding}${platform} is missing`);
        }
      }
    });
  }
});

describe('the types of the API are those of the sample backend', () => {
  const DOCUMENT = 'import json, sys; from app.main import app; json.dump(app.openapi(), open("openapi.json", "w"))';
  const ENVIRONMENT = {
    ENVIRONMENT: 'development', SECRET_KEY: 'x'.repeat(40), DB_HOST: 'localhost', DB_NAME: 'app', DB_USER: 'app', DB_PASSWORD: 'x', REDIS_HOST: 'localhost',
    CELERY_BROKER_URL: 'redis://localhost:6379/1',
  };
  let bin;
  let node;
  let folder;
  const backendOf = (parts) => {
    const written_ = tempDir('backend');
    materialise(sourceOf(parts, join(library, 'assets', 'fastapi')), written_);
    return written_;
  };
  before(async () => {
    const all = backendOf(COMBINATIONS[COMBINATIONS.length - 1]);
    bin = await environmentOf(join(all, 'requirements-dev.txt'));
    folder = written('react', 'pnpm', APIS['items and tasks']);
    node = await nodeIn('node:24-alpine', folder);
    await install(node, 'pnpm');
  });

  for (const parts of COMBINATIONS) {
    test(`of ${nameOf(parts)}`, async () => {
      const resources = [...(parts.includes('database') ? ['/api/v1/items'] : []), ...(parts.includes('celery') ? ['/api/v1/tasks'] : [])];
      const { partName } = sampleParts('pnpm', propsOf('react', resources)).find((part) => part.wanted && part.partName.startsWith('schema'));
      const shipped = fileURLToPath(new URL(`../assets/vite/${partName}/src/api/schema.d.ts`, import.meta.url));
      const backend = backendOf(parts);
      await run(join(bin, 'python'), ['-c', DOCUMENT], { cwd: backend, env: ENVIRONMENT });
      writeFileSync(join(folder, 'openapi.json'), readFileSync(join(backend, 'openapi.json')));
      const script = (...words) => node.run(['env', 'API_DOCUMENT=/app/openapi.json', 'node', 'scripts/api-schema.mjs', ...words], { check: false });
      assert.equal((await script()).code, 0);
      const made = readFileSync(join(folder, 'src/api/schema.d.ts'), 'utf8');
      if (process.env.UPDATE_EXPECTED) writeFileSync(shipped, made);
      assert.equal(readFileSync(shipped, 'utf8'), made, 'UPDATE_EXPECTED=1 writes it anew');
      assert.equal((await script('--check')).code, 0);
      writeFileSync(join(folder, 'src/api/schema.d.ts'), `${made}\n`);
      const { code, stderr } = await script('--check');
      assert.equal(code, 1);
      assert.match(stderr, /is not what \/app\/openapi\.json says\. Run the script api:generate/);
    });
  }

  test('says what is wrong when there is no document', async () => {
    const { code, stderr } = await node.run(['env', 'API_DOCUMENT=/app/none.json', 'node', 'scripts/api-schema.mjs'], { check: false });
    assert.equal(code, 1);
    assert.match(stderr, /No types can be made of \/app\/none\.json: ENOENT/);
  });
});

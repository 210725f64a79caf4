// The sample application of the backend, as packed, in every combination of its parts: linted, type-checked, tested, started.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { COMBINATIONS, nameOf, sourceOf } from '../tools/sample/combinations.mjs';
import { consumerModules, freePort, run, tempDir, waitFor } from './lib/index.mjs';
import { environmentOf } from './support/sample/python.mjs';
import { start } from './support/sample/program.mjs';
import { startServers } from './support/sample/servers.mjs';
import { brokerOf, replacementsOf, STYLES } from './support/sample/variants.mjs';

const ALL = COMBINATIONS[COMBINATIONS.length - 1];
const PLAIN = { packageName: 'app', prefix: '', style: 'parts' };
const VARIANTS = [
  ...COMBINATIONS.map((parts) => ({ parts, ...PLAIN })),
  { parts: ALL, packageName: 'src', prefix: '', style: 'url' },
  { parts: ALL, packageName: 'src', prefix: 'AI_AGENTS_', style: 'parts' },
  { parts: ALL, packageName: 'app', prefix: 'AI_AGENTS_', style: 'url' },
].map((variant, index) => ({ ...variant, database: `shop_${index}` }));

/** The tests of the running stack, by the part that has what they look at. */
const STACK_TESTS = {
  core: [
    'test_health_endpoint_with_dependencies', 'test_readiness_endpoint', 'test_api_docs_accessible', 'test_root_endpoint', 'test_environment_variables_loaded',
  ],
  database: ['test_postgres_connection', 'test_postgres_database_exists', 'test_database_connection_pool'],
  redis: ['test_redis_connection', 'test_redis_persistence_mode', 'test_redis_multiple_databases'],
};

/** What makes the pins. */
const LOCK = fileURLToPath(new URL('../tools/sample/lock.mjs', import.meta.url));

const title = ({ parts, packageName, prefix, style }) => [nameOf(parts), packageName === 'app' ? '' : `as ${packageName}`, prefix, style === 'url' ? 'by URL' : '']
  .filter(Boolean).join(', ');

let bin;
let servers;
let sample;
let materialise;

before(async () => {
  const modules = await consumerModules();
  const library = join(modules, 'projen-stack');
  sample = join(library, 'assets', 'fastapi');
  ({ materialise } = createRequire(import.meta.url)(join(library, 'lib', 'files', 'sample', 'materialise.js')));
  [bin, servers] = await Promise.all([environmentOf(join(written(VARIANTS[COMBINATIONS.length - 1]), 'requirements-dev.txt')), startServers()]);
  for (const { database } of VARIANTS) await servers.createDatabase(database);
});
after(() => servers?.release());

/** A variant in a folder of its own. */
function written({ parts, packageName, prefix }) {
  const folder = tempDir('sample');
  materialise({ ...sourceOf(parts, sample), replacements: replacementsOf({ packageName, prefix }) }, folder);
  return folder;
}

/** What a variant is told of the servers. */
const settingsOf = ({ prefix, style, database }) => {
  const where = { postgres: servers.postgres, redis: servers.redis, database };
  return { ...STYLES[style](prefix, where), ...brokerOf(prefix, where) };
};

/** Runs a program of the virtual environment; nothing is left in the folder but what it is for. */
const python = (folder, [program, ...words], { env = {}, check = true } = {}) => run(join(bin, program), words, { cwd: folder, check, env: { PYTHONDONTWRITEBYTECODE: '1', ...env } });

describe('the sample application is clean, and its tests pass', { concurrency: 2 }, () => {
  // A cache for each of two at a time: what mypy knows of the libraries is the same for all.
  const caches = [tempDir('mypy'), tempDir('mypy')];

  for (const variant of VARIANTS) {
    test(title(variant), async () => {
      const folder = written(variant);
      await python(folder, ['ruff', 'check', '--no-cache', '.']);
      await python(folder, ['ruff', 'format', '--no-cache', '--check', '.']);
      const cache = caches.pop();
      try {
        await python(folder, ['mypy', '--python-version', '3.11', '--cache-dir', cache]);
      } finally {
        caches.push(cache);
      }
      const { stdout } = await python(folder, ['pytest', '-q', '-p', 'no:cacheprovider', 'tests/unit'], { env: settingsOf(variant) });
      assert.match(stdout, /^\d+ passed in /m);
    });
  }
});

describe('the sample application runs', { concurrency: 2 }, () => {
  for (const variant of [VARIANTS[COMBINATIONS.length - 1], VARIANTS[COMBINATIONS.length + 1], VARIANTS[0]]) {
    test(`${title(variant)}: its stack passes its tests from the host [002-075] [002-084]`, async () => {
      const folder = written(variant);
      const settings = settingsOf(variant);
      const port = await freePort();
      const url = `http://127.0.0.1:${port}`;
      const wanted = Object.entries(STACK_TESTS).flatMap(([part, names]) => (part === 'core' || variant.parts.includes(part) ? names : []));
      const pytest = (env, check) => python(folder, ['pytest', '-p', 'no:cacheprovider', '-vv', 'tests/integration'], { check, env: { ...settings, API_URL: url, ...env } });

      const skipped = await pytest({});
      assert.match(skipped.stdout, new RegExp(`= ${wanted.length} skipped in `));
      assert.match(skipped.stdout, /no API answers at/);
      assert.equal((await pytest({ STACK_REQUIRED: '1' }, false)).code, 1);

      if (variant.parts.includes('database')) await python(folder, ['alembic', 'upgrade', 'head'], { env: settings });
      const api = start(join(bin, 'uvicorn'), [`${variant.packageName}.main:app`, '--port', String(port)], { cwd: folder, env: settings });
      try {
        await waitFor(async () => (await fetch(`${url}/health`)).status === 200, { what: 'a healthy API', timeout: 30_000 });
        const { stdout } = await pytest({ STACK_REQUIRED: '1' });
        const passed = [...stdout.matchAll(/::(test_\w+) PASSED/g)].map(([, name]) => name);
        assert.deepEqual(passed.sort(), wanted.sort());
      } finally {
        assert.equal(await api.stop(), 'SIGTERM', api.output());
      }
    });
  }

  test('a worker does what the API puts in', async () => {
    const variant = VARIANTS[COMBINATIONS.length - 1];
    const folder = written(variant);
    const settings = settingsOf(variant);
    const port = await freePort();
    const tasks = `http://127.0.0.1:${port}/api/v1/tasks`;
    const worker = start(join(bin, 'celery'), ['-A', 'app.worker', 'worker', '--loglevel', 'INFO', '--concurrency', '1'], { cwd: folder, env: settings });
    const api = start(join(bin, 'uvicorn'), ['app.main:app', '--port', String(port)], { cwd: folder, env: settings });
    try {
      const made = await waitFor(async () => {
        const response = await fetch(tasks, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"text":"one two"}' });
        return response.status === 202 && response.json();
      }, { what: 'the API to take a task', timeout: 30_000 });
      const done = await waitFor(async () => {
        const task = await (await fetch(`${tasks}/${made.id}`)).json();
        return task.state === 'SUCCESS' && task;
      }, { what: 'the worker', timeout: 30_000 });
      assert.deepEqual(done, { id: made.id, state: 'SUCCESS', result: 2 });
    } finally {
      // uvicorn ends by the signal that it was sent, when it has finished.
      const [served, worked] = await Promise.all([api.stop(), worker.stop()]);
      assert.equal(served, 'SIGTERM', api.output());
      assert.equal(worked, 0, worker.output());
    }
    for (const { output } of [api, worker]) assert.doesNotMatch(output(), /p@ss|p%40ss/);
  });

  test('a start with an unsafe secret ends with its name', async () => {
    const folder = written(VARIANTS[0]);
    const line = 'SECRET_KEY still holds a placeholder: run scripts/env.sh init';
    const serve = (...more) => run(join(bin, 'uvicorn'), ['app.main:app', '--port', '0', ...more], {
      cwd: folder, check: false, timeout: 30_000, env: { ENVIRONMENT: 'production', SECRET_KEY: 'change_this_secure_password' },
    });
    const { code, stderr } = await serve();
    assert.equal(code, 1);
    assert.equal(stderr.trim(), line);
    // It ends, instead of starting its workers again and again.
    const several = await serve('--workers', '2');
    assert.ok(several.stderr.includes(line), several.stderr);
    assert.doesNotMatch(several.stderr, /Traceback/);
  });
});

describe('the pins of the sample application', () => {
  test('are exactly what each combination needs', async () => {
    const { stdout } = await run(process.execPath, [LOCK, '--check']);
    assert.match(stdout, /8 combinations/);
  });

  test('are the same in both files, and name no index', () => {
    const [runtime, development] = ['requirements.txt', 'requirements-dev.txt'].map((file) => readFileSync(join(sample, 'core', file), 'utf8'));
    const pins = (text) => text.match(/^[a-z0-9][^\s\\]*==[^\s;\\]+/gm);
    assert.deepEqual(pins(runtime).filter((pin) => !pins(development).includes(pin)), []);
    assert.doesNotMatch(runtime + development, /:\/\/|^--?i/m);
  });

  test('nothing but sources is packed', () => {
    const extra = readdirSync(sample, { recursive: true }).filter((name) => /(^|\/)(__pycache__|\.[^/]+)(\/|$)|\.pyc$/.test(name));
    assert.deepEqual(extra, []);
  });
});

// A FastAPI backend with PostgreSQL, Redis and Celery as a developer has it: from the first start to a database that goes away.
import assert from 'node:assert/strict';
import { appendFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { compose, projectName, run, synth, waitFor } from './lib/index.mjs';
import { answers, get, giveTo, health, identity, load } from './support/backend.mjs';
import { inspect, owned } from './support/databases.mjs';

/** Somebody who is neither root nor the first user of a machine, in the group that macOS gives everybody. */
const DEVELOPER = { uid: 1234, gid: 20 };

describe('a backend with a database, a cache and Celery', () => {
  let files;
  let stack;
  let url;
  before(async () => {
    files = await synth((lib, projen) => {
      const project = new projen.Project({ name: 'shop' });
      const shop = new lib.Stack(project);
      const postgres = new lib.PostgresService(shop, 'postgres', { version: '17' });
      const redis = new lib.RedisCache(shop, 'redis');
      const backend = new lib.FastApiBackend(shop, 'backend', {
        database: postgres, cache: redis, broker: redis, logDirectory: 'data/logs', corsOrigins: ['http://localhost:*', 'capacitor://localhost'], apiKeys: ['GEMINI_API_KEY'],
      });
      new lib.CeleryWorker(shop, 'worker', { backend });
      new lib.CeleryBeat(shop, 'beat', { backend });
      new lib.Flower(shop, 'flower', { backend });
      project.synth();
    });
    giveTo(files.path('backend'), DEVELOPER.uid, DEVELOPER.gid);
    giveTo(files.path('data'), DEVELOPER.uid, DEVELOPER.gid);
    stack = compose(projectName('backend'), files.dir, undefined, {
      POSTGRES_PORT: '0', REDIS_PORT: '0', BACKEND_PORT: '0', FLOWER_PORT: '0', APP_UID: String(DEVELOPER.uid), APP_GID: String(DEVELOPER.gid),
    });
    const { stderr } = await stack.up(['--build']);
    assert.doesNotMatch(stderr, /GEMINI_API_KEY|variable is not set/, 'a key that is not set makes a warning');
    url = `http://localhost:${await stack.port('backend', 8000)}`;
  });
  after(() => stack?.release());

  test('answers, and says what it is connected to [000-002] [000-005] [000-083] [000-084] [000-031] [002-050] [002-051] [002-069] [002-077] [002-082] [003-054] [003-056]', async () => {
    const { status, json } = await get(`${url}/health`);
    assert.equal(status, 200);
    assert.deepEqual({ ...json, timestamp: undefined, broker: undefined }, {
      status: 'healthy', api: 'operational', database: 'connected', redis: 'connected', version: '1.0.0', timestamp: undefined, broker: undefined,
    });
    assert.match(json.timestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)$/);
    assert.deepEqual((await get(`${url}/`)).json, { message: 'backend API', status: 'running', version: '1.0.0' });
    assert.equal((await get(`${url}/api/v1/ready`)).status, 200);
    assert.deepEqual((await get(`${url}/health/live`)).json, { status: 'alive' });
  });

  test('shows its documentation [000-085] [002-052]', async () => {
    const { status, text } = await get(`${url}/docs`);
    assert.equal(status, 200);
    assert.match(text, /swagger/i);
  });

  test('lets the origins in that it was told of, and no other [003-023]', async () => {
    const allowed = async (origin) => (await get(`${url}/health/live`, { headers: { origin } })).headers.get('access-control-allow-origin');
    for (const origin of ['http://localhost:4200', 'http://localhost:3000', 'capacitor://localhost']) assert.equal(await allowed(origin), origin);
    for (const origin of ['http://localhost.evil.com', 'http://localhost:4200.evil.com', 'https://localhost:4200', 'http://evil.com']) assert.equal(await allowed(origin), null, origin);
  });

  test('runs as whoever develops, with the ids of their machine [003-036]', async () => {
    const { stdout } = await stack.exec('backend', ['sh', '-c', 'id -u; id -g; id -un; echo $HOME']);
    assert.deepEqual(stdout.trim().split('\n'), [String(DEVELOPER.uid), String(DEVELOPER.gid), 'app', '/home/app']);
  });

  test('started when the database was healthy and its schema made [000-003] [000-107]', async () => {
    const migrated = await inspect(stack, 'backend-migrate');
    assert.equal(migrated.State.ExitCode, 0);
    const [ready, started] = [Date.parse(migrated.State.FinishedAt), Date.parse((await inspect(stack, 'backend')).State.StartedAt)];
    assert.ok(ready <= started, `migrated at ${migrated.State.FinishedAt}, started at ${new Date(started).toISOString()}`);
  });

  test('creates, lists, gets, changes and deletes [000-129]', async () => {
    const items = `${url}/api/v1/items`;
    const made = await get(items, { method: 'POST', body: { name: 'a pen' } });
    assert.equal(made.status, 201, made.text);
    const one = `${items}/${made.json.id}`;
    assert.equal((await get(one)).json.name, 'a pen');
    assert.match((await get(items)).text, /a pen/);
    assert.equal((await get(one, { method: 'PATCH', body: { name: 'two pens' } })).json.name, 'two pens');
    assert.equal((await get(one, { method: 'DELETE' })).status, 204);
    assert.equal((await get(one)).status, 404);
  });

  test('passes its own tests in the container: the units, and the eleven of the stack [002-064] [000-125] [002-059] [002-060] [002-061] [002-062] [002-063] [002-075]', async () => {
    const { stdout } = await stack.exec('backend', ['pytest', '-q'], { containerEnv: { STACK_REQUIRED: '1' } });
    assert.match(stdout, /\d+ passed/);
    assert.doesNotMatch(stdout, /failed|error|skipped/i);
    const { stdout: stackTests } = await stack.exec('backend', ['pytest', 'tests/integration', '-q'], { containerEnv: { STACK_REQUIRED: '1' } });
    assert.match(stackTests, /\b11 passed/);
  });

  test('says how it is connected, in the words of who asks by hand [000-088] [000-094] [001-035]', async () => {
    const { stdout } = await stack.exec('backend', ['python', '-c', 'import asyncio; from app.core.database import engine, init_db; asyncio.run(init_db()); print(engine.pool.size(), engine.pool._max_overflow)']);
    assert.deepEqual(stdout.trim().split('\n').slice(-4), ['✓ Database connected successfully', '✓ Connection URL: postgres:5432/app', '✓ Pool size: 5-20 connections', '5 15']);
  });

  test('is healthy, as everything that it needs [002-006] [002-046]', async () => {
    const states = Object.fromEntries((await stack.ps()).map(({ Service, Health, ExitCode }) => [Service, Health || ExitCode]));
    assert.deepEqual(states, { 'postgres': 'healthy', 'redis': 'healthy', 'backend': 'healthy', 'worker': 'healthy', 'beat': 'healthy', 'backend-migrate': 0 });
  });

  test('passes its linters in the container [002-074]', async () => {
    await stack.exec('backend', ['sh', '-c', 'ruff check . && ruff format --check . && mypy']);
  });

  test('writes its log beside what the container prints [003-069]', async () => {
    await get(`${url}/`);
    await waitFor(() => statSync(files.path('data/logs/app.log')).size > 0, { what: 'the log' });
    assert.equal(statSync(files.path('data/logs/app.log')).uid, DEVELOPER.uid);
    assert.match(await stack.logs('backend'), /Database connected successfully/);
  });

  test('takes an edited file without a restart of the container [000-007] [000-086] [000-110] [002-041]', async () => {
    const before_ = await identity(stack, 'backend');
    const main = files.path('backend/app/main.py');
    writeFileSync(main, readFileSync(main, 'utf8').replace('"running"', '"edited"'));
    await waitFor(async () => (await get(`${url}/`)).json?.status === 'edited', { what: 'the edited answer', timeout: 30_000 });
    assert.deepEqual(await identity(stack, 'backend'), before_);
  });

  test('makes migrations that belong to whoever develops, and takes them back [000-063] [000-029] [000-128] [002-087] [003-051]', async () => {
    appendFileSync(files.path('backend/app/models/item.py'), '\n\nclass Note(Base):\n    """A note."""\n\n    __tablename__ = "notes"\n\n    id: Mapped[int] = mapped_column(primary_key=True)\n');
    const versions = () => readdirSync(files.path('backend/alembic/versions')).filter((name) => name.endsWith('.py')).sort();
    const old = versions();
    await stack.exec('backend', ['alembic', 'revision', '--autogenerate', '-m', 'notes']);
    const [added, ...more] = versions().filter((name) => !old.includes(name));
    assert.deepEqual(more, []);
    const { uid, gid } = statSync(files.path('backend/alembic/versions', added));
    assert.deepEqual({ uid, gid }, DEVELOPER);
    assert.match(files.read(`backend/alembic/versions/${added}`), /create_table\(\s*["']notes["']/);
    const tables = async () => (await stack.exec('postgres', ['psql', '-U', 'app', '-d', 'app', '-Atc', '\\dt'])).stdout;
    await stack.exec('backend', ['alembic', 'upgrade', 'head']);
    assert.match(await tables(), /\|notes\|/);
    await stack.exec('backend', ['alembic', 'downgrade', '-1']);
    assert.doesNotMatch(await tables(), /\|notes\|/);
  });

  test('hands tasks to a worker, and the clock puts in its own [002-091]', async () => {
    const made = await get(`${url}/api/v1/tasks`, { method: 'POST', body: { text: 'hello' } });
    assert.equal(made.status, 202, made.text);
    const result = await waitFor(async () => {
      const { json } = await get(`${url}/api/v1/tasks/${made.json.id}`);
      return json?.state === 'SUCCESS' && json;
    }, { what: 'the result of the task' });
    assert.ok(result.result);
    await waitFor(async () => /Scheduler: Sending due task/.test(await stack.logs('beat')), { what: 'beat to send a task', timeout: 90_000 });
    assert.equal((await inspect(stack, 'worker')).Config.Image, (await inspect(stack, 'backend')).Config.Image);
    for (const service of ['worker', 'beat']) assert.equal((await inspect(stack, service)).State.Health.Status, 'healthy', service);
  });

  test('shows its tasks to who knows the login', async () => {
    await stack.run(['--profile', 'tools', 'up', '--detach', '--wait', 'flower']);
    const flower = `http://localhost:${await stack.port('flower', 5555)}`;
    const asked = (path, login) => get(`${flower}${path}`, { headers: login ? { authorization: `Basic ${Buffer.from(login).toString('base64')}` } : {} });
    for (const path of ['/workers', '/api/workers?refresh=1']) {
      for (const login of [undefined, 'admin:wrong']) assert.equal((await asked(path, login)).status, 401, `${path} for ${login}`);
    }
    const { status, json } = await asked('/api/workers?refresh=1', 'admin:dev_flower_password');
    assert.equal(status, 200);
    assert.match(Object.keys(json).join(), /celery@/);
  });

  test('says when the database is away, is unhealthy then, and recovers by itself [002-044] [002-047]', async () => {
    const before_ = await identity(stack, 'backend');
    await stack.run(['stop', 'postgres']);
    const { status, json } = await answers(`${url}/health`, 503);
    assert.equal(status, 503);
    assert.equal(json.status, 'unhealthy');
    assert.match(json.database, /unavailable/);
    assert.equal(json.redis, 'connected');
    const { interval, timeout, retries } = (await stack.config()).services.backend.healthcheck;
    const seconds = (text) => Number(/^(\d+)s$/.exec(text)[1]);
    const allowed = (seconds(interval) * retries + seconds(timeout)) * 1000;
    assert.ok(await health(stack, 'backend', 'unhealthy', { timeout: allowed + 5_000 }) <= allowed + 5_000);
    const failed = await get(`${url}/api/v1/items`);
    assert.equal(failed.status, 503);
    assert.doesNotMatch(failed.text, /Traceback|File "/);
    const log = await stack.logs('backend');
    assert.doesNotMatch(log, /dev_password_change_in_production/);
    await stack.run(['start', 'postgres']);
    await answers(`${url}/health`, 200);
    await health(stack, 'backend', 'healthy');
    assert.deepEqual(await identity(stack, 'backend'), before_);
  });

  test('recovers from a restart of the database under load, and lets no request hang', async () => {
    const before_ = await identity(stack, 'backend');
    const asked = load(`${url}/api/v1/items`, { requests: 500, clients: 20, pause: 100 });
    await sleep(500);
    await stack.run(['restart', 'postgres']);
    const answered = await asked;
    assert.equal(answered.length, 500);
    assert.deepEqual(answered.filter(({ status, timedOut }) => timedOut || ![200, 503].includes(status)), []);
    assert.ok(answered.some(({ status }) => status === 200), 'nothing was answered');
    const slowest = Math.max(...answered.map(({ milliseconds }) => milliseconds));
    assert.ok(slowest < 10_000, `the slowest answer took ${slowest} ms`);
    await answers(`${url}/api/v1/items`, 200, { timeout: 30_000 });
    assert.deepEqual(await identity(stack, 'backend'), before_);
  });

  test('stops in under three seconds, by itself [000-115]', async () => {
    await stack.run(['rm', '--stop', '--force', 'flower']);
    await health(stack, 'backend', 'healthy');
    for (const service of ['backend', 'worker', 'beat']) {
      const started = Date.now();
      await stack.run(['stop', service]);
      const took = Date.now() - started;
      const { ExitCode } = (await inspect(stack, service)).State;
      assert.ok([0, 143].includes(ExitCode), `${service} ended with ${ExitCode}`);
      assert.ok(took < (service === 'backend' ? 3_000 : 10_000), `${service} took ${took} ms`);
    }
    assert.ok((await owned('volume', stack.project)).length > 0);
  });
});

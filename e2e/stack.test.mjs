// The smallest real stack, Postgres and Redis: it starts as it is, keeps its data, and follows .env.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { compose, freePort, projectName, synth } from './lib/index.mjs';
import { DEFAULTS, hostSql, inNetwork, inspect, login, missingPsql, owned, redis, sql } from './support/databases.mjs';

const noPsql = await missingPsql();

const files = await synth((lib, projen) => {
  const project = new projen.Project({ name: 'shop' });
  const stack = new lib.Stack(project);
  new lib.PostgresService(stack, 'postgres', { version: '17' });
  new lib.RedisCache(stack, 'redis', { version: '7', databases: { cache: 0, broker: 1 } });
  project.synth();
});

describe('Postgres and Redis without any setting', () => {
  const ports = {};
  let stack;
  before(async () => {
    Object.assign(ports, { POSTGRES_PORT: await freePort(), REDIS_PORT: await freePort() });
    stack = compose(projectName('databases'), files.dir, undefined, ports);
  });
  after(() => stack.release());

  test('starts by itself and waits until both are healthy [001-018] [001-058] [002-048]', async () => {
    await stack.up();
    const containers = await stack.ps();
    assert.deepEqual(containers.map(({ Service, State, Health }) => [Service, State, Health]).sort(), [
      ['postgres', 'running', 'healthy'], ['redis', 'running', 'healthy'],
    ]);
    const logs = await stack.logs('postgres');
    assert.match(logs, /PostgreSQL init process complete/);
    assert.doesNotMatch(logs, /\b(ERROR|FATAL|PANIC)\b/);
  });

  test('logs that the server is ready, after its initialisation [001-019]', async () => {
    const logs = await stack.logs('postgres');
    assert.match(logs.slice(logs.indexOf('init process complete')), /database system is ready to accept connections/);
  });

  test('psql of the host logs in through the published port [001-020] [001-059]', { skip: noPsql }, async () => {
    assert.equal((await hostSql(ports.POSTGRES_PORT, 'SELECT 1')).stdout.trim(), '1');
    // \l of an older psql cannot read a newer server's catalogue, so the one of the server's version is asked.
    assert.match(await sql(stack, '\\l'), new RegExp(`^${DEFAULTS.database}\\|`, 'm'));
  });

  test('psql in the container is not asked for a password on the loopback', async () => {
    const { stdout } = await stack.exec('postgres', login('SELECT current_user', { host: '127.0.0.1' }));
    assert.equal(stdout.trim(), DEFAULTS.user);
  });

  test('another container logs in under the service\'s name, and only with the right password [001-051] [003-009]', async () => {
    const ask = (password) => inNetwork(`${stack.project}_default`, login('SELECT 1', { host: 'postgres' }), { env: { PGPASSWORD: password }, check: false });
    assert.deepEqual(await ask(DEFAULTS.password).then(({ code, stdout }) => [code, stdout.trim()]), [0, '1']);
    const refused = await ask('wrong');
    assert.notEqual(refused.code, 0);
    assert.match(refused.stderr, /password authentication failed/);
    assert.match((await ask('')).stderr, /no password supplied/);
  });

  test('a container outside of the stack does not find it [003-055]', async () => {
    const outside = await inNetwork('bridge', ['getent', 'hosts', 'postgres'], { check: false });
    assert.equal(outside.code, 2, outside.stdout);
    const inside = await inNetwork(`${stack.project}_default`, ['getent', 'hosts', 'postgres']);
    assert.match(inside.stdout, /postgres/);
  });

  test('a wrong password is refused on the published port', { skip: noPsql }, async () => {
    const refused = await hostSql(ports.POSTGRES_PORT, 'SELECT 1', { password: 'wrong', check: false });
    assert.notEqual(refused.code, 0);
    assert.match(refused.stderr, /password authentication failed/);
  });

  test('both are published on the loopback only', async () => {
    for (const { Service, Publishers } of await stack.ps()) {
      assert.deepEqual([...new Set(Publishers.filter(({ PublishedPort }) => PublishedPort > 0).map(({ URL }) => URL))], ['127.0.0.1'], Service);
    }
  });

  test('Redis answers PONG, and keeps cache and broker apart [002-043] [002-081]', async () => {
    assert.equal(await redis(stack, ['PING']), 'PONG');
    await redis(stack, ['SET', 'shared-key', 'in the cache'], { database: 0 });
    assert.equal(await redis(stack, ['EXISTS', 'shared-key'], { database: 1 }), '0');
  });

  test('a row and a key survive down and up [000-009] [000-112] [001-004] [001-014] [001-021] [001-060] [002-083]', async () => {
    await sql(stack, "CREATE TABLE kept (note text); INSERT INTO kept VALUES ('still here')");
    await redis(stack, ['SET', 'kept', 'still here']);
    await stack.down();
    assert.deepEqual(await owned('container', stack.project), []);
    assert.deepEqual(await owned('volume', stack.project), [`${stack.project}_postgres_data`, `${stack.project}_redis_data`]);
    await stack.up();
    assert.equal(await sql(stack, 'SELECT note FROM kept'), 'still here');
    assert.equal(await redis(stack, ['GET', 'kept']), 'still here');
    await sql(stack, 'DROP TABLE kept');
  });

  test('stops in less than 30 s by itself, without being killed [000-115]', async () => {
    const started = Date.now();
    await stack.run(['stop']);
    // 10 s is the statement's limit; the grace period of the server would allow more.
    assert.ok(Date.now() - started < 10_000, `took ${Date.now() - started} ms`);
    for (const service of ['postgres', 'redis']) assert.equal((await inspect(stack, service)).State.ExitCode, 0, service);
  });

  test('down keeps the volumes, and down -v leaves nothing [001-062] [002-053]', async () => {
    await stack.down();
    assert.equal((await owned('volume', stack.project)).length, 2);
    await stack.down({ volumes: true });
    for (const kind of ['container', 'network', 'volume']) assert.deepEqual(await owned(kind, stack.project), [], kind);
  });
});

describe('Postgres and Redis with a .env file', () => {
  const mine = { user: 'clerk', database: 'ledger', password: 'p4ss-of_the.clerk' };
  let ports;
  let stack;
  before(async () => {
    ports = { postgres: await freePort(), redis: await freePort() };
    files.write('.env', [
      `POSTGRES_USER=${mine.user}`, `POSTGRES_PASSWORD=${mine.password}`, `POSTGRES_DB=${mine.database}`, `POSTGRES_PORT=${ports.postgres}`,
      `REDIS_PORT=${ports.redis}`, 'REDIS_PASSWORD=another-one', '',
    ].join('\n'), 0o600);
    stack = compose(projectName('env-file'), files.dir);
    await stack.up();
  });
  after(() => stack.release());

  test('user, password, database and port are those of the file [002-018] [000-042]', { skip: noPsql }, async () => {
    assert.equal(await stack.port('postgres', 5432), ports.postgres);
    const { stdout } = await hostSql(ports.postgres, 'SELECT current_user, current_database()', mine);
    assert.equal(stdout.trim(), `${mine.user}|${mine.database}`);
    const refused = await hostSql(ports.postgres, 'SELECT 1', { ...mine, password: DEFAULTS.password, check: false });
    assert.match(refused.stderr, /password authentication failed/);
  });

  test('so are the port and the password of Redis', async () => {
    assert.equal(await stack.port('redis', 6379), ports.redis);
    const ask = (password) => inNetwork(`${stack.project}_default`, ['redis-cli', '-h', 'redis', 'PING'], {
      image: 'redis:7-alpine', env: { REDISCLI_AUTH: password }, check: false,
    });
    assert.equal((await ask('another-one')).stdout.trim(), 'PONG');
    assert.match((await ask(DEFAULTS.password)).stdout, /NOAUTH|WRONGPASS/);
  });

  test('the health check asks for the user and the database of the file, over TCP [002-021] [002-042]', async () => {
    const { Config, State } = await inspect(stack, 'postgres');
    assert.equal(State.Health.Status, 'healthy');
    assert.match(Config.Healthcheck.Test.join(' '), /pg_isready .*-h 127\.0\.0\.1 -U "\$POSTGRES_USER" -d "\$POSTGRES_DB"/);
    assert.deepEqual(Config.Env.filter((line) => /^POSTGRES_(USER|DB)=/.test(line)).sort(), [`POSTGRES_DB=${mine.database}`, `POSTGRES_USER=${mine.user}`]);
    // The log of the server would name a role or a database that does not exist.
    assert.doesNotMatch(await stack.logs('postgres'), /role .* does not exist|database .* does not exist/);
  });
});

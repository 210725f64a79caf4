// Consumers of a database and a cache: in the stack, and run by somebody else. The consumers do not change.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { compose, projectName, run, synth, waitFor } from './lib/index.mjs';
import { CLIENT_IMAGE, inspect, keysOf } from './support/databases.mjs';

/**
 * Services that are healthy as long as they can log in with what their connection gave them, in parts and as a URL.
 * `process.env.WHERE` says where the servers are.
 */
const definition = (lib, projen) => {
  const { ConnectionStyle, ExternalPostgres, ExternalRedis, HealthCheck, PostgresService, RedisCache, Service, Value } = lib;
  const project = new projen.Project({ name: 'consumers' });
  const networks = process.env.NETWORK ? [{ name: 'outside', external: true, fixedName: process.env.NETWORK }] : [];
  const stack = new lib.Stack(project, 'stack', { networks });

  const made = {
    inside: () => ({
      database: new PostgresService(stack, 'postgres', { version: '17', databases: ['reports'], publish: [] }),
      cache: new RedisCache(stack, 'redis', { databases: { cache: 0, broker: 1 }, publish: [] }),
    }),
    outside: () => ({
      database: new ExternalPostgres(stack, 'postgres', { host: 'managed-postgres', userName: 'tenant', databaseName: 'rented', sslMode: lib.SslMode.PREFER }),
      cache: new ExternalRedis(stack, 'redis', { host: 'managed-redis', databases: { cache: 0, broker: 1 } }),
    }),
    'outside-url': () => ({
      database: new ExternalPostgres(stack, 'postgres', { urlVariable: 'MANAGED_DATABASE_URL' }),
      cache: new ExternalRedis(stack, 'redis', { urlVariable: 'MANAGED_REDIS_URL' }),
    }),
  }[process.env.WHERE]();

  const timing = { interval: '2s', retries: 5, startPeriod: '20s' };
  const psql = 'psql --no-psqlrc --tuples-only --no-align --no-password';
  const consumer = (id, image, line, connect) => {
    const service = new Service(stack, id, {
      image, entrypoint: Value.literals('sleep', 'infinity'), initProcess: true, healthCheck: HealthCheck.shell(line, timing),
    });
    connect(service);
    return service;
  };

  if (process.env.WHERE !== 'outside-url') {
    consumer('sql-by-parts', 'postgres:17-alpine',
      `export PGPASSWORD="$DB_PASSWORD"; ${psql} -h "$DB_HOST" -p "$DB_PORT" -U "$DB_USER" -d "$DB_NAME" -c "SELECT current_user" | grep -qx "$DB_USER"`,
      (service) => service.connect(made.database));
    consumer('keys-by-parts', 'redis:8-alpine',
      'export REDISCLI_AUTH="$BROKER_REDIS_PASSWORD"; redis-cli -h "$BROKER_REDIS_HOST" -p "$BROKER_REDIS_PORT" -n "$BROKER_REDIS_DB" SET by parts | grep -qx OK',
      (service) => service.connect({ connection: () => made.cache.logicalConnection('broker') }, { envPrefix: 'BROKER_' }));
    consumer('other-database', 'postgres:17-alpine', `${psql} "$REPORTS_URL" -c "SELECT current_database()" | grep -qx reports`,
      (service) => service.connect({ connection: () => made.database.databaseConnection('reports') }, { style: ConnectionStyle.URL, urlKey: 'REPORTS_URL' }));
  }
  consumer('sql-by-url', 'postgres:17-alpine', `${psql} "$APP_DATABASE_URL" -c "SELECT 1" | grep -qx 1`,
    (service) => service.connect(made.database, { style: ConnectionStyle.URL, envPrefix: 'APP_' }));
  // Other clients take "://:password@" as the default user's; redis-cli alone takes it as that of a user without a name.
  consumer('keys-by-url', 'redis:8-alpine', 'redis-cli -u "$REDIS_URL" SET by url | grep -qx OK',
    (service) => service.connect(made.cache, { style: ConnectionStyle.URL }));
  project.synth();
};

const CONSUMERS = ['keys-by-parts', 'keys-by-url', 'other-database', 'sql-by-parts', 'sql-by-url'];

async function stackOf(where, env = {}) {
  const files = await synth(definition, { env: { WHERE: where, ...env } });
  return compose(projectName(where), files.dir, undefined, env);
}

const healthOf = async (stack) => Object.fromEntries((await stack.ps()).map(({ Service, Health }) => [Service, Health]));
const environment = async (stack, service) => keysOf((await inspect(stack, service)).Config.Env);

describe('consumers of servers in the stack', () => {
  let stack;
  before(async () => {
    stack = await stackOf('inside', { POSTGRES_PASSWORD: 'url-safe_1.2~3', REDIS_PASSWORD: 'url-safe_too' });
    await stack.up();
  });
  after(() => stack?.release());

  test('log in with parts and with URLs', async () => {
    const health = await healthOf(stack);
    for (const service of CONSUMERS) assert.equal(health[service], 'healthy', service);
  });

  test('were given one fact in both forms', async () => {
    const parts = await environment(stack, 'sql-by-parts');
    const url = new URL((await environment(stack, 'sql-by-url')).APP_DATABASE_URL);
    assert.deepEqual(
      [parts.DB_USER, parts.DB_PASSWORD, parts.DB_HOST, parts.DB_PORT, `/${parts.DB_NAME}`],
      [url.username, url.password, url.hostname, url.port, url.pathname],
    );
    assert.equal(url.href, 'postgresql://app:url-safe_1.2~3@postgres:5432/app');
  });

  test('started after the servers were healthy', async () => {
    const firstSuccess = (await inspect(stack, 'postgres')).State.Health.Log.find(({ ExitCode }) => ExitCode === 0);
    const { StartedAt } = (await inspect(stack, 'sql-by-url')).State;
    assert.ok(Date.parse(StartedAt) >= Date.parse(firstSuccess.Start));
  });

  test('take a whole URL from the operator instead', async () => {
    await stack.run(['up', '--detach', '--wait', 'sql-by-url'], { env: { APP_DATABASE_URL: 'postgresql://app:url-safe_1.2~3@postgres:5432/reports' } });
    const { stdout } = await stack.exec('sql-by-url', ['sh', '-c', 'psql -tA "$APP_DATABASE_URL" -c "SELECT current_database()"']);
    assert.equal(stdout.trim(), 'reports');
  });

  test('become unhealthy when the server goes away', async () => {
    await stack.run(['stop', 'postgres']);
    await waitFor(async () => (await healthOf(stack))['sql-by-parts'] === 'unhealthy', { what: 'sql-by-parts to be unhealthy', timeout: 60_000 });
    assert.equal((await healthOf(stack))['keys-by-url'], 'healthy');
  });
});

describe('consumers of servers that somebody else runs', () => {
  // Labelled as one of our projects, so that the runner also finds what a killed test leaves.
  const owner = projectName('managed');
  const network = `${owner}_net`;
  const label = ['--label', `com.docker.compose.project=${owner}`];
  const secrets = { POSTGRES_PASSWORD: 'of-the-provider', REDIS_PASSWORD: 'of-the-provider-too' };
  const elsewhere = compose(owner, process.cwd());
  const stacks = [];

  before(async () => {
    await run('docker', ['network', 'create', ...label, network]);
    const start = (name, words) => run('docker', ['run', '--detach', '--name', `${owner}-${name}`, '--network', network, '--network-alias', name, ...label, ...words]);
    await start('managed-postgres', [
      '--env', 'POSTGRES_USER=tenant', '--env', `POSTGRES_PASSWORD=${secrets.POSTGRES_PASSWORD}`, '--env', 'POSTGRES_DB=rented', CLIENT_IMAGE,
    ]);
    await start('managed-redis', ['redis:8-alpine', 'redis-server', '--requirepass', secrets.REDIS_PASSWORD]);
    const psql = (words) => run('docker', ['exec', `${owner}-managed-postgres`, 'psql', '-h', '127.0.0.1', '-U', 'tenant', '-d', 'rented', ...words]);
    await waitFor(() => psql(['-c', 'SELECT 1']), { what: 'the managed server' });
    await psql(['-c', 'CREATE DATABASE reports']);
  });
  after(() => {
    for (const stack of stacks) stack.release();
    elsewhere.release();
  });

  async function started(where, env) {
    const stack = await stackOf(where, { NETWORK: network, ...env });
    stacks.push(stack);
    await stack.up();
    return stack;
  }

  test('log in with parts and with URLs, and no server is started', async () => {
    const stack = await started('outside', secrets);
    const health = await healthOf(stack);
    assert.deepEqual(Object.keys(health).sort(), CONSUMERS);
    for (const service of CONSUMERS) assert.equal(health[service], 'healthy', service);
    assert.equal((await environment(stack, 'sql-by-url')).APP_DATABASE_URL, 'postgresql://tenant:of-the-provider@managed-postgres:5432/rented?sslmode=prefer');
  });

  test('log in with a URL that the operator has in one piece', async () => {
    const stack = await started('outside-url', {
      MANAGED_DATABASE_URL: `postgresql://tenant:${secrets.POSTGRES_PASSWORD}@managed-postgres:5432/rented`,
      MANAGED_REDIS_URL: `redis://default:${secrets.REDIS_PASSWORD}@managed-redis:6379/0`,
    });
    assert.deepEqual(await healthOf(stack), { 'keys-by-url': 'healthy', 'sql-by-url': 'healthy' });
  });

  test('are not healthy with a wrong password', async () => {
    const stack = await stackOf('outside', { NETWORK: network, ...secrets, POSTGRES_PASSWORD: 'wrong' });
    stacks.push(stack);
    const { code } = await stack.run(['up', '--detach', 'sql-by-parts']);
    assert.equal(code, 0);
    const { stdout } = await waitFor(async () => {
      const { Log } = (await inspect(stack, 'sql-by-parts')).State.Health;
      return Log.length > 0 && { stdout: Log[0].Output };
    }, { what: 'the first check' });
    assert.match(stdout, /password authentication failed/);
    assert.notEqual((await healthOf(stack))['sql-by-parts'], 'healthy');
  });

  test('are told what is missing, in both files', async () => {
    const files = await synth(definition, { env: { WHERE: 'outside' } });
    const missing = {
      'compose.yaml': ['POSTGRES_PASSWORD', 'REDIS_PASSWORD'],
      'compose.prod.yaml': ['POSTGRES_HOST', 'POSTGRES_PORT', 'POSTGRES_DB', 'POSTGRES_USER', 'POSTGRES_PASSWORD', 'REDIS_HOST', 'REDIS_PASSWORD'],
    };
    const all = { ...secrets, POSTGRES_HOST: 'h', POSTGRES_PORT: '1', POSTGRES_DB: 'd', POSTGRES_USER: 'u', REDIS_HOST: 'h', REDIS_PORT: '2' };
    for (const [file, names] of Object.entries(missing)) {
      const stack = compose(projectName('missing'), files.dir, file, all);
      assert.equal((await stack.run(['config', '--quiet'])).stderr, '', file);
      for (const name of names) {
        const { code, stderr } = await stack.run(['config', '--quiet'], { check: false, env: { [name]: undefined } });
        assert.notEqual(code, 0, `${file} without ${name}`);
        assert.match(stderr, new RegExp(`required variable ${name} is missing a value`), file);
      }
    }
  });
});

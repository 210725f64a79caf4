// What Compose makes of the files of the four seeds' databases, read from `docker compose config`.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { compose, projectName, run, synth } from './lib/index.mjs';
import { owned } from './support/databases.mjs';

/** A file of a definition as a Compose project that is not started. */
const projectOf = (files, file) => compose(projectName('config'), files.dir, file);

/** `config` without an error that says nothing on standard error. */
async function quietConfig(stack, options) {
  const { stderr } = await stack.run(['config', '--quiet'], options);
  assert.equal(stderr, '');
  return stack.config(options);
}

function assertHealthCheck({ healthcheck }, user) {
  const [kind, line] = healthcheck.test;
  assert.equal(kind, 'CMD-SHELL');
  assert.match(line, /^pg_isready /);
  assert.match(line, / -h 127\.0\.0\.1 /);
  assert.match(line, new RegExp(` -U ${user} `));
  assert.match(line, / -d /);
  assert.equal(healthcheck.interval, '10s');
  assert.equal(healthcheck.timeout, '5s');
  assert.equal(healthcheck.retries, 5);
}

describe('PostgreSQL 15 for one application, in a volume', () => {
  let files;
  let stack;
  before(async () => {
    files = await synth((lib, projen) => {
      const project = new projen.Project({ name: 'ai-interviewer' });
      new lib.PostgresService(new lib.Stack(project), 'postgres', { version: '15', userName: 'ai_interviewer_user', databaseName: 'ai_interviewer_db' });
      project.synth();
    });
    stack = projectOf(files);
  });
  after(() => stack?.release());

  test('is accepted without a word and without .env [001-037] [001-024]', async () => {
    await quietConfig(stack);
    await quietConfig(projectOf(files, 'compose.prod.yaml'), { env: { POSTGRES_USER: 'u', POSTGRES_PASSWORD: 'p', POSTGRES_DB: 'd' } });
    assert.doesNotMatch(files.read('compose.yaml'), /^version:/m);
  });

  test('is the official image with user, password and database [000-044] [001-003] [001-008] [001-009] [001-040]', async () => {
    const { services } = await stack.config();
    assert.deepEqual(Object.keys(services), ['postgres']);
    assert.equal(services.postgres.image, 'postgres:15-alpine');
    assert.deepEqual(services.postgres.environment, {
      POSTGRES_USER: 'ai_interviewer_user', POSTGRES_PASSWORD: 'dev_password_change_in_production', POSTGRES_DB: 'ai_interviewer_db',
    });
    assert.equal(services.postgres.restart, 'unless-stopped');
  });

  test('takes user, password and database from .env [000-046]', async () => {
    files.write('.env', 'POSTGRES_USER=other\nPOSTGRES_PASSWORD=secret\nPOSTGRES_DB=elsewhere\n');
    const { services } = await quietConfig(stack);
    files.write('.env', '');
    assert.deepEqual(services.postgres.environment, { POSTGRES_USER: 'other', POSTGRES_PASSWORD: 'secret', POSTGRES_DB: 'elsewhere' });
    assert.equal((await stack.config()).services.postgres.environment.POSTGRES_USER, 'ai_interviewer_user');
  });

  test('is published as 5432 on the loopback, and POSTGRES_PORT moves only that [000-047] [001-010] [001-053]', async () => {
    const usual = await stack.config();
    assert.deepEqual(usual.services.postgres.ports, [{ mode: 'ingress', host_ip: '127.0.0.1', target: 5432, published: '5432', protocol: 'tcp' }]);
    const moved = await stack.config({ env: { POSTGRES_PORT: '5433' } });
    assert.equal(moved.services.postgres.ports[0].published, '5433');
    moved.services.postgres.ports[0].published = '5432';
    assert.deepEqual(moved, usual);
  });

  test('has a named volume where the major version keeps its data [001-012] [001-013]', async () => {
    const { services, volumes } = await stack.config();
    assert.deepEqual(Object.keys(volumes), ['postgres_data']);
    assert.deepEqual(services.postgres.volumes, [{ type: 'volume', source: 'postgres_data', target: '/var/lib/postgresql/data', volume: {} }]);
  });

  test('has a health check over TCP, for its user and database [000-049] [001-011] [001-039]', async () => {
    assertHealthCheck((await stack.config()).services.postgres, '"\\$\\$POSTGRES_USER"');
  });

  test('in production is refused while a setting is missing, which is named [001-038]', async () => {
    const production = projectOf(files, 'compose.prod.yaml');
    const given = { POSTGRES_USER: 'u', POSTGRES_PASSWORD: 'p', POSTGRES_DB: 'd' };
    for (const name of Object.keys(given)) {
      for (const value of [undefined, '']) {
        const { code, stderr } = await production.run(['config', '--quiet'], { check: false, env: { ...given, [name]: value } });
        assert.notEqual(code, 0, name);
        assert.match(stderr, new RegExp(`required variable ${name} is missing a value`));
      }
    }
    const { services } = await production.config({ env: given });
    assert.equal(services.postgres.ports, undefined);
    assert.doesNotMatch(files.read('compose.prod.yaml'), /dev_password|ai_interviewer_user/);
  });

  test('starts with `up postgres`, in a volume of the local driver [000-048] [001-001]', async () => {
    await stack.up(['postgres'], { env: { POSTGRES_PORT: '0' } });
    const [volume] = await owned('volume', stack.project);
    assert.equal(volume, `${stack.project}_postgres_data`);
    const [{ Driver }] = JSON.parse((await run('docker', ['volume', 'inspect', volume])).stdout);
    assert.equal(Driver, 'local');
  });
});

describe('PostgreSQL 17 and Redis 7 with their data in folders', () => {
  let services;
  before(async () => {
    const files = await synth((lib, projen) => {
      const project = new projen.Project({ name: 'ai-agents' });
      const stack = new lib.Stack(project);
      new lib.PostgresService(stack, 'postgres', {
        version: '17', userName: 'aiagents', databaseName: 'ai_agents', hostPort: 5433, storage: lib.Storage.bind('./data/postgres'),
      });
      new lib.RedisCache(stack, 'redis', { version: '7', authentication: false, storage: lib.Storage.bind('./data/redis'), databases: { cache: 0, broker: 1 } });
      project.synth();
    });
    ({ services } = await quietConfig(projectOf(files)));
  });

  const bind = (services, name) => services[name].volumes.map(({ type, source, target }) => [type, source.replace(/^.*(?=\/data\/)/, '.'), target]);

  test('PostgreSQL is 17-alpine, on 5433, with a health check and its data in ./data/postgres [002-019] [002-020] [002-021]', () => {
    assert.equal(services.postgres.image, 'postgres:17-alpine');
    assert.deepEqual(bind(services, 'postgres'), [['bind', './data/postgres', '/var/lib/postgresql/data']]);
    assert.deepEqual(services.postgres.ports.map(({ published, target }) => [published, target]), [['5433', 5432]]);
    assertHealthCheck(services.postgres, '"\\$\\$POSTGRES_USER"');
  });

  test('Redis is 7-alpine with an append-only file in ./data/redis, on 6379 [002-022] [002-023] [002-024]', () => {
    assert.equal(services.redis.image, 'redis:7-alpine');
    assert.deepEqual(bind(services, 'redis'), [['bind', './data/redis', '/data']]);
    assert.deepEqual(services.redis.ports.map(({ published, target }) => [published, target]), [['6379', 6379]]);
    assert.deepEqual(services.redis.command, ['redis-server', '--appendonly', 'yes']);
  });

  test('its health check reads the answer [002-026]', () => {
    assert.deepEqual(services.redis.healthcheck.test, ['CMD-SHELL', 'redis-cli ping | grep -q PONG']);
  });
});

describe('A server that is called db, on a network of its own', () => {
  let document;
  let files;
  before(async () => {
    files = await synth((lib, projen) => {
      const project = new projen.Project({ name: 'emotionvisualizer' });
      const stack = new lib.Stack(project, 'stack', { networks: [{ name: 'emotionviz-network', fixedName: 'emotionviz-network' }] });
      new lib.PostgresService(stack, 'db', {
        version: '15', userName: 'emotionviz', databaseName: 'emotionviz_db', developmentPassword: 'devpassword',
        containerName: 'emotionvisualizer-db', storage: lib.Storage.bind('./data/postgres'),
      });
      project.synth();
    });
    document = await quietConfig(projectOf(files));
  });

  test('has the names, the defaults and the folder [003-007] [003-008] [003-011]', () => {
    const { db } = document.services;
    assert.equal(db.image, 'postgres:15-alpine');
    assert.equal(db.container_name, 'emotionvisualizer-db');
    assert.deepEqual(db.environment, { POSTGRES_USER: 'emotionviz', POSTGRES_PASSWORD: 'devpassword', POSTGRES_DB: 'emotionviz_db' });
    assert.match(db.volumes[0].source, /\/data\/postgres$/);
    assertHealthCheck(db, '"\\$\\$POSTGRES_USER"');
  });

  test('has the port in POSTGRES_PORT and the health check [003-010] [003-013]', () => {
    assert.match(files.read('compose.yaml'), /"127\.0\.0\.1:\$\{POSTGRES_PORT:-5432\}:5432"/);
    assert.deepEqual(document.services.db.ports.map(({ published, target }) => [published, target]), [['5432', 5432]]);
    assertHealthCheck(document.services.db, '"\\$\\$POSTGRES_USER"');
  });

  test('is on a bridge of a fixed name, and on nothing else', () => {
    assert.deepEqual(Object.keys(document.services.db.networks), ['emotionviz-network']);
    assert.equal(document.networks['emotionviz-network'].name, 'emotionviz-network');
    assert.equal(document.networks['emotionviz-network'].driver, 'bridge');
    assert.deepEqual(Object.keys(document.networks), ['emotionviz-network']);
  });
});

// The production file on a real engine: complete by itself, closed to the outside, with no more rights than it needs.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { compose, projectName, run, synth } from './lib/index.mjs';
import { inNetwork, inspect, login, redis, redisConfig, sql } from './support/databases.mjs';

const FILE = 'compose.prod.yaml';
const settings = { POSTGRES_USER: 'shop', POSTGRES_PASSWORD: 'long-and-$ecret', POSTGRES_DB: 'shop', REDIS_PASSWORD: 'another $ecret' };
const me = { user: 'shop', database: 'shop' };
const services = ['postgres', 'redis'];

describe('the production file of the databases', () => {
  let files;
  let stack;
  before(async () => {
    files = await synth((lib, projen) => {
      const project = new projen.Project({ name: 'shop' });
      const stackOfTwo = new lib.Stack(project);
      new lib.PostgresService(stackOfTwo, 'postgres', { version: '17', databases: ['reports'], production: { parameters: { max_connections: '60' } } });
      new lib.RedisCache(stackOfTwo, 'redis');
      project.synth();
    });
    stack = compose(projectName('production'), files.dir, FILE, settings);
    await stack.up();
  });
  after(() => stack?.release());

  test('is a project of its own, complete without the development file', async () => {
    rmSync(files.path('compose.yaml'));
    const { stdout } = await run('docker', ['compose', '--file', FILE, 'config', '--format', 'json'], { cwd: files.dir, env: settings });
    assert.equal(JSON.parse(stdout).name, 'shop-prod');
    assert.doesNotMatch(files.read(FILE), /dev_password/);
  });

  test('is accepted without a word once every setting is there, and names the first that is missing', async () => {
    assert.equal((await stack.run(['config', '--quiet'])).stderr, '');
    for (const name of Object.keys(settings)) {
      const { code, stderr } = await stack.run(['config', '--quiet'], { check: false, env: { [name]: undefined } });
      assert.notEqual(code, 0, `${name} was not missed`);
      assert.match(stderr, new RegExp(`required variable ${name} is missing a value`));
    }
  });

  test('publishes no port', async () => {
    for (const service of services) assert.deepEqual((await inspect(stack, service)).HostConfig.PortBindings ?? {}, {}, service);
  });

  test('has a root file system that nobody can write to', async () => {
    for (const service of services) {
      assert.equal((await inspect(stack, service)).HostConfig.ReadonlyRootfs, true, service);
      const { code, stderr } = await stack.exec(service, ['touch', '/etc/written'], { check: false });
      assert.notEqual(code, 0, service);
      assert.match(stderr, /Read-only file system/i);
    }
  });

  test('has the capabilities that the images need to start, no other, and no way to more', async () => {
    const added = async (service) => ((await inspect(stack, service)).HostConfig.CapAdd ?? []).map((name) => name.replace(/^CAP_/, '')).sort();
    assert.deepEqual(await added('postgres'), ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'SETGID', 'SETUID']);
    assert.deepEqual(await added('redis'), ['CHOWN', 'SETGID', 'SETUID']);
    for (const service of services) {
      const { HostConfig } = await inspect(stack, service);
      assert.deepEqual(HostConfig.CapDrop, ['ALL'], service);
      assert.deepEqual(HostConfig.SecurityOpt, ['no-new-privileges:true'], service);
      // What the server itself is left with once it is no longer root: nothing.
      const { stdout } = await stack.exec(service, ['grep', '-E', '^(CapEff|NoNewPrivs|Uid)', '/proc/1/status']);
      assert.match(stdout, /CapEff:\s*0+$/m, service);
      assert.match(stdout, /NoNewPrivs:\s*1$/m, service);
      assert.doesNotMatch(stdout, /Uid:\s*0\b/, service);
    }
  });

  test('has limits, and logs that do not grow for ever', async () => {
    for (const [service, memory] of [['postgres', 2 ** 30], ['redis', 512 * 2 ** 20]]) {
      const { HostConfig } = await inspect(stack, service);
      assert.equal(HostConfig.Memory, memory, service);
      assert.equal(HostConfig.PidsLimit, 512, service);
      assert.ok(HostConfig.NanoCpus > 0, service);
      assert.deepEqual(HostConfig.LogConfig, { Type: 'json-file', Config: { 'max-file': '3', 'max-size': '10m' } }, service);
    }
  });

  test('lets in who knows the password, and nobody else', async () => {
    const ask = (password) => inNetwork(`${stack.project}_default`, login('SELECT 1', { host: 'postgres', ...me }), { env: { PGPASSWORD: password }, check: false });
    assert.equal((await ask(settings.POSTGRES_PASSWORD)).stdout.trim(), '1');
    assert.match((await ask('dev_password_change_in_production')).stderr, /password authentication failed/);
    assert.equal(await redis(stack, ['PING']), 'PONG');
    const client = await inNetwork(`${stack.project}_default`, ['redis-cli', '-h', 'redis', 'PING'], { image: 'redis:8-alpine', check: false });
    assert.match(client.stdout, /NOAUTH/);
  });

  test('initialises databases and takes parameters as development does, and its own', async () => {
    assert.equal(await sql(stack, "SELECT count(*) FROM pg_database WHERE datname = 'reports'", me), '1');
    assert.equal(await sql(stack, 'SHOW max_connections', me), '60');
    assert.equal(await redisConfig(stack, 'maxmemory'), String(256 * 2 ** 20));
    assert.equal(await redisConfig(stack, 'maxmemory-policy'), 'noeviction');
  });

  test('keeps its data over down and up', async () => {
    await sql(stack, "CREATE TABLE kept AS SELECT 'still here' AS note", me);
    await redis(stack, ['SET', 'kept', 'still here']);
    await stack.down();
    await stack.up();
    assert.equal(await sql(stack, 'SELECT note FROM kept', me), 'still here');
    assert.equal(await redis(stack, ['GET', 'kept']), 'still here');
  });

  test('stops in less than 30 s, without being killed', async () => {
    const started = Date.now();
    await stack.run(['stop']);
    assert.ok(Date.now() - started < 30_000, `took ${Date.now() - started} ms`);
    for (const service of services) assert.equal((await inspect(stack, service)).State.ExitCode, 0, service);
  });
});

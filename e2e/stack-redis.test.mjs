// Redis with and without a password, with and without persistence, and at its memory limit.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { compose, projectName, synth, waitFor } from './lib/index.mjs';
import { inNetwork, inspect, owned, redis, redisConfig } from './support/databases.mjs';

describe('three Redis servers in one stack', () => {
  let stack;
  before(async () => {
    const files = await synth((lib, projen) => {
      const project = new projen.Project({ name: 'caches' });
      const stackOfThree = new lib.Stack(project);
      new lib.RedisCache(stackOfThree, 'redis', { maxMemory: '64M', evictionPolicy: lib.EvictionPolicy.ALLKEYS_LRU });
      new lib.RedisCache(stackOfThree, 'open', { version: '7', authentication: false, hostPort: 6380 });
      new lib.RedisCache(stackOfThree, 'scratch', {
        persistence: false,
        hostPort: 6381,
        development: { maxMemory: '1536k', overrides: { compose: { healthcheck: { interval: '1s', retries: 2, start_period: '0s' } } } },
      });
      project.synth();
    });
    stack = compose(projectName('caches'), files.dir, undefined, { REDIS_PORT: '0', OPEN_PORT: '0', SCRATCH_PORT: '0', REDIS_PASSWORD: 'with $igns "and" spaces #' });
    await stack.up();
  });
  after(() => stack?.release());

  const client = (host, env = {}) => inNetwork(`${stack.project}_default`, ['redis-cli', '-h', host, 'PING'], { image: 'redis:8-alpine', env, check: false });

  test('one with a password refuses a client without it, and takes one with it', async () => {
    assert.match((await client('redis')).stdout, /NOAUTH/);
    assert.match((await client('redis', { REDISCLI_AUTH: 'wrong' })).stdout + (await client('redis', { REDISCLI_AUTH: 'wrong' })).stderr, /WRONGPASS/);
    assert.equal((await client('redis', { REDISCLI_AUTH: 'with $igns "and" spaces #' })).stdout.trim(), 'PONG');
  });

  test('one without a password takes every client of the stack', async () => {
    assert.equal((await client('open')).stdout.trim(), 'PONG');
  });

  test('the append-only file is on, unless nothing is kept [002-025] [002-049]', async () => {
    assert.equal(await redisConfig(stack, 'appendonly'), 'yes');
    assert.equal(await redisConfig(stack, 'appendonly', { service: 'open' }), 'yes');
    assert.equal(await redisConfig(stack, 'appendonly', { service: 'scratch' }), 'no');
    assert.equal(await redisConfig(stack, 'save', { service: 'scratch' }), '');
  });

  test('limit and policy are in effect', async () => {
    assert.equal(await redisConfig(stack, 'maxmemory'), String(64 * 2 ** 20));
    assert.equal(await redisConfig(stack, 'maxmemory-policy'), 'allkeys-lru');
    assert.equal(await redisConfig(stack, 'maxmemory', { service: 'scratch' }), String(1536 * 2 ** 10));
    assert.equal(await redisConfig(stack, 'maxmemory-policy', { service: 'scratch' }), 'noeviction');
    assert.equal(await redisConfig(stack, 'maxmemory', { service: 'open' }), '0');
  });

  test('does not run as root', async () => {
    const { stdout } = await stack.exec('redis', ['stat', '-c', '%U', '/proc/1']);
    assert.equal(stdout.trim(), 'redis');
  });

  test('only those that keep something have a volume, and it is what they keep', async () => {
    assert.deepEqual(await owned('volume', stack.project), [`${stack.project}_open_data`, `${stack.project}_redis_data`]);
    for (const service of ['redis', 'open', 'scratch']) await redis(stack, ['SET', 'kept', service], { service });
    await stack.down();
    await stack.up();
    assert.equal(await redis(stack, ['GET', 'kept']), 'redis');
    assert.equal(await redis(stack, ['GET', 'kept'], { service: 'open' }), 'open');
    assert.equal(await redis(stack, ['GET', 'kept'], { service: 'scratch' }), '');
    const { Mounts } = await inspect(stack, 'scratch');
    assert.deepEqual(Mounts.filter(({ Type }) => Type === 'volume'), []);
  });

  test('is unhealthy once the server answers with something else than PONG', async () => {
    assert.equal((await inspect(stack, 'scratch')).State.Health.Status, 'healthy');
    await redis(stack, ['CONFIG', 'SET', 'requirepass', 'changed behind its back'], { service: 'scratch' });
    await waitFor(async () => (await inspect(stack, 'scratch')).State.Health.Status === 'unhealthy', { what: 'scratch to be unhealthy', timeout: 20_000 });
    assert.equal((await inspect(stack, 'redis')).State.Health.Status, 'healthy');
  });
});

// Data in folders of the host, as two of the seeds want it, and the script that deletes them.
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { atExit, compose, freePort, projectName, run, synth } from './lib/index.mjs';
import { runNow } from './lib/process.mjs';
import { BASH } from './support/bash.mjs';
import { CLIENT_IMAGE, owned, redis, sql } from './support/databases.mjs';

describe('data in ./data', () => {
  let files;
  let stack;
  before(async () => {
    files = await synth((lib, projen) => {
      const project = new projen.Project({ name: 'folders' });
      const stackOfTwo = new lib.Stack(project);
      new lib.PostgresService(stackOfTwo, 'postgres', { version: '17', storage: lib.Storage.bind('./data/postgres') });
      new lib.RedisCache(stackOfTwo, 'redis', { version: '7', storage: lib.Storage.bind('./data/redis') });
      project.synth();
    });
    // What containers wrote is theirs: a person who is not root cannot delete it without them.
    atExit(() => runNow('docker', ['run', '--rm', '--volume', `${files.dir}:/work`, '--entrypoint', 'rm', CLIENT_IMAGE, '-rf', '/work/data']));
    const env = { POSTGRES_PORT: await freePort(), REDIS_PORT: await freePort() };
    stack = compose(projectName('folders'), files.dir, undefined, env);
    await stack.up();
  });
  after(() => stack?.release());

  // From the folder above: the script finds its stack by itself.
  const reset = (words) => run(BASH, [files.path('scripts/reset.sh'), ...words], {
    cwd: dirname(files.dir), check: false, env: { ...stack.env, COMPOSE_PROJECT_NAME: stack.project },
  });

  test('is written there, in no volume, and survives down -v', async () => {
    await sql(stack, "CREATE TABLE kept AS SELECT 'still here' AS note");
    await redis(stack, ['SET', 'kept', 'still here']);
    assert.deepEqual(await owned('volume', stack.project), []);
    await stack.down({ volumes: true });
    assert.deepEqual(readdirSync(files.path('data')).sort(), ['postgres', 'redis']);
    assert.ok(existsSync(files.path('data/redis/appendonlydir')));
    await stack.up();
    assert.equal(await sql(stack, 'SELECT note FROM kept'), 'still here');
    assert.equal(await redis(stack, ['GET', 'kept']), 'still here');
  });

  test('is ignored by git [002-070]', async () => {
    await run('git', ['init', '--quiet'], { cwd: files.dir });
    for (const file of ['data/postgres/PG_VERSION', 'data/redis/appendonlydir/x']) await run('git', ['check-ignore', '--quiet', file], { cwd: files.dir });
    const { code } = await run('git', ['check-ignore', '--quiet', 'compose.yaml'], { cwd: files.dir, check: false });
    assert.equal(code, 1, 'compose.yaml is not ignored');
  });

  test('reset.sh deletes nothing when nobody is there to ask', async () => {
    const { code, stdout, stderr } = await reset([]);
    assert.equal(code, 1);
    assert.match(stdout, /data\/postgres/);
    assert.match(stderr, /--yes/);
    assert.equal(await sql(stack, 'SELECT note FROM kept'), 'still here');
  });

  test('reset.sh refuses a word that it does not know, and explains itself', async () => {
    const wrong = await reset(['--yse']);
    assert.equal(wrong.code, 2);
    assert.match(wrong.stderr, /unknown argument: --yse/);
    const help = await reset(['--help']);
    assert.equal(help.code, 0);
    assert.match(help.stdout, /scripts\/reset\.sh --yes/);
    assert.equal(await sql(stack, 'SELECT note FROM kept'), 'still here');
  });

  test('reset.sh --yes deletes containers, network and folders, from any folder [002-089]', async () => {
    const { code, stdout, stderr } = await reset(['--yes']);
    assert.equal(code, 0, stdout + stderr);
    for (const kind of ['container', 'network', 'volume']) assert.deepEqual(await owned(kind, stack.project), [], kind);
    assert.deepEqual(readdirSync(files.path('data')), []);
  });

  test('and the stack starts afresh after that', async () => {
    await stack.up();
    assert.equal(await sql(stack, "SELECT to_regclass('kept') IS NULL"), 't');
    assert.equal(await redis(stack, ['EXISTS', 'kept']), '0');
  });
});

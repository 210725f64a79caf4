import { Project } from 'projen';
import { PostgresService, RedisCache, Stack } from '../../src';
import { synthIn, tempFolder } from '../support/synth';

/** A project with a stack of its own, one in a folder, and one in a subproject. */
function tree(outdir: string): Project {
  const root = new Project({ name: 'shop', outdir });
  new PostgresService(new Stack(root), 'postgres', { version: '17', databases: ['audit'] });
  new RedisCache(new Stack(root, 'cache', { directory: 'infra/cache' }), 'redis');
  const sub = new Project({ name: 'reports', parent: root, outdir: 'packages/reports' });
  new PostgresService(new Stack(sub), 'postgres', { version: '18', databases: ['cube'] });
  new RedisCache(new Stack(sub, 'queue', { directory: 'queue' }), 'redis', { persistence: false });
  return root;
}

const folder = tempFolder();
const files = synthIn(folder, tree);
const folders = ['', 'infra/cache/', 'packages/reports/', 'packages/reports/queue/'];

test('each stack has its files in its folder', () => {
  const written = Object.keys(files);
  for (const each of folders) {
    expect(written).toEqual(expect.arrayContaining(['compose.yaml', 'compose.prod.yaml', '.env.example', 'scripts/env.sh', 'scripts/reset.sh'].map((name) => each + name)));
  }
  expect(written.filter((name) => name.endsWith('compose.yaml'))).toHaveLength(folders.length);
});

test('each stack has its own name', () => {
  expect(folders.map((each) => /^name: (.*)$/m.exec(files[`${each}compose.yaml`])![1])).toEqual(['shop', 'shop-cache', 'reports', 'reports-queue']);
});

test('each stack has its own settings', () => {
  expect(folders.map((each) => files[`${each}.env.example`].match(/^[A-Z_]+=/gm))).toEqual([
    ['POSTGRES_USER=', 'POSTGRES_PASSWORD=', 'POSTGRES_DB=', 'POSTGRES_PORT='], ['REDIS_PASSWORD=', 'REDIS_PORT='],
    ['POSTGRES_USER=', 'POSTGRES_PASSWORD=', 'POSTGRES_DB=', 'POSTGRES_PORT='], ['REDIS_PASSWORD=', 'REDIS_PORT='],
  ]);
});

test('each stack has its tasks, in the project that it belongs to', () => {
  const tasks = (below: string) => Object.keys(JSON.parse(files[`${below}.projen/tasks.json`]).tasks).filter((name) => name.includes(':'));
  expect(tasks('')).toEqual(expect.arrayContaining(['stack:up', 'db:psql', 'env:init', 'cache:up', 'cache:redis:cli', 'cache:env:init']));
  expect(tasks('')).not.toContain('queue:up');
  expect(tasks('packages/reports/')).toEqual(expect.arrayContaining(['stack:up', 'db:psql', 'queue:up', 'queue:redis:cli']));
  expect(tasks('packages/reports/')).not.toContain('cache:up');
});

test('a second run of the whole tree finds no file that is not its own, and gives the same bytes', () => {
  expect(synthIn(folder, tree)).toEqual(files);
});

test('a tree of projects whose stacks are all in subprojects works as well', () => {
  const made = (outdir: string) => {
    const root = new Project({ name: 'shop', outdir });
    for (const name of ['a', 'b']) new PostgresService(new Stack(new Project({ name, parent: root, outdir: name })), 'postgres', { version: '17', databases: ['x'] });
    return root;
  };
  const where = tempFolder();
  const first = synthIn(where, made);
  expect(Object.keys(first)).toEqual(expect.arrayContaining(['a/compose.yaml', 'b/compose.yaml']));
  expect(synthIn(where, made)).toEqual(first);
});

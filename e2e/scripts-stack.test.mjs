// scripts/test-stack.sh on a whole stack: everything passes, and each fault is noticed by the check that is there for it.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { synth } from './lib/index.mjs';
import { assertNothingLeft, broken, failures, inParallel, printFaults, runScript } from './support/scripts.mjs';

const definition = (lib, projen) => {
  const project = new projen.Project({ name: 'shop' });
  const shop = new lib.Stack(project);
  const postgres = new lib.PostgresService(shop, 'postgres', { version: '17' });
  const redis = new lib.RedisCache(shop, 'redis');
  const backend = new lib.FastApiBackend(shop, 'backend', { database: postgres, cache: redis, broker: redis });
  new lib.CeleryWorker(shop, 'worker', { backend });
  new lib.ViteFrontend(shop, 'frontend', { api: backend });
  new lib.Adminer(shop, 'adminer', { database: postgres });
  project.synth();
};

let dir;
before(async () => { ({ dir } = await synth(definition)); });

test('a full stack passes every step: all start, answer, reload, and reach the database [000-034]', async () => {
  const result = await runScript(dir, 'test-stack.sh');
  assert.equal(result.code, 0, result.stdout + result.stderr);
  process.stdout.write(result.stdout);
  const passed = result.steps.map(({ title }) => title);
  for (const title of [
    'frontend serves its page', 'backend answers at /health', 'backend is connected to its database', 'backend follows its sources', 'frontend follows its sources',
    'backend reaches postgres', 'worker works on a task and gives the result back', 'postgres keeps its rows', 'redis keeps its keys', 'adminer shows its login page',
  ]) assert.ok(passed.includes(title), title);
  await assertNothingLeft(result.project);
});

/** Faults that do not meet: each names the steps that must notice it, and nothing else may fail. */
const WORLDS = [
  {
    edits: [],
    faults: [
      { fault: 'uvicorn runs without --reload', steps: ['backend follows its sources'], edit: ['backend/Dockerfile', ', "--reload", "--reload-dir", "app"', ''] },
      { fault: 'the sources of the page are not mounted', steps: ['frontend follows its sources'], edit: ['compose.yaml', /^ +- \.\/frontend\/src:.*\n/m, ''] },
      { fault: 'the proxy of the page asks nobody', steps: ['frontend passes requests on to backend'], edit: ['compose.yaml', /DEV_PROXY: .*/, 'DEV_PROXY: /api=http://nobody:8000,/health=http://nobody:8000'] },
      { fault: 'another port of Adminer is published', steps: ['adminer shows its login page'], edit: ['compose.yaml', ':8080"', ':8081"'] },
      { fault: 'another port of Redis is published', steps: ['redis answers on its published port'], edit: ['compose.yaml', ':6379"', ':6380"'] },
      { fault: 'Redis keeps its data in memory', steps: ['redis has the volume redis_data', 'redis keeps its keys'], edit: ['compose.yaml', / {4}volumes:\n {6}- redis_data:\/data\n/, '    tmpfs: [/data]\n'] },
      {
        fault: 'the worker listens to another queue', steps: ['worker takes tasks from the queue celery', 'worker works on a task and gives the result back'],
        edit: ['compose.yaml', '--concurrency 2', '--concurrency 2 --queues other'],
      },
      { fault: 'Adminer hears no signal', steps: ['all services end when they are asked to'], edit: ['compose.yaml', /( {2}adminer:\n(?: {4}.*\n)*?) {4}init: true\n/, '$1'] },
      { fault: 'Adminer is in another network', steps: ['adminer reaches postgres'], edit: ['compose.yaml', /( {2}adminer:\n)/, '$1    networks: [lonely]\n'], more: [['compose.yaml', /^volumes:/m, 'networks:\n  lonely: {}\n\nvolumes:']] },
    ],
  },
  {
    // Only what is asked about is started anew; the container's own check would notice the rest before.
    edits: [['compose.yaml', "http://127.0.0.1:8000/health'", "http://127.0.0.1:8000/health/live'"]],
    faults: [
      {
        fault: 'the cache is somewhere else', edit: ['compose.yaml', /( {2}backend:\n(?: {4}.*\n)*?) {6}REDIS_HOST: redis/, '$1      REDIS_HOST: nobody'],
        steps: ['backend answers at /health', 'backend is connected to its cache', 'frontend passes requests on to backend'],
      },
      { fault: 'no documentation is served', steps: ['backend shows its documentation at /docs'], edit: ['backend/app/main.py', 'lifespan=lifespan)', 'lifespan=lifespan, docs_url=None)'] },
      { fault: 'the tables are not there', steps: ['backend reads from its tables'], edit: ['compose.yaml', '"alembic", "upgrade", "head"', '"alembic", "heads"'] },
      { fault: 'the page is not made by Vite', steps: ['frontend serves its page'], edit: ['compose.yaml', /( {2}frontend:\n)/, '$1    init: true\n    command: ["node", "-e", "const h = require(\'http\');  h.createServer((q, s) => h.get(\'http://backend:8000\' + q.url, (a) => { s.statusCode = a.statusCode; a.pipe(s); }).on(\'error\', () => s.destroy())).listen(3000)"]\n'], also: ['frontend follows its sources'] },
    ],
  },
];

test('each fault of a full stack is noticed by the step that is there for it, and by no other', async () => {
  const outcomes = await inParallel(WORLDS, 2, async ({ edits, faults }) => {
    const copy = broken(dir, [...edits, ...faults.flatMap(({ edit, more = [] }) => [edit, ...more])]);
    const result = await runScript(copy, 'test-stack.sh', ['--timeout', '60']);
    assert.equal(result.code, 1, result.stdout + result.stderr);
    await assertNothingLeft(result.project);
    const expected = faults.flatMap(({ steps, also = [] }) => [...steps, ...also]);
    assert.deepEqual(failures(result).map(({ title }) => title).sort(), [...new Set(expected)].sort(), result.stdout);
    return faults.flatMap(({ fault, steps }) => steps.map((step) => [fault, 'test-stack.sh', step, failures(result).find(({ title }) => title === step).reason]));
  });
  printFaults(outcomes.flat());
  for (const [fault, , step, words] of outcomes.flat()) assert.match(words, /\S{3}/, `${fault}: ${step}`);
});

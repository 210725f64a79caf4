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
  new lib.Flower(shop, 'flower', { backend });
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
    'backend is connected to its broker', 'flower asks for a login', 'flower takes its login',
  ]) assert.ok(passed.includes(title), title);
  await assertNothingLeft(result.project);
});

/**
 * Faults that do not meet: each names the steps that must notice it, in which words, and nothing else may fail but what is broken with it (`also`).
 */
const WORLDS = [
  {
    edits: [],
    faults: [
      { fault: 'uvicorn runs without --reload', steps: { 'backend follows its sources': /^after a change of backend\/app\/main\.py, GET \/projen-stack-smoke-check is still answered without "reloaded"$/ }, edit: ['backend/Dockerfile', ', "--reload", "--reload-dir", "app"', ''] },
      { fault: 'the sources of the page are not mounted', steps: { 'frontend follows its sources': /^after a change of frontend\/src\/main\.tsx, GET \/src\/main\.tsx is still answered without projenStackSmokeCheck$/ }, edit: ['compose.yaml', /^ +- \.\/frontend\/src:.*\n/m, ''] },
      { fault: 'the proxy of the page asks nobody', steps: { 'frontend passes requests on to backend': /^GET http:\/\/127\.0\.0\.1:\d+\/health was answered with 50\d, not 200: / }, edit: ['compose.yaml', /DEV_PROXY: .*/, 'DEV_PROXY: /api=http://nobody:8000,/health=http://nobody:8000'] },
      { fault: 'another port of Adminer is published', steps: { 'adminer shows its login page': /^its port 8080 is not published/ }, edit: ['compose.yaml', ':8080"', ':8081"'] },
      { fault: 'another port of Redis is published', steps: { 'redis answers on its published port': /^its port 6379 is not published/ }, edit: ['compose.yaml', ':6379"', ':6380"'] },
      { fault: 'Redis keeps its data in memory', steps: { 'redis has the volume redis_data': /^nothing of this name is mounted at \/data; there is: *(nothing)?\s*$/, 'redis keeps its keys': /^in redis, sh printed no line with \^still here\$: / }, edit: ['compose.yaml', / {4}volumes:\n {6}- redis_data:\/data\n/, '    tmpfs: [/data]\n'] },
      {
        fault: 'the worker listens to another queue', edit: ['compose.yaml', '--concurrency 2', '--concurrency 2 --queues other'],
        steps: { 'worker takes tasks from the queue celery': /^in worker, sh printed no line with "name": \*"celery": .*"other"/, 'worker works on a task and gives the result back': /^in worker, python failed: .*[Tt]ime/ },
      },
      { fault: 'Adminer hears no signal', steps: { 'all services end when they are asked to': /^adminer had to be killed \(137\)$/ }, edit: ['compose.yaml', /( {2}adminer:\n(?: {4}.*\n)*?) {4}init: true\n/, '$1'] },
      { fault: 'Adminer is in another network', steps: { 'adminer reaches postgres': /^no connection to postgres:5432: / }, edit: ['compose.yaml', /( {2}adminer:\n)/, '$1    networks: [lonely]\n'], more: [['compose.yaml', /^volumes:/m, 'networks:\n  lonely: {}\n\nvolumes:']] },
      { fault: 'the tables are not there', steps: { 'backend reads from its tables': /^GET http:\/\/127\.0\.0\.1:\d+\/api\/v1\/items was answered with 500, not 200: / }, edit: ['compose.yaml', '"alembic", "upgrade", "head"', '"alembic", "heads"'] },
      { fault: 'Flower lets everybody in', steps: { 'flower asks for a login': /^GET http:\/\/127\.0\.0\.1:\d+\/workers was answered with 200, not 401: / }, edit: ['compose.yaml', / {6}FLOWER_BASIC_AUTH: .*\n/, ''], also: ['flower takes its login'] },
    ],
  },
  {
    // Only what is asked about is started anew; the container's own check would notice the rest before.
    edits: [['compose.yaml', "http://127.0.0.1:8000/health'", "http://127.0.0.1:8000/health/live'"]],
    faults: [
      {
        fault: 'the cache is somewhere else', edit: ['compose.yaml', /( {2}backend:\n(?: {4}.*\n)*?) {6}REDIS_HOST: redis/, '$1      REDIS_HOST: nobody'],
        steps: {
          'backend answers at /health': /^GET http:\/\/127\.0\.0\.1:\d+\/health was answered with 503, not 200: /,
          'backend is connected to its cache': /^GET http:\/\/127\.0\.0\.1:\d+\/health was answered without "redis": \*"connected": /,
        },
        also: ['frontend passes requests on to backend'],
      },
      {
        fault: 'the broker is somewhere else', edit: ['compose.yaml', /( {2}backend:\n(?: {4}.*\n)*?) {6}CELERY_BROKER_URL: .*/, '$1      CELERY_BROKER_URL: redis://nobody:6379/1'],
        steps: { 'backend is connected to its broker': /^GET http:\/\/127\.0\.0\.1:\d+\/health was answered without "broker": \*"connected": / },
      },
      {
        fault: 'the database is somewhere else', edit: ['compose.yaml', /( {2}backend:\n(?: {4}.*\n)*?) {6}DB_HOST: postgres/, '$1      DB_HOST: nobody'],
        steps: { 'backend is connected to its database': /^GET http:\/\/127\.0\.0\.1:\d+\/health was answered without "database": \*"connected": / },
        also: ['backend reads from its tables'],
      },
      { fault: 'Flower has another login', steps: { 'flower takes its login': /^in flower, python failed: .*401/ }, edit: ['compose.yaml', /"flower", "--port=5555"/, '"flower", "--port=5555", "--basic-auth=some:body"'] },
      { fault: 'no documentation is served', steps: { 'backend shows its documentation at /docs': /^GET http:\/\/127\.0\.0\.1:\d+\/docs was answered with 404, not 200: / }, edit: ['backend/app/main.py', 'lifespan=lifespan)', 'lifespan=lifespan, docs_url=None)'] },
      { fault: 'the page is not made by Vite', steps: { 'frontend serves its page': /^GET http:\/\/127\.0\.0\.1:\d+\/ was answered (with \d+, not 200|without \/@vite\/client): / }, edit: ['compose.yaml', /( {2}frontend:\n)/, '$1    init: true\n    command: ["node", "-e", "const h = require(\'http\');  h.createServer((q, s) => h.get(\'http://backend:8000\' + q.url, (a) => { s.statusCode = a.statusCode; a.pipe(s); }).on(\'error\', () => s.destroy())).listen(3000)"]\n'], also: ['frontend follows its sources'] },
    ],
  },
];

test('each fault of a full stack is noticed by the step that is there for it, in a useful line, and by no other', async () => {
  const outcomes = await inParallel(WORLDS, 2, async ({ edits, faults }) => {
    const copy = broken(dir, [...edits, ...faults.flatMap(({ edit, more = [] }) => [edit, ...more])]);
    const result = await runScript(copy, 'test-stack.sh', ['--timeout', '60']);
    assert.equal(result.code, 1, result.stdout + result.stderr);
    await assertNothingLeft(result.project);
    const expected = faults.flatMap(({ steps, also = [] }) => [...Object.keys(steps), ...also]);
    assert.deepEqual(failures(result).map(({ title }) => title).sort(), [...new Set(expected)].sort(), result.stdout);
    return faults.flatMap(({ fault, steps }) => Object.entries(steps).map(([step, line]) => (
      { fault, step, line, words: failures(result).find(({ title }) => title === step).reason }
    )));
  });
  printFaults(outcomes.flat().map(({ fault, step, words }) => [fault, 'test-stack.sh', step, words]));
  for (const { fault, step, line, words } of outcomes.flat()) assert.match(words, line, `${fault}: ${step}`);
});

import { Adminer, CeleryWorker, ExternalPostgres, FastApiBackend, PostgresService, RedisCache, SmokeCheckKind, SourceSync, StackElement, ViteFrontend } from '../../src';
import { newStack } from '../support/stack';

const titles = (element: StackElement) => element.smokeChecks().map(({ kind, title }) => `${kind} ${title}`);

test('PostgreSQL', () => {
  const stack = newStack();
  expect(titles(new PostgresService(stack, 'a', { version: '17', databases: ['b'] }))).toEqual([
    'tcp answers on its published port', 'exec runs a query with the password', 'exec has the database b', 'persistence keeps its rows',
  ]);
  // Where nothing is published, nobody outside can ask.
  expect(titles(new PostgresService(stack, 'b', { version: '17', publish: [] }))).toEqual(['exec runs a query with the password', 'persistence keeps its rows']);
  expect(new PostgresService(stack, 'c', { version: '17', databases: ['d', 'e'] }).backups().map(({ backupName }) => backupName)).toEqual(['app', 'd', 'e']);
});

test('Redis, with and without a password and what it keeps', () => {
  const stack = newStack();
  expect(titles(new RedisCache(stack, 'a'))).toEqual([
    'tcp answers on its published port', 'exec takes the password', 'exec refuses a wrong password', 'persistence keeps its keys',
  ]);
  expect(titles(new RedisCache(stack, 'b', { authentication: false, persistence: false }))).toEqual(['tcp answers on its published port', 'exec takes commands']);
});

test('backends: what they depend on, and a change of their sources where it is followed', () => {
  const stack = newStack();
  const database = new ExternalPostgres(stack, 'warehouse');
  const backend = new FastApiBackend(stack, 'a', { database });
  expect(titles(backend)).toEqual([
    'http answers at /health', 'http is connected to its database', 'http shows its documentation at /docs', 'http reads from its tables', 'reload follows its sources',
  ]);
  const reload = backend.smokeChecks().find(({ kind }) => kind === SmokeCheckKind.RELOAD)!;
  expect([reload.file, reload.append!.split('\n')[1]]).toEqual(['backend/app/main.py', '@app.get("/projen-stack-smoke-check")']);
  const other = new FastApiBackend(stack, 'b', { dir: 'b', sample: false, appModule: 'app.web.api:api' });
  expect(titles(other)).toEqual(['http answers at /health', 'reload follows its sources']);
  expect(other.smokeChecks()[1].file).toBe('b/app/web/api.py');
  for (const props of [{ reload: false }, { workers: 2 }, { development: { workers: 2 } }, { sourceSync: SourceSync.WATCH }, { appModule: 'elsewhere:app' }, { appModule: 'app.main:make()' }]) {
    expect(titles(new FastApiBackend(stack, `c${stack.node.children.length}`, { dir: 'c', sample: false, ...props }))).toEqual(['http answers at /health']);
  }
});

test('workers, frontends, tools', () => {
  const stack = newStack();
  const database = new PostgresService(stack, 'postgres', { version: '17' });
  const broker = new RedisCache(stack, 'redis');
  const backend = new FastApiBackend(stack, 'backend', { database, broker });
  expect(titles(new CeleryWorker(stack, 'worker', { backend }))).toEqual(['exec takes tasks from the queue celery', 'exec works on a task and gives the result back']);
  expect(titles(new ViteFrontend(stack, 'frontend', { api: backend }))).toEqual(['http serves its page', 'http serves its page', 'http passes requests on to backend', 'reload follows its sources']);
  // Once by what Vite puts into it, and once as it is built for production.
  expect(titles(new ViteFrontend(stack, 'pages', { dir: 'pages', sample: false }))).toEqual(['http serves its page', 'http serves its page']);
  expect(titles(new Adminer(stack, 'adminer', { database }))).toEqual(['http shows its login page']);
  expect(stack.findings().filter(({ rule }) => /^PS08[234]$/.test(rule.ruleId))).toEqual([]);
});

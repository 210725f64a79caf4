import { CeleryWorker, FastApiBackend, Mode, Mount, PostgresService, RedisCache, Resources, Stack, StackTesting, Value, ViteFrontend } from '../../src';
import { newStack } from '../support/stack';

/** A whole stack, of which everything else is said afterwards. */
interface Shop {
  readonly stack: Stack;
  readonly postgres: PostgresService;
  readonly redis: RedisCache;
  readonly backend: FastApiBackend;
  readonly worker: CeleryWorker;
  readonly frontend: ViteFrontend;
}

function shop(): Shop {
  const stack = newStack({ workflow: true });
  const postgres = new PostgresService(stack, 'postgres', { version: '17' });
  const redis = new RedisCache(stack, 'redis');
  const backend = new FastApiBackend(stack, 'backend', { database: postgres, broker: redis });
  const worker = new CeleryWorker(stack, 'worker', { backend });
  const frontend = new ViteFrontend(stack, 'frontend', { api: backend });
  return { stack, postgres, redis, backend, worker, frontend };
}

const RESOURCES: Resources = { cpus: 2, memory: '1G' };

/**
 * What is said afterwards. None speaks about what another one says: where two do, the later one wins. What stands in one list (after the
 * colon: which one) is written in the order in which it was said, as a person who reads the definition expects.
 */
const SAID: { readonly [what: string]: (shop: Shop) => void } = {
  'a key: environment': ({ backend }) => backend.addEnvironment('ACME_LEVEL', Value.literal('high')),
  'another key: environment': ({ backend }) => backend.addEnvironment('ACME_ZONE', Value.literal('north')),
  'a key for production': ({ backend }) => backend.addEnvironment('ACME_MODE', Value.literal('live'), Mode.PRODUCTION),
  'a secret: environment': ({ backend }) => backend.addEnvironment('ACME_TOKEN', Value.of(backend.addSecret('ACME_TOKEN'))),
  'a step of the image': ({ backend }) => backend.dockerfile.stage('production').run('echo acme > /etc/acme'),
  'a step of another image': ({ frontend }) => frontend.dockerfile.stage('production').addLabel('owner', 'acme'),
  'a script: scripts': ({ postgres }) => postgres.addInitScript('10-acme.sql', 'CREATE ROLE acme;\n'),
  'another script: scripts': ({ postgres }) => postgres.addInitScript('20-acme.sql', 'CREATE ROLE reader;\n'),
  'a parameter: parameters': ({ postgres }) => postgres.addParameter('max_connections', '300'),
  'another parameter: parameters': ({ postgres }) => postgres.addParameter('work_mem', '8MB'),
  'overrides': ({ redis }) => redis.addOverrides({ compose: { oom_score_adj: -500 } }),
  'overrides of production': ({ redis }) => redis.addOverrides({ compose: { oom_score_adj: -900 } }, Mode.PRODUCTION),
  'overrides of the stack': ({ stack }) => stack.addOverrides({ compose: { 'x-acme': { owner: 'acme' } } }),
  'a mount: mounts': ({ worker }) => worker.addMount(Mount.tmpfs('/acme')),
  'another mount: mounts': ({ worker }) => worker.addMount(Mount.volume('scratch', '/scratch')),
  'settings': ({ frontend }) => frontend.addSettings({ hostname: 'pages' }),
  'settings of production': ({ frontend }) => frontend.addSettings({ resources: RESOURCES }, Mode.PRODUCTION),
  'labels': ({ worker }) => worker.addSettings({ labels: { owner: 'acme' } }),
  'a task': ({ backend }) => backend.addTask({ taskName: 'acme:audit', description: 'Look for holes', command: ['true'], check: true }),
  'another task': ({ worker }) => worker.addTask({ taskName: 'acme:drain', description: 'Take no more', command: ['true'] }),
  'a connection': ({ worker, postgres }) => worker.connect(postgres, { envPrefix: 'REPORTS_' }),
  'a dependency': ({ frontend, redis }) => frontend.addDependency(redis),
  'an acceptance': ({ stack }) => stack.accept('PS022', { because: 'a test' }),
};

/** Every file that the stack comes to, of both modes, the README and the workflow among them. */
function filesOf(order: readonly string[]): { [path: string]: string } {
  const made = shop();
  for (const what of order) SAID[what](made);
  const tasks = JSON.stringify(Object.entries(StackTesting.tasks(made.stack)));
  return { ...StackTesting.synth(made.stack, { sections: true, samples: true }), tasks };
}

/** A shuffled copy: the same for the same seed. */
function shuffled<T>(list: readonly T[], seed: number): T[] {
  const copy = [...list];
  let state = seed;
  for (let at = copy.length - 1; at > 0; at--) {
    state = (state * 1103515245 + 12345) % 2147483648;
    const other = state % (at + 1);
    [copy[at], copy[other]] = [copy[other], copy[at]];
  }
  return copy;
}

const NAMES = Object.keys(SAID);
const listOf = (what: string) => / ?: (.*)/.exec(what)?.[1];

/** The same order, but what stands in one list as it does at first. */
function listsKept(order: readonly string[]): string[] {
  const waiting = [...NAMES];
  return order.map((what) => {
    const next = waiting.find((name) => (listOf(what) ? listOf(name) === listOf(what) : name === what))!;
    waiting.splice(waiting.indexOf(next), 1);
    return next;
  });
}

const inOrder = filesOf(NAMES);
const ORDERS: [string, string[]][] = [['reversed', [...NAMES].reverse()], ...[1, 2, 3, 4, 5, 6].map((seed): [string, string[]] => [`shuffled with ${seed}`, shuffled(NAMES, seed)])];

test('all of it is said somewhere', () => {
  const without = filesOf([]);
  const changed = Object.keys(inOrder).filter((file) => inOrder[file] !== without[file]);
  expect(changed).toEqual(expect.arrayContaining(['.env.example', '.github/workflows/stack.yml', 'README.md', 'backend/Dockerfile', 'compose.prod.yaml', 'compose.yaml', 'frontend/Dockerfile', 'tasks']));
  for (const what of NAMES.filter((name) => name !== 'an acceptance')) expect([what, filesOf([what])]).not.toEqual([what, without]);
});

test.each(ORDERS)('what is said comes to the same bytes in any order: %s', (_, order) => {
  const kept = listsKept(order);
  expect([...kept].sort()).toEqual([...NAMES].sort());
  expect(kept).not.toEqual(NAMES);
  const files = filesOf(kept);
  expect(Object.keys(files)).toEqual(Object.keys(inOrder));
  for (const [file, text] of Object.entries(files)) expect(`${file}\n${text}`).toBe(`${file}\n${inOrder[file]}`);
});

test.each(ORDERS)('what stands in one list differs in its order only: %s', (_, order) => {
  const pieces = (files: { [path: string]: string }) => Object.entries(files).map(([file, text]) => [file, text.split(/[\n, ]/).map((piece) => piece.replace(/[[\]]/g, '').trim()).sort()]);
  expect(pieces(filesOf(order))).toEqual(pieces(inOrder));
});

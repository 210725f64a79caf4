import { databaseOnly, fullStack, partOf, readmeOf, unwrapped } from './support';
import { FastApiBackend, PostgresService, RedisCache, SourceSync, Stack, Storage, ViteFrontend } from '../../../src';
import { newStack } from '../../support/stack';

const production = (stack: Stack) => unwrapped(partOf(readmeOf(stack), '## Production'));

describe('production beside development', () => {
  test('is said to be possible where nothing is shared', () => {
    for (const stack of [databaseOnly(), fullStack()]) expect(production(stack)).toContain('its name is `shop-prod`, so that both can run on one machine.');
  });

  test('is ruled out by name where something is, with what deleting does', () => {
    const stack = newStack({ networks: [{ name: 'net', fixedName: 'shop-net' }] });
    new PostgresService(stack, 'postgres', { version: '17', storage: Storage.bind('./data/postgres'), containerName: 'shop-db' });
    const said = production(stack);
    expect(said).toContain('**Only one of the two may run on a machine at a time**: both have the container `shop-db`, the network `shop-net` and the folder `./data/postgres`. '
      + 'What deletes `./data/postgres` in development deletes what production has there.');
    expect(said).not.toContain('both can run');
  });

  test('a folder of its own brings the sentence back', () => {
    const stack = newStack();
    new PostgresService(stack, 'postgres', { version: '17', storage: Storage.bind('./data'), production: { storage: Storage.bind('/srv/data') } });
    expect(production(stack)).toContain('both can run on one machine');
  });
});

describe('a database alone', () => {
  const readme = unwrapped(readmeOf(databaseOnly()));
  test('has no other services, no application, and nothing that browsers open', () => {
    for (const words of ['what depends on it', 'every service that needs it', 'TLS', 'The application', 'each one\'s own', 'They are published', 'a server that it cannot reach']) {
      expect(readme).not.toContain(words);
    }
    expect(readme).toContain('It is published on 127.0.0.1 only, so nobody else reaches it.');
    expect(unwrapped(readmeOf(fullStack()))).toContain('TLS ends in front of the stack');
  });
});

describe('hot reload', () => {
  const page = (polling: boolean, sourceSync?: SourceSync) => {
    const stack = newStack();
    const backend = new FastApiBackend(stack, 'backend', { sourceSync });
    new ViteFrontend(stack, 'frontend', { api: backend, polling, sourceSync });
    return unwrapped(readmeOf(stack));
  };
  test('says how to poll where events are followed', () => {
    expect(page(false)).toContain('It polls with `FRONTEND_POLLING=true` in `.env`.');
    expect(page(false)).toContain('Write `FRONTEND_POLLING=true` to `.env` and start again');
  });
  test('says how not to poll where it polls', () => {
    expect(page(true)).toContain('It polls; with `FRONTEND_POLLING=false` in `.env` it follows events');
    expect(page(true)).not.toContain('FRONTEND_POLLING=true');
  });
  test('says what `up --watch` builds by itself', () => {
    expect(page(false)).toContain('`up --watch` builds by itself when `package.json` or `pnpm-lock.yaml` changes.');
    expect(page(false)).not.toContain('when `pyproject.toml`');
    expect(page(false, SourceSync.WATCH)).toContain('`up --watch` builds by itself when `pyproject.toml` or what it is pinned to changes.');
  });
});

test('what a command of the README writes is ignored by Git', () => {
  const ignored = databaseOnly().evaluate().outputs.flatMap((output) => output.gitIgnore ?? []);
  expect(ignored).toContain('/backup.sql');
  expect(databaseOnly({ readme: { sections: [] } }).evaluate().outputs.flatMap((output) => output.gitIgnore ?? [])).not.toContain('/backup.sql');
});

test('nothing is deleted by a command that does not ask', () => {
  for (const stack of [databaseOnly(), fullStack()]) expect(readmeOf(stack)).not.toContain('--yes\n');
});

test('backup and restore are one chapter, whose dump says what it leaves', () => {
  const readme = readmeOf(fullStack());
  expect(readme.match(/^### Backup and restore.*$/gm)).toEqual(['### Backup and restore']);
  const part = unwrapped(partOf(readme, '### Backup and restore'));
  for (const words of ['what was added since, and it does not know, stays', './scripts/backup.sh', './scripts/restore.sh --help']) expect(part).toContain(words);
});

test('pins are made anew without Node.js, too', () => {
  const part = partOf(readmeOf(fullStack({ composeFile: 'stack.yaml' })), '### Tasks');
  expect(part).toContain('Without Node.js, `backend:lock` and `frontend:lock` are:');
  expect(part).toContain('# frontend:lock\ndocker compose --file stack.yaml run --rm --no-deps --volume ./frontend:/project --workdir /project frontend pnpm install --lockfile-only');
  expect(readmeOf(databaseOnly())).not.toContain('Without Node.js');
});

test('a broker is not taken for the cache of the same server', () => {
  const stack = newStack();
  const redis = new RedisCache(stack, 'redis');
  new FastApiBackend(stack, 'backend', { cache: redis, broker: redis });
  const readme = unwrapped(readmeOf(stack));
  expect(readme).toContain('`backend` has `REDIS_HOST=redis` and `CELERY_BROKER_URL` (host `redis`)');
  expect(readme).toContain('| URL of redis as the broker for containers');
});

test('a setting that no container gets is used by none', () => {
  const stack = databaseOnly();
  stack.model().services[0].addVariable('FOR_LATER', { description: 'A setting for later' });
  expect(readmeOf(stack)).toContain('| `FOR_LATER` | none: must be set | A setting for later | |\n');
});

test('a second template is said to be one, and how it is used', () => {
  const part = partOf(readmeOf(databaseOnly({ envTemplates: ['.env.docker'] })), '## Configuration');
  expect(part).toContain('./scripts/env.sh init --env-file .env.docker.local\ndocker compose --env-file .env.docker.local up --detach --wait\n');
});

test('the folder of a log is the developer\'s', () => {
  const stack = newStack();
  const postgres = new PostgresService(stack, 'postgres', { version: '17', storage: Storage.bind('./data/postgres') });
  new FastApiBackend(stack, 'backend', { database: postgres, logDirectory: 'data/logs' });
  const part = unwrapped(partOf(readmeOf(stack), '## Database'));
  expect(part).toContain('On Linux `./data/postgres` belongs to the user of the container.');
  expect(part).toContain('`./data/logs` is there in a fresh clone, and yours.');
});

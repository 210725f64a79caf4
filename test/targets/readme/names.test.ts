import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { databaseOnly, fullStack, readmeOf } from './support';
import { CeleryWorker, ConnectionStyle, ExternalPostgres, FastApiBackend, Flower, PostgresService, RedisCache, Service, Stack, ViteFrontend } from '../../../src';
import { newStack, render } from '../../support/stack';

/** Names that are not the stack's, each with whose they are. */
const OF_OTHERS: { readonly [name: string]: string } = {
  COMPOSE_PROJECT_NAME: 'Compose reads it, whatever the stack',
  ON_ERROR_STOP: 'a variable of psql',
  WATCHFILES_FORCE_POLLING: 'what the option `polling` sets',
  NOAUTH: 'an answer of Redis',
  WRONGPASS: 'an answer of Redis',
};

/** What looks like the name of a variable: words joined by underscores anywhere, one word alone where it is code. */
function namesIn(readme: string): string[] {
  const prose = readme.replace(/^ *```[\s\S]*?^ *```$/gm, '');
  const alone = [...prose.matchAll(/`([A-Z]{3,})(?:=[^`]*)?`/g)].map(([, name]) => name);
  return [...new Set([...readme.match(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g) ?? [], ...alone])];
}

/** The names that a README has and neither a template nor a Compose file knows. */
function unknownIn(readme: string, files: readonly string[]): string[] {
  const known = new Set(files.flatMap((text) => text.match(/\b[A-Z][A-Z0-9_]*\b/g) ?? []));
  return namesIn(readme).filter((name) => !known.has(name) && OF_OTHERS[name] === undefined);
}

function unknownOf(stack: Stack): string[] {
  const files = Object.entries(render(stack)).filter(([file]) => /^(\.env\.|compose\.)/.test(file)).map(([, text]) => text);
  expect(files.length).toBeGreaterThan(2);
  return unknownIn(readmeOf(stack), files);
}

const EXAMPLES = join(__dirname, '../../../examples');

describe('a variable that a README names is one that the stack has', () => {
  test.each(['database', 'ai-agents', 'full-stack', 'emotion-visualizer'])('examples/%s', (name) => {
    const folder = join(EXAMPLES, name);
    const files = readdirSync(folder).filter((file) => /^\.env\.|compose.*\.ya?ml$/.test(file)).map((file) => readFileSync(join(folder, file), 'utf8'));
    const readme = readFileSync(join(folder, 'README.md'), 'utf8');
    expect(namesIn(readme).length).toBeGreaterThan(5);
    expect(unknownIn(readme, files)).toEqual([]);
  });

  test('a database alone', () => expect(unknownOf(databaseOnly())).toEqual([]));
  test('a stack with everything', () => expect(unknownOf(fullStack())).toEqual([]));

  test('with other names: URLs, prefixes, polling, Celery, something that runs elsewhere', () => {
    const stack = newStack();
    const database = new PostgresService(stack, 'db', { version: '17', variablePrefix: 'STORE' });
    const redis = new RedisCache(stack, 'queue');
    const backend = new FastApiBackend(stack, 'api', { database, cache: redis, broker: redis, envPrefix: 'SHOP_', connectionStyle: ConnectionStyle.URL, polling: true });
    new CeleryWorker(stack, 'worker', { backend });
    new Flower(stack, 'flower', { backend });
    new ViteFrontend(stack, 'page', { api: backend, polling: true });
    const warehouse = new ExternalPostgres(stack, 'warehouse', { variablePrefix: 'WAREHOUSE', host: 'h', databaseName: 'd', userName: 'u' });
    new Service(stack, 'reports', { image: 'reports:1' }).connect(warehouse);
    expect(unknownOf(stack)).toEqual([]);
  });

  test('a name that nobody knows is found', () => {
    expect(unknownIn('Write `DB_PORT=1`, `DEBUG` or `KNOWN_NAME`.\n\n```sh\necho $OTHER_NAME\n```\n', ['KNOWN_NAME=1'])).toEqual(['DB_PORT', 'OTHER_NAME', 'DEBUG']);
  });
});

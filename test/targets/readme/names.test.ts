import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { parse } from 'yaml';
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

/** Words in code that are not the stack's: those of the tools, of their options and messages, and of characters. */
const WORDS = [
  /^docker( compose)? (version|builder prune)$/, /^(check|init|down|up --build|up --watch|down --volumes)$/, /^--?[a-z][a-z-]*$/, /^\\[a-z]+( NAME)?$/, /^[@/:#*]$/,
  /^(localhost|postgresql\+asyncpg:\/\/|SELECT version\(\);|~\/…|\/mnt\/c\/…|\.env(\.[a-z]+\.local)?)$/, /^(polling: true|usePolling|platform: 'linux\/amd64'|ExternalPostgres)$/,
  /^(ready to accept connections|database files are incompatible|sudo systemctl start docker)$/, /^COMPOSE_PROJECT_NAME$|^WATCHFILES_FORCE_POLLING$|^NOAUTH$|^WRONGPASS$/,
];

/** What is called how in an example: by its Compose files, on the disk, by its tasks. */
class Names {
  private readonly text: string;
  private readonly real: ReadonlySet<string>;

  constructor(private readonly folder: string, files: readonly string[]) {
    this.text = files.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
    const documents = files.filter((file) => /compose/.test(file)).map((file) => parse(readFileSync(join(folder, file), 'utf8')));
    this.real = new Set(documents.flatMap(({ name, services, networks, volumes }) => [
      `${name}_default`,
      ...Object.keys(services).flatMap((service) => [service, services[service].container_name ?? `${name}-${service}-1`]),
      ...Object.keys(services).flatMap((service) => (services[service].ports ?? []).map((port: string) => `${service}:${port.split(':').pop()}`)),
      ...Object.keys(networks ?? {}).map((key) => networks[key]?.name ?? `${name}_${key}`),
      ...Object.keys(volumes ?? {}).map((key) => volumes[key]?.name ?? `${name}_${key}`),
    ]));
  }

  /** Whether something that a README has as code is there. */
  public know(code: string): boolean {
    if (this.real.has(code) || WORDS.some((word) => word.test(code))) return true;
    const task = /^npx projen (\S+)$/.exec(code)?.[1] ?? code;
    const { tasks } = JSON.parse(readFileSync(join(this.folder, '.projen/tasks.json'), 'utf8')) as { tasks: object };
    if (task in tasks) return true;
    const [first] = code.split(' ');
    if (/^[\w./-]+$/.test(first) && [first, join('backend', first), join('frontend', first)].some((path) => existsSync(join(this.folder, path)))) return true;
    const [key] = code.split('=');
    // A URL of the database is made of what the files say; a port may be the next one.
    const parts = code.split(/:\/\/|[:@/]/).filter(Boolean);
    return this.has(code) || (key !== code && this.has(key)) || (parts.length > 1 && parts.every((part) => this.has(part) || /^(postgresql|redis|localhost|default|0|1)/.test(part)));
  }

  private has(text: string): boolean {
    return new RegExp(`(^|[^\\w.-]|:-)${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}($|[^\\w-])`, 'm').test(this.text);
  }
}

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

describe('what a README has as code is there: services, containers, volumes, networks, folders, tasks', () => {
  test.each(['database', 'ai-agents', 'full-stack', 'emotion-visualizer'])('examples/%s', (name) => {
    const folder = join(EXAMPLES, name);
    const readme = readFileSync(join(folder, 'README.md'), 'utf8').replace(/^ *```[\s\S]*?^ *```$/gm, '');
    const code = [...readme.matchAll(/`([^`\n]+)`/g)].map(([, text]) => text);
    const names = new Names(folder, readdirSync(folder).filter((file) => /^\.env\.|compose.*\.ya?ml$/.test(file)));
    expect(code.length).toBeGreaterThan(80);
    expect([...new Set(code)].filter((text) => !names.know(text))).toEqual([]);
    for (const wrong of ['nobody', 'nobody:5432', `${name}_nothing`, './nowhere', 'backend/nowhere', 'npx projen nothing', 'ai-interviewer-nobody-1', 'nobody:lock']) {
      expect([wrong, names.know(wrong)]).toEqual([wrong, false]);
    }
  });
});

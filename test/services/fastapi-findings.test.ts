import { mkdirSync, writeFileSync } from 'fs';
import * as path from 'path';
import { Project } from 'projen';
import { ConnectionStyle, ExternalRedis, FastApiBackend, FastApiProps, PostgresProps, PostgresService, RedisCache, Stack, Value } from '../../src';
import { lines, newStack } from '../support/stack';
import { tempFolder } from '../support/synth';

const at = 'at shop/stack/backend (test/services/fastapi-findings.test.ts:LINE):';

/** What is found wrong with a backend. */
function found(props: FastApiProps, ruleId: string, postgres: Partial<PostgresProps> = {}): string[] {
  const stack = newStack();
  const database = new PostgresService(stack, 'postgres', { version: '17', ...postgres });
  new FastApiBackend(stack, 'backend', { database, ...props });
  return lines(stack.findings(), ruleId);
}

describe('the version of Python', () => {
  test.each(['3.10', '3.15', '2.7', '3', 'latest', '3.13-slim'])('%s is not supported', (pythonVersion) => {
    expect(found({ pythonVersion }, 'PS120')).toEqual([
      `error PS120 ${at} The version "${pythonVersion}" of Python is not supported. `
      + "Write one of: pythonVersion: '3.11', pythonVersion: '3.12', pythonVersion: '3.13', pythonVersion: '3.14'.",
    ]);
  });

  test.each(['3.11', '3.12', '3.13', '3.14', '3.13.5'])('%s is', (pythonVersion) => expect(found({ pythonVersion }, 'PS120')).toEqual([]));

  test.each([['3.12', '>=3.13', true], ['3.13', '>=3.13', false], ['3.13', '>=3.11,<4', false], ['3.11', '<4,>=3.12', true]])('%s with requires-python "%s"', (pythonVersion, requires, refused) => {
    const outdir = tempFolder();
    mkdirSync(path.join(outdir, 'backend'));
    writeFileSync(path.join(outdir, 'backend/pyproject.toml'), `[project]\nname = "x"\nrequires-python = "${requires}"\n`);
    const stack = new Stack(new Project({ name: 'shop', outdir }));
    new FastApiBackend(stack, 'backend', { pythonVersion });
    const least = /3\.\d+/.exec(requires)![0];
    expect(lines(stack.findings(), 'PS121')).toEqual(refused ? [
      `error PS121 ${at} The image has Python ${pythonVersion}, and backend/pyproject.toml requires at least ${least}. Write: pythonVersion: '${least}'.`,
    ] : []);
  });
});

test.each(['src.main:app', 'main:app', 'app.main', 'app/main.py', 'application.main:app'])('the module "%s" is none of the package', (appModule) => {
  expect(found({ appModule }, 'PS122')).toEqual([
    `error PS122 ${at} The module "${appModule}" is none of the package app, with a colon before the name in it. Write: appModule: 'app.main:app', or another sourceLayout.`,
  ]);
});

test.each(['app.main:app', 'app:api', 'app.web.asgi:create.app'])('the module "%s" is', (appModule) => expect(found({ appModule }, 'PS122')).toEqual([]));

test.each([['ai-agents_', 'AI_AGENTS_'], ['1X_', '_1_X_'], ['A B', 'A_B_']])('the prefix "%s" cannot begin a name', (envPrefix, instead) => {
  expect(found({ envPrefix, sample: false }, 'PS123')).toEqual([`error PS123 ${at} The prefix "${envPrefix}" cannot begin a name. Write: envPrefix: '${instead}'.`]);
});

describe('a connection by hand', () => {
  test.each<[FastApiProps, string]>([
    [{ environment: { DATABASE_URL: Value.literal('postgresql://x') } }, 'DATABASE_URL'],
    [{ connectionStyle: ConnectionStyle.URL, environment: { DATABASE_URL: Value.literal('postgresql://x') } }, 'DATABASE_URL'],
    [{ production: { environment: { DB_HOST: Value.literal('db') } } }, 'DB_HOST'],
    [{ variables: { DB_PASSWORD: { secret: true } } }, 'DB_PASSWORD'],
    [{ envPrefix: 'X_', sample: false, environment: { X_DATABASE_URL: Value.literal('postgresql://x') } }, 'X_DATABASE_URL'],
  ])('%#: is refused beside the property', (props, key) => {
    expect(found(props, 'PS124')).toEqual([`error PS124 ${at} It has the property database and ${key} by hand. Remove ${key}, or leave database out.`]);
  });

  test('is fine without the property, or when it is another key', () => {
    const environment = { DATABASE_URL: Value.literal('postgresql://x') };
    expect(found({ database: undefined, environment }, 'PS124')).toEqual([]);
    expect(found({ envPrefix: 'X_', sample: false, environment }, 'PS124')).toEqual([]);
  });
});

describe('the pools', () => {
  const limit = (max_connections: string) => ({ parameters: { max_connections } });

  test('above a limit that was set', () => {
    expect(found({ production: { workers: 4 } }, 'PS125', limit('60'))).toEqual([
      `error PS125 ${at} In production 4 workers may open 80 connections (20 each), and postgres takes 57 of them. `
      + "Write: poolMax: 14, fewer workers, or parameters: { max_connections: '83' } on postgres.",
    ]);
    expect(found({ workers: 2, replicas: 2, poolMax: 20 }, 'PS125', limit('60'))[0]).toContain('In development 2 replicas of 2 workers may open 80 connections');
  });

  test('above PostgreSQL\'s own limit is a warning [003-040]', () => {
    expect(found({ production: { workers: 5 } }, 'PS126')).toEqual([
      `warning PS126 ${at} In production 5 workers may open 100 connections (20 each), and postgres takes 97 of them by default. `
      + "Write: poolMax: 19, fewer workers, or parameters: { max_connections: '103' } on postgres.",
    ]);
    expect(found({ production: { workers: 5 } }, 'PS125')).toEqual([]);
  });

  test('within the limit', () => {
    for (const rule of ['PS125', 'PS126']) {
      expect(found({ production: { workers: 4 } }, rule)).toEqual([]);
      expect(found({ production: { workers: 5, poolMax: 19 } }, rule)).toEqual([]);
      expect(found({ production: { workers: 8 } }, rule, limit('200'))).toEqual([]);
    }
  });
});

describe('values', () => {
  test.each<[FastApiProps, string]>([
    [{ dir: '../other' }, 'The folder "../other" of the backend is not one below the stack\'s. Write: dir: \'backend\', or dir: \'.\'.'],
    [{ workers: 0 }, 'workers is 0. Write a whole number from 1: workers: 2.'],
    [{ production: { poolMax: 2.5 } }, 'poolMax is 2.5. Write a whole number from 1: poolMax: 20.'],
    [{ poolSize: 30 }, 'poolSize is 30, and poolMax 20. Write: poolMax: 30, or more.'],
    [{ corsOrigins: ['localhost:3000'] }, '"localhost:3000" is no origin. Write scheme, host and port without a path: \'https://shop.example.com\', \'http://localhost:*\', \'https://*.example.com\'.'],
    [{ mountedFiles: ['../x'] }, 'The mounted file "../x" is not in backend. Write a path in it: mountedFiles: [\'alembic.ini\'].'],
    [{ logDirectory: '/var/log' }, 'The log folder "/var/log" is not one below the stack\'s. Write: logDirectory: \'data/logs\'.'],
  ])('%#: %s', (props, text) => expect(found({ sample: false, ...props }, 'PS127')).toContain(`error PS127 ${at} ${text}`));

  test.each(['*', 'http://localhost:*', 'https://*.example.com', 'capacitor://localhost', 'https://shop.example.com:8443', 'http://[::1]:3000'])('the origin %s is fine', (origin) => {
    expect(found({ corsOrigins: [origin] }, 'PS127')).toEqual([]);
  });

  test.each(['https://shop.example.com/', 'http://a.example.com/x', 'http://*', 'https://a.*.com', 'http://localhost:port'])('the origin %s is not', (origin) => {
    expect(found({ corsOrigins: [origin] }, 'PS127')).toHaveLength(1);
  });
});

describe('the cache and the broker', () => {
  const both = (define: (stack: Stack) => FastApiProps) => {
    const stack = newStack();
    new FastApiBackend(stack, 'backend', define(stack));
    return lines(stack.findings(), 'PS130');
  };

  test('in one database of one server', () => {
    expect(both((stack) => {
      const redis = new RedisCache(stack, 'redis', { databases: { all: 0 } });
      return { cache: redis, broker: redis };
    })).toEqual([`error PS130 ${at} The cache and the broker are one database of one server. Write: databases: { cache: 0, broker: 1 } on the Redis server, or a server of its own for the broker.`]);
    expect(both((stack) => {
      const redis = new ExternalRedis(stack, 'redis', { urlVariable: 'REDIS_URL' });
      return { cache: redis, broker: redis, connectionStyle: ConnectionStyle.URL };
    })).toHaveLength(1);
  });

  test('apart from each other', () => {
    expect(both((stack) => {
      const redis = new RedisCache(stack, 'redis');
      return { cache: redis, broker: redis };
    })).toEqual([]);
    expect(both((stack) => ({ cache: new RedisCache(stack, 'cache', { databases: { all: 0 } }), broker: new RedisCache(stack, 'queue', { databases: { all: 0 }, hostPort: 6380 }) }))).toEqual([]);
  });
});

test('a database of another stack', () => {
  const stack = newStack();
  const other = new Stack(stack.project, 'other', { directory: 'other' });
  new FastApiBackend(stack, 'backend', { database: new PostgresService(other, 'postgres', { version: '17' }) });
  expect(lines(stack.findings(), 'PS015')[0]).toContain('It depends on "postgres", which is no service of this stack but shop/other/postgres.');
});

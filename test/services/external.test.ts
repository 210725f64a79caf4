import {
  ConnectionStyle, ConnectOptions, ExternalPostgres, ExternalPostgresProps, ExternalRedis, ExternalRedisProps, IConnectable, Mode, PostgresService,
  Service, SslMode, Stack,
} from '../../src';
import { expectFile } from '../support/expected';
import { document, lines, messageOf, newStack, render, serviceOf } from '../support/stack';

/** A stack with a service called api that is connected to something, and what that is given. */
function connected(make: (stack: Stack) => IConnectable, options?: ConnectOptions, mode = Mode.DEVELOPMENT): { [key: string]: string } {
  const stack = newStack();
  const target = make(stack);
  new Service(stack, 'api', { image: 'api:1' }).connect(target, options);
  return serviceOf(stack, 'api', mode).environment;
}

const postgres = (props?: ExternalPostgresProps) => (stack: Stack) => new ExternalPostgres(stack, 'db', props);
const redis = (props?: ExternalRedisProps) => (stack: Stack) => new ExternalRedis(stack, 'cache', props);
const url: ConnectOptions = { style: ConnectionStyle.URL };
const must = (name: string) => `\${${name}:?set ${name} in .env (scripts/env.sh init makes it)}`;

describe('a consumer of both', () => {
  test.each(['compose.yaml', 'compose.prod.yaml'])('is alone in %s: no container appears, and nothing is waited for [001-068]', (file) => {
    const stack = newStack();
    const db = new ExternalPostgres(stack, 'db', { host: 'db.example.com', sslMode: SslMode.REQUIRE });
    const cache = new ExternalRedis(stack, 'cache', { tls: true, host: 'cache.example.com' });
    const api = new Service(stack, 'api', { image: 'registry.example.com/api:1' });
    api.connect(db);
    api.connect(cache, url);
    expectFile(__dirname, `external.${file}`, render(stack)[file]);
    const { services, volumes } = document(stack, file === 'compose.yaml' ? Mode.DEVELOPMENT : Mode.PRODUCTION);
    expect(Object.keys(services)).toEqual(['api']);
    expect(services.api.depends_on).toBeUndefined();
    expect(volumes).toBeUndefined();
  });

  test('is written as for a server that runs here', () => {
    const define = (make: (stack: Stack) => IConnectable) => Object.keys(connected(make));
    expect(define(postgres())).toEqual(define((stack) => new PostgresService(stack, 'db', { version: '17' })));
  });
});

describe('PostgreSQL elsewhere', () => {
  test('is known by its parts, of which the operator must set what has no default', () => {
    expect(connected(postgres())).toEqual({
      DB_HOST: must('POSTGRES_HOST'), DB_PORT: '${POSTGRES_PORT:-5432}', DB_NAME: must('POSTGRES_DB'), DB_USER: must('POSTGRES_USER'), DB_PASSWORD: must('POSTGRES_PASSWORD'),
    });
  });

  test('has defaults in development only, and for the password never', () => {
    const props = { host: 'db.example.com', port: 6432, databaseName: 'shop', userName: 'api' };
    expect(connected(postgres(props))).toEqual({
      DB_HOST: '${POSTGRES_HOST:-db.example.com}', DB_PORT: '${POSTGRES_PORT:-6432}', DB_NAME: '${POSTGRES_DB:-shop}', DB_USER: '${POSTGRES_USER:-api}', DB_PASSWORD: must('POSTGRES_PASSWORD'),
    });
    expect(connected(postgres(props), {}, Mode.PRODUCTION).DB_HOST).toBe(must('POSTGRES_HOST'));
  });

  test('is one URL of its parts for who asks', () => {
    expect(connected(postgres({ host: 'h', databaseName: 'd', userName: 'u' }), url).DATABASE_URL).toBe(
      `\${DATABASE_URL:-postgresql://\${POSTGRES_USER:-u}:${must('POSTGRES_PASSWORD')}@\${POSTGRES_HOST:-h}:\${POSTGRES_PORT:-5432}/\${POSTGRES_DB:-d}}`,
    );
  });

  test('is reached by TLS as the client calls it', () => {
    const props = { sslMode: SslMode.VERIFY_FULL };
    expect(connected(postgres(props)).DB_SSLMODE).toBe('verify-full');
    expect(connected(postgres(props), url).DATABASE_URL).toMatch(/\?sslmode=verify-full\}$/);
    expect(connected(postgres(props), { ...url, driver: 'postgresql+asyncpg' }).DATABASE_URL).toMatch(/:-postgresql\+asyncpg:.*\?ssl=verify-full\}$/);
  });

  test('is one secret URL that the operator gives', () => {
    const make = postgres({ urlVariable: 'MANAGED_URL', urlScheme: 'postgresql+asyncpg' });
    expect(connected(make, { ...url, driver: 'postgresql+asyncpg' })).toEqual({ DATABASE_URL: must('MANAGED_URL') });
    const stack = newStack();
    expect(make(stack).variables()).toEqual([expect.objectContaining({
      variableName: 'MANAGED_URL',
      secret: true,
      secretFormat: 'given',
      defaultValue: undefined,
      description: 'URL of the database, as postgresql+asyncpg://user:password@host:5432/name',
    })]);
  });

  test('is refused in parts or for another driver when only the URL is known, and all at once', () => {
    const stack = newStack();
    const db = new ExternalPostgres(stack, 'db', { urlVariable: 'DATABASE_URL' });
    const api = new Service(stack, 'api', { image: 'api:1' });
    api.connect(db);
    api.connect(db, { ...url, driver: 'postgresql+asyncpg' });
    const at = 'error PS040 at shop/stack/api (test/services/external.test.ts:LINE): A connection cannot be given in this form.';
    expect(lines(stack.findings(), 'PS040')).toEqual([
      `${at} It is known as one URL only, which cannot be taken apart. Write: style: ConnectionStyle.URL, or give the host, the name and the user instead of the URL.`,
      `${at} Its URL begins with postgresql://, and the consumer asks for postgresql+asyncpg://. `
      + "Write: urlScheme: 'postgresql+asyncpg' where the URL is declared, or give the host, the name and the user instead of the URL.",
    ]);
  });

  test('has further databases, unless only the URL is known', () => {
    const stack = newStack();
    const parts = new ExternalPostgres(stack, 'parts');
    expect(parts.databaseConnection('audit').parts!.NAME.developmentText).toBe('audit');
    const whole = new ExternalPostgres(stack, 'whole', { urlVariable: 'WHOLE_URL', variablePrefix: 'WHOLE' });
    expect(messageOf(() => whole.databaseConnection('audit'))).toBe(
      'shop/stack/whole is known as one URL only, which names one database. Write: new ExternalPostgres(stack, \'audit\', { urlVariable: \'AUDIT_DATABASE_URL\' }).',
    );
  });
});

describe('Redis elsewhere', () => {
  test('is known by its parts', () => {
    expect(connected(redis())).toEqual({
      REDIS_HOST: must('REDIS_HOST'), REDIS_PORT: '${REDIS_PORT:-6379}', REDIS_DB: '0', REDIS_PASSWORD: must('REDIS_PASSWORD'),
    });
  });

  test('may want a user, no password, or TLS', () => {
    expect(connected(redis({ namedUser: true, host: 'h' }), url).REDIS_URL).toBe(
      `\${REDIS_URL:-redis://${must('REDIS_USER')}:${must('REDIS_PASSWORD')}@\${REDIS_HOST:-h}:\${REDIS_PORT:-6379}/0}`,
    );
    expect(connected(redis({ authentication: false, host: 'h' }), url).REDIS_URL).toBe('${REDIS_URL:-redis://${REDIS_HOST:-h}:${REDIS_PORT:-6379}/0}');
    expect(connected(redis({ tls: true, host: 'h', port: 6380 }))).toMatchObject({ REDIS_TLS: 'true', REDIS_PORT: '${REDIS_PORT:-6380}' });
    expect(connected(redis({ tls: true, authentication: false, host: 'h' }), url).REDIS_URL).toMatch(/:-rediss:\/\//);
  });

  test('has logical databases by name', () => {
    const stack = newStack();
    const cache = new ExternalRedis(stack, 'cache', { databases: { cache: 0, broker: 1 } });
    expect(cache.logicalConnection('broker').parts!.DB.developmentText).toBe('1');
    expect(messageOf(() => cache.logicalConnection('x'))).toBe('shop/stack/cache has no database "x". Write: databases: { cache: 0, broker: 1, x: 2 }.');
  });

  test('is one secret URL that the operator gives, which names one database', () => {
    const make = redis({ urlVariable: 'CACHE_URL', tls: true });
    expect(connected(make, url)).toEqual({ REDIS_URL: must('CACHE_URL') });
    expect(messageOf(() => make(newStack()).logicalConnection('broker'))).toBe(
      'shop/stack/cache is known as one URL only, which names one database. Write: new ExternalRedis(stack, \'broker\', { urlVariable: \'BROKER_REDIS_URL\' }).',
    );
  });

  test('finds wrong databases, and a prefix that another server has', () => {
    const stack = newStack();
    new ExternalRedis(stack, 'cache', { databases: { cache: 99 }, variablePrefix: 'R' });
    new ExternalRedis(stack, 'queue', { variablePrefix: 'R' });
    expect(lines(stack.findings(), 'PS110', 'PS100')).toEqual([
      'error PS110 at shop/stack/cache (test/services/external.test.ts:LINE): The database "cache" has the number 99. Write a whole number from 0 to 15.',
      "error PS100 at shop/stack/cache (test/services/external.test.ts:LINE): Its settings begin with R, as those of shop/stack/queue do. Write: variablePrefix: 'R_2' on one of them.",
      "error PS100 at shop/stack/queue (test/services/external.test.ts:LINE): Its settings begin with R, as those of shop/stack/cache do. Write: variablePrefix: 'R_2' on one of them.",
    ]);
  });
});

test('what runs here and what runs elsewhere share no setting', () => {
  const stack = newStack();
  new PostgresService(stack, 'postgres', { version: '17' });
  new ExternalPostgres(stack, 'legacy');
  expect(stack.model().variables.map((variable) => variable.variableName).filter((name) => name.endsWith('_PASSWORD'))).toEqual(['POSTGRES_PASSWORD', 'LEGACY_PASSWORD']);
});

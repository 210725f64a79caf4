import { Connection, ConnectionFields, ConnectionStyle, Mode, Service, Value, Variable } from '../../src';
import { lines, newStack } from '../support/stack';

const user = Value.of(new Variable('DB_LOGIN', { defaultValue: Value.literal('app') }));
const parts = { HOST: Value.literal('db'), PORT: Value.literal('5432'), USER: user };

function database(fields: Partial<ConnectionFields> = {}): Connection {
  return new Connection({
    partsPrefix: 'DB', urlKey: 'DATABASE_URL', urlScheme: 'postgresql', parts, address: Value.concat(user, Value.literal('@db:5432/shop')), ...fields,
  });
}

const whole = () => new Connection({
  partsPrefix: 'DB', urlKey: 'DATABASE_URL', urlScheme: 'postgresql', wholeUrl: Value.of(new Variable('MANAGED_URL', { secret: true })),
});

describe('a URL', () => {
  test.each([
    ['plain', undefined, {}, 'postgresql://app@db:5432/shop'],
    ['for a driver', 'postgresql+asyncpg', {}, 'postgresql+asyncpg://app@db:5432/shop'],
    ['with TLS', undefined, { query: { sslmode: 'require' } }, 'postgresql://app@db:5432/shop?sslmode=require'],
    ['with TLS for psycopg', 'postgresql+psycopg', { query: { sslmode: 'require' } }, 'postgresql+psycopg://app@db:5432/shop?sslmode=require'],
    ['with TLS for asyncpg, which calls it ssl', 'postgresql+asyncpg', { query: { sslmode: 'require' } }, 'postgresql+asyncpg://app@db:5432/shop?ssl=require'],
    ['with two settings of the client', undefined, { query: { sslmode: 'require', application_name: 'x' } }, 'postgresql://app@db:5432/shop?sslmode=require&application_name=x'],
  ])('%s', (_, driver, fields, url) => expect(database(fields).url(driver).developmentText).toBe(url));

  test('of one piece is that piece', () => {
    expect(whole().url().variables.map((variable) => variable.variableName)).toEqual(['MANAGED_URL']);
    expect(whole().operatorUrl('DATABASE_URL').variables.map((variable) => variable.variableName)).toEqual(['MANAGED_URL']);
  });

  test('that an operator may replace follows the single settings otherwise, and is a secret', () => {
    const [variable] = database().operatorUrl('AI_URL', 'postgresql+asyncpg').variables;
    expect(variable.variableName).toBe('AI_URL');
    expect(variable.secret).toBe(true);
    expect(variable.defaultValue?.developmentText).toBe('postgresql+asyncpg://app@db:5432/shop');
    expect(variable.description).toBe('URL of database for containers: inside the stack, use service names, not localhost');
  });
});

describe('a consumer', () => {
  const consumer = () => new Service(newStack(), 'api', { image: 'api:1' });
  const environment = (service: Service) => Object.fromEntries(
    Object.entries(service.settings(Mode.DEVELOPMENT).environment ?? {}).map(([key, value]) => [key, value.developmentText]),
  );

  test('gets the parts, in their order', () => {
    const api = consumer();
    api.connect({ connection: () => database() });
    expect(Object.entries(environment(api))).toEqual([['DB_HOST', 'db'], ['DB_PORT', '5432'], ['DB_USER', 'app']]);
  });

  test('gets the parts under a prefix', () => {
    const api = consumer();
    api.connect({ connection: () => database() }, { envPrefix: 'AI_AGENTS_' });
    expect(Object.keys(environment(api))).toEqual(['AI_AGENTS_DB_HOST', 'AI_AGENTS_DB_PORT', 'AI_AGENTS_DB_USER']);
  });

  test('gets one URL, under a prefix and a key of its own', () => {
    const api = consumer();
    api.connect({ connection: () => database() }, { style: ConnectionStyle.URL });
    api.connect({ connection: () => database() }, { style: ConnectionStyle.URL, envPrefix: 'AI_', urlKey: 'DSN', driver: 'postgres' });
    expect(environment(api)).toEqual({ DATABASE_URL: 'postgresql://app@db:5432/shop', AI_DSN: 'postgres://app@db:5432/shop' });
  });

  test('waits for what this stack runs, and for nothing else', () => {
    const stack = newStack();
    const api = new Service(stack, 'api', { image: 'api:1' });
    const db = new Service(stack, 'db', { image: 'db:1' });
    api.connect({ connection: () => database({ provider: db }) });
    expect(api.settings(Mode.PRODUCTION).dependsOn).toEqual([{ service: db, condition: 'healthy' }]);
    const other = consumer();
    other.connect({ connection: () => database() });
    expect(other.settings(Mode.PRODUCTION).dependsOn).toBeUndefined();
  });

  test('is refused the parts of a URL that is known in one piece', () => {
    const api = consumer();
    api.connect({ connection: whole });
    expect(environment(api)).toEqual({});
    expect(lines(api.findings(), 'PS040')).toEqual([
      'error PS040 at shop/stack/api (test/model/connection.test.ts:LINE): A connection cannot be given in this form. '
      + 'It is known as one URL only, which cannot be taken apart. '
      + 'Write: style: ConnectionStyle.URL, or give the host, the name and the user instead of the URL.',
    ]);
  });

  test('is refused another driver of a URL that is known in one piece', () => {
    const api = consumer();
    api.connect({ connection: whole }, { style: ConnectionStyle.URL, driver: 'postgresql+asyncpg' });
    expect(lines(api.findings(), 'PS040')).toEqual([
      'error PS040 at shop/stack/api (test/model/connection.test.ts:LINE): A connection cannot be given in this form. '
      + 'Its URL begins with postgresql://, and the consumer asks for postgresql+asyncpg://. '
      + "Write: urlScheme: 'postgresql+asyncpg' where the URL is declared, or give the host, the name and the user instead of the URL.",
    ]);
  });

  test.each([undefined, 'postgresql'])('is given a URL of one piece as it is (driver %s)', (driver) => {
    const api = consumer();
    api.connect({ connection: whole }, { style: ConnectionStyle.URL, driver });
    expect(api.findings()).toEqual([]);
    expect(Object.keys(environment(api))).toEqual(['DATABASE_URL']);
  });
});

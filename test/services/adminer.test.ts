import { ExternalPostgres, Mode, PostgresService, Stack } from '../../src';
import { Adminer } from '../../src/services/adminer/adminer';
import { AdminerProps } from '../../src/services/adminer/props';
import { expectFile } from '../support/expected';
import { document, lines, newStack, render, serviceOf } from '../support/stack';

/** A stack with a database and an Adminer for it. */
function withAdminer(props: Partial<AdminerProps> = {}): { stack: Stack; adminer: Adminer } {
  const stack = newStack();
  const database = new PostgresService(stack, 'postgres', { version: '17' });
  return { stack, adminer: new Adminer(stack, 'adminer', { database, ...props }) };
}

const entry = (props: Partial<AdminerProps> = {}) => serviceOf(withAdminer(props).stack, 'adminer');
const AT = 'at shop/stack/adminer (test/services/adminer.test.ts:LINE):';
const findings = (props: Partial<AdminerProps>) => lines(withAdminer(props).stack.findings(), 'PS160', 'PS161', 'PS162');

test('is a tool of developers: asked for by a profile, on the loopback, not in production [001-031] [003-028] [003-030]', () => {
  const { stack } = withAdminer();
  expectFile(__dirname, 'adminer.compose.yaml', render(stack)['compose.yaml']);
  expect(entry()).toMatchObject({ image: 'adminer:5', profiles: ['tools'], ports: ['127.0.0.1:${ADMINER_PORT:-8080}:8080'] });
  expect(document(stack, Mode.PRODUCTION).services).not.toHaveProperty('adminer');
});

test('has the version, the port and the design that are said [003-029]', () => {
  expect(entry({ version: '5.4.1', hostPort: 8081, design: 'nette' })).toMatchObject({
    image: 'adminer:5.4.1', ports: ['127.0.0.1:${ADMINER_PORT:-8081}:8080'], environment: { ADMINER_DEFAULT_SERVER: 'postgres', ADMINER_DESIGN: 'nette' },
  });
  expect(entry().environment).toEqual({ ADMINER_DEFAULT_SERVER: 'postgres' });
});

test('fills in everything but the password', () => {
  expect(withAdminer().adminer.loginUrl.developmentText).toBe('http://localhost:8080/?pgsql=postgres&username=app&db=app');
});

describe('a database that runs elsewhere', () => {
  test('is named with its port where that is a setting', () => {
    const stack = newStack();
    const database = new ExternalPostgres(stack, 'database', { host: 'db.example.com' });
    const adminer = new Adminer(stack, 'adminer', { database });
    expect(serviceOf(stack, 'adminer').environment).toEqual({ ADMINER_DEFAULT_SERVER: '${POSTGRES_HOST:-db.example.com}:${POSTGRES_PORT:-5432}' });
    expect(serviceOf(stack, 'adminer').depends_on).toBeUndefined();
    expect(adminer.loginUrl.developmentText).toMatch(/\?pgsql=db\.example\.com:5432&/);
  });

  test('PS160: has no host of its own when it is one URL', () => {
    const stack = newStack();
    new Adminer(stack, 'adminer', { database: new ExternalPostgres(stack, 'database', { urlVariable: 'DATABASE_URL' }) });
    expect(lines(stack.findings(), 'PS160')).toEqual([
      `error PS160 ${AT} The database is known as one URL only. Give host, name and user where the database is declared, instead of the URL.`,
    ]);
  });
});

describe('what it finds wrong with itself', () => {
  test('nothing, when it is sound', () => expect(findings({ design: 'pepa-linha' })).toEqual([]));

  test('PS161: a design that the image does not bring, or only in a file of another name', () => {
    const known = 'brade, bueltge, esterka, flat, haeckel, hever, konya, lucas-sandery, mvt, nette, ng9, nicu, pappu687, paranoiq, pepa-linha, pokorny, price, rmsoft, rmsoft_blue, rmsoft_blue-dark.';
    expect(findings({ design: 'nete' })).toEqual([`error PS161 ${AT} The image has no design "nete". Write design: 'nette', or one of: ${known}`]);
    expect(findings({ design: '../../etc' })).toEqual([`error PS161 ${AT} The image has no design "../../etc". Write one of: ${known}`]);
    expect(findings({ design: 'dracula' })).toHaveLength(1);
  });

  test('PS162: production, and other addresses than the loopback', () => {
    expect(findings({ modes: [Mode.DEVELOPMENT, Mode.PRODUCTION] })).toEqual([`error PS162 ${AT} It would be there in production. Leave modes out.`]);
    expect(findings({ ports: [{ name: 'http', port: 8080, hostAddress: '0.0.0.0' }] })).toEqual([
      `error PS162 ${AT} It would be published on 0.0.0.0. Leave hostAddress out: it is 127.0.0.1 then.`,
    ]);
    expect(findings({ ports: [{ name: 'http', port: 8080, hostAddress: '127.0.0.2' }] })).toEqual([]);
  });
});

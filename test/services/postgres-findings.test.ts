import { ExternalPostgres, Mode, Mount, PostgresProps, PostgresService, Storage } from '../../src';
import { lines, newStack } from '../support/stack';

function findings(props: Partial<PostgresProps>): string[] {
  const stack = newStack();
  new PostgresService(stack, 'postgres', { version: '17', ...props });
  return lines(stack.findings(), 'PS100', 'PS101', 'PS102', 'PS103');
}

const AT = 'at shop/stack/postgres (test/services/postgres-findings.test.ts:LINE):';

test('a sound server has no finding of its own', () => expect(findings({ parameters: { 'max_connections': '9', 'pg_stat_statements.max': '1' } })).toEqual([]));

test.each(['14', '19', '17.6.1', 'latest', '17-alpine'])('PS101: the version "%s" is not known', (version) => {
  expect(findings({ version })).toEqual([
    `error PS101 ${AT} The version "${version}" of PostgreSQL is not known. Write one of: version: '15', version: '16', version: '17', version: '18'.`,
  ]);
});

test.each([
  ['17', '/var/lib/postgresql', '/var/lib/postgresql/data'],
  ['15.4', '/var/lib/postgresql/pgdata', '/var/lib/postgresql/data'],
  ['18', '/var/lib/postgresql/data', '/var/lib/postgresql'],
])('PS102: PostgreSQL %s does not keep its data at %s', (version, wrong, right) => {
  expect(findings({ version, mounts: [Mount.bind('./data', wrong)] })).toEqual([
    `error PS102 ${AT} PostgreSQL ${version.split('.')[0]} does not keep its data at ${wrong}. `
    + `Write: storage: Storage.volume() or Storage.bind('…'), which mount ${right}.`,
  ]);
});

test('PS102: production alone is seen too', () => {
  expect(findings({ production: { mounts: [Mount.volume('x', '/var/lib/postgresql')] } })).toHaveLength(1);
});

test.each(['/var/lib/postgresql/data', '/var/lib/postgresql/data/'])('the place %s by hand is right', (target) => {
  expect(findings({ mounts: [Mount.volume('data', target)] })).toEqual([]);
  expect(findings({ storage: Storage.bind('./data') })).toEqual([]);
});

test.each(['max connections', 'max-connections', '1st', 'a.b.c', ''])('PS103: "%s" is no name of a parameter', (name) => {
  expect(findings({ parameters: { [name]: '1' } })).toEqual([
    `error PS103 ${AT} "${name}" is no name of a server parameter. Write names as in postgresql.conf: max_connections, pg_stat_statements.max.`,
  ]);
});

test('PS103: a parameter that is added for one mode is seen, and once', () => {
  const stack = newStack();
  const postgres = new PostgresService(stack, 'postgres', { version: '17', parameters: { 'no such': '1' } });
  postgres.addParameter('nor-this', '1', Mode.PRODUCTION);
  expect(lines(stack.findings(), 'PS103')).toHaveLength(2);
});

test('PS100: two servers with one prefix, here or elsewhere, are named on both', () => {
  const stack = newStack();
  new PostgresService(stack, 'orders', { version: '17', variablePrefix: 'PG' });
  new ExternalPostgres(stack, 'legacy', { variablePrefix: 'PG' });
  const message = (path: string, other: string) => `error PS100 at shop/stack/${path} (test/services/postgres-findings.test.ts:LINE): `
    + `Its settings begin with PG, as those of ${other} do. Write: variablePrefix: 'PG_2' on one of them.`;
  expect(lines(stack.findings(), 'PS100')).toEqual([message('orders', 'shop/stack/legacy'), message('legacy', 'shop/stack/orders')]);
});

test('the prefixes of two stacks do not clash', () => {
  const project = newStack().project;
  const [one, two] = ['one', 'two'].map((id) => newStack({ directory: id }, id));
  for (const stack of [one, two]) new PostgresService(stack, 'postgres', { version: '17' });
  expect(project).toBeDefined();
  expect([...lines(one.findings(), 'PS100'), ...lines(two.findings(), 'PS100')]).toEqual([]);
});

import { execFileSync } from 'child_process';
import { Machine } from './machine';
import { modelOf, richStack, serviceWith } from './stacks';
import { Value } from '../../../src/model/value';
import { SecretFormat, Variable } from '../../../src/model/variable';

const CHANGE = "; where data holds it, change it there: docker compose exec postgres psql -U app -c '\\password app'";
const STRONG = 'a'.repeat(48);
const COMPLETE = {
  POSTGRES_USER: 'app',
  POSTGRES_PASSWORD: STRONG,
  POSTGRES_PORT: '5432',
  GREETING: 'hello',
  MAIL_API_KEY: 'given-by-the-provider',
  HTTP_PROXY_URL: '',
  PUBLIC_ORIGIN: 'https://shop.example',
  SESSION_KEY: STRONG,
  DATABASE_URL: 'postgresql://${POSTGRES_USER}:${POSTGRES_PASSWORD}@postgres:5432/app',
  BACKEND_PORT: '8000',
};

/** A machine whose .env has everything but for what is said; undefined leaves a key out. */
function machineWith(values: { [key: string]: string | undefined } = {}, more = ''): Machine {
  const machine = new Machine(modelOf(richStack));
  const lines = Object.entries({ ...COMPLETE, ...values }).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}\n`]));
  machine.write('.env', lines.join('') + more);
  return machine;
}

/** What check says about a file, without the line of totals; its totals and its status must agree. */
function check(machine: Machine, ...options: string[]): { readonly status: number | null; readonly lines: string[] } {
  const { status, stdout, stderr } = machine.run(['check', ...options]);
  expect(stderr).toBe('');
  const lines = stdout.trimEnd().split('\n');
  const [, errors, warnings] = /: (\d+) errors, (\d+) warnings \((?:development|production)\)$/.exec(lines.pop()!)!;
  expect(lines.filter((line) => line.startsWith('error: '))).toHaveLength(Number(errors));
  expect(lines.filter((line) => line.startsWith('warning: '))).toHaveLength(Number(warnings));
  expect(status).toBe(Number(errors) > 0 ? 1 : 0);
  return { status, lines };
}

test('a complete file is found sound in both modes', () => {
  expect(check(machineWith())).toEqual({ status: 0, lines: [] });
  expect(check(machineWith(), '--production')).toEqual({ status: 0, lines: [] });
});

test('no file', () => {
  const { status, stdout } = new Machine(modelOf(richStack)).run(['check']);
  expect({ status, stdout }).toEqual({ status: 1, stdout: 'error: .env: there is no such file. Run: ./scripts/env.sh init\n' });
});

test('what init made needs only what it cannot know', () => {
  const machine = new Machine(modelOf(richStack));
  machine.run(['init']);
  const { lines } = check(machine, '--production');
  expect(lines.map((line) => line.replace(/:\d+:/, ':'))).toEqual([
    'error: .env: MAIL_API_KEY is empty, and production does not run without it. Write a value',
    'error: .env: PUBLIC_ORIGIN is empty, and production does not run without it. Write a value',
  ]);
});

test.each<[string, { [key: string]: string | undefined }, string[], string[]]>([
  ['a missing secret', { SESSION_KEY: undefined },
    ['error: .env: SESSION_KEY is missing. Run: ./scripts/env.sh init'],
    ['error: .env: SESSION_KEY is missing. Run: ./scripts/env.sh init']],
  ['an empty secret', { SESSION_KEY: '""' },
    ['error: .env:8: SESSION_KEY is empty. Run: ./scripts/env.sh init'],
    ['error: .env:8: SESSION_KEY is empty. Run: ./scripts/env.sh init']],
  ['a missing setting without a default', { PUBLIC_ORIGIN: undefined },
    ['error: .env: PUBLIC_ORIGIN is missing, and development does not run without it. Write a value'],
    ['error: .env: PUBLIC_ORIGIN is missing, and production does not run without it. Write a value']],
  ['a missing setting with a default', { GREETING: undefined },
    ['note: .env: GREETING is not set, so its default holds'],
    ['error: .env: GREETING is missing, and production does not run without it. Write a value']],
  ['a missing setting whose default is made of others', { DATABASE_URL: undefined },
    ['note: .env: DATABASE_URL is not set, so its default holds'],
    ['note: .env: DATABASE_URL is not set, so its default holds']],
  ['a setting that production does not use', { POSTGRES_PORT: '' }, [], []],
  ['an optional setting', { HTTP_PROXY_URL: '' }, [], []],
  ['the placeholder', { POSTGRES_PASSWORD: "'change_this_secure_password'" },
    [`error: .env:2: POSTGRES_PASSWORD is still the placeholder. Run: ./scripts/env.sh init${CHANGE}`],
    [`error: .env:2: POSTGRES_PASSWORD is still the placeholder. Run: ./scripts/env.sh init${CHANGE}`]],
  ['the default of development', { POSTGRES_PASSWORD: '"app_dev"' },
    ["warning: .env:2: POSTGRES_PASSWORD is the default of development, which everybody can read. Choose another value; where data holds it, change it there: docker compose exec postgres psql -U app -c '\\password app'"],
    ["error: .env:2: POSTGRES_PASSWORD is the default of development, which everybody can read. Choose another value; where data holds it, change it there: docker compose exec postgres psql -U app -c '\\password app'"]],
  ['a secret of 15 characters', { SESSION_KEY: "'123456789012345'" },
    ['warning: .env:8: SESSION_KEY is shorter than 16 characters. A strong one: openssl rand -hex 24'],
    ['error: .env:8: SESSION_KEY is shorter than 16 characters. A strong one: openssl rand -hex 24']],
  ['a secret of 16 characters', { SESSION_KEY: '1234567890123456 # a comment is no part of it' }, [], []],
  ['a short secret that somebody else issues', { MAIL_API_KEY: 'short' },
    ['warning: .env:5: MAIL_API_KEY is shorter than 16 characters; ask whoever issued it for a longer one'],
    ['warning: .env:5: MAIL_API_KEY is shorter than 16 characters; ask whoever issued it for a longer one']],
  ['a secret that is another one', { SESSION_KEY: '${GREETING}' }, [], []],
  ['a password that breaks a URL', { POSTGRES_PASSWORD: "'p@ss/word#1 and so on'" },
    ['warning: .env:2: POSTGRES_PASSWORD becomes part of a URL, which only letters, digits and . _ ~ - pass unharmed. Choose another value'],
    ['error: .env:2: POSTGRES_PASSWORD becomes part of a URL, which only letters, digits and . _ ~ - pass unharmed. Choose another value']],
  ['a password that is in no URL', { SESSION_KEY: "'p@ss/word#1 and so on'" }, [], []],
  ['a dollar that Compose takes for a reference', { SESSION_KEY: 'abcdefghijklmnop$qrst' },
    ['warning: .env:8: SESSION_KEY refers to a variable after a $ that is not set here. If the $ is meant, put the value into single quotes'],
    ['error: .env:8: SESSION_KEY refers to a variable after a $ that is not set here. If the $ is meant, put the value into single quotes']],
  ['a reference that only a shell of the script could resolve', { SESSION_KEY: '"abcdefghijklmnop${line}"' },
    ['warning: .env:8: SESSION_KEY refers to a variable after a $ that is not set here. If the $ is meant, put the value into single quotes'],
    ['error: .env:8: SESSION_KEY refers to a variable after a $ that is not set here. If the $ is meant, put the value into single quotes']],
  ['a reference to itself', { GREETING: 'a$GREETING' },
    ['warning: .env:4: GREETING refers to GREETING, which is not set above it, so it is empty here. Move GREETING above it'],
    ['error: .env:4: GREETING refers to GREETING, which is not set above it, so it is empty here. Move GREETING above it']],
  ['a reference to the environment', { GREETING: '${PATH}' }, [], []],
  ['dollars that are dollars', { SESSION_KEY: "'abcdefghijklmnop$qrst'", GREETING: '"a\\$b $$c ${X:-d} $5"' }, [], []],
  ['a reference to what comes later', { POSTGRES_USER: '"x${GREETING}"' },
    ['warning: .env:1: POSTGRES_USER refers to GREETING, which is not set above it, so it is empty here. Move GREETING above it'],
    ['error: .env:1: POSTGRES_USER refers to GREETING, which is not set above it, so it is empty here. Move GREETING above it']],
  ['a comment where a value was meant', { HTTP_PROXY_URL: ' # none here' },
    ['warning: .env:6: HTTP_PROXY_URL is empty, but Compose takes the comment for its value. Put the comment on a line of its own'],
    ['warning: .env:6: HTTP_PROXY_URL is empty, but Compose takes the comment for its value. Put the comment on a line of its own']],
])('%s', (_, values, development, production) => {
  // The user's name is in the URL, which a reference spoils too; that is another test.
  const relevant = (lines: string[]) => lines.filter((line) => !/:1: POSTGRES_USER becomes/.test(line));
  expect(relevant(check(machineWith(values)).lines)).toEqual(development);
  expect(relevant(check(machineWith(values), '--production').lines)).toEqual(production);
});

test('a key that is set twice', () => {
  expect(check(machineWith({}, 'GREETING=again\n'), '--production').lines).toEqual([
    'warning: .env:4: GREETING is set again in line 11, which wins. Remove one of the two',
  ]);
});

test('the last of two is the one that is judged', () => {
  expect(check(machineWith({ SESSION_KEY: 'short' }, `SESSION_KEY=${STRONG}\n`)).lines).toEqual([
    'warning: .env:8: SESSION_KEY is set again in line 11, which wins. Remove one of the two',
  ]);
});

test.each([
  ['POSTGRES_PASWORD', 'POSTGRES_PASSWORD'], ['postgres_password', 'POSTGRES_PASSWORD'], ['POSTGRESPASSWORD', 'POSTGRES_PASSWORD'],
])('an unknown key %s that looks like a missing one', (typed, meant) => {
  const { lines } = check(machineWith({ [meant]: undefined }, `${typed}=${STRONG}\n`));
  expect(lines).toContain(`warning: .env:10: nothing reads ${typed}. Did you mean ${meant}?`);
});

test('other unknown keys are the person\'s own business', () => {
  expect(check(machineWith({}, 'COMPOSE_PROFILES=dev\nPOSTGRES_PASSWORD2=x\nUID=1\nPATH=/x\n')).lines).toEqual([]);
  expect(check(machineWith({ GREETING: undefined }, 'MY_OWN=x\nPORT=1\n')).lines).toEqual(['note: .env: GREETING is not set, so its default holds']);
});

test('a short key is taken for a typo of another one only when it is one letter away', () => {
  const machine = new Machine(modelOf((scope) => serviceWith(scope, 'a', [new Variable('PORT', { defaultValue: Value.literal('1') })])));
  machine.write('.env', 'HOST=1\nPOT=1\n');
  expect(check(machine).lines).toEqual(['note: .env: PORT is not set, so its default holds', 'warning: .env:2: nothing reads POT. Did you mean PORT?']);
});

test.each([[0o640], [0o604]])('a file of mode %o', (mode) => {
  const machine = machineWith();
  machine.write('.env', machine.read(), mode);
  expect(check(machine).lines).toEqual(['warning: .env: other users of this machine can read it. Run: chmod 600 .env']);
  expect(check(machine, '--production').lines).toEqual(['error: .env: other users of this machine can read it. Run: chmod 600 .env']);
});

test('a file that git tracks', () => {
  const machine = machineWith();
  machine.addTool('git');
  const git = (...args: string[]) => execFileSync('git', args, { cwd: machine.folder, stdio: 'ignore' });
  git('init');
  expect(check(machine).lines).toEqual([]);
  git('add', '-f', '.env');
  expect(check(machine).lines).toEqual(['error: .env: git tracks it. Run: git rm --cached .env; and change its secrets, which the history keeps']);
});

test('a secret that only an operator can give, with a default for development', () => {
  const given = { secret: true, secretFormat: SecretFormat.GIVEN, defaultValue: Value.literal('the-test-key-of-the-provider') };
  const machine = new Machine(modelOf((scope) => serviceWith(scope, 'a', [new Variable('PAY_KEY', given)])));
  machine.run(['init']);
  expect(machine.value('PAY_KEY')).toBe('the-test-key-of-the-provider');
  expect(check(machine).status).toBe(0);
  expect(check(machine, '--production').lines[0]).toMatch(/^error: \.env:\d+: PAY_KEY is the default of development/);
});

test('no value of a secret is ever printed', () => {
  const secret = 'hunter2$nope';
  const { stdout } = machineWith({ SESSION_KEY: secret, POSTGRES_PASSWORD: secret, MAIL_API_KEY: secret }, `SESSION_KEY=${secret}\n`).run(['check']);
  expect(stdout).not.toMatch(/hunter2|nope/);
});

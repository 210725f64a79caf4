import { Service, Value, Variable } from '../../src';
import { newStack } from '../support/stack';

const user = new Variable('DB_USER', { defaultValue: Value.literal('app') });
const bare = new Variable('DB_HOST');

test('neighbouring literals become one piece, and empty ones none', () => {
  const value = Value.concat(Value.literal('a'), Value.literal(''), Value.literal('b'), Value.of(user), Value.literal(''), Value.literal('c'), Value.literal('d'));
  expect(value.parts).toEqual([{ text: 'ab' }, { variable: user }, { text: 'cd' }]);
  expect(Value.concat(Value.literal(''), Value.of(user), Value.literal('')).parts).toEqual([{ variable: user }]);
  expect(Value.literal('').parts).toEqual([]);
});

test('values that are joined again keep their order', () => {
  const inner = Value.concat(Value.of(user), Value.literal('@'));
  const outer = Value.concat(Value.literal('x://'), inner, Value.of(bare), inner);
  expect(outer.parts).toEqual([
    { text: 'x://' }, { variable: user }, { text: '@' }, { variable: bare }, { variable: user }, { text: '@' },
  ]);
  expect(outer.variables).toEqual([user, bare, user]);
});

test('joining does not change what was joined', () => {
  const first = Value.literal('a');
  Value.concat(first, Value.literal('b'));
  expect(first.parts).toEqual([{ text: 'a' }]);
});

test.each([
  ['literal text', Value.literal('a$b'), true, 'a$b'],
  ['nothing', Value.literal(''), true, ''],
  ['a variable with a default', Value.of(user), false, 'app'],
  ['a variable without one', Value.of(bare), false, ''],
  ['both', Value.concat(Value.literal('<'), Value.of(user), Value.literal('>')), false, '<app>'],
])('%s is what a program sees in development', (_, value, isLiteral, text) => {
  expect(value.isLiteral).toBe(isLiteral);
  expect(value.developmentText).toBe(text);
});

test('a default that names other variables is followed to its end', () => {
  const login = new Variable('LOGIN', { defaultValue: Value.concat(Value.of(user), Value.literal(':x')) });
  const url = new Variable('URL', { defaultValue: Value.concat(Value.literal('x://'), Value.of(login)) });
  expect(Value.of(url).developmentText).toBe('x://app:x');
  expect(Value.of(url).variables).toEqual([url]);
});

test('several literals are several values', () => {
  expect(Value.literals('a', '', 'b').map((value) => value.developmentText)).toEqual(['a', '', 'b']);
});

test('the name of a service is text, and stays known as such through all joining', () => {
  const web = new Service(newStack(), 'web', { image: 'nginx:1.29', ports: [{ name: 'http', port: 80 }] });
  const url = Value.concat(Value.literal('x='), web.endpoint('http').internalUrl, Value.host(web));
  expect(url.parts).toEqual([{ text: 'x=http://web:80web' }]);
  expect(url.hosts).toEqual([web]);
  expect(url.isLiteral).toBe(true);
  expect(Value.literal('web').hosts).toEqual([]);
});

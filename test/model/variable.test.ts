import { Mount, SecretFormat, Value, Variable } from '../../src';

test('a bare variable is required, is no secret, and says what it is by its name', () => {
  const variable = new Variable('_SMTP_HOST_');
  expect({ ...variable }).toMatchObject({ variableName: '_SMTP_HOST_', description: 'smtp host', required: true, secret: false });
  expect(variable.defaultValue).toBeUndefined();
  expect(variable.section).toBeUndefined();
});

test('a default keeps a variable required, unless the default is empty', () => {
  expect(new Variable('A', { defaultValue: Value.literal('x') }).required).toBe(true);
  expect(new Variable('A', { defaultValue: Value.literal('') }).required).toBe(false);
  expect(new Variable('A', { defaultValue: Value.literal(''), required: true }).required).toBe(true);
  expect(new Variable('A', { required: false }).required).toBe(false);
});

test('a secret that is made here has a default for development', () => {
  const secret = new Variable('API_KEY', { secret: true });
  expect(secret.secretFormat).toBe(SecretFormat.HEX);
  expect(secret.defaultValue?.developmentText).toBe('dev_api_key');
});

test('a secret that somebody else issues has none', () => {
  expect(new Variable('API_KEY', { secret: true, secretFormat: SecretFormat.GIVEN }).defaultValue).toBeUndefined();
});

test('what is no secret gets no default by itself', () => {
  expect(new Variable('API_KEY', { secretFormat: SecretFormat.HEX }).defaultValue).toBeUndefined();
});

test('a default of a secret can be said', () => {
  expect(new Variable('API_KEY', { secret: true, defaultValue: Value.literal('x') }).defaultValue?.developmentText).toBe('x');
});

test('what its default names stands before a variable, the farthest first', () => {
  const user = new Variable('USER_NAME');
  const host = new Variable('HOST_NAME');
  const login = new Variable('LOGIN', { defaultValue: Value.of(user) });
  const url = new Variable('URL', { defaultValue: Value.concat(Value.of(login), Value.literal('@'), Value.of(host)) });
  expect(url.withReferences).toEqual([user, login, host, url]);
  expect(user.withReferences).toEqual([user]);
});

test('where a value is stored, and how it is changed, is kept', () => {
  const data = Mount.volume('data', '/data');
  const variable = new Variable('PASSWORD', { storedIn: data, howToChange: 'ALTER USER', section: 'Store' });
  expect(variable.storedIn).toBe(data);
  expect(variable.howToChange).toBe('ALTER USER');
  expect(variable.section).toBe('Store');
});

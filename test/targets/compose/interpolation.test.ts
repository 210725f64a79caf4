import { Mode, SecretFormat, Service, Value, Variable } from '../../../src';
import { newStack, serviceOf } from '../../support/stack';

/** What one value becomes in both modes, as a key of the environment. */
function rendered(value: Value): [string, string] {
  const stack = newStack();
  new Service(stack, 'web', { image: 'nginx:1.29', environment: { KEY: value } });
  return [serviceOf(stack, 'web').environment.KEY, serviceOf(stack, 'web', Mode.PRODUCTION).environment.KEY];
}

const must = (name: string) => `\${${name}:?set ${name} in .env (scripts/env.sh init makes it)}`;
const port = new Variable('PORT', { defaultValue: Value.literal('80') });

test.each([
  ['a literal is the same in both', Value.literal('text'), 'text', 'text'],
  ['a dollar sign of a literal is one', Value.literal('a$b${C}$$'), 'a$$b$${C}$$$$', 'a$$b$${C}$$$$'],
  ['a variable without a default must be set', Value.of(new Variable('A')), must('A'), must('A')],
  ['a literal default is for development only', Value.of(port), '${PORT:-80}', must('PORT')],
  ['an optional variable may be missing', Value.of(new Variable('A', { required: false })), '${A:-}', '${A:-}'],
  ['an empty default is one', Value.of(new Variable('A', { defaultValue: Value.literal('') })), '${A:-}', '${A:-}'],
  ['an optional variable has its default in development', Value.of(new Variable('A', { required: false, defaultValue: Value.literal('x') })), '${A:-x}', '${A:-}'],
  ['a secret that is made has one too', Value.of(new Variable('KEY_A', { secret: true })), '${KEY_A:-dev_key_a}', must('KEY_A')],
  ['a secret that is given has none', Value.of(new Variable('A', { secret: true, secretFormat: SecretFormat.GIVEN })), must('A'), must('A')],
])('%s', (_, value, development, production) => expect(rendered(value)).toEqual([development, production]));

test('a default that is composed holds in both modes, its own parts each by their rule', () => {
  const url = new Variable('URL', { defaultValue: Value.concat(Value.literal('http://h:'), Value.of(port), Value.literal('/$x')) });
  expect(rendered(Value.of(url))).toEqual(['${URL:-http://h:${PORT:-80}/$$x}', `\${URL:-http://h:${must('PORT')}/$$x}`]);
});

test('text and variables are joined as they stand', () => {
  expect(rendered(Value.concat(Value.literal('--port='), Value.of(port), Value.literal('$')))[0]).toBe('--port=${PORT:-80}$$');
});

test('arguments, entrypoints and build arguments are interpolated alike', () => {
  const stack = newStack();
  const value = Value.concat(Value.literal('$'), Value.of(port));
  new Service(stack, 'web', { imageBuild: { args: { A: value } }, command: [value], entrypoint: [value] });
  expect(serviceOf(stack, 'web')).toMatchObject({ build: { context: '.', args: { A: '$$${PORT:-80}' } }, command: ['$$${PORT:-80}'], entrypoint: ['$$${PORT:-80}'] });
});

test('text that is no value is left alone by Compose too', () => {
  const stack = newStack();
  new Service(stack, 'web', { image: 'nginx:1.29', labels: { a: '$1' }, workingDir: '/a$b', logging: { options: { tag: '{{.Name}}$' } }, sysctls: { 'kernel.msgmax': '$' } });
  expect(serviceOf(stack, 'web')).toMatchObject({ labels: { a: '$$1' }, working_dir: '/a$$b', logging: { options: { tag: '{{.Name}}$$' } }, sysctls: { 'kernel.msgmax': '$$' } });
});

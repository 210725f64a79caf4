import { isDnsLabel, isVariableName, toDnsLabel, toVariableName } from '../../src/model/names';

test.each(['a', '0', 'ai-worker', 'a'.repeat(63)])('%s is a DNS label', (text) => expect(isDnsLabel(text)).toBe(true));

test.each(['', '-a', 'a-', 'A', 'a_b', 'a.b', 'a b', 'ä', 'a'.repeat(64), 'a\n'])('%j is no DNS label', (text) => expect(isDnsLabel(text)).toBe(false));

test.each(['A', '_', 'lower', 'A_1', '_9'])('%s is the name of a variable', (text) => expect(isVariableName(text)).toBe(true));

test.each(['', '1A', 'A-B', 'A B', 'Ä', 'A\n', 'A='])('%j is no name of a variable', (text) => expect(isVariableName(text)).toBe(false));

test.each([
  ['MyShop', 'my-shop'], ['my_shop', 'my-shop'], ['--Shop--', 'shop'], ['a  b..c', 'a-b-c'], ['äö', 'service'], ['', 'service'], ['x'.repeat(70), 'x'.repeat(63)],
])('%j becomes the DNS label %s', (text, label) => {
  expect(toDnsLabel(text)).toBe(label);
  expect(isDnsLabel(label)).toBe(true);
});

test('a correction never ends in a hyphen, wherever it is cut', () => {
  expect(isDnsLabel(toDnsLabel(`${'x'.repeat(62)}-y`))).toBe(true);
});

test.each([
  ['ai-worker', 'AI_WORKER'], ['aiWorker', 'AI_WORKER'], ['a.b-c', 'A_B_C'], ['2nd', '_2ND'], ['-a-', 'A'], ['ä', '_'],
])('%j becomes the variable %s', (text, name) => {
  expect(toVariableName(text)).toBe(name);
  expect(isVariableName(name)).toBe(true);
});

import { isInRange } from '../../../src/validation/extensions/version-range';

test.each([
  ['^1.2.0', ['1.2.0', '1.9.9', '1.10.0-beta.1'], ['1.1.9', '2.0.0', '0.9.0']],
  ['^1', ['1.0.0', '1.9.9'], ['2.0.0', '0.9.9']],
  ['^0.3.1', ['0.3.1', '0.3.9'], ['0.3.0', '0.4.0', '1.3.1']],
  ['^0.0.4', ['0.0.4'], ['0.0.5', '0.0.3']],
  ['^0.3', ['0.3.0', '0.3.7'], ['0.4.0']],
  ['^0', ['0.9.0'], ['1.0.0']],
  ['~1.2.3', ['1.2.3', '1.2.9'], ['1.3.0', '1.2.2']],
  ['~1', ['1.9.0'], ['2.0.0']],
  ['>=1.4 <3', ['1.4.0', '2.9.9'], ['1.3.9', '3.0.0']],
  ['>= 1.4.0 < 3.0.0', ['1.4.0'], ['3.0.0']],
  ['>1.4', ['1.5.0'], ['1.4.9']],
  ['<=2.1', ['2.1.9', '0.1.0'], ['2.2.0']],
  ['1.x || 3.x', ['1.9.9', '3.0.0'], ['2.0.0', '4.0.0']],
  ['1.2 - 1.4', ['1.2.0', '1.4.9'], ['1.1.9', '1.5.0']],
  ['1.2.3', ['1.2.3', 'v1.2.3'], ['1.2.4']],
  ['*', ['0.0.1', '9.9.9'], []],
  ['', ['1.0.0'], []],
])('%s', (range, inside, outside) => {
  for (const version of inside) expect([version, isInRange(version, range)]).toEqual([version, true]);
  for (const version of outside) expect([version, isInRange(version, range)]).toEqual([version, false]);
});

test.each(['file:../projen-stack', 'latest', 'github:acme/projen-stack', 'workspace:*'])('%s is no range, so nobody knows', (range) => {
  expect(isInRange('1.2.3', range)).toBeUndefined();
  expect(isInRange('1.2.3', `${range} || ^1.0.0`)).toBe(true);
});

test('nor is anything known of a version that is none', () => expect(isInRange('next', '*')).toBeUndefined());

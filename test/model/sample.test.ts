import { SampleReplacement, SampleTree, SampleTreeProps } from '../../src';
import { newStack, textOf } from '../support/model';

const PARTS = [{ partName: 'core', source: '/core' }, { partName: 'redis', source: '/redis', wanted: false }];
const tree = (props: Partial<SampleTreeProps> = {}) => new SampleTree(newStack(), 'sample', { parts: PARTS, ...props });

test('a sample is an element of its stack without settings', () => {
  const stack = newStack();
  const sample = new SampleTree(stack, 'sample', { parts: PARTS });
  expect(stack.model()).toMatchObject({ services: [], elements: [sample], variables: [] });
  expect(SampleTree.treesOf(stack)).toEqual([sample]);
  expect(sample.sourceLocation).toMatch(/^test\/model\/sample\.test\.ts:\d+$/);
  expect(stack.findings()).toEqual([]);
});

test.each([
  [undefined, ''], ['.', ''], ['./', ''], ['backend', 'backend'], ['./backend/', 'backend'], ['a//b/../c', 'a/c'], ['..app', '..app'],
])('the folder %j is %j', (directory, expected) => {
  expect(tree({ directory }).directory).toBe(expected);
  expect(tree({ directory }).findings()).toEqual([]);
});

test.each(['..', '../x', 'a/../..', '/', '/x', 'C:', 'c:\\x', 'a\\b'])('the folder %j is refused', (directory) => {
  expect(tree({ directory }).findings().map(textOf)).toEqual([
    `error PS063 at shop/stack/sample: The folder ${JSON.stringify(directory)} is not one below the stack's, written with "/". `
    + 'Write a path such as: directory: \'backend\'.',
  ]);
});

test('its name is the id unless it has another one', () => {
  expect(tree().sampleName).toBe('sample');
  expect(tree({ sampleName: 'fastapi' }).sampleName).toBe('fastapi');
});

test('parts are added and wanted later, and the definition\'s own list stays as it was', () => {
  const sample = tree();
  sample.addPart({ partName: 'celery', source: '/celery' });
  sample.wantPart('redis');
  sample.wantPart('core');
  expect(sample.parts).toEqual([
    { partName: 'core', source: '/core', wanted: true }, { partName: 'redis', source: '/redis', wanted: true }, { partName: 'celery', source: '/celery' },
  ]);
  expect(PARTS[1].wanted).toBe(false);
  sample.parts.pop();
  expect(sample.parts).toHaveLength(3);
});

test('a part is there once', () => {
  expect(() => tree().addPart({ partName: 'core', source: '/x' })).toThrow('The sample sample has a part "core" already. Write: sample.wantPart(\'core\').');
});

test('a part that is not there cannot be wanted', () => {
  expect(() => tree().wantPart('celery')).toThrow('The sample sample has no part "celery". Write one of: core, redis.');
});

test('replacements are added later', () => {
  const [first, second] = [SampleReplacement.renameFolder('app', 'src'), SampleReplacement.line('a', 'b', 'c')];
  const sample = tree({ replacements: [first] });
  sample.addReplacement(second);
  expect(sample.replacements).toEqual([first, second]);
});

test('a replacement knows what it replaces', () => {
  expect(SampleReplacement.renameFolder('app', 'src', { references: ['"app"'], extensions: ['.py'] }))
    .toMatchObject({ kind: 'folder', search: 'app', replacement: 'src', references: ['"app"'], extensions: ['.py'], count: undefined });
  expect(SampleReplacement.line('a.py', 'x', 'y')).toMatchObject({ kind: 'line', file: 'a.py', search: 'x', replacement: 'y', count: 1 });
  expect(SampleReplacement.text('x', 'y')).toMatchObject({ kind: 'text', file: undefined, search: 'x', replacement: 'y', count: 1 });
  expect(SampleReplacement.text('x', 'y', { file: 'a', extensions: ['.md'], count: 2 })).toMatchObject({ file: 'a', extensions: ['.md'], count: 2 });
});

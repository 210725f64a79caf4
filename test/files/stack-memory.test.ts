import { Project } from 'projen';
import { StackMemory } from '../../src/files/stack-memory';
import { readTree, tempFolder, withoutPost } from '../support/synth';
import { put } from './sample/folders';

const FILE = '.projen/stack.json';

/** Synthesizes a project after something was done with its memory. */
function synth(folder: string, act: (memory: StackMemory) => void): string | undefined {
  const project = new Project({ name: 'shop', outdir: folder });
  const memory = StackMemory.of(project);
  expect(StackMemory.of(project)).toBe(memory);
  memory.load();
  act(memory);
  memory.prepare();
  withoutPost(() => project.synth());
  return readTree(folder)[FILE];
}

test('a section is what was set at the last synthesis', () => {
  const folder = tempFolder();
  synth(folder, (memory) => memory.setSection('samples', { b: 1, a: { d: [2, 1], c: 3 } }));
  synth(folder, (memory) => {
    expect(memory.section('samples')).toEqual({ b: 1, a: { d: [2, 1], c: 3 } });
    expect(memory.section('other')).toEqual({});
  });
});

test('its keys have an order, its lists keep theirs', () => {
  const text = synth(tempFolder(), (memory) => {
    memory.setSection('b', { y: { z: 1, a: [2, 1] }, x: 1 });
    memory.setSection('a', { z: true });
  });
  expect(JSON.stringify(JSON.parse(text!)).replace(/,"\/\/".*/, '')).toBe('{"a":{"z":true},"b":{"x":1,"y":{"a":[2,1],"z":1}}');
});

test('what is read is a copy', () => {
  const folder = tempFolder();
  synth(folder, (memory) => memory.setSection('a', { x: { y: 1 } }));
  const text = synth(folder, (memory) => { (memory.section('a').x as any).y = 2; });
  expect(JSON.parse(text!).a).toEqual({ x: { y: 1 } });
});

test.each(['', '{', '[1]', 'null', '"a"', '{"a":[1]}', '{"a":"b"}', '<<<<<<< ours\n'])('a file that holds %j is as good as none', (text) => {
  synth(put(tempFolder(), { [FILE]: text }), (memory) => expect(memory.section('a')).toEqual({}));
});

test('without anything to remember there is no file, and one that was there is removed', () => {
  const folder = tempFolder();
  expect(synth(folder, () => undefined)).toBeUndefined();
  expect(synth(folder, (memory) => memory.setSection('a', { x: 1 }))).toBeDefined();
  expect(synth(folder, (memory) => memory.setSection('a', {}))).toBeUndefined();
});

test('the same object removes its file too', () => {
  const folder = tempFolder();
  const project = new Project({ name: 'shop', outdir: folder });
  const memory = StackMemory.of(project);
  for (const content of [{ x: 1 }, {}]) {
    memory.load();
    memory.setSection('a', content);
    memory.prepare();
    withoutPost(() => project.synth());
    expect(FILE in readTree(folder)).toBe('x' in content);
  }
});

test('what is done before is done once, and when it fails nothing is remembered', () => {
  const folder = tempFolder();
  const project = new Project({ name: 'shop', outdir: folder });
  const memory = StackMemory.of(project);
  const done: string[] = [];
  memory.load();
  memory.setSection('a', { x: 1 });
  memory.beforeSave(() => { expect(readTree(folder)).not.toHaveProperty([FILE]); done.push('first'); });
  memory.beforeSave(() => { throw new Error('no'); });
  memory.prepare();
  expect(() => withoutPost(() => project.synth())).toThrow('no');
  expect(readTree(folder)).not.toHaveProperty([FILE]);

  memory.load();
  expect(memory.section('a')).toEqual({});
  memory.beforeSave(() => done.push('second'));
  withoutPost(() => project.synth());
  withoutPost(() => project.synth());
  expect(done).toEqual(['first', 'second']);
});

test('what a synthesis was about to do that failed elsewhere is forgotten', () => {
  const memory = StackMemory.of(new Project({ name: 'shop', outdir: tempFolder() }));
  const done: string[] = [];
  memory.beforeSave(() => done.push('stale'));
  memory.load();
  withoutPost(() => memory.project.synth());
  expect(done).toEqual([]);
});

import { chmodSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'fs';
import * as path from 'path';
import { LogLevel, Project, TextFile } from 'projen';
import { NodeProject } from 'projen/lib/javascript';
import { RedisCache, Stack } from '../../src';
import { change, memory, mode, project, Readme, readme, refusal, section, synth, withCi } from '../support/sections';
import { readTree, tempFolder } from '../support/synth';

const AT = 'shop/stack (test/support/sections.ts:LINE):';

test('a README is made, is nobody\'s but the team\'s, and the same definition changes nothing', () => {
  const folder = tempFolder();
  synth(() => project(folder, [section('a'), section('b')]));
  const text = readme(folder);
  expect(text).toMatch(/^# shop\n\n<!-- stack:a .*-->\n\n## a\n\nText of a\.\n\n<!-- \/stack:a -->\n\n<!-- stack:b /);
  expect(mode(folder)).toMatch(/6..$/);
  expect(readFileSync(path.join(folder, '.projen/files.json'), 'utf8')).not.toContain('README');
  const before = statSync(path.join(folder, 'README.md')).mtimeMs;
  const tree = readTree(folder);
  synth(() => project(folder, [section('a'), section('b')]));
  expect(statSync(path.join(folder, 'README.md')).mtimeMs).toBe(before);
  expect(readTree(folder)).toEqual(tree);
});

test('what the team writes around sections stays, and the sections follow the definition', () => {
  const folder = tempFolder();
  synth(() => project(folder, [section('a')]));
  change(folder, (text) => `Ours, above.\n\n${text}\nOurs, below.\n`);
  chmodSync(path.join(folder, 'README.md'), 0o664);
  synth(() => project(folder, [section('a', 'New.'), section('b')]));
  expect(readme(folder)).toMatch(/^Ours, above\.\n\n# shop\n[^]*New\.\n[^]*Text of b\.[^]*\nOurs, below\.\n$/);
  expect(mode(folder)).toMatch(/664$/);
});

test('a section that somebody edited is left with a warning, and is an error in CI', () => {
  const folder = tempFolder();
  synth(() => project(folder, [section('a')]));
  change(folder, (text) => text.replace('Text of a.', 'Ours.'));
  const message = `PS080 at ${AT} README.md:3: the section "a" was edited, so it is left as it is. `
    + 'Move what you wrote outside of its marks and delete the text between them, to have it generated again; or remove both marks, to keep it as yours.';
  const edited = readme(folder);
  expect(withCi(undefined, () => synth(() => project(folder, [section('a', 'New.')])))).toEqual([`warning ${message}`]);
  expect(readme(folder)).toBe(edited);
  expect(withCi('true', () => refusal(() => project(folder, [section('a', 'New.')])))).toEqual([`error ${message}`]);
  const accepted = () => project(folder, [section('a', 'New.')], (stack) => stack.accept('PS080', { because: 'it is ours' }));
  expect(withCi('true', () => synth(accepted))).toEqual([]);
  // It is not forgotten: once the text is back, it is written anew.
  change(folder, (text) => text.replace('Ours.', 'Text of a.'));
  expect(synth(() => project(folder, [section('a', 'New.')]))).toEqual([]);
  expect(readme(folder)).toContain('New.');
});

test('a section that somebody took out stays out, also when its memory was carried through a synthesis', () => {
  const folder = tempFolder();
  synth(() => project(folder, [section('a'), section('b')]));
  change(folder, (text) => text.replace(/<!-- stack:a [^]*<!-- \/stack:a -->\n\n/, ''));
  for (const text of ['One.', 'Two.']) synth(() => project(folder, [section('a', text), section('b')]));
  expect(readme(folder)).not.toMatch(/stack:a/);
  expect(readme(folder)).toMatch(/stack:b/);
});

test('broken marks stop everything, before any file is written', () => {
  const folder = tempFolder();
  synth(() => project(folder, [section('a')]));
  change(folder, (text) => text.replace('<!-- /stack:a -->\n', ''));
  const tree = readTree(folder);
  expect(refusal(() => project(folder, [section('a')], (stack) => new RedisCache(stack, 'other', { hostPort: 6380 })))).toEqual([
    `error PS081 at ${AT} README.md:3: the section "a" begins and does not end. Write <!-- /stack:a --> on a line of its own below it, or remove this mark.`,
  ]);
  expect(readTree(folder)).toEqual(tree);
});

test('two stacks share a file, each with sections of its own', () => {
  const folder = tempFolder();
  const make = (first: string, second: string) => project(folder, [section('a', first)], (_, root) => {
    new RedisCache(new Stack(root, 'infra', { readme: { sections: [] }, directory: 'infra', targets: [new Readme([section('a', second)], '../README.md')] }), 'redis');
  });
  synth(() => make('One.', 'Two.'));
  expect(readme(folder)).toMatch(/stack:a [^]*One\.[^]*infra:a [^]*Two\./);
  synth(() => make('One.', 'Three.'));
  expect(readme(folder)).toMatch(/stack:a [^]*One\.[^]*infra:a [^]*Three\./);
  expect(readme(folder)).not.toContain('Two.');
});

test('a file that somebody else writes as a whole is refused', () => {
  const folder = tempFolder();
  expect(refusal(() => project(folder, [section('a')], (_, root) => new TextFile(root, 'README.md', { lines: ['Theirs.'] })))).toEqual([
    `error PS060 at ${AT} Sections of README.md are kept up to date, and shop/TextFile@README.md writes the whole file. `
      + "Remove that file, or write another one for the sections: readme: { file: 'docs/stack.md' } in the properties of the stack.",
  ]);
});

test('the README that projen makes for a new project has the sections too', () => {
  const folder = tempFolder();
  const make = () => {
    const root = new NodeProject({ name: 'shop', outdir: folder, defaultReleaseBranch: 'main', logging: { level: LogLevel.INFO } });
    new RedisCache(new Stack(root, 'stack', { readme: { sections: [] }, targets: [new Readme([section('a')])] }), 'redis');
    return root;
  };
  synth(make);
  expect(readme(folder)).toMatch(/^# replace this\n\n<!-- stack:a [^]*<!-- \/stack:a -->\n$/);
  // One that is gone as a whole begins anew: nobody took a section out of it.
  rmSync(path.join(folder, 'README.md'));
  synth(make);
  expect(readme(folder)).toMatch(/^# replace this\n\n<!-- stack:a [^]*<!-- \/stack:a -->\n$/);
});

test('an ejected project has plain Markdown', () => {
  const folder = tempFolder();
  synth(() => project(folder, [section('a'), section('b')]));
  process.env.PROJEN_EJECTING = 'true';
  try {
    synth(() => project(folder, [section('a'), section('b')]));
  } finally {
    delete process.env.PROJEN_EJECTING;
  }
  expect(readme(folder)).toBe('# shop\n\n## a\n\nText of a.\n\n## b\n\nText of b.\n');
});

test('a folder is made for a file in one, and none for a target without sections', () => {
  const folder = tempFolder();
  synth(() => {
    const root = new Project({ name: 'shop', outdir: folder });
    new RedisCache(new Stack(root, 'stack', { readme: { sections: [] }, targets: [new Readme([section('a')], 'docs/stack.md')] }), 'redis');
    return root;
  });
  expect(existsSync(path.join(folder, 'docs/stack.md'))).toBe(true);
});

describe('a memory that is lost', () => {
  const lose = (folder: string) => rmSync(path.join(folder, '.projen/stack.json'), { force: true });

  test('does no harm to sections that are as they are wanted', () => {
    const folder = tempFolder();
    synth(() => project(folder, [section('a')]));
    const tree = readTree(folder);
    lose(folder);
    expect(synth(() => project(folder, [section('a')]))).toEqual([]);
    expect(readTree(folder)).toEqual(tree);
  });

  test('makes others edited ones, and one that is then taken out stays out', () => {
    const folder = tempFolder();
    synth(() => project(folder, [section('a'), section('b')]));
    lose(folder);
    expect(withCi(undefined, () => synth(() => project(folder, [section('a', 'New.'), section('b')]))).map((line) => line.slice(0, 13))).toEqual(['warning PS080']);
    expect(memory(folder)['README.md']['stack:a']).toBe('unknown');
    change(folder, (text) => text.replace(/<!-- stack:a [^]*<!-- \/stack:a -->\n\n/, ''));
    expect(synth(() => project(folder, [section('a', 'New.'), section('b')]))).toEqual([]);
    expect(readme(folder)).not.toContain('stack:a');
    change(folder, (text) => `${text}\n<!-- stack:a -->\n<!-- /stack:a -->\n`);
    synth(() => project(folder, [section('a', 'New.'), section('b')]));
    expect(readme(folder)).toMatch(/<!-- stack:a -->\n\n## a\n\nNew\.\n\n<!-- \/stack:a -->\n$/);
  });
});

test('a file that is gone, or empty, begins anew, with what was taken out', () => {
  for (const start of [(file: string) => rmSync(file), (file: string) => writeFileSync(file, '\n')]) {
    const folder = tempFolder();
    synth(() => project(folder, [section('a'), section('b')]));
    const text = readme(folder);
    change(folder, (each) => each.replace(/<!-- stack:a [^]*<!-- \/stack:a -->\n\n/, ''));
    synth(() => project(folder, [section('a'), section('b')]));
    start(path.join(folder, 'README.md'));
    synth(() => project(folder, [section('a'), section('b')]));
    expect(readme(folder)).toBe(text);
  }
});

test.each([['', 'warning'], ['false', 'warning'], ['0', 'warning'], ['1', 'error'], ['true', 'error']])('with CI=%j an edited section is of severity %s', (ci, severity) => {
  const folder = tempFolder();
  synth(() => project(folder, [section('a')]));
  change(folder, (text) => text.replace('Text of a.', 'Ours.'));
  const said = withCi(ci, () => (severity === 'error' ? refusal : synth)(() => project(folder, [section('a')])));
  expect(said.map((line) => line.split(' at ')[0])).toEqual([`${severity} PS080`]);
});

test('an ejected project has the sections as they are wanted now, those that somebody edited, and no marks, also in CI', () => {
  const folder = tempFolder();
  synth(() => project(folder, [section('a'), section('b'), section('c')]));
  change(folder, (text) => text.replace('Text of b.', 'Ours.'));
  process.env.PROJEN_EJECTING = 'true';
  try {
    expect(withCi('1', () => synth(() => project(folder, [section('a', 'New.'), section('b')])))).toEqual([]);
  } finally {
    delete process.env.PROJEN_EJECTING;
  }
  expect(readme(folder)).toBe('# shop\n\n## a\n\nNew.\n\n## b\n\nOurs.\n');
  expect(existsSync(path.join(folder, '.projen/stack.json'))).toBe(false);
});

import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'fs';
import * as path from 'path';
import { Component, Project, SampleFile } from 'projen';
import { ReadmeSection, RedisCache, Stack } from '../../src';
import { change, memory, mode, project, Readme, readme, refusal, section, stackOf, stacks, synth, withCi } from '../support/sections';
import { messageOf } from '../support/stack';
import { readTree, tempFolder, withoutPost } from '../support/synth';
import { FixedTarget } from '../support/targets';

const AT = 'shop/stack (test/support/sections.ts:LINE):';

describe('what several have to say in one file', () => {
  test('of one stack: each target gives its sections, and the second synthesis changes nothing', () => {
    const folder = tempFolder();
    const make = () => stacks(folder, (root) => {
      const stack = new Stack(root, 'stack', { targets: [new Readme([section('a')])], readme: { sections: [ReadmeSection.TESTS] } });
      new RedisCache(stack, 'redis');
    });
    synth(make);
    const tree = readTree(folder);
    expect(tree['README.md'].match(/^<!-- stack:[a-z]+/gm)).toEqual(['<!-- stack:a', '<!-- stack:tests']);
    expect(synth(make)).toEqual([]);
    expect(readTree(folder)).toEqual(tree);
  });

  test('of a stack that is gone or has another name: its sections go, and what somebody edited stays with a warning', () => {
    const folder = tempFolder();
    synth(() => stacks(folder, (root) => {
      stackOf(root, [new Readme([section('a')])]);
      stackOf(root, [new Readme([section('b'), section('c')], '../README.md')], 'infra', 'infra');
    }));
    change(folder, (text) => text.replace('Text of c.', 'Ours.'));
    expect(withCi(undefined, () => synth(() => stacks(folder, (root) => { stackOf(root, [new Readme([section('a')])]); })))).toEqual([
      `warning PS080 at ${AT} README.md:11: the section "c" was edited, so it is left as it is, although the stack has nothing more to say there. `
      + 'Move what you wrote outside of its marks and delete the text between them; or remove both marks, to keep it as yours.',
    ]);
    expect(readme(folder).match(/^<!-- [a-z]+:[a-z]+/gm)).toEqual(['<!-- stack:a', '<!-- infra:c']);
    expect(Object.keys(memory(folder)['README.md'])).toEqual(['infra:c', 'stack:a']);
  });

  test('of two stacks whose names are alike in marks: one of them has to change', () => {
    const folder = tempFolder();
    expect(refusal(() => stacks(folder, (root) => {
      stackOf(root, [new Readme([section('a')])], 'my-stack', 'one');
      stackOf(root, [new Readme([section('a')], '../one/README.md')], 'My_Stack', 'two');
    }))).toEqual([
      `error PS068 at ${AT.replace('/stack ', '/my-stack ')} one/README.md: the section "a" is given twice. Correct the target that gives the section.`,
    ]);
  });

  test('of two projects: each has a file of its own', () => {
    const said = refusal(() => stacks(tempFolder(), (root) => {
      stackOf(root, [new Readme([section('a')], 'packages/sub/README.md')]);
      stackOf(new Project({ name: 'sub', parent: root, outdir: 'packages/sub' }), [new Readme([section('a')])]);
    }));
    expect(said.map((line) => line.replace(/ \(.*?\):/, ':'))).toEqual([
      'error PS060 at shop/stack: Sections of packages/sub/README.md are also written by shop/sub/stack, which is of another project. '
        + "In one of the two, write another one for the sections: readme: { file: 'docs/stack.md' } in the properties of the stack.",
      expect.stringContaining('packages/sub/README.md are also written by shop/stack'),
    ]);
  });

  test('and a target that writes it as a whole is refused', () => {
    const [said] = refusal(() => stacks(tempFolder(), (root) => {
      stackOf(root, [new Readme([section('a')]), new FixedTarget([{ filePath: 'README.md', content: 'all' }])]);
    }));
    expect(said).toContain('Sections of README.md are kept up to date, and a target of shop/stack writes the whole file.');
  });
});

describe('a definition without sections', () => {
  test('makes no file, and no memory of one', () => {
    const folder = tempFolder();
    synth(() => project(folder, []));
    expect(existsSync(path.join(folder, 'README.md'))).toBe(false);
    expect(memory(folder)).toEqual({});
  });

  test('takes out those that were there, also when the target itself is gone', () => {
    for (const without of [(folder: string) => project(folder, []), (folder: string) => stacks(folder, (root) => { stackOf(root, []); })]) {
      const folder = tempFolder();
      synth(() => project(folder, [section('a'), section('b')]));
      change(folder, (text) => `${text}\nOurs.\n`);
      synth(() => without(folder));
      expect(readme(folder)).toBe('# shop\n\nOurs.\n');
      expect(memory(folder)).toEqual({});
    }
  });

  test('and a file that went to another place has them there only', () => {
    const folder = tempFolder();
    synth(() => project(folder, [section('a')]));
    synth(() => stacks(folder, (root) => { stackOf(root, [new Readme([section('a')], 'docs/stack.md')]); }));
    expect(readme(folder)).toBe('# shop\n');
    expect(readFileSync(path.join(folder, 'docs/stack.md'), 'utf8')).toContain('Text of a.');
    expect(Object.keys(memory(folder))).toEqual(['docs/stack.md']);
  });
});

describe('a file that cannot be written', () => {
  const way = 'Rename what is in the way, save the file as UTF-8, or give the permission; or write another path in the target that gives the sections.';
  const cases: [string, (file: string) => void, string][] = [
    ['a folder', (file) => mkdirSync(file), 'a folder has that name'],
    ['one in another encoding', (file) => writeFileSync(file, Buffer.from('Gr\u00fc\u00dfe\n', 'latin1')), 'it is not text in UTF-8'],
    ['one of two bytes a letter', (file) => writeFileSync(file, Buffer.from('Ours\n', 'utf16le')), 'it is not text in UTF-8'],
    ['one that is read-only', (file) => writeFileSync(file, 'Ours.\n', { mode: 0o444 }), 'it is read-only'],
  ];

  test.each(cases)('%s stops everything', (_, make, why) => {
    const folder = tempFolder();
    make(path.join(folder, 'README.md'));
    expect(refusal(() => project(folder, [section('a')]))).toEqual([`error PS069 at ${AT} Sections of README.md cannot be written: ${why}. ${way}`]);
    expect(existsSync(path.join(folder, 'compose.yaml'))).toBe(false);
  });

  test('one below a file, and one outside of the project', () => {
    const folder = tempFolder();
    writeFileSync(path.join(folder, 'docs'), '');
    const said = (filePath: string) => refusal(() => stacks(folder, (root) => { stackOf(root, [new Readme([section('a')], filePath)]); }))[0];
    expect(said('docs/more/stack.md')).toContain('Sections of docs/more/stack.md cannot be written: its folder is a file.');
    expect(said('../README.md')).toContain('Sections of ../README.md cannot be written: it lies outside of the project.');
  });

  test('but one that is read-only and needs no change is fine', () => {
    const folder = tempFolder();
    synth(() => project(folder, [section('a')]));
    chmodSync(path.join(folder, 'README.md'), 0o444);
    expect(synth(() => project(folder, [section('a')]))).toEqual([]);
    expect(mode(folder)).toMatch(/444$/);
  });
});

test('a link leads where it led', () => {
  const folder = tempFolder();
  mkdirSync(path.join(folder, 'docs'));
  writeFileSync(path.join(folder, 'docs/index.md'), 'Ours.\n');
  symlinkSync('docs/index.md', path.join(folder, 'README.md'));
  synth(() => project(folder, [section('a')]));
  expect(readFileSync(path.join(folder, 'docs/index.md'), 'utf8')).toMatch(/^Ours\.\n\n<!-- stack:a /);
});

test.each([
  ['a name that is none', [section('Quick Start')], 'the name of the section "Quick Start" is not one of lower-case words with dashes between'],
  ['a name that is there', [section('a'), section('a', 'Other.')], 'the section "a" is given twice'],
  ['the mark of another', [section('a', '<!-- stack:b -->')], 'the text of the section "a" holds the mark of a section'],
  ['code without an end', [section('a', '```sh\nls')], 'the text of the section "a" has a code block in line 3 that does not end'],
])('a section with %s is refused', (_, sections, message) => {
  expect(refusal(() => project(tempFolder(), sections))).toContain(`error PS068 at ${AT} README.md: ${message}. Correct the target that gives the section.`);
});

describe('a sample of projen\'s', () => {
  const sample = (root: Project) => new SampleFile(root, 'README.md', { contents: '# Sample\n' });

  test('that is written before has the sections at its end', () => {
    const folder = tempFolder();
    synth(() => stacks(folder, (root) => { sample(root); stackOf(root, [new Readme([section('a')])]); }));
    expect(readme(folder)).toMatch(/^# Sample\n\n<!-- stack:a /);
  });

  test('that would be written later is not', () => {
    const folder = tempFolder();
    const late = (root: Project) => new class extends Component {
      public preSynthesize() { sample(root); }
    }(root);
    synth(() => stacks(folder, (root) => { stackOf(root, [new Readme([section('a')])]); late(root); }));
    expect(readme(folder)).toMatch(/^# shop\n\n<!-- stack:a /);
  });

  test('whose marks are broken stops the synthesis, since nobody could ask before', () => {
    const folder = tempFolder();
    expect(messageOf(() => withoutPost(() => stacks(folder, (root) => {
      new SampleFile(root, 'README.md', { contents: '<!-- stack:a -->\n' });
      stackOf(root, [new Readme([section('a')])]);
    }).synth()))).toBe('Sections of README.md cannot be written: line 1: the section "a" begins and does not end. '
      + 'The file has changed since the synthesis began. Synthesize again.');
    expect(existsSync(path.join(folder, '.projen/stack.json'))).toBe(false);
  });
});

test('a subproject has its own file and its own memory', () => {
  const folder = tempFolder();
  const make = () => stacks(folder, (root) => {
    stackOf(root, [new Readme([section('a')])]);
    stackOf(new Project({ name: 'sub', parent: root, outdir: 'packages/sub' }), [new Readme([section('a', 'Sub.')])]);
  });
  synth(make);
  expect(readTree(folder)['packages/sub/README.md']).toContain('Sub.');
  expect(Object.keys(JSON.parse(readTree(folder)['packages/sub/.projen/stack.json']).sections)).toEqual(['README.md']);
  const file = path.join(folder, 'packages/sub/README.md');
  writeFileSync(file, readFileSync(file, 'utf8').replace('Sub.', 'Ours.'));
  expect(withCi(undefined, () => synth(make)).map((line) => line.replace(/ \(.*?\):/, ':'))).toEqual([
    expect.stringContaining('warning PS080 at shop/sub/stack: packages/sub/README.md:3: the section "a" was edited'),
  ]);
});

import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'fs';
import * as path from 'path';
import { Component, LogLevel, Project, SampleFile, TextFile } from 'projen';
import { NodeProject } from 'projen/lib/javascript';
import { FileSection, ReadmeSection, RedisCache, Stack, StackModel, Target, TargetOutput } from '../../src';
import { messageOf, stable } from '../support/stack';
import { readTree, tempFolder, withoutPost } from '../support/synth';
import { FixedTarget } from '../support/targets';

/** Keeps sections in a README. */
class Readme extends Target {
  constructor(private readonly sections: FileSection[], private readonly filePath = 'README.md') {
    super('readme-of-a-test');
  }

  public render(stack: StackModel): TargetOutput {
    return { files: [], sectionedFiles: [{ filePath: this.filePath, opening: `# ${stack.stackName}\n`, sections: this.sections }] };
  }
}

const section = (sectionId: string, text = `Text of ${sectionId}.`): FileSection => ({ sectionId, content: `## ${sectionId}\n\n${text}` });

/** A project with a stack whose README has sections. */
function project(outdir: string, sections: FileSection[], more: (stack: Stack, root: Project) => void = () => undefined): Project {
  const root = new Project({ name: 'shop', outdir, logging: { level: LogLevel.INFO } });
  const stack = new Stack(root, 'stack', { readme: { sections: [] }, targets: [new Readme(sections)] });
  new RedisCache(stack, 'redis');
  more(stack, root);
  return root;
}

/** Synthesizes, and gives what was said. */
function synth(make: () => Project): string[] {
  const spy = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  try {
    withoutPost(() => make().synth());
    return spy.mock.calls.map(([line]) => stable(String(line)).replace(/\u001b\[\d+m/g, '').replace(/^\S+ /, '')).filter((line) => /PS08|section/.test(line));
  } finally {
    spy.mockRestore();
  }
}

/** What a synthesis is refused with. */
const refusal = (make: () => Project) => messageOf(() => withoutPost(() => make().synth())).split('\n').filter((line) => /PS\d/.test(line)).map((line) => line.trim());

/** With an environment variable that is set, or not. */
function withCi<T>(value: string | undefined, run: () => T): T {
  const before = process.env.CI;
  if (value === undefined) delete process.env.CI;
  else process.env.CI = value;
  try {
    return run();
  } finally {
    if (before === undefined) delete process.env.CI;
    else process.env.CI = before;
  }
}

const readme = (folder: string) => readFileSync(path.join(folder, 'README.md'), 'utf8');
const mode = (folder: string) => statSync(path.join(folder, 'README.md')).mode.toString(8);
const change = (folder: string, edit: (text: string) => string) => writeFileSync(path.join(folder, 'README.md'), edit(readme(folder)));
const AT = 'shop/stack (test/stack/sections.test.ts:LINE):';

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
  synth(() => {
    const root = new NodeProject({ name: 'shop', outdir: folder, defaultReleaseBranch: 'main', logging: { level: LogLevel.INFO } });
    new RedisCache(new Stack(root, 'stack', { readme: { sections: [] }, targets: [new Readme([section('a')])] }), 'redis');
    return root;
  });
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

/** A project with stacks, whose READMEs are said one by one. */
function stacks(outdir: string, define: (root: Project) => void): Project {
  const root = new Project({ name: 'shop', outdir, logging: { level: LogLevel.INFO } });
  define(root);
  return root;
}

function stackOf(root: Project, targets: Target[], id = 'stack', directory?: string): Stack {
  const stack = new Stack(root, id, { readme: { sections: [] }, directory, targets });
  new RedisCache(stack, 'redis');
  return stack;
}

const memory = (folder: string) => JSON.parse(readFileSync(path.join(folder, '.projen/stack.json'), 'utf8')).sections;

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
      `warning PS080 at ${AT} README.md:9: the section "c" was edited, so it is left as it is, although the stack has nothing more to say there. `
        .replace('README.md:9', 'README.md:17')
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
      'error PS060 at shop/stack: Sections of packages/sub/README.md are also written by sub/stack, which is of another project. '
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
    expect(readFileSync(path.join(folder, '.projen/stack.json'), 'utf8')).not.toContain('README');
  });

  test('takes out those that were there, also when the target itself is gone', () => {
    for (const without of [(folder: string) => project(folder, []), (folder: string) => stacks(folder, (root) => { stackOf(root, []); })]) {
      const folder = tempFolder();
      synth(() => project(folder, [section('a'), section('b')]));
      change(folder, (text) => `${text}\nOurs.\n`);
      synth(() => without(folder));
      expect(readme(folder)).toBe('# shop\n\nOurs.\n');
      expect(memory(folder)).toBeUndefined();
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
  expect(withCi(undefined, () => synth(make)).map((line) => line.replace(/ \(.*?\):/, ':').slice(0, 65))).toEqual(['warning PS080 at sub/stack: packages/sub/README.md:3: the section'.slice(0, 65)]);
});

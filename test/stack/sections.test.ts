import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'fs';
import * as path from 'path';
import { LogLevel, Project, TextFile } from 'projen';
import { NodeProject } from 'projen/lib/javascript';
import { FileSection, RedisCache, Stack, StackModel, Target, TargetOutput } from '../../src';
import { messageOf, stable } from '../support/stack';
import { readTree, tempFolder, withoutPost } from '../support/synth';

/** Keeps sections in a README. */
class Readme extends Target {
  constructor(private readonly sections: FileSection[], private readonly filePath = 'README.md') {
    super('readme-of-a-test');
  }

  public render(stack: StackModel): TargetOutput {
    return { files: [], sectionedFiles: [{ filePath: this.filePath, opening: `# ${stack.stackName}\n`, sections: this.sections }] };
  }
}

/** No README of the library's own. */
const NONE = { sections: [] };

const section = (sectionId: string, text = `Text of ${sectionId}.`): FileSection => ({ sectionId, content: `## ${sectionId}\n\n${text}` });

/** A project with a stack whose README has sections. */
function project(outdir: string, sections: FileSection[], more: (stack: Stack, root: Project) => void = () => undefined): Project {
  const root = new Project({ name: 'shop', outdir, logging: { level: LogLevel.INFO } });
  const stack = new Stack(root, 'stack', { readme: NONE, targets: [new Readme(sections)] });
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
/** The permissions of the README, in octal digits. */
const modeOf = (folder: string) => statSync(path.join(folder, 'README.md')).mode.toString(8);
const change = (folder: string, edit: (text: string) => string) => writeFileSync(path.join(folder, 'README.md'), edit(readme(folder)));
const AT = 'shop/stack (test/stack/sections.test.ts:LINE):';

test('a README is made, is nobody\'s but the team\'s, and the same definition changes nothing', () => {
  const folder = tempFolder();
  synth(() => project(folder, [section('a'), section('b')]));
  const text = readme(folder);
  expect(text).toMatch(/^# shop\n\n<!-- stack:a .*-->\n\n## a\n\nText of a\.\n\n<!-- \/stack:a -->\n\n<!-- stack:b /);
  expect(modeOf(folder)).toMatch(/6[0-7]{2}$/);
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
  expect(modeOf(folder)).toMatch(/664$/);
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
    new RedisCache(new Stack(root, 'infra', { directory: 'infra', readme: NONE, targets: [new Readme([section('a', second)], '../README.md')] }), 'redis');
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
    new RedisCache(new Stack(root, 'stack', { readme: NONE, targets: [new Readme([section('a')])] }), 'redis');
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
    new RedisCache(new Stack(root, 'stack', { readme: NONE, targets: [new Readme([section('a')], 'docs/stack.md')] }), 'redis');
    return root;
  });
  expect(existsSync(path.join(folder, 'docs/stack.md'))).toBe(true);
});

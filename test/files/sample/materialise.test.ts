import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'fs';
import * as path from 'path';
import { Files, partsOf, put } from './folders';
import { SampleReplacement } from '../../../src';
import { writtenName } from '../../../src/files/sample/folder';
import { checkSample, materialise, Replacement, SampleError, SampleSource } from '../../../src/files/sample/materialise';
import { readTree, tempFolder } from '../../support/synth';

/** What some parts come to. */
function written(source: SampleSource): { [file: string]: string } {
  const folder = path.join(tempFolder(), 'new', 'app');
  const paths = materialise(source, folder);
  const tree = readTree(folder);
  expect(paths).toEqual(Object.keys(tree).sort());
  return tree;
}

/** What is wrong with some parts. */
function problems(source: SampleSource): string[] {
  const folder = tempFolder();
  try {
    materialise(source, folder);
  } catch (error) {
    expect(error).toBeInstanceOf(SampleError);
    expect(readTree(folder)).toEqual({});
    return (error as SampleError).message.split('\n');
  }
  return [];
}

const one = (files: Files, ...replacements: Replacement[]): SampleSource => ({ parts: partsOf({ core: files }), replacements });

test('parts are laid over one another, and tagged lines with them', () => {
  const files = { core: { 'app/main.py': 'a\nb  # part: redis\nc\n' }, redis: { 'app/redis.py': 'r\n', 'tests/test_redis.py': 't' } };
  expect(written({ parts: partsOf(files) })).toEqual({ 'app/main.py': 'a\nb\nc\n', 'app/redis.py': 'r\n', 'tests/test_redis.py': 't' });
  expect(written({ parts: partsOf(files, ['core']) })).toEqual({ 'app/main.py': 'a\nc\n' });
});

test('text gets LF, and a last line without an end keeps none', () => {
  expect(written(one({ a: 'x\r\ny\r\n', b: 'x\r\ny', c: '', d: '\n' }))).toEqual({ a: 'x\ny\n', b: 'x\ny', c: '', d: '\n' });
});

test('what is not text stays byte for byte', () => {
  const files = { 'zero.bin': Buffer.from('a\r\n\0# part: nobody\n'), 'latin.txt': Buffer.from([0x61, 0x0d, 0x0a, 0xe9]), 'bom.txt': Buffer.from('\ufeffa\n') };
  const folder = tempFolder();
  materialise(one(files), folder);
  for (const [name, bytes] of Object.entries(files)) expect(readFileSync(path.join(folder, name))).toEqual(bytes);
});

test('what can be executed still can, and everything can be written by its owner, whatever the umask is', () => {
  const source = one({ 'run.sh': '#!/bin/sh\n', 'main.py': 'x\n' });
  const folder = tempFolder();
  const before = process.umask(0o077);
  try {
    materialise(source, folder);
  } finally {
    process.umask(before);
  }
  const mode = (name: string) => (statSync(path.join(folder, name)).mode % 0o1000).toString(8);
  expect([mode('run.sh'), mode('main.py')]).toEqual(['755', '644']);
});

test('nothing that exists is overwritten', () => {
  const folder = put(tempFolder(), { 'app/main.py': 'mine' });
  materialise(one({ 'app/main.py': 'sample', 'app/other.py': 'sample' }), folder);
  expect(readTree(folder)).toEqual({ 'app/main.py': 'mine', 'app/other.py': 'sample' });
});

describe('neutral names', () => {
  test.each([
    ['_gitignore', '.gitignore'], ['_dockerignore', '.dockerignore'], ['_npmrc', '.npmrc'], ['_env', '.env'], ['_env.example', '.env.example'],
    ['_python-version', '.python-version'], ['_pre-commit-config.yaml', '.pre-commit-config.yaml'], ['_github', '.github'],
  ])('%s is %s', (name, expected) => expect(writtenName(name)).toBe(expected));

  test.each(['__init__.py', '_private.py', '_env.py', '_env.ts', '_environment', '_gitignores', 'gitignore', '_', '_prefix', '__gitignore', 'a_gitignore'])(
    '%s stays', (name) => expect(writtenName(name)).toBe(name),
  );

  test('are those of folders too', () => {
    expect(Object.keys(written(one({ '_github/x.yml': '', 'app/_gitkeep': '', 'app/__init__.py': '' })))).toEqual(['.github/x.yml', 'app/.gitkeep', 'app/__init__.py']);
  });

  test('and a file that git or npm would obey must have one', () => {
    expect(problems(one({ 'a/.gitignore': '' }))).toEqual(['core/a/.gitignore: git, npm or an editor would obey it there. Call it _gitignore; it is written as .gitignore.']);
  });
});

test('what tools leave behind is no part of a sample', () => {
  const leftovers = ['__pycache__/a.pyc', 'app/b.pyc', '.venv/x', 'node_modules/x', '.ruff_cache/x', '.mypy_cache/x', '.pytest_cache/x', 'x.egg-info/y', '.DS_Store'];
  expect(Object.keys(written(one({ 'app/main.py': '', ...Object.fromEntries(leftovers.map((name) => [name, ''])) })))).toEqual(['app/main.py']);
});

describe('a folder is renamed', () => {
  const files = {
    'app/core/main.py': 'from app.core import x\nimport app\nmyapp.core\napp = FastAPI()\napp.include_router(r)\n',
    'pyproject.toml': 'packages = ["app"]\nsource = app/core\n',
    'README.md': 'app/core is app.core\n',
    'application/x.py': 'app.core\n',
  };
  const references = ['\\bapp(?=\\.core)', '"app"', '\\bapp/'];
  const rename = (options = {}) => SampleReplacement.renameFolder('app', 'src', options);

  test('with what names it', () => {
    expect(written(one(files, rename({ references, extensions: ['.py', '.toml'] })))).toEqual({
      'README.md': 'app/core is app.core\n',
      'application/x.py': 'src.core\n',
      'pyproject.toml': 'packages = ["src"]\nsource = src/core\n',
      'src/core/main.py': 'from src.core import x\nimport app\nmyapp.core\napp = FastAPI()\napp.include_router(r)\n',
    });
  });

  test('in every text file unless some are named', () => {
    expect(written(one(files, rename({ references })))['README.md']).toBe('src/core is src.core\n');
  });

  test('and only what is text', () => {
    expect(written(one({ 'app/x.bin': 'app/\0', 'app/y': 'app/' }, rename({ references: ['app/'] })))).toEqual({ 'src/x.bin': 'app/\0', 'src/y': 'src/' });
  });

  test('to the same name changes nothing, and is checked all the same', () => {
    const same = SampleReplacement.renameFolder('app', 'app', { references: ['nowhere\\b'] });
    expect(problems(one(files, same))).toHaveLength(1);
    expect(written(one(files, SampleReplacement.renameFolder('app', 'app', { references })))).toEqual(files);
  });

  test.each([
    ['no such folder', SampleReplacement.renameFolder('lib', 'src'), 'The replacement "folder lib": the folder lib is found nowhere in the parts that are wanted, not at least once.'],
    ['no such reference', rename({ references: ['\\bapp::'] }), 'The replacement "folder app": the reference \\bapp:: is found nowhere in the parts that are wanted, not at least once.'],
    ['a reference without the name', rename({ references: ['core'] }), 'The replacement "folder app": the reference core is found nowhere in the parts that are wanted, not at least once.'],
    ['no file of that kind', rename({ references, extensions: ['.ini'] }), 'The replacement "folder app": the reference "app" is found nowhere in the parts that are wanted, not at least once.'],
    ['no expression', rename({ references: ['('] }), 'The replacement "folder app": Invalid regular expression: /(/g: Unterminated group.'],
    ['a folder that is there', SampleReplacement.renameFolder('app', 'application'), undefined],
  ])('%s', (_, replacement, message) => {
    const found = problems(one({ ...files, 'app/x.py': '' }, replacement as Replacement));
    if (message) expect(found).toContain(message);
    else expect(found).toEqual(['core/application/x.py: core/application/x.py is written to application/x.py too. A file belongs to exactly one part; mark its lines with tags.']);
  });
});

describe('a line is replaced', () => {
  const FILE = 'app/core/config.py';
  const line = (replacement: string) => SampleReplacement.line(FILE, 'ENV_PREFIX = ""', replacement);

  test('as a whole, with its indentation kept, in its file only', () => {
    const files = { [FILE]: 'class X:\n    ENV_PREFIX = ""\n    ENV_PREFIX = "" + x\n', 'app/other.py': 'ENV_PREFIX = ""\n' };
    expect(written(one(files, line('ENV_PREFIX = "AI_$&_"')))).toEqual({ ...files, [FILE]: 'class X:\n    ENV_PREFIX = "AI_$&_"\n    ENV_PREFIX = "" + x\n' });
  });

  test('in a folder that is renamed too', () => {
    const source = one({ [FILE]: 'ENV_PREFIX = ""\n' }, SampleReplacement.renameFolder('app', 'src'), line('X = 1'));
    expect(written(source)).toEqual({ 'src/core/config.py': 'X = 1\n' });
  });

  test('when a tag was behind it', () => {
    expect(written(one({ [FILE]: 'ENV_PREFIX = ""  # part: core\n' }, line('X = 1')))).toEqual({ [FILE]: 'X = 1\n' });
  });

  test.each([
    ['not there', { [FILE]: 'ENV_PREFIX = "A"\n' }, 'the line is found nowhere in the parts that are wanted, not once.'],
    ['there twice', { [FILE]: 'ENV_PREFIX = ""\nENV_PREFIX = ""\n' }, 'the line is found 2 times in the parts that are wanted, not once.'],
    ['in another file', { 'app/x.py': 'ENV_PREFIX = ""\n' }, `the parts that are wanted have no text file ${FILE}.`],
    ['in a file that is no text', { [FILE]: 'ENV_PREFIX = ""\n\0' }, `the parts that are wanted have no text file ${FILE}.`],
  ])('%s', (_, files, message) => {
    expect(problems(one(files as Files, line('X = 1')))).toEqual([`The replacement "line ${FILE}: ENV_PREFIX = """: ${message}`]);
  });
});

describe('a text is replaced', () => {
  const files = { 'a.md': 'Shop, Shop\n', 'b.md': 'Shop\n', 'c.py': 'Shop\n' };

  test('as often as it is expected', () => {
    expect(written(one(files, SampleReplacement.text('Shop', 'Bar', { count: 4 })))).toEqual({ 'a.md': 'Bar, Bar\n', 'b.md': 'Bar\n', 'c.py': 'Bar\n' });
    expect(written(one(files, SampleReplacement.text('Shop', 'Bar', { extensions: ['.md'], count: 3 })))['c.py']).toBe('Shop\n');
    expect(written(one(files, SampleReplacement.text('Shop', 'Bar', { file: 'b.md' })))).toEqual({ ...files, 'b.md': 'Bar\n' });
    expect(written(one(files, { kind: 'text', search: 'Shop', replacement: 'Bar' }))).toEqual({ 'a.md': 'Bar, Bar\n', 'b.md': 'Bar\n', 'c.py': 'Bar\n' });
  });

  test.each([
    [SampleReplacement.text('Shop', 'Bar'), 'The replacement "text *: Shop": the text is found 4 times in the parts that are wanted, not once.'],
    [SampleReplacement.text('Shop', 'Bar', { file: 'a.md', count: 1 }), 'The replacement "text a.md: Shop": the text is found 2 times in the parts that are wanted, not once.'],
    [{ kind: 'text', search: 'None', replacement: 'Bar' }, 'The replacement "text *: None": the text is found nowhere in the parts that are wanted, not at least once.'],
  ])('and not otherwise', (replacement, message) => expect(problems(one(files, replacement))).toEqual([message]));
});

describe('parts that do not fit', () => {
  test('a file in two parts', () => {
    const parts = partsOf({ core: { 'app/x.py': '', '_gitignore': '' }, redis: { 'app/x.py': '', '_gitignore': '' } });
    const both = [
      'redis/_gitignore: core/_gitignore is written to .gitignore too. A file belongs to exactly one part; mark its lines with tags.',
      'redis/app/x.py: core/app/x.py is written to app/x.py too. A file belongs to exactly one part; mark its lines with tags.',
    ];
    expect(problems({ parts })).toEqual(both);
    const unwanted = parts.map((part) => ({ ...part, wanted: part.partName === 'core' }));
    expect(problems({ parts: unwanted })).toEqual([]);
    expect(checkSample({ parts: unwanted })).toEqual(both);
  });

  test('a file where another part has a folder', () => {
    expect(problems({ parts: partsOf({ core: { app: 'x' }, redis: { 'app/x.py': '' } }) })).toEqual(['redis/app/x.py: core/app is a file where a folder is needed.']);
  });

  test('a folder that is not there, or not absolute', () => {
    expect(problems({ parts: [{ partName: 'core', source: '/nowhere/at/all' }] })).toEqual(['core: the folder "/nowhere/at/all" cannot be read (ENOENT).']);
    expect(problems({ parts: [{ partName: 'core', source: 'assets' }] })).toEqual(['core: the folder "assets" cannot be read (it is not an absolute path).']);
  });

  test('two parts of one name, and a name that no tag can hold', () => {
    const [core] = partsOf({ core: { x: '' } });
    const [other] = partsOf({ core: { y: '' } });
    expect(problems({ parts: [core, other] })).toEqual(['Two parts are called core.']);
    expect(problems({ parts: [{ ...core, partName: 'Core A' }] })).toEqual([
      'The part "Core A" cannot be named in a tag. Write lower-case letters, digits and "-", and begin with a letter.',
    ]);
  });

  test('a link', () => {
    const [core] = partsOf({ core: { x: '' } });
    symlinkSync('x', path.join(core.source, 'y'));
    expect(problems({ parts: [core] })).toEqual(['core/y: it is neither a file nor a folder. Put a copy of the file there.']);
  });

  test('everything is said at once', () => {
    expect(problems(one({ a: 'x  # part: nobody\n# part: core begin\n' }, SampleReplacement.text('z', 'y')))).toHaveLength(3);
  });
});

test('a file that cannot be written is named, and nothing of the others stays', () => {
  const folder = put(tempFolder(), { 'mine/x': 'mine', 'app/z': 'a file' });
  mkdirSync(path.join(folder, 'empty'));
  expect(() => materialise(one({ '_github/new/y': '', 'app/a.py': '', 'app/z/b.py': '' }), folder))
    .toThrow(/^app\/z\/b\.py cannot be written \((EEXIST|ENOTDIR)\), so nothing of its sample was\. Make room for it or give the permission, and synthesize again\.$/);
  expect(readTree(folder)).toEqual({ 'mine/x': 'mine', 'app/z': 'a file' });
  expect(readdirSync(folder).sort()).toEqual(['app', 'empty', 'mine']);
});

import { spawnSync } from 'child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'fs';
import * as path from 'path';
import { javascript, Project, python, typescript } from 'projen';
import { FastApiBackend, PostgresService, RedisCache, Stack, StackProps, ViteFrontend } from '../../src';
import { lines, messageOf } from '../support/stack';
import { readTree, synthIn, tempFolder, withoutPost } from '../support/synth';

const pythonOptions = { name: 'shop', moduleName: 'shop', version: '1.0.0', authorName: 'Shop', authorEmail: 'shop@example.com' };

/** A type of project, and files of the team in it. */
interface Kind {
  readonly make: (outdir: string) => Project;
  readonly own: { readonly [file: string]: string };
}

const KINDS: { readonly [name: string]: Kind } = {
  'NodeProject': {
    make: (outdir) => new javascript.NodeProject({ name: 'shop', defaultReleaseBranch: 'main', deps: ['left-pad'], outdir }),
    own: { 'index.js': 'module.exports = 1;\n', 'README.md': '# Ours\n' },
  },
  'TypeScriptProject': {
    make: (outdir) => new typescript.TypeScriptProject({ name: 'shop', defaultReleaseBranch: 'main', outdir }),
    own: { 'src/index.ts': 'export const ours = 1;\n', 'test/ours.test.ts': 'test("ours", () => {});\n', 'README.md': '# Ours\n' },
  },
  'PythonProject': {
    make: (outdir) => new python.PythonProject({ ...pythonOptions, venvOptions: { envdir: '.venv' }, outdir }),
    own: { 'shop/__init__.py': 'OURS = 1\n', 'tests/test_ours.py': 'def test_ours():\n    pass\n', 'README.md': '# Ours\n' },
  },
  'PythonProject with uv': {
    make: (outdir) => new python.PythonProject({ ...pythonOptions, uv: true, outdir }),
    own: { 'shop/__init__.py': 'OURS = 1\n', 'README.md': '# Ours\n' },
  },
};

function withStack(make: Kind['make'], props?: StackProps): Kind['make'] {
  return (outdir) => {
    const project = make(outdir);
    const stack = new Stack(project, 'stack', props);
    const database = new PostgresService(stack, 'postgres', { version: '17' });
    const cache = new RedisCache(stack, 'redis');
    const backend = new FastApiBackend(stack, 'backend', { database, cache });
    new ViteFrontend(stack, 'frontend', { api: backend });
    return project;
  };
}

function write(folder: string, files: { readonly [file: string]: string }): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
}

describe.each(Object.keys(KINDS))('a %s that exists', (name) => {
  const { make, own } = KINDS[name];
  const folder = tempFolder();
  synthIn(folder, make);
  write(folder, own);
  const before = readTree(folder);
  const after = synthIn(folder, withStack(make));
  // What projen writes of all parts of a project together.
  const shared = ['.gitignore', '.gitattributes', 'package.json', '.projen/tasks.json', '.projen/files.json', '.npmignore'];

  test('takes one new Stack(project), and every other file is as it was', () => {
    const { 'README.md': readme, ...rest } = own;
    expect(after).toMatchObject(rest);
    expect(after['README.md'].startsWith(readme)).toBe(true);
    expect(Object.keys(after)).toEqual(expect.arrayContaining(['compose.yaml', 'compose.prod.yaml', 'backend/Dockerfile', 'frontend/src/App.tsx']));
    for (const file of Object.keys(before).filter((each) => !shared.includes(each) && each !== 'README.md')) expect([file, after[file]]).toEqual([file, before[file]]);
  });

  test('keeps all that was in the files that they share', () => {
    const kept = (file: string) => before[file].split('\n').filter((line) => line && !line.startsWith('#'));
    for (const file of ['.gitignore', '.gitattributes'].filter((each) => each in before)) expect(after[file].split('\n')).toEqual(expect.arrayContaining(kept(file)));
    const tasks = (files: typeof before) => (JSON.parse(files['.projen/tasks.json']) as { tasks: object }).tasks;
    expect(tasks(after)).toMatchObject(tasks(before));
    if ('package.json' in before) expect(JSON.parse(after['package.json'])).toMatchObject(JSON.parse(before['package.json']));
  });

  test('commits every file of the stack: what its kind of project ignores hides none', () => {
    const git = (...words: string[]) => spawnSync('git', words, { cwd: folder, encoding: 'utf8' });
    expect(git('init', '-q').status).toBe(0);
    const files = Object.keys(after).filter((file) => !(file in before));
    expect(files.length).toBeGreaterThan(80);
    expect(git('check-ignore', '--no-index', ...files).stdout).toBe('');
    expect(git('check-ignore', '--no-index', '.env').stdout).toBe('.env\n');
  });

  test('a second run changes nothing, and without the stack everything is as before', () => {
    expect(synthIn(folder, withStack(make))).toEqual(after);
    const without = synthIn(folder, make);
    for (const file of Object.keys(before).filter((each) => each !== '.projen/files.json' && each !== 'README.md')) expect([file, without[file]]).toEqual([file, before[file]]);
    expect(Object.keys(without)).not.toContain('compose.yaml');
    expect(Object.keys(without)).toContain('backend/app/main.py');
  });
});

describe('a PythonProject with pip', () => {
  const AT = 'error PS087 at shop/stack (test/stack/adopt.test.ts:LINE):';
  const refused = (make: Kind['make'], props?: StackProps, folder = tempFolder()) => messageOf(() => withoutPost(() => withStack(make, props)(folder).synth()));
  const pip: Kind['make'] = (outdir) => new python.PythonProject({ ...pythonOptions, outdir });

  test('keeps its virtual environment where Compose reads its settings: an error says how to move it', () => {
    expect(refused(pip)).toContain(`${AT} shop keeps its virtual environment in a folder .env, where Compose reads the settings of the stack from a file. `
      + "Write in the options of the project: venvOptions: { envdir: '.venv' } (in Python: venv_options=VenvOptions(envdir=\".venv\")), and delete the folder .env.");
  });

  test('does not, when the stack has another folder', () => {
    expect(Object.keys(synthIn(tempFolder(), withStack(pip, { directory: 'deploy' })))).toContain('deploy/compose.yaml');
  });

  test('may have left the folder there', () => {
    const folder = tempFolder();
    mkdirSync(path.join(folder, '.env'));
    expect(refused(KINDS.PythonProject.make, {}, folder)).toContain(
      `${AT} .env is a folder, and Compose reads the settings of the stack from a file of that name. Delete it if it is an old virtual environment (rm -r .env), or rename it.`,
    );
    expect(readTree(folder)).toEqual({});
  });

  test('what is said cannot be accepted', () => {
    const project = pip(tempFolder());
    const stack = new Stack(project);
    new RedisCache(stack, 'redis');
    stack.accept('PS087', { because: 'it should not help' });
    expect(messageOf(() => withoutPost(() => project.synth()))).toContain('PS087');
    expect(lines(stack.findings(), 'PS087')).toEqual([]);
  });
});

test('a subproject of a Python project is held against its own folder', () => {
  const root = new python.PythonProject({ ...pythonOptions, venvOptions: { envdir: '.venv' }, outdir: tempFolder() });
  const sub = new python.PythonProject({ ...pythonOptions, name: 'sub', moduleName: 'sub', parent: root, outdir: 'sub' });
  new RedisCache(new Stack(sub), 'redis');
  expect(messageOf(() => withoutPost(() => root.synth()))).toMatch(/PS087 at shop\/sub\/stack .* shop\/sub keeps its virtual environment/);
  expect(() => readFileSync(path.join(root.outdir, 'sub', 'compose.yaml'))).toThrow('ENOENT');
});

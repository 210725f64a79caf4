import { readdirSync, statSync } from 'fs';
import * as path from 'path';
import { Project, TextFile } from 'projen';
import { PostgresService, RedisCache, Service, Stack } from '../../src';
import { messageOf } from '../support/stack';
import { readTree, synthIn, tempFolder, withoutPost } from '../support/synth';
import { AlwaysBroken, BrokenTarget } from '../support/targets';

/** Every file of a folder with its bytes, its permissions and the time of its last change. */
function snapshot(folder: string): { [file: string]: unknown } {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(path.join(folder, name)).isFile());
  const texts = readTree(folder);
  return Object.fromEntries(names.map((name) => {
    const { mode, mtimeMs } = statSync(path.join(folder, name));
    return [name, [texts[name.split(path.sep).join('/')], mode, mtimeMs]];
  }));
}

/** What breaks a stack, and what is said of it. */
const BREAKS: [string, (stack: Stack) => void, RegExp][] = [
  ['a rule of the library', (stack) => new Service(stack, 'Not_A_Label', { image: 'nginx:1.29' }), /no file was written: \d+ errors?\.\n {2}error PS001 at /],
  ['what a service finds', (stack) => new PostgresService(stack, 'old', { version: '9', variablePrefix: 'OLD', hostPort: 5439 }), /error PS101 at /],
  ['a rule of somebody else', (stack) => stack.addRule(new AlwaysBroken()), /error ACME001 at /],
  ['the finished document', (stack) => stack.addOverrides({ compose: { servces: {} } }), /error PS050 at /],
  ['a target that throws', (stack) => stack.addTarget(new BrokenTarget()), /^the target broke$/],
];

interface Tree {
  readonly root: Project;
  readonly stacks: { readonly [place: string]: Stack };
}

/** Two stacks in the root and one in a subproject, beside a file of the project's own that tells the first run from the next. */
function tree(outdir: string, run: number): Tree {
  const root = new Project({ name: 'shop', outdir });
  const sub = new Project({ name: 'reports', parent: root, outdir: 'reports' });
  for (const project of [root, sub]) new TextFile(project, 'run.txt', { lines: [`run ${run}`] });
  const stacks = { root: new Stack(root), folder: new Stack(root, 'infra', { directory: 'infra' }), subproject: new Stack(sub) };
  new PostgresService(stacks.root, 'postgres', { version: '17', databases: run === 1 ? ['audit'] : [] });
  new RedisCache(stacks.folder, 'redis');
  if (run === 1) new RedisCache(new Stack(root, 'gone', { directory: 'gone' }), 'redis');
  new PostgresService(stacks.subproject, 'postgres', { version: '17', databases: run === 1 ? ['audit'] : [] });
  if (run === 1) new TextFile(sub, 'gone.txt', { lines: ['to be deleted by a run that works'] });
  return { root, stacks };
}

const GONE = [
  'gone/compose.yaml', 'config/postgres/docker-entrypoint-initdb.d/00-databases.sql', 'reports/gone.txt', 'reports/config/postgres/docker-entrypoint-initdb.d/00-databases.sql',
];

describe.each(['root', 'folder', 'subproject'])('in the stack of the %s', (place) => {
  test.each(BREAKS)('%s leaves every old file as it was, also those that a run that works deletes', (_, breakIt, message) => {
    const folder = tempFolder();
    synthIn(folder, (outdir) => tree(outdir, 1).root);
    const before = snapshot(folder);
    expect(Object.keys(before)).toEqual(expect.arrayContaining(GONE));
    const { root, stacks } = tree(folder, 2);
    breakIt(stacks[place]);
    expect(messageOf(() => withoutPost(() => root.synth()))).toMatch(message);
    expect(snapshot(folder)).toEqual(before);
  });
});

test('the same definition without the error writes and deletes', () => {
  const folder = tempFolder();
  synthIn(folder, (outdir) => tree(outdir, 1).root);
  const files = synthIn(folder, (outdir) => tree(outdir, 2).root);
  expect(files['run.txt']).toBe('run 2');
  expect(files['reports/run.txt']).toBe('run 2');
  for (const name of GONE) expect(Object.keys(files)).not.toContain(name);
});

test('an error in an empty folder writes nothing at all', () => {
  const folder = tempFolder();
  const { root, stacks } = tree(folder, 1);
  stacks.subproject.addTarget(new BrokenTarget());
  expect(() => withoutPost(() => root.synth())).toThrow('the target broke');
  expect(readTree(folder)).toEqual({});
});

test('errors of all stacks are told at once', () => {
  const { root, stacks } = tree(tempFolder(), 1);
  for (const stack of Object.values(stacks)) stack.addRule(new AlwaysBroken());
  const message = messageOf(() => withoutPost(() => root.synth()));
  expect(message.split('\n').map((line) => line.replace(/ \(.*/, ''))).toEqual([
    'The stack was not synthesized and no file was written: 3 errors.',
    '  error ACME001 at shop/reports/stack', '  error ACME001 at shop/stack', '  error ACME001 at shop/infra',
    expect.stringContaining('Each rule is explained'),
  ]);
});

import { spawnSync } from 'child_process';
import { mkdirSync, writeFileSync } from 'fs';
import * as path from 'path';
import { AWKWARD_NETWORKS, awkward, database, full } from './stacks';
import { Mode, PostgresService, RedisCache, Service, Stack, StackProps } from '../../../src';
import { BASH } from '../../support/bash';
import { expectFile } from '../../support/expected';
import { newStack, render } from '../../support/stack';
import { tempFolder } from '../../support/synth';

const SCRIPTS = ['test-stack.sh', 'test-database-setup.sh', 'backup.sh', 'restore.sh'];
const STACKS: { readonly [name: string]: readonly [(stack: Stack) => void, StackProps?] } = {
  database: [database], full: [full], awkward: [awkward, { networks: AWKWARD_NETWORKS, composeFile: 'docker-compose.yml' }],
};

/** The scripts of a stack in a folder. */
function written(name: string): { readonly folder: string; readonly scripts: { [name: string]: string } } {
  const [define, props] = STACKS[name];
  const stack = newStack(props);
  define(stack);
  const files = render(stack);
  const folder = tempFolder();
  const scripts: { [name: string]: string } = {};
  mkdirSync(path.join(folder, 'scripts'));
  for (const script of SCRIPTS) {
    scripts[script] = files[`scripts/${script}`];
    writeFileSync(path.join(folder, 'scripts', script), scripts[script], { mode: 0o755 });
  }
  return { folder, scripts };
}

/** What differs from stack to stack. */
const factsOf = (script: string) => script.slice(script.indexOf('# What this stack'), script.indexOf('\nusage() {'));

describe.each(Object.keys(STACKS))('the scripts of the stack "%s"', (name) => {
  const { folder, scripts } = written(name);

  test.each(SCRIPTS)('%s has the facts of the stack', (script) => {
    expect(scripts[script]).not.toMatch(/@facts@|@end@|='example'/);
    expectFile(__dirname, `${name}.${script}.txt`, factsOf(scripts[script]));
  });

  test.each(SCRIPTS)('%s is a script for every bash, with the line ends of a shell', (script) => {
    expect(scripts[script].startsWith('#!/usr/bin/env bash\n')).toBe(true);
    expect(scripts[script]).not.toContain('\r');
    expect(spawnSync(BASH, ['-n', path.join(folder, 'scripts', script)], { encoding: 'utf8' }).stderr).toBe('');
    // What macOS's bash 3.2 does not have.
    const lines = scripts[script].split('\n').filter((line) => /\b(declare|local|typeset) -[aAgn]|\b(mapfile|readarray|coproc)\b|&>>|\|&|\$\{\w+(,,?|\^\^?|@\w)\}|\[\[ -v|;;&|wait -n|printf '%\(/.test(line));
    expect(lines).toEqual([]);
  });

  const shellcheck = process.env.SHELLCHECK ?? 'shellcheck';
  const found = spawnSync(shellcheck, ['--version']).status === 0;
  (found ? test : test.skip)('shellcheck has nothing to say', () => {
    const { stdout } = spawnSync(shellcheck, SCRIPTS.map((script) => path.join(folder, 'scripts', script)), { encoding: 'utf8' });
    expect(stdout).toBe('');
  });

  test('the steps are numbered from 1, and named without an engine', () => {
    const { stdout, status } = spawnSync(BASH, [path.join(folder, 'scripts/test-stack.sh'), '--list'], { encoding: 'utf8' });
    expect(status).toBe(0);
    const numbers = stdout.trimEnd().split('\n').map((line) => Number(/^ *(\d+) {2}\S/.exec(line)?.[1]));
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  });
});

test('one database has nine steps [001-032]', () => {
  const { folder } = written('database');
  const { stdout } = spawnSync(BASH, [path.join(folder, 'scripts/test-database-setup.sh'), '--list'], { encoding: 'utf8' });
  expect(stdout.trimEnd().split('\n').map((line) => line.trim())).toEqual([
    '1  Docker and Compose are there', '2  the files of the stack are there', '3  Compose accepts the configuration', '4  postgres starts',
    '5  postgres is healthy', '6  postgres answers on its published port', '7  postgres runs a query with the password',
    '8  postgres has the volume postgres_data', '9  postgres keeps its rows',
  ]);
});

test('a stack without a database has no script for one, and nothing to save', () => {
  const stack = newStack();
  new RedisCache(stack, 'redis');
  expect(Object.keys(render(stack)).filter((file) => file.startsWith('scripts/'))).toEqual(['scripts/reset.sh', 'scripts/env.sh', 'scripts/test-stack.sh']);
});

test('a stack that exists in production alone has nothing to test, and all to save', () => {
  const stack = newStack();
  new PostgresService(stack, 'postgres', { version: '17', modes: [Mode.PRODUCTION] });
  expect(Object.keys(render(stack)).filter((file) => /scripts\/(test|backup|restore)/.test(file))).toEqual(['scripts/backup.sh', 'scripts/restore.sh']);
});

test('what the versions must be follows from what the files ask for [001-036]', () => {
  const stack = newStack();
  new Service(stack, 'app', { image: 'example.com/app:1.0' });
  expect(render(stack)['scripts/test-stack.sh']).toContain("minimum_engine='20.10'\n");
  expect(written('database').scripts['test-stack.sh']).toContain("minimum_engine='25.0'\n");
});

test('tasks, and what git ignores', () => {
  const stack = newStack();
  database(stack);
  const output = stack.evaluate().outputs.find(({ tasks }) => tasks?.some(({ taskName }) => taskName === 'stack:test'))!;
  expect(output.tasks!.map(({ taskName, command }) => `${taskName}: ${command.join(' ')}`)).toEqual([
    'stack:test: bash scripts/test-stack.sh', 'db:test: bash scripts/test-database-setup.sh', 'db:backup: bash scripts/backup.sh', 'db:restore: bash scripts/restore.sh',
  ]);
  expect(output.gitIgnore).toEqual(['/backups/']);
  expect(output.files.every(({ executable }) => executable)).toBe(true);
});

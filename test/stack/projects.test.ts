import { spawnSync } from 'child_process';
import { existsSync, statSync } from 'fs';
import * as path from 'path';
import { javascript, LogLevel, Project, typescript } from 'projen';
import { Mode, PostgresService, RedisCache, Service, Stack, StackProps, Storage } from '../../src';
import { newStack, render } from '../support/stack';
import { synthIn, tempFolder } from '../support/synth';

const KINDS: [string, (outdir: string) => Project][] = [
  ['plain project', (outdir) => new Project({ name: 'shop', outdir })],
  ['NodeProject', (outdir) => new javascript.NodeProject({ name: '@acme/shop', defaultReleaseBranch: 'main', outdir })],
  ['TypeScriptProject', (outdir) => new typescript.TypeScriptProject({ name: 'shop', defaultReleaseBranch: 'main', outdir })],
];

/** A project with a stack of two services, with a database beside the first one so that there is a file without a header. */
function withStack(make: (outdir: string) => Project, id?: string, props?: StackProps): (outdir: string) => Project {
  return (outdir) => {
    const project = make(outdir);
    const stack = new Stack(project, id, props);
    new PostgresService(stack, 'postgres', { version: '17', databases: ['audit'] });
    new RedisCache(stack, 'redis');
    return project;
  };
}

const FILES = ['compose.yaml', 'compose.prod.yaml', '.env.example', 'scripts/env.sh', 'scripts/reset.sh', 'config/postgres/docker-entrypoint-initdb.d/00-databases.sql'];

describe.each(KINDS)('in a %s', (_, make) => {
  test('a stack writes its files, and takes nothing away [001-007]', () => {
    const without = synthIn(tempFolder(), make);
    const files = synthIn(tempFolder(), withStack(make));
    expect(Object.keys(files)).toEqual(expect.arrayContaining(FILES));
    expect(Object.keys(files)).toEqual(expect.arrayContaining(Object.keys(without)));
    expect(files['compose.yaml']).toContain('\nname: shop\n');
  });

  test('a second run gives the same bytes', () => {
    const folder = tempFolder();
    const first = synthIn(folder, withStack(make));
    expect(synthIn(folder, withStack(make))).toEqual(first);
    expect(synthIn(tempFolder(), withStack(make))).toEqual(first);
  });

  test('the tasks pass on what a person adds', () => {
    const { tasks } = JSON.parse(synthIn(tempFolder(), withStack(make))['.projen/tasks.json']);
    expect(tasks['stack:up'].steps).toEqual([{ execArgs: ['docker', 'compose', 'up', '--detach', '--wait'], receiveArgs: true }]);
    expect(tasks['env:init'].steps).toEqual([{ execArgs: ['bash', 'scripts/env.sh', 'init'], receiveArgs: true }]);
  });
});

test('a project with npm has the tasks as scripts, too', () => {
  const { scripts } = JSON.parse(synthIn(tempFolder(), withStack(KINDS[1][1]))['package.json']);
  expect(scripts).toMatchObject({ 'stack:up': 'projen stack:up', 'db:psql': 'projen db:psql' });
});

describe('the files on the disk', () => {
  const folder = tempFolder();
  const files = synthIn(folder, withStack(KINDS[0][1]));
  const mode = (name: string) => statSync(path.join(folder, name)).mode % 0o1000;

  test('say in one line who wrote them, where a comment may stand', () => {
    const marker = ['~~ Generated', 'by projen'].join(' ');
    for (const name of FILES.slice(0, 3)) expect(files[name].split('\n')[0]).toMatch(new RegExp(`^# ${marker}\\.`));
    for (const name of ['scripts/env.sh', 'scripts/reset.sh']) {
      expect(files[name].split('\n').slice(0, 2)).toEqual(['#!/usr/bin/env bash', expect.stringMatching(new RegExp(`^# ${marker}\\.`))]);
    }
    expect(files['config/postgres/docker-entrypoint-initdb.d/00-databases.sql']).toBe('CREATE DATABASE "audit";\n');
  });

  test('are read-only, but for the template, which people copy; scripts can be run', () => {
    expect(mode('compose.yaml')).toBe(0o444);
    expect(mode('.env.example')).toBe(0o644);
    expect(mode('scripts/reset.sh')).toBe(0o544);
    expect(mode('scripts/env.sh')).toBe(0o544);
  });

  test('are in the list by which projen removes them one day', () => {
    expect(JSON.parse(files['.projen/files.json']).files).toEqual(expect.arrayContaining(FILES));
  });
});

describe('the name', () => {
  test.each([
    ['shop', undefined, undefined, 'shop'],
    ['@acme/Shop_API', undefined, undefined, 'shop-api'],
    ['shop', 'infra', undefined, 'shop-infra'],
    ['shop', 'infra', 'other', 'other'],
  ])('of a stack in %s with the id %s and the name %s is %s', (name, id, stackName, expected) => {
    const stack = new Stack(new Project({ name, outdir: tempFolder() }), id, { stackName });
    expect(stack.stackName).toBe(expected);
    new Service(stack, 'web', { image: 'nginx:1.29' });
    expect(render(stack)['compose.yaml']).toContain(`\nname: ${expected}\n`);
    expect(render(stack)['compose.prod.yaml']).toContain(`\nname: ${expected}-prod\n`);
  });
});

describe('the folder', () => {
  test('of the files is the project\'s, or another one, in which tasks run and git ignores', () => {
    const files = synthIn(tempFolder(), withStack(KINDS[0][1], 'stack', { directory: './deploy/local/' }));
    expect(Object.keys(files)).toEqual(expect.arrayContaining(FILES.map((name) => `deploy/local/${name}`)));
    expect(Object.keys(files)).not.toContain('compose.yaml');
    expect(JSON.parse(files['.projen/tasks.json']).tasks['stack:up']).toMatchObject({ cwd: 'deploy/local' });
    expect(files['.gitignore'].split('\n')).toEqual(expect.arrayContaining(['/deploy/local/.env', '/deploy/local/.env.*', '!/deploy/local/.env.example']));
  });

  test.each([
    [undefined, ''], ['.', ''], ['./', ''], ['./a', 'a'], ['a/b//', 'a/b'], ['.docker', '.docker'], ['./.docker', '.docker'],
  ])('%s is %s', (directory, expected) => expect(newStack({ directory }).directory).toBe(expected));
});

test.each(['', 'deploy'])('git ignores what holds secrets or data, and not what is generated, in the folder "%s" [001-017] [001-044] [002-070]', (directory) => {
  const folder = tempFolder();
  const git = (...words: string[]) => spawnSync('git', words, { cwd: folder, encoding: 'utf8' });
  const files = synthIn(folder, (outdir) => {
    const project = new Project({ name: 'shop', outdir });
    new PostgresService(new Stack(project, 'stack', { directory, envTemplates: ['.env.docker'] }), 'postgres', { version: '17', storage: Storage.bind('./data/postgres') });
    return project;
  });
  expect(git('init', '-q').status).toBe(0);
  const ignored = (name: string) => git('check-ignore', '-q', '--no-index', path.posix.join(directory, name)).status === 0;
  expect(['.env', '.env.local', '.env.docker.local', 'data/postgres/PG_VERSION'].filter((name) => !ignored(name))).toEqual([]);
  expect(Object.keys(files).filter((name) => ignored(path.posix.relative(directory, name)))).toEqual([]);
  expect(Object.keys(files)).toContain(path.posix.join(directory, '.env.docker'));
});

describe('a stack without services', () => {
  test('writes no Compose file, and says so', () => {
    const folder = tempFolder();
    const said = jest.spyOn(console, 'error').mockImplementation();
    synthIn(folder, (outdir) => {
      const project = new Project({ name: 'shop', outdir, logging: { level: LogLevel.INFO } });
      new Stack(project);
      return project;
    });
    expect(said.mock.calls.flat().join('\n')).toContain("shop has no services yet, so there is no Compose file. Add one: new PostgresService(stack, 'postgres');");
    said.mockRestore();
    for (const name of FILES) expect(existsSync(path.join(folder, name))).toBe(false);
  });

  test('in one mode writes no file for that mode', () => {
    const stack = newStack();
    new Service(stack, 'web', { image: 'nginx:1.29', modes: [Mode.DEVELOPMENT] });
    expect(Object.keys(render(stack))).not.toContain('compose.prod.yaml');
  });
});

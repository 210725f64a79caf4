import { statSync } from 'fs';
import * as path from 'path';
import { Project, TextFile } from 'projen';
import { Mode, Mount, PostgresService, RedisCache, Service, Stack } from '../../src';
import { readTree, synthIn, tempFolder, withoutPost } from '../support/synth';

const OURS = ['.env.example', 'compose.prod.yaml', 'compose.yaml', 'config/postgres/docker-entrypoint-initdb.d/00-databases.sql', 'scripts/env.sh', 'scripts/reset.sh'];

/** A project with a file of its own, and what is said of it. */
function project(define: (root: Project) => void): (outdir: string) => Project {
  return (outdir) => {
    const root = new Project({ name: 'shop', outdir });
    new TextFile(root, 'other.txt', { lines: ['other'] });
    define(root);
    return root;
  };
}

const postgres = (root: Project, id?: string, directory?: string) => new PostgresService(new Stack(root, id, { directory }), 'postgres', { version: '17', databases: ['audit'] });
const ours = (files: object) => Object.keys(files).filter((name) => OURS.includes(name)).sort();

describe('what is removed from the definition', () => {
  test('a stack: its files are removed, and others stay', () => {
    const folder = tempFolder();
    expect(ours(synthIn(folder, project((root) => postgres(root))))).toEqual(OURS);
    const files = synthIn(folder, project(() => undefined));
    expect(ours(files)).toEqual([]);
    expect(files).toHaveProperty(['other.txt'], 'other');
  });

  test('one of two stacks: the other one\'s files stay as they are', () => {
    const folder = tempFolder();
    const both = synthIn(folder, project((root) => {
      postgres(root);
      postgres(root, 'second', 'second');
    }));
    const one = synthIn(folder, project((root) => postgres(root, 'second', 'second')));
    expect(ours(one)).toEqual([]);
    for (const name of OURS) expect(one[`second/${name}`]).toBe(both[`second/${name}`]);
  });

  test('the last service: no Compose file stays', () => {
    const folder = tempFolder();
    synthIn(folder, project((root) => postgres(root)));
    expect(ours(synthIn(folder, project((root) => new Stack(root))))).toEqual([]);
  });

  test('one service: its config is removed, and the rest written anew', () => {
    const folder = tempFolder();
    const define = (keep: boolean) => project((root) => {
      const stack = new Stack(root);
      new RedisCache(stack, 'redis');
      if (keep) new Service(stack, 'web', { image: 'nginx:1.29', mounts: [Mount.config('x', '/x', 'text')] });
    });
    expect(synthIn(folder, define(true))).toHaveProperty(['config/web/x'], 'text');
    const files = synthIn(folder, define(false));
    expect(files).not.toHaveProperty(['config/web/x']);
    expect(files['compose.yaml']).not.toContain('web:');
  });

  test('a stack whose files have other names: the old ones are removed', () => {
    const folder = tempFolder();
    synthIn(folder, project((root) => postgres(root)));
    const files = synthIn(folder, project((root) => postgres(root, 'stack', 'infra')));
    expect(ours(files)).toEqual([]);
    for (const name of OURS) expect(files).toHaveProperty([`infra/${name}`]);
  });
});

describe('a second synthesis of the same object', () => {
  test('gives the same bytes', () => {
    const folder = tempFolder();
    const root = project((each) => postgres(each))(folder);
    withoutPost(() => root.synth());
    const first = readTree(folder);
    withoutPost(() => root.synth());
    expect(readTree(folder)).toEqual(first);
  });

  test('takes up what was added, and drops what is written no more', () => {
    const folder = tempFolder();
    const root = new Project({ name: 'shop', outdir: folder });
    const stack = new Stack(root);
    const web = new Service(stack, 'web', { image: 'nginx:1.29', mounts: [Mount.config('x', '/x', 'text')] });
    withoutPost(() => root.synth());
    web.addMount(Mount.tmpfs('/x'));
    new RedisCache(stack, 'redis');
    withoutPost(() => root.synth());
    const files = readTree(folder);
    expect(files['compose.yaml']).toContain('  redis:\n');
    expect(files).not.toHaveProperty(['config/web/x']);
    expect(JSON.parse(files['.projen/tasks.json']).tasks).toHaveProperty(['redis:cli']);
  });

  test('after one that failed writes what is right now', () => {
    const folder = tempFolder();
    const root = new Project({ name: 'shop', outdir: folder });
    const stack = new Stack(root);
    const web = new Service(stack, 'web', { image: '' });
    expect(() => withoutPost(() => root.synth())).toThrow(/no file was written/);
    web.addSettings({ image: 'nginx:1.29' });
    withoutPost(() => root.synth());
    expect(readTree(folder)['compose.yaml']).toContain('image: nginx:1.29');
  });
});

test('a project that is ejected keeps its files, without a header and for people to edit', () => {
  const folder = tempFolder();
  const define = project((root) => postgres(root));
  const before = synthIn(folder, define);
  process.env.PROJEN_EJECTING = 'true';
  try {
    const files = synthIn(folder, define);
    for (const name of OURS) {
      expect(files[name]).not.toContain(['~~ Generated', 'by projen'].join(' '));
      expect(files[name]).toBe(before[name].replace(/^# ~~.*\n/m, ''));
      // Without a change in its text projen looks at a file's permissions as root sees them, who may write everything.
      const written = files[name] !== before[name] || process.getuid?.() !== 0;
      if (written) expect(statSync(path.join(folder, name)).mode.toString(8)).toMatch(/[67]\d\d$/);
    }
    expect(files['scripts/reset.sh'].split('\n')[0]).toBe('#!/usr/bin/env bash');
  } finally {
    delete process.env.PROJEN_EJECTING;
  }
});

test('what is added until the last moment is in the files', () => {
  const folder = tempFolder();
  const files = synthIn(folder, (outdir) => {
    const root = new Project({ name: 'shop', outdir });
    const stack = new Stack(root);
    const web = new Service(stack, 'web', { image: 'nginx:1.29' });
    stack.addNetwork({ name: 'late' });
    stack.addOverrides({ compose: { 'x-late': true } }, Mode.DEVELOPMENT);
    web.addPort({ name: 'http', port: 80 });
    return root;
  });
  expect(files['compose.yaml']).toMatch(/x-late: true/);
  expect(files['compose.yaml']).toMatch(/late:\n {4}driver: bridge/);
  expect(files['compose.yaml']).toMatch(/WEB_PORT/);
});

// The version that a release gets, by the very tasks that the release runs, in a repository with tags of its own.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { inRoot, readJson } from '../tools/lib/root.mjs';
import { run, tempDir } from './lib/index.mjs';

const GIT = ['-c', 'user.name=e2e', '-c', 'user.email=e2e@example.org', '-c', 'commit.gpgsign=false', '-c', 'tag.gpgsign=false'];
const { tasks } = readJson(inRoot('.projen', 'tasks.json'));

/** A repository with what the tasks of a release need; its commits have these messages, and `tag: NAME` tags the one before. */
async function repository(...messages) {
  const folder = tempDir('release');
  for (const path of ['.projen/tasks.json', 'package.json', 'tools']) cpSync(inRoot(path), join(folder, path), { recursive: true });
  symlinkSync(inRoot('node_modules'), join(folder, 'node_modules'), 'junction');
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, '.gitignore'), 'node_modules\ndist\nCHANGELOG.md\n');
  const git = (...args) => run('git', [...GIT, ...args], { cwd: folder, env: { GIT_CONFIG_GLOBAL: '/dev/null' } });
  await git('init', '--quiet', '--initial-branch=main');
  await git('add', '.');
  for (const message of messages) {
    if (message.startsWith('tag: ')) await git('tag', message.slice(5));
    else await git('commit', '--quiet', '--allow-empty', '--message', message);
  }
  return folder;
}

/** What the release comes to after these commits. */
async function release(...messages) {
  const folder = await repository(...messages);
  await run(process.execPath, [inRoot('node_modules', 'projen', 'bin', 'projen'), 'bump'], {
    cwd: folder, env: { CI: 'true', ...tasks.release.env, GIT_CONFIG_GLOBAL: '/dev/null' },
  });
  const read = (file) => readFileSync(join(folder, file), 'utf8');
  return { version: read('dist/version.txt'), tag: read('dist/releasetag.txt'), written: JSON.parse(read('package.json')).version, notes: read('dist/changelog.md'), all: read('CHANGELOG.md') };
}

const AFTER_THE_FIRST = ['feat: everything', 'tag: v1.0.0'];

describe('the version of a release follows from its commits', { concurrency: 2 }, () => {
  test('the first is 1.0.0, and has a changelog', async () => {
    const { version, tag, written, notes, all } = await release('feat: everything', 'fix: a part of it');
    assert.deepEqual({ version, tag, written }, { version: '1.0.0', tag: 'v1.0.0', written: '1.0.0' });
    for (const text of [notes, all]) assert.match(text, /## 1\.0\.0 [^]*Features\n\n\* everything [^]*Bug Fixes\n\n\* a part of it /);
  });

  for (const [what, messages, version] of [
    ['a fix is a patch', ['docs: more', 'fix(compose): quotes'], '1.0.1'],
    ['what is faster is a patch', ['perf: asked once'], '1.0.1'],
    ['a feature is a minor version', ['fix: quotes', 'feat(redis): clusters', 'docs: clusters'], '1.1.0'],
    ['a break is a major version', ['feat!: connections are made otherwise'], '2.0.0'],
    ['so is one of any other type', ['refactor(model)!: connections are made otherwise'], '2.0.0'],
    ['and one that only its footer names', ['chore: tidy\n\nBREAKING CHANGE: connections are made otherwise'], '2.0.0'],
  ]) {
    test(what, async () => {
      const outcome = await release(...AFTER_THE_FIRST, ...messages);
      assert.equal(outcome.version, version);
      assert.equal(outcome.tag, `v${version}`);
      assert.equal(outcome.written, version);
    });
  }

  test('what nobody who uses it could notice makes none: the tag is the one that is there', async () => {
    const { tag } = await release(...AFTER_THE_FIRST, 'docs: more', 'test: more', 'chore: more', 'ci: more', 'refactor: tidy');
    assert.equal(tag, 'v1.0.0');
  });

  test('the changelog of the package has every version, that of the page the newest', async () => {
    const { notes, all } = await release(...AFTER_THE_FIRST, 'feat: clusters', 'tag: v1.1.0', 'feat!: connections are made otherwise');
    assert.match(notes, /## \[2\.0\.0\][^]*BREAKING CHANGES\n\n\* connections are made otherwise/);
    assert.doesNotMatch(notes, /clusters/);
    assert.match(all, /^# Changelog\n[^]*## \[2\.0\.0\][^]*otherwise[^]*## \[1\.1\.0\][^]*clusters[^]*## [[]?1\.0\.0\b[^]*everything/);
  });
});

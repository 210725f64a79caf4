import { rmSync, writeFileSync } from 'fs';
import * as path from 'path';
import { javascript } from 'projen';
import { folderWith, manifest, MARKER, synth } from './folders';
import { readTree, tempFolder } from '../support/synth';

describe('what cannot be taken over stops before any write', () => {
  const advice = (manager: string) => `Write packageManager: javascript.NodePackageManager.${manager.toUpperCase()} (or --package-manager ${manager})`;

  test.each<[string, { [file: string]: string | object }, string]>([
    ['malformed JSON', { 'package.json': '{ "name": }' }, 'package.json: it is not valid JSON ('],
    ['no object', { 'package.json': '[]' }, 'package.json: it holds no object. Write {} at least, or delete it.'],
    ['a list of dependencies', { 'package.json': { dependencies: ['a'] } }, 'package.json: "dependencies" is no object. Write "dependencies": { "name": "…" }, or remove it.'],
    ['a script that is no text', { 'package.json': { scripts: { a: 1 } } }, 'package.json: "scripts.a" is 1, not a text. Write a text, or remove it.'],
    ['any version', { 'package.json': { peerDependencies: { react: '*' } } }, 'package.json: "peerDependencies.react" is "*", and projen would put the installed version in its place. Write the range that you mean, such as ">=1".'],
    ['a comment where projen writes', { 'package.json': { '//': 'mine' } }, 'package.json: "//" holds a comment, and projen writes its own there. Move yours to another field, such as "//notes".'],
    ['bundled by a flag', { 'package.json': { bundledDependencies: true } }, 'package.json: "bundledDependencies" is no list, and projen knows only lists. Write the names: ["a", "b"].'],
    ['bundled but not installed', { 'package.json': { bundledDependencies: ['a'] } }, 'package.json: "bundledDependencies" names "a", which "dependencies" does not. Add it there, or remove it here.'],
    ['a lockfile of pnpm', { 'pnpm-lock.yaml': '' }, `pnpm-lock.yaml: it belongs to pnpm, and the project uses npm. ${advice('pnpm')}, or delete the file.`],
    ['a lockfile of yarn', { 'yarn.lock': '' }, 'yarn.lock: it belongs to yarn, and the project uses npm.'],
    ['a lockfile beside that of npm', { 'package-lock.json': '{}', 'bun.lock': '' }, 'bun.lock: it belongs to bun'],
    ['another package manager', { 'package.json': { packageManager: 'yarn@1.22.22' } }, `package.json: "packageManager" is "yarn@1.22.22", and the project uses npm. ${advice('yarn_classic')}, or remove the field.`],
    ['a newer yarn', { 'package.json': { packageManager: 'yarn@4.1.0' } }, `package.json: "packageManager" is "yarn@4.1.0", and the project uses npm. ${advice('yarn_berry')}`],
    ['a file of the project', { 'tsconfig.projen.json': '{}' }, 'tsconfig.projen.json: the project writes a file of this name, and this one is not projen\'s. Rename yours, or delete it.'],
    ['a first mark twice', { '.gitignore': `# ${MARKER}\n# ${MARKER}\n` }, '.gitignore: the generated part has 2 first and 0 last lines'],
  ])('%s', (_, files, message) => {
    const folder = folderWith(files);
    const before = readTree(folder);
    expect(() => synth(folder)).toThrow(`StackProject cannot take over what is in ${folder}. Nothing was written.\n  - ${message}`);
    expect(readTree(folder)).toEqual(before);
  });

  test('a folder in the place of a file', () => {
    const folder = folderWith({ '.gitignore/x': '' });
    expect(() => synth(folder)).toThrow('.gitignore: it cannot be read (EISDIR). Make it a file that you may read, or remove it.');
  });

  test('a lost end of the generated part, below which lines could be a person\'s', () => {
    const folder = tempFolder();
    const text = synth(folder)['.gitignore'];
    writeFileSync(path.join(folder, '.gitignore'), `${text.replace(/# ~~ End.*\n/, '')}/mine\n`);
    expect(() => synth(folder)).toThrow('.gitignore: the generated part has 1 first and 0 last lines');
  });

  test.each([
    [javascript.NodePackageManager.PNPM, 'pnpm-workspace.yaml'],
    [javascript.NodePackageManager.YARN_BERRY, '.yarnrc.yml'],
  ])('what %s configures in %s', (packageManager, file) => {
    const folder = folderWith({ [file]: 'a: 1\n' });
    expect(() => synth(folder, { packageManager })).toThrow(`${file}: the project writes a file of this name`);
    expect(readTree(folder)).toEqual({ [file]: 'a: 1\n' });
  });

  test('all of it in one list', () => {
    const folder = folderWith({ 'package.json': { '//': 'mine', 'dependencies': { a: '' } }, 'yarn.lock': '', 'tsconfig.projen.json': '{}' });
    expect(() => synth(folder)).toThrow(/(\n {2}- .*){4}$/);
  });
});

test('a project that changes its package manager deletes no lockfile by itself', () => {
  const folder = tempFolder();
  synth(folder, { packageManager: javascript.NodePackageManager.PNPM });
  expect(manifest(readTree(folder)).packageManager).toMatch(/^pnpm@/);
  for (const file of ['pnpm-lock.yaml', 'package-lock.json']) writeFileSync(path.join(folder, file), '');
  expect(() => synth(folder)).toThrow(/Nothing was written\.\n {2}- pnpm-lock\.yaml: it belongs to pnpm, and the project uses npm\.[^\n]*$/);
  rmSync(path.join(folder, 'pnpm-lock.yaml'));
  const after = synth(folder);
  expect(manifest(after)).not.toHaveProperty('packageManager');
  expect(after).toHaveProperty(['package-lock.json'], '');
});

test.each([
  [javascript.NodePackageManager.PNPM, { packageManager: 'pnpm@9.1.0' }, 'pnpm-lock.yaml'],
  [javascript.NodePackageManager.YARN_CLASSIC, { packageManager: 'yarn@1.22.22' }, 'yarn.lock'],
  [javascript.NodePackageManager.BUN, { packageManager: 'bun@1.1.0' }, 'bun.lock'],
  [javascript.NodePackageManager.NPM, { packageManager: 'npm@11.0.0' }, 'package-lock.json'],
])('a folder of %s stays one', (packageManager, content, lockfile) => {
  const folder = folderWith({ 'package.json': content, [lockfile]: 'x' });
  const first = synth(folder, { packageManager });
  expect(manifest(first).packageManager).toBe(content.packageManager);
  expect(first[lockfile]).toBe('x');
  expect(synth(folder, { packageManager })).toEqual(first);
});

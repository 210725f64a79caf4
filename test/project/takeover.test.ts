import { rmSync, writeFileSync } from 'fs';
import * as path from 'path';
import { DependencyType, javascript, Logger } from 'projen';
import { createIn, runProjenrc } from './creation';
import { folderWith, manifest, MARKER, quiet, synth } from './folders';
import { readTree, synthIn, tempFolder } from '../support/synth';

/** What real applications have: every kind of field, and some of ours. */
const EXISTING = {
  name: '@acme/legacy-shop',
  version: '3.2.1',
  private: false,
  type: 'module',
  license: 'MIT',
  main: 'src/server.js',
  keywords: ['z', 'a'],
  engines: { node: '>=20' },
  files: [],
  scripts: { 'build': 'vite build', 'test': 'vitest', 'dev': 'vite', 'db:psql': 'psql', 'projen': 'projen' },
  dependencies: { 'express': '^5.1.0', '@acme/ui': 'workspace:^', 'local': 'file:../local', 'forked': 'git+https://example.org/x.git#v1', 'alias': 'npm:other@^2' },
  devDependencies: { vitest: '~3.1.0', typescript: '5.4.5' },
  peerDependencies: { react: '>=18' },
  peerDependenciesMeta: { react: { optional: true } },
  optionalDependencies: { fsevents: '^2.3.3' },
  bundledDependencies: ['express'],
  overrides: { foo: { bar: '1.0.0' } },
  workspaces: ['packages/*'],
  exports: { 'import': './z.js', '.': './a.js' },
  browserslist: 'defaults',
  sideEffects: null,
};

const GITIGNORE = '# Ours\r\nnode_modules/\n!node_modules/keep\n\n\n  # indented\n*.log\n.*\n!.env.example';

describe('a folder that projen did not write', () => {
  test('keeps everything in package.json', () => {
    const after = manifest(synth(folderWith({ 'package.json': EXISTING })));
    const { scripts, devDependencies, ...others } = EXISTING;
    expect(after).toMatchObject(others);
    expect(after.scripts).toMatchObject(scripts);
    expect(after.devDependencies).toMatchObject({ ...devDependencies, tsx: '~4.23.15' });
    expect(Object.keys(after.exports)).toEqual(['import', '.']);
    expect(after.scripts.default).toBe('projen default');
    // projen would pin each peer to its lowest version.
    expect(after.devDependencies).not.toHaveProperty('react');
  });

  test('keeps every byte of .gitignore and .gitattributes, and adds its own lines below', () => {
    const attributes = '*.png filter=lfs\n# end\n';
    const files = synth(folderWith({ '.gitignore': GITIGNORE, '.gitattributes': attributes }));
    expect(files['.gitignore'].startsWith(`${GITIGNORE}\n\n# ${MARKER}`)).toBe(true);
    expect(files['.gitattributes'].startsWith(`${attributes}\n# ${MARKER}`)).toBe(true);
    // `.*` above hides the folder itself.
    expect(files['.gitignore']).toContain('\n!/.projen/\n');
  });

  test('comes out the same at the second and third synthesis', () => {
    const folder = folderWith({ 'package.json': EXISTING, '.gitignore': GITIGNORE, '.gitattributes': '*.png binary' });
    const first = synth(folder);
    expect(synth(folder)).toEqual(first);
    expect(synth(folder)).toEqual(first);
  });

  test('says what stays, and how tasks are run whose names are taken; once', () => {
    const lines: string[] = [];
    const spy = jest.spyOn(Logger.prototype, 'info').mockImplementation((text: string) => void lines.push(text));
    const folder = folderWith({ 'package.json': EXISTING });
    synth(folder);
    synth(folder);
    spy.mockRestore();
    expect(lines.filter((line) => line.startsWith('package.json'))).toEqual([
      'package.json: 8 dependencies and 5 scripts stay as they stand there. The tasks of the same name are run by "npx projen build", "npx projen test".',
    ]);
  });

  test('does not keep a script that only calls a task which the project does not have', () => {
    const files = synth(folderWith({ 'package.json': { scripts: { 'lint': 'projen lint', 'old': 'npx projen old', 'lint:fix': 'projen lint --fix' } } }));
    expect(manifest(files).scripts).toMatchObject({ 'lint:fix': 'projen lint --fix' });
    expect(manifest(files).scripts).not.toHaveProperty('lint');
    expect(manifest(files).scripts).not.toHaveProperty('old');
  });

  test('can be given to projen new, whose definition then keeps it too', () => {
    const folder = folderWith({ 'package.json': EXISTING, '.gitignore': GITIGNORE });
    const first = createIn(folder, { name: 'shop', devDeps: ['projen-stack@^1'] });
    expect(manifest(first)).toMatchObject({ name: '@acme/legacy-shop', dependencies: EXISTING.dependencies, devDependencies: EXISTING.devDependencies });
    expect(first['.gitignore'].startsWith(GITIGNORE)).toBe(true);
    expect(runProjenrc(folder)).toEqual(first);
  });

  test('keeps what projen new has installed, when there is no package.json beyond that', () => {
    const folder = folderWith({ 'package.json': { devDependencies: { 'projen': '^0.103.25', 'projen-stack': 'file:../x.tgz' } } });
    const after = manifest(createIn(folder, { name: 'shop', devDeps: ['projen-stack@file:../x.tgz'] }));
    expect(after).toMatchObject({ name: 'shop', private: true, version: '0.0.0' });
    expect(after.devDependencies).toMatchObject({ 'projen': '^0.103.25', 'projen-stack': 'file:../x.tgz' });
  });
});

describe('what both speak about', () => {
  const folder = () => folderWith({ 'package.json': EXISTING });

  test('is decided by the definition', () => {
    const after = manifest(synth(folder(), {
      packageName: 'shop', license: 'Apache-2.0', description: 'New', deps: ['express@^6'], devDeps: ['typescript@~6.0.0'],
    }, (project) => {
      project.package.setScript('build', 'make');
      project.package.addEngine('node', '>=22');
      project.package.addField('version', '4.0.0');
      project.package.addKeywords('shop');
      project.package.addBin({ shop: './bin.js' });
    }));
    expect(after).toMatchObject({ name: 'shop', license: 'Apache-2.0', description: 'New', version: '4.0.0', engines: { node: '>=22' }, keywords: ['shop'], bin: { shop: './bin.js' } });
    expect(after.scripts).toMatchObject({ build: 'make', test: 'vitest' });
    expect(after.dependencies.express).toBe('^6');
    expect(after.devDependencies.typescript).toBe('~6.0.0');
  });

  test('is no longer in the definition: it goes, and the rest stays', () => {
    const here = folderWith({ 'package.json': { engines: { npm: '>=10' }, scripts: { mine: 'x' } } });
    const before = manifest(synth(here, { description: 'Old', devDeps: ['cowsay@^1'], deps: ['a@1'] }, (project) => {
      project.package.setScript('lint', 'eslint .');
      project.package.addEngine('node', '>=22');
      project.package.addField('wireit', { a: 1 });
      project.addTask('hello');
    }));
    expect(before).toMatchObject({ description: 'Old', scripts: { lint: 'eslint .', hello: 'projen hello' }, wireit: { a: 1 }, engines: { node: '>=22' } });
    const after = manifest(synth(here));
    expect(after).not.toHaveProperty('description');
    expect(after).not.toHaveProperty('wireit');
    expect(after.scripts).not.toHaveProperty('lint');
    expect(after.scripts).not.toHaveProperty('hello');
    expect(after.scripts.mine).toBe('x');
    expect(after.engines).toEqual({ npm: '>=10' });
    expect(after.devDependencies).not.toHaveProperty('cowsay');
    expect(after).not.toHaveProperty('dependencies');
  });

  test('a dependency moves to the section that the definition names', () => {
    const after = manifest(synth(folder(), { devDeps: ['express@^5.1.0'] }, () => {}));
    expect(after.devDependencies.express).toBe('^5.1.0');
    expect(after.dependencies).not.toHaveProperty('express');
  });

  test('renames the package when the project is, but not when a person has named it', () => {
    const ours = tempFolder();
    synth(ours);
    expect(manifest(synth(ours, { name: 'store' })).name).toBe('store');
    const theirs = folder();
    synth(theirs);
    expect(manifest(synth(theirs, { name: 'store' })).name).toBe('@acme/legacy-shop');
  });
});

describe('a folder that was synthesized before', () => {
  const edit = (folder: string, change: (content: any) => void) => {
    const content = manifest(readTree(folder));
    change(content);
    writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(content, undefined, 2)}\n`);
  };

  test('keeps what npm install, or a person, has added since', () => {
    const folder = tempFolder();
    synth(folder);
    edit(folder, (content) => {
      content.dependencies = { react: '^19.0.0' };
      content.scripts.dev = 'vite';
      content.scripts.test = 'vitest';
      content.version = '1.2.3';
    });
    const after = manifest(synth(folder));
    expect(after).toMatchObject({ dependencies: { react: '^19.0.0' }, scripts: { dev: 'vite', test: 'vitest', build: 'projen build' }, version: '1.2.3' });
    expect(manifest(synth(folder))).toEqual(after);
    edit(folder, (content) => {
      delete content.dependencies;
      delete content.scripts.dev;
    });
    const removed = manifest(synth(folder));
    expect(removed).not.toHaveProperty('dependencies');
    expect(removed.scripts).not.toHaveProperty('dev');
  });

  test('restores what belongs to the definition', () => {
    const folder = tempFolder();
    const first = synth(folder, { devDeps: ['cowsay@^1'] });
    edit(folder, (content) => {
      content.devDependencies.cowsay = '^2';
      delete content.devDependencies.tsx;
      delete content.private;
      delete content.scripts.build;
    });
    expect(synth(folder, { devDeps: ['cowsay@^1'] })).toEqual(first);
  });

  test('keeps lines above and below the generated part of .gitignore', () => {
    const folder = tempFolder();
    const own = synth(folder)['.gitignore'];
    writeFileSync(path.join(folder, '.gitignore'), `# top\n\n${own}# bottom\n/x\n`);
    const first = synth(folder, {}, (project) => project.gitignore.exclude('/y'));
    expect(first['.gitignore']).toMatch(/^# top\n\n# ~~ /);
    expect(first['.gitignore']).toContain('\n/y\n');
    expect(first['.gitignore'].endsWith('# bottom\n/x\n')).toBe(true);
  });

  test('loses nothing with its memory, even when that is no JSON', () => {
    const folder = tempFolder();
    const first = synth(folder, { deps: ['a@1'] });
    rmSync(path.join(folder, '.projen/shared.json'), { force: true });
    expect(synth(folder, { deps: ['a@1'] })['package.json']).toEqual(first['package.json']);
    rmSync(path.join(folder, '.projen/shared.json'), { force: true });
    writeFileSync(path.join(folder, '.projen/shared.json'), '<<<<<<< HEAD');
    expect(manifest(synth(folder)).dependencies).toEqual({ a: '1' });
  });

  test('takes over from another project type of projen', () => {
    const folder = tempFolder();
    synthIn(folder, (outdir) => new javascript.NodeProject({
      name: 'old', outdir, defaultReleaseBranch: 'main', logging: quiet, packageManager: javascript.NodePackageManager.NPM, deps: ['express@^5'],
    }));
    const after = synth(folder);
    expect(manifest(after).dependencies).toEqual({ express: '^5' });
    expect(manifest(after).devDependencies).toHaveProperty('jest');
    expect(after['.gitignore'].split(MARKER)).toHaveLength(2);
    expect(synth(folder)).toEqual(after);
  });

  test('knows the dependencies that people added, as projen does its own', () => {
    const folder = folderWith({ 'package.json': EXISTING });
    synth(folder, {}, (project) => {
      project.package.preSynthesize();
      expect(project.deps.getDependency('vitest', DependencyType.BUILD).version).toBe('~3.1.0');
      expect(project.deps.getDependency('express', DependencyType.BUNDLED).version).toBe('^5.1.0');
    });
  });
});

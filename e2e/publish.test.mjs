// The packed library in a real registry, and whoever installs it from there: by each package manager, on each Node, in an empty folder.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { filesBelow } from '../tools/lib/files.mjs';
import { linesIn, linesOf } from '../tools/lib/lines.mjs';
import { peers } from '../tools/lib/pack.mjs';
import { filesOfPackage } from '../tools/lib/packed.mjs';
import { npm } from '../tools/lib/process.mjs';
import { inRoot, readJson } from '../tools/lib/root.mjs';
import { seconds } from '../tools/lib/say.mjs';
import { run, tarball, tempDir, withStack } from './lib/index.mjs';
import { MANAGERS, nodes, personWith, startRegistry, withVersion } from './support/registry.mjs';

const VERSION = '1.2.3';
const QUICKSTART = inRoot('examples', 'quickstart', '.projenrc.ts');

/** A definition with everything in it. The program that runs it says which one it is. */
const DEFINITION = [
  readFileSync(QUICKSTART, 'utf8').replace("{ name: 'shop' }", "{ name: 'shop', packageManager: process.env.PACKAGE_MANAGER as never }"),
  'console.log(process.version);', '',
].join('\n');

const LOCKFILES = ['package-lock.json', 'pnpm-lock.yaml', 'yarn.lock'];

/**
 * What comes of the definition otherwise than with npm, all of it projen's own words: the commands that run the manager, its lockfile and settings,
 * how it is told that esbuild may run its script, and what git is to know of Yarn's folder.
 */
const DIFFERENCES = {
  'pnpm': `
    .gitattributes - /package-lock.json linguist-generated
    .gitattributes + /pnpm-lock.yaml linguist-generated
    .gitattributes + /pnpm-workspace.yaml linguist-generated
    .github/workflows/stack.yml - run: npm ci
    .github/workflows/stack.yml + run: |
    .github/workflows/stack.yml + corepack enable
    .github/workflows/stack.yml + pnpm i --frozen-lockfile
    .gitignore + !/pnpm-workspace.yaml
    .projen/shared.json - "allowScripts": {
    .projen/shared.json - "esbuild": true
    .projen/shared.json + "packageManager": "pnpm@10.33.0",
    .projen/tasks.json - "exec": "npm install"
    .projen/tasks.json - "exec": "npm ci"
    .projen/tasks.json - "npx",
    .projen/tasks.json + "exec": "pnpm i --no-frozen-lockfile"
    .projen/tasks.json + "exec": "pnpm i --frozen-lockfile"
    .projen/tasks.json + "pnpm",
    .projen/tasks.json + "exec",
    package.json - "allowScripts": {
    package.json - "esbuild": true
    package.json + "packageManager": "pnpm@10.33.0",
    pnpm-workspace.yaml is new
  `,
  'yarn 1': `
    .gitattributes - /package-lock.json linguist-generated
    .gitattributes + /yarn.lock linguist-generated
    .github/workflows/stack.yml - run: npm ci
    .github/workflows/stack.yml + run: |
    .github/workflows/stack.yml + corepack enable
    .github/workflows/stack.yml + yarn install --check-files --frozen-lockfile
    .projen/shared.json - "allowScripts": {
    .projen/shared.json - "esbuild": true
    .projen/tasks.json - "exec": "npm install"
    .projen/tasks.json - "exec": "npm ci"
    .projen/tasks.json + "exec": "yarn install --check-files"
    .projen/tasks.json + "exec": "yarn install --check-files --frozen-lockfile"
    package.json - "allowScripts": {
    package.json - "esbuild": true
  `,
  'yarn 4': `
    .gitattributes - /package-lock.json linguist-generated
    .gitattributes + /.pnp.* binary linguist-vendored
    .gitattributes + /.yarn/** linguist-vendored
    .gitattributes + /.yarn/plugins/**/* binary
    .gitattributes + /.yarn/releases/* binary
    .gitattributes + /.yarnrc.yml linguist-generated
    .gitattributes + /yarn.lock linguist-generated
    .github/workflows/stack.yml - run: npm ci
    .github/workflows/stack.yml + run: |
    .github/workflows/stack.yml + corepack enable
    .github/workflows/stack.yml + yarn install --immutable
    .gitignore + .yarn/*
    .gitignore + !.yarn/patches
    .gitignore + !.yarn/plugins
    .gitignore + !.yarn/releases
    .gitignore + !.yarn/sdks
    .gitignore + !.yarn/versions
    .gitignore + .pnp.*
    .gitignore + !/.yarnrc.yml
    .projen/shared.json - "allowScripts": {
    .projen/shared.json - "esbuild": true
    .projen/shared.json + "dependenciesMeta": {
    .projen/shared.json + "esbuild": {
    .projen/shared.json + "built": true
    .projen/shared.json + "packageManager": "yarn@4.13.0",
    .projen/tasks.json - "exec": "npm install"
    .projen/tasks.json - "exec": "npm ci"
    .projen/tasks.json - "npx",
    .projen/tasks.json + "exec": "yarn install --no-immutable"
    .projen/tasks.json + "exec": "yarn install --immutable"
    .projen/tasks.json + "yarn",
    .yarnrc.yml is new
    package.json - "allowScripts": {
    package.json - "esbuild": true
    package.json + "dependenciesMeta": {
    package.json + "esbuild": {
    package.json + "built": true
    package.json + "packageManager": "yarn@4.13.0",
  `,
};

/** The files of a project with their permissions, by their paths; without packages and what a manager remembers of them. */
const tree = (folder, below = '') => Object.fromEntries(readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
  const path = join(below, entry.name);
  if (path === 'node_modules' || path === '.yarn') return [];
  if (entry.isDirectory()) return Object.entries(tree(folder, path));
  return [[path, `${lstatSync(join(folder, path)).mode.toString(8)}\n${readFileSync(join(folder, path), 'utf8')}`]];
}));

const without = (files, names) => Object.fromEntries(Object.entries(files).filter(([file]) => !names.includes(file)));

/** The lines that are not among others, each as often as it is missing there. */
function beyond(lines, others) {
  const left = [...others];
  return lines.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** How a tree differs from another one: a line for each line of a file, sorted by the files. Brackets alone do not count. */
function differences(usual, other) {
  return [...new Set([...Object.keys(usual), ...Object.keys(other)])].sort().filter((file) => usual[file] !== other[file]).flatMap((file) => {
    const [before, now] = [usual[file], other[file]].map((text) => text?.split('\n').map((line) => line.trim()));
    if (now === undefined) return [`${file} is gone`];
    if (before === undefined) return [`${file} is new`];
    const lines = [...beyond(before, now).map((line) => `- ${line}`), ...beyond(now, before).map((line) => `+ ${line}`)].filter((line) => /\w/.test(line));
    return lines.length > 0 ? lines.map((line) => `${file} ${line}`) : [`${file} differs in its brackets, or in the order of its lines`];
  });
}

/** Lines in which a package manager is not content. */
const complaints = ({ stdout, stderr }) => `${stdout}\n${stderr}`.split('\n').map((line) => line.trim())
  .filter((line) => /\bwarn|deprecat|\bpeer|\bengine|unsupported|incompatible|build script|install script|YN00(02|05|06|60|68|76|86)/i.test(line));

/** The packages of a node_modules folder, those inside of others included, by npm's own account; the other managers keep none of this kind. */
const modules = (folder) => Object.keys(readJson(join(folder, 'node_modules', '.package-lock.json'), {}).packages ?? {});

const bytesIn = (folder) => filesBelow(folder).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);

const megabytes = (bytes) => `${(bytes / 1e6).toFixed(2)} MB`;

/** Runs something, and gives what it gave with how long it took. */
async function timed(action) {
  const started = Date.now();
  return { ...await action(), milliseconds: Date.now() - started };
}

test('the tarball holds what its list says, and no source map', async (t) => {
  const packed = await tarball();
  const folder = tempDir('tarball');
  await run('tar', ['-xzf', packed, '-C', folder]);
  const bundled = filesBelow(join(folder, 'package', 'node_modules')).map((file) => `node_modules/${file}`);
  const files = [...Object.keys(tree(join(folder, 'package'))), ...bundled];
  assert.deepEqual(files.sort(), await filesOfPackage());
  const mapped = files.filter((file) => /^lib\/.*\.(js|ts)$/.test(file) && readFileSync(join(folder, 'package', file), 'utf8').includes('sourceMappingURL'));
  assert.deepEqual(mapped, []);
  t.diagnostic(`the tarball: ${megabytes(statSync(packed).size)}, unpacked ${megabytes(bytesIn(join(folder, 'package')))} in ${files.length} files`);
});

describe('from a registry', () => {
  let registry;
  let release;
  let publishing;

  before(async () => {
    release = await withVersion(await tarball(), VERSION);
    registry = await startRegistry('projen-stack');
  });
  after(() => registry?.stop());

  test('npm publishes it once, without a warning', async () => {
    const env = await personWith(registry);
    const cwd = tempDir('publish');
    const [program, ...words] = npm('publish', release.copy, '--loglevel=warn');
    // Of a folder, npm also says what it puts right in package.json: "git+" before the repository, which the page on PyPI could not link to.
    const rehearsal = await run(program, [...npm('publish', release.folder, '--dry-run', '--loglevel=warn').slice(1)], { cwd, env });
    assert.deepEqual(complaints(rehearsal).filter((line) => !/auto-corrected|errors corrected:$|"repository\.url" was normalized to/.test(line)), []);
    publishing = await timed(() => run(program, words, { cwd, env }));
    assert.equal(publishing.stderr, '');
    await assert.rejects(run(program, words, { cwd, env }), /cannot publish over the previously published versions: 1\.2\.3/);

    const [view, ...asked] = npm('view', 'projen-stack', 'versions', 'dist.integrity', '--json');
    const { versions, 'dist.integrity': integrity } = JSON.parse((await run(view, asked, { cwd, env })).stdout);
    assert.deepEqual([versions].flat(), [VERSION], 'something else answers for it');
    assert.equal(integrity, `sha512-${createHash('sha512').update(readFileSync(release.copy)).digest('base64')}`);
  });

  /** A project that has the peers, adds the library as people do, and synthesizes: once for each package manager. */
  const projects = {};
  const projectWith = (manager) => (projects[manager] ??= makeProject(manager));

  async function makeProject(manager) {
    const { value, add, exec } = MANAGERS[manager];
    const folder = tempDir(value);
    const env = { ...await personWith({ url: registry.url, manager }), PACKAGE_MANAGER: value };
    const own = (command, words) => run(command, words, { cwd: folder, env });
    const devDependencies = Object.fromEntries(peers().map((spec) => [spec.slice(0, spec.lastIndexOf('@')), spec.slice(spec.lastIndexOf('@') + 1)]));
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'shop', private: true, devDependencies }));
    writeFileSync(join(folder, '.projenrc.ts'), DEFINITION);

    const installed = await timed(() => own(add[0], ['install']));
    const packages = [modules(folder)];
    const added = await timed(() => own(add[0], [...add.slice(1), 'projen-stack']));
    packages.push(modules(folder));
    const manifest = readFileSync(join(folder, 'package.json'), 'utf8');
    const synthesized = await timed(() => own(process.execPath, ['--import', 'tsx', '.projenrc.ts']));
    const files = tree(folder);
    const again = await timed(() => own(exec[0], [...exec.slice(1), 'projen']));
    assert.deepEqual(differences(files, tree(folder)), [], 'the second synthesis changed something');
    return { folder, manifest, files, installed, packages, added, synthesized, again };
  }

  describe('installs without a warning of ours, and synthesizes the same:', { concurrency: 2 }, () => {
    for (const manager of Object.keys(MANAGERS)) {
      test(`with ${manager}`, async (t) => {
        const { installed, added, synthesized, again, manifest, files } = await projectWith(manager);
        const known = complaints(installed);
        assert.deepEqual(complaints(added).filter((line) => !known.includes(line)), []);
        // From here on the project itself says what may run.
        assert.deepEqual(complaints(synthesized), []);
        assert.deepEqual(complaints(again), []);

        const spec = JSON.parse(manifest).devDependencies['projen-stack'];
        assert.equal(spec, `^${VERSION}`);
        const usual = await projectWith('npm');
        if (manager !== 'npm') {
          const found = differences(without(usual.files, LOCKFILES), without(files, LOCKFILES));
          const named = DIFFERENCES[manager].trim().split('\n').map((line) => line.trim());
          assert.deepEqual({ unnamed: beyond(found, named), missing: beyond(named, found) }, { unnamed: [], missing: [] });
        }
        t.diagnostic(`${manager}: ${seconds(installed.milliseconds)} for the peers, ${seconds(added.milliseconds)} for the library, ${seconds(synthesized.milliseconds)
        } for the first synthesis and what the project needs, ${seconds(again.milliseconds)} for the next`);
      });
    }
  });

  test('is one package beside its peers, with one that it brings along', async (t) => {
    const { folder, packages } = await projectWith('npm');
    const library = join(folder, 'node_modules', 'projen-stack');
    const [peersAlone, withLibrary] = packages;
    assert.deepEqual(beyond(withLibrary, peersAlone), ['node_modules/projen-stack', 'node_modules/projen-stack/node_modules/yaml']);
    assert.deepEqual(beyond(peersAlone, withLibrary), []);
    t.diagnostic(`installed: ${megabytes(bytesIn(library))}, of it ${megabytes(bytesIn(join(library, 'node_modules')))} bundled; packages beside the peers: 1, with yaml in it`);
  });

  test('synthesizes the same on the oldest and the newest Node', async () => {
    const usual = await projectWith('npm');
    const outcomes = await Promise.all((await nodes()).map(async ({ version, program }) => {
      const folder = tempDir(`node-${version}`);
      writeFileSync(join(folder, 'package.json'), usual.manifest);
      writeFileSync(join(folder, '.projenrc.ts'), DEFINITION);
      symlinkSync(join(usual.folder, 'node_modules'), join(folder, 'node_modules'), 'junction');
      const { stdout, stderr } = await run(program, ['--import', 'tsx', '.projenrc.ts'], { cwd: folder, env: { PACKAGE_MANAGER: 'npm', PROJEN_DISABLE_POST: '1' } });
      assert.match(stdout, new RegExp(`^v${version.replaceAll('.', '\\.')}$`, 'm'));
      assert.doesNotMatch(stderr, /warn/i);
      return [version, differences(without(usual.files, LOCKFILES), tree(folder))];
    }));
    assert.deepEqual(outcomes, outcomes.map(([version]) => [version, []]));
    assert.deepEqual(outcomes.map(([version]) => Number(version.split('.')[0])), [20, 22, 24]);
    assert.match(outcomes[0][0], new RegExp(`^${/\d+\.\d+\.\d+/.exec(readJson(inRoot('package.json')).engines.node)[0].replaceAll('.', '\\.')}$`));
  });

  test('runs in an empty folder, by nothing but projen new', async (t) => {
    const env = await personWith({ url: registry.url });
    const folder = tempDir('from-registry');
    const [PROJEN] = peers();
    const made = await timed(() => run('npx', ['--yes', PROJEN, 'new', '--from', 'projen-stack', '--projen-version', PROJEN.split('@')[1], '--no-git'], { cwd: folder, env }));
    assert.deepEqual(complaints(made), []);
    assert.equal(readJson(join(folder, 'package.json')).devDependencies['projen-stack'], `^${VERSION}`);
    const up = await withStack({ dir: folder, label: 'published', env: { POSTGRES_PORT: '0', REDIS_PORT: '0' }, up: false }, async (stack) => {
      const started = await timed(async () => { await stack.up(); });
      assert.deepEqual((await stack.ps()).map(({ Service, Health }) => [Service, Health]).sort(), [['postgres', 'healthy'], ['redis', 'healthy']]);
      return started;
    });
    const parts = [publishing, made, up].map(({ milliseconds }) => milliseconds);
    t.diagnostic(`from the tarball to a running stack in an empty folder: ${seconds(parts.reduce((sum, each) => sum + each))} (npm publish ${seconds(parts[0])}, npx projen new ${
      seconds(parts[1])}, docker compose up --wait ${seconds(parts[2])})`);
  });

  test('gives much more than is written', async (t) => {
    const { folder } = await projectWith('npm');
    const shown = readFileSync(inRoot('examples', 'README.md'), 'utf8');
    const stories = [...shown.matchAll(/^\| \[([\w-]+)\]\(\1\/\.projenrc\.ts\) \| .* \|$/gm)];
    assert.ok(stories.length >= 4, 'examples/README.md has lost its figures');
    for (const [row, name] of stories) {
      const { definition, lines, files } = linesIn(inRoot('examples', name), '.projenrc.ts');
      assert.match(row, new RegExp(`\\| ${definition} \\| .* \\| ${lines} in ${files} files \\|$`));
      t.diagnostic(`examples/${name}: ${definition} lines of definition, ${lines} lines in ${files} files come of them, pins apart`);
    }
    const { lines, files } = linesIn(folder, '.projenrc.ts');
    assert.ok(lines > 50 * linesOf(QUICKSTART), `examples/quickstart gives ${lines} lines`);
    t.diagnostic(`examples/quickstart: ${linesOf(QUICKSTART)} lines of definition, ${lines} lines in ${files} files come of them, pins apart`);
  });
});

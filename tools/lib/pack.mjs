import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureCompiled } from './compile.mjs';
import { installed } from './installed.mjs';
import { madeOnce } from './made-once.mjs';
import { local, npm, quietly } from './process.mjs';
import { ARTIFACTS, inRoot, readJson } from './root.mjs';
import { ok, seconds } from './say.mjs';

/** Packs the compiled library as it would be published, and gives the tarball's path. */
export async function packTarball() {
  await ensureCompiled();
  mkdirSync(ARTIFACTS, { recursive: true });
  const { stdout } = await quietly('npm pack', npm('pack', '--json', '--ignore-scripts', '--pack-destination', ARTIFACTS));
  const [{ filename, size, entryCount }] = JSON.parse(stdout.slice(stdout.indexOf('[')));
  ok(`packed ${filename}: ${entryCount} files, ${Math.ceil(size / 1000)} kB`);
  return join(ARTIFACTS, filename);
}

/** A package in the version that this checkout is developed with, as npm takes it. */
export const pinned = (name) => `${name}@${readJson(inRoot('node_modules', name, 'package.json')).version}`;

/** What a user's project has beside the library. */
export const peers = () => ['projen', 'constructs', 'tsx'].map(pinned);

/**
 * A folder with a node_modules as a user has it: the library from the tarball, with its peers. It is installed once for
 * each content of the tarball; tests link to it.
 *
 * @returns the path of the node_modules folder
 */
export const installedConsumer = async (tarball) => installed('consumers', {
  title: `the tarball beside ${peers().join(', ')}`, packages: [tarball, ...peers()], content: readFileSync(tarball),
});

/**
 * Builds the wheel of the compiled library as it would be published. It is built once for each content of the tarball.
 *
 * @returns the path of the wheel
 */
export async function packWheel(tarball) {
  const { version } = readJson(inRoot('node_modules', 'jsii-pacmak', 'package.json'));
  const folder = await madeOnce('wheels', [readFileSync(tarball), version], async (making) => {
    const { milliseconds } = await quietly('building the wheel', local('jsii-pacmak/bin/jsii-pacmak', '--target', 'python', '--outdir', making));
    ok(`built the wheel in ${seconds(milliseconds)}`);
  });
  const python = join(folder, 'python');
  return join(python, readdirSync(python).find((name) => name.endsWith('.whl')));
}

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ARTIFACTS, inRoot, readJson } from './root.mjs';
import { local, npm, quietly } from './process.mjs';
import { ensureCompiled } from './compile.mjs';
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

/** What a user's project has beside the library, in the versions that this checkout is developed with. */
const PEERS = ['projen', 'constructs', 'tsx'];

/**
 * A folder with a node_modules as a user has it: the library from the tarball, with its peers. It is installed once for
 * each content of the tarball; tests link to it.
 *
 * @returns the path of the node_modules folder
 */
export async function installedConsumer(tarball) {
  const versions = PEERS.map((name) => `${name}@${readJson(inRoot('node_modules', name, 'package.json')).version}`);
  const folder = await madeOnce('consumers', [tarball, ...versions], async (making) => {
    writeFileSync(join(making, 'package.json'), '{ "name": "consumer", "private": true }\n');
    const { milliseconds } = await quietly('installing the tarball', npm('install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error', tarball, ...versions), { cwd: making });
    ok(`installed the tarball beside ${versions.join(', ')} in ${seconds(milliseconds)}`);
  });
  return join(folder, 'node_modules');
}

/**
 * Builds the wheel of the compiled library as it would be published. It is built once for each content of the tarball.
 *
 * @returns the path of the wheel
 */
export async function packWheel(tarball) {
  const { version } = readJson(inRoot('node_modules', 'jsii-pacmak', 'package.json'));
  const folder = await madeOnce('wheels', [tarball, version], async (making) => {
    const { milliseconds } = await quietly('building the wheel', local('jsii-pacmak/bin/jsii-pacmak', '--target', 'python', '--outdir', making));
    ok(`built the wheel in ${seconds(milliseconds)}`);
  });
  const python = join(folder, 'python');
  return join(python, readdirSync(python).find((name) => name.endsWith('.whl')));
}

/**
 * A folder that is made once for what it is made of, and kept in .artifacts; those which were made of something else go.
 *
 * @param home the name of the folder for all of its kind
 * @param parts the path of the tarball, and whatever else decides what comes of it
 * @param make fills the folder that it is given
 */
async function madeOnce(home, [tarball, ...parts], make) {
  const key = createHash('sha256').update(readFileSync(tarball)).update(parts.join()).digest('hex').slice(0, 12);
  const all = join(ARTIFACTS, home);
  const folder = join(all, key);
  if (existsSync(folder)) return folder;

  mkdirSync(all, { recursive: true });
  const outdated = readdirSync(all);
  // In a folder of its own, renamed when it is complete: a second process never sees half of it.
  const making = mkdtempSync(join(all, '.making-'));
  await make(making);
  if (existsSync(folder)) rmSync(making, { recursive: true });
  else renameSync(making, folder);
  for (const old of outdated) rmSync(join(all, old), { recursive: true, force: true });
  return folder;
}

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ARTIFACTS, inRoot, readJson } from './root.mjs';
import { npm, quietly } from './process.mjs';
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
  const key = createHash('sha256').update(readFileSync(tarball)).update(versions.join()).digest('hex').slice(0, 12);
  const home = join(ARTIFACTS, 'consumers');
  const folder = join(home, key);
  if (existsSync(folder)) return join(folder, 'node_modules');

  mkdirSync(home, { recursive: true });
  const outdated = readdirSync(home);
  // In a folder of its own, renamed when it is complete: a second process never sees half an installation.
  const making = mkdtempSync(join(home, '.making-'));
  writeFileSync(join(making, 'package.json'), '{ "name": "consumer", "private": true }\n');
  const { milliseconds } = await quietly('installing the tarball', npm('install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error', tarball, ...versions), { cwd: making });
  if (existsSync(folder)) rmSync(making, { recursive: true });
  else renameSync(making, folder);
  for (const old of outdated) rmSync(join(home, old), { recursive: true, force: true });
  ok(`installed the tarball beside ${versions.join(', ')} in ${seconds(milliseconds)}`);
  return join(folder, 'node_modules');
}

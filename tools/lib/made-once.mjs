import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ARTIFACTS } from './root.mjs';

/**
 * A folder that is made once for what it is made of, and kept in `.artifacts`; one that was made of something else goes.
 *
 * @param home the name of the folder for all of its kind
 * @param parts texts and bytes which decide what comes of it
 * @param make fills the folder that it is given
 * @returns the path of the folder
 */
export async function madeOnce(home, parts, make) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  const all = join(ARTIFACTS, home);
  const folder = join(all, hash.digest('hex').slice(0, 12));
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

import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { quietly } from '../lib/process.mjs';

/** Where tools are kept between runs, beside those of CI. */
export const CACHE = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'projen-stack-ci');

/** The version that the pins were made with: another one may write them a little differently. */
const VERSION = '0.13.8';

const BIN = process.platform === 'win32' ? 'Scripts' : 'bin';

/**
 * A folder that is made once: in a place of its own and renamed when it is complete, so that a second process never sees
 * half of it.
 *
 * @param name its name in the cache
 * @param make fills the folder that it is given
 */
export async function cached(name, make) {
  const folder = join(CACHE, name);
  if (existsSync(folder)) return folder;
  mkdirSync(CACHE, { recursive: true });
  const making = mkdtempSync(join(CACHE, '.making-'));
  try {
    await make(making);
    if (!existsSync(folder)) renameSync(making, folder);
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
  return folder;
}

/** What uv is told: that the machine knows whom to trust, and that no file of a person changes what it does. */
export const UV_ENV = { UV_SYSTEM_CERTS: '1', UV_NO_CONFIG: '1' };

/** The path of uv: installed from PyPI by the machine's Python, unless this version is there. */
export async function uv() {
  const python = process.platform === 'win32' ? 'python' : 'python3';
  const words = [python, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--root-user-action=ignore', `uv==${VERSION}`];
  const folder = await cached(`uv-${VERSION}`, (making) => quietly('installing uv', [...words, '--target', making]));
  return join(folder, BIN, 'uv');
}

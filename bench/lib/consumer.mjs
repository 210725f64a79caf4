import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from '../../tools/lib/files.mjs';
import { npm, quietly } from '../../tools/lib/process.mjs';
import { problem } from '../../tools/lib/say.mjs';

const OFFLINE_FIRST = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];

/** Installs packages in a folder, as a user does, and keeps them in its package.json. */
export async function install(folder, specs) {
  mkdirSync(folder, { recursive: true });
  // An empty one keeps npm from looking for a project in the folders above.
  try {
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n', { flag: 'wx' });
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  await quietly(`installing ${specs.length} packages`, npm('install', '--save-dev', ...OFFLINE_FIRST, ...specs), { cwd: folder });
}

/** What a folder holds, and when its packages, if it has any, were last installed. */
function state(folder) {
  const hash = createHash('sha256');
  for (const file of filesBelow(folder).filter((each) => !each.startsWith('node_modules'))) hash.update(`${file}\0`).update(readFileSync(join(folder, file))).update('\0');
  return `${hash.digest('hex')} ${statSync(join(folder, 'node_modules', '.package-lock.json'), { throwIfNoEntry: false })?.mtimeMs}`;
}

/**
 * Repeats an action until it changes nothing in the folder any more: then it is warm.
 *
 * @throws when it never settles, since what changes each time is not what is to be measured
 */
export async function settle(folder, action, attempts = 4) {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const before = state(folder);
    await action();
    if (state(folder) === before) return;
  }
  throw problem(`The project still changes after ${attempts} runs of its definition, so there is nothing warm to measure.`);
}

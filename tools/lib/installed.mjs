import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { madeOnce } from './made-once.mjs';
import { npm, quietly } from './process.mjs';
import { ok, seconds } from './say.mjs';

/**
 * A folder with a node_modules of these packages. It is installed once; what was installed under this name for other packages goes.
 *
 * @param name a folder of `.artifacts`
 * @param options.title what it is, for whoever waits for it
 * @param options.packages as npm takes them
 * @param options.manifest further fields of its package.json
 * @param options.flags further words for npm
 * @param options.content what the packages are made of, where their names do not say it
 * @returns the path of the node_modules folder
 */
export async function installed(name, { title, packages, manifest = {}, flags = [], content = '' }) {
  const folder = await madeOnce(name, [content, JSON.stringify([packages, manifest, flags])], async (making) => {
    writeFileSync(join(making, 'package.json'), `${JSON.stringify({ name: 'installed', private: true, ...manifest })}\n`);
    const words = ['install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error', ...flags, ...packages];
    const { milliseconds } = await quietly(`installing ${title}`, npm(...words), { cwd: making });
    ok(`installed ${title} in ${seconds(milliseconds)}`);
  });
  return join(folder, 'node_modules');
}

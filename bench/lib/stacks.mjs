import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { tempDir } from '../../e2e/lib/cleanup.mjs';
import { run, waitFor } from '../../e2e/lib/process.mjs';
import { pinned } from '../../tools/lib/pack.mjs';
import { install } from './consumer.mjs';
import { timed } from './timed.mjs';

/** A definition (CommonJS), synthesized with the packed library into a folder of its own. */
export async function synthesized(tarball, definition) {
  const dir = tempDir('bench-stack');
  await install(dir, [pinned('projen'), pinned('constructs'), `projen-stack@file:${tarball}`]);
  writeFileSync(join(dir, 'define.cjs'), definition);
  await timed([process.execPath, 'define.cjs'], { cwd: dir, env: { PROJEN_DISABLE_POST: '1' } });
  return dir;
}

/** How long something takes, in milliseconds. */
export async function lasting(work) {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

/** What a page answers; a server that does not is status 0. */
export async function answer(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    return { status: response.status, text: await response.text() };
  } catch {
    return { status: 0, text: '' };
  }
}

/** Waits until a page answers 200. */
export const answers = (url, interval = 25) => waitFor(async () => (await answer(url)).status === 200, { what: `${url} to answer`, timeout: 120_000, interval });

/** Rewrites a file. */
export const change = (file, how) => writeFileSync(file, how(readFileSync(file, 'utf8')));

/** The bytes that an image has above the image that it begins with. */
export async function sizeAbove(image, base) {
  const sizeOf = async (name) => Number((await run('docker', ['image', 'inspect', name, '--format', '{{.Size}}'])).stdout);
  return await sizeOf(image) - await sizeOf(base);
}

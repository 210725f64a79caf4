import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tempDir } from '../e2e/lib/cleanup.mjs';
import { pinned } from '../tools/lib/pack.mjs';
import { conditions } from './lib/conditions.mjs';
import { install } from './lib/consumer.mjs';
import { size, spread } from './lib/format.mjs';
import { rounds } from './lib/rounds.mjs';
import { ratio, summary } from './lib/stats.mjs';
import { timed } from './lib/timed.mjs';

export const title = 'Growth: 10, 100 and 1,000 services in one stack';

export const RUNS = 5;

const COUNTS = [10, 100, 1000];

const CHILD = fileURLToPath(new URL('lib/scale-child.mjs', import.meta.url));

const FIGURES = {
  define: 'the definition',
  synth: '`synth()`: rules, rendering, files',
  whole: 'the whole process, Node and projen included',
};

export async function measure({ tarball, runs, progress }) {
  const home = tempDir('bench-scale');
  await install(home, [pinned('projen'), pinned('constructs'), `projen-stack@file:${tarball}`]);
  const outdir = join(home, 'large');

  const side = (count) => async () => {
    rmSync(outdir, { recursive: true, force: true });
    const { milliseconds, stdout } = await timed([process.execPath, CHILD, join(home, 'node_modules'), String(count), outdir], {
      cwd: home, env: { PROJEN_DISABLE_POST: '1', NODE_NO_WARNINGS: '1' },
    });
    return { ...JSON.parse(stdout), whole: milliseconds };
  };
  const taken = await rounds(Object.fromEntries(COUNTS.map((count) => [`n${count}`, side(count)])), { runs, progress });
  const values = (count, figure) => taken[`n${count}`].map((each) => each[figure]);

  const against = (more, fewer, figure, target) => ({
    what: `${more.toLocaleString('en')} / ${fewer} services: ${FIGURES[figure]}`,
    a: summary(values(more, figure)), b: summary(values(fewer, figure)), ratio: ratio(values(more, figure), values(fewer, figure)), target,
  });
  const memory = (count) => summary(values(count, 'memory'));
  return {
    basis: [
      'One process for each measurement, into an empty folder. Of each ten services one is a PostgreSQL, one a Redis, and eight are generic: two ports, a '
      + 'volume, a health check, a secret, a connection to both servers, and a dependency on the one before.',
    ],
    comparisons: [
      ...Object.keys(FIGURES).map((figure) => against(1000, 100, figure, 11)),
      ...Object.keys(FIGURES).map((figure) => against(100, 10, figure)),
    ],
    facts: COUNTS.map((count) => [`peak memory of the process, ${count.toLocaleString('en')} services`, spread(memory(count), size)]),
    limits: ['What bounds it: both Compose files are written as text and checked as whole documents, about two thirds of `synth()`; the rules are about a fifth of it.'],
    conditions: await conditions(runs),
  };
}

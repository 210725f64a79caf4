import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tempDir } from '../e2e/lib/cleanup.mjs';
import { filesBelow } from '../tools/lib/files.mjs';
import { pinned } from '../tools/lib/pack.mjs';
import { readJson } from '../tools/lib/root.mjs';
import { conditions } from './lib/conditions.mjs';
import { install } from './lib/consumer.mjs';
import { size, spread } from './lib/format.mjs';
import { rounds } from './lib/rounds.mjs';
import { difference, ratio, summary } from './lib/stats.mjs';
import { contentOf } from './lib/tar.mjs';
import { timed } from './lib/timed.mjs';

export const title = 'Weight: the package, and loading it';

export const RUNS = 20;

/** The packages of a node_modules folder, by npm's own account, those inside of others included. */
const packagesIn = (folder) => Object.keys(readJson(join(folder, 'node_modules', '.package-lock.json')).packages);

const bytesIn = (folder) => filesBelow(folder).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);

/** What loading modules takes, in a fresh process, without the start of Node itself. */
const loading = (folder, modules) => async () => {
  const { stdout } = await timed([process.execPath, 'load.cjs', ...modules], { cwd: folder });
  return Number(stdout);
};

const LOAD = `const start = performance.now();
for (const name of process.argv.slice(2)) require(name);
process.stdout.write(String(performance.now() - start));
`;

export async function measure({ tarball, runs, progress }) {
  const peers = ['projen', 'constructs'];
  const folder = tempDir('bench-size');
  await install(folder, peers.map(pinned));
  const before = new Set(packagesIn(folder));
  await install(folder, [`projen-stack@file:${tarball}`]);
  const added = packagesIn(folder).filter((path) => !before.has(path));
  const packed = readFileSync(tarball);
  const content = contentOf(packed);
  const installed = join(folder, 'node_modules', 'projen-stack');

  writeFileSync(join(folder, 'load.cjs'), LOAD);
  const { withLibrary, peersAlone } = await rounds({
    withLibrary: loading(folder, [...peers, 'projen-stack']),
    peersAlone: loading(folder, peers),
  }, { runs, progress });
  return {
    basis: ['The peers `projen` and `constructs` are there in any case: what counts is what comes on top. Loading is measured in a fresh process each time, without the start of Node.'],
    comparisons: [{
      what: '`require` of the peers and `projen-stack` / of the peers alone',
      a: summary(withLibrary), b: summary(peersAlone), ratio: ratio(withLibrary, peersAlone),
    }],
    facts: [
      ['`require(\'projen-stack\')` on top of its peers', spread(difference(withLibrary, peersAlone))],
      ['tarball, packed', size(packed.length)],
      ['tarball, unpacked', `${size(content.bytes)} in ${content.files} files`],
      ['`node_modules/projen-stack`', `${size(bytesIn(installed))} in ${filesBelow(installed).length} files`],
      ['of these: packages that it brings along (`node_modules`)', size(bytesIn(join(installed, 'node_modules')))],
      ['packages that it adds beside its peers', `${added.length}: ${added.map((path) => `\`${path.replace(/^.*node_modules\//, '')}\``).join(', ')}`],
    ],
    conditions: await conditions(runs),
  };
}

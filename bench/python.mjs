import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tempDir } from '../e2e/lib/cleanup.mjs';
import { packWheel, pinned } from '../tools/lib/pack.mjs';
import { run } from '../tools/lib/process.mjs';
import { virtualEnvironment } from '../tools/lib/python.mjs';
import { inRoot } from '../tools/lib/root.mjs';
import { conditions } from './lib/conditions.mjs';
import { install, settle } from './lib/consumer.mjs';
import { spread } from './lib/format.mjs';
import { rounds } from './lib/rounds.mjs';
import { ratio, summary } from './lib/stats.mjs';
import { timed } from './lib/timed.mjs';

export const title = 'Python: the definition, warm';

export const RUNS = 10;

export const reason = 'there is no Python';

export const obstacle = async () => ((await run('python3', ['--version'])).code === 0 ? undefined : reason);

const EXAMPLE = ['examples', 'python'];

/** A definition in a folder of its own, synthesized until another run changes nothing; gives what takes the time of a run. */
async function settled(folder, file, command, env) {
  writeFileSync(join(folder, file.split('/').pop()), readFileSync(inRoot(...EXAMPLE, file)));
  const synthesize = async (more = {}) => (await timed(command, { cwd: folder, env: { PROJEN_DISABLE_POST: '1', ...env, ...more } })).milliseconds;
  await settle(folder, synthesize);
  return synthesize;
}

export async function measure({ tarball, runs, progress }) {
  progress('building the wheel, installing both sides');
  const wheel = await packWheel(tarball);
  const { python } = await virtualEnvironment(tempDir('bench-venv'), [wheel, ...['projen', 'constructs'].map((name) => pinned(name).replace('@', '=='))]);
  // What jsii unpacks is kept from run to run, as at home, and gone afterwards.
  const env = { JSII_RUNTIME_PACKAGE_CACHE_ROOT: tempDir('bench-jsii') };
  const typeScriptFolder = tempDir('bench');
  await install(typeScriptFolder, [...['projen', 'constructs', 'tsx'].map(pinned), `projen-stack@file:${tarball}`]);
  const inTypeScript = await settled(typeScriptFolder, 'typescript/.projenrc.ts', [process.execPath, '--import', 'tsx', '.projenrc.ts'], {});
  const inPython = await settled(tempDir('bench'), '.projenrc.py', [python, '.projenrc.py'], env);
  const loading = async () => (await timed([python, '-c', 'import projen, projen_stack'], { env })).milliseconds;

  const taken = await rounds({
    python: () => inPython(),
    typeScript: () => inTypeScript(),
    untold: () => inPython({ JSII_HOST_STACK_TRACES: '0' }),
    loading,
  }, { runs, progress });
  const against = (what, side, target) => ({ what, a: summary(taken.python), b: summary(taken[side]), ratio: ratio(taken.python, taken[side]), target });
  return {
    basis: [
      'A is `python .projenrc.py` with the definition of `examples/python` (PostgreSQL, Redis, FastAPI, Vite, and a service subclassed in Python), in a virtual environment with the wheel, where no '
      + 'file changes.',
      'B is `node --import tsx .projenrc.ts` with the same definition in TypeScript, which gives the same files to the byte; and A where jsii is not asked for the lines of the definition.',
    ],
    comparisons: [
      against('Python / TypeScript', 'typeScript'),
      against('with the lines of the definition in errors / without', 'untold', 1.1),
    ],
    facts: [['of the Python side: Python, Node and the packages that both load, without a definition', spread(summary(taken.loading))]],
    limits: [
      'What bounds it: Python starts, starts Node in its turn, and has it load projen and the library; each call from one to the other is a message in a pipe. What is rendered and checked is the same code on both sides.',
    ],
    conditions: await conditions(runs),
  };
}

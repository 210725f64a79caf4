import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tempDir } from '../e2e/lib/cleanup.mjs';
import { pinned } from '../tools/lib/pack.mjs';
import { conditions } from './lib/conditions.mjs';
import { install, settle } from './lib/consumer.mjs';
import { definitions, FURTHER_SERVICES } from './lib/definitions.mjs';
import { spread } from './lib/format.mjs';
import { rounds } from './lib/rounds.mjs';
import { ratio, summary } from './lib/stats.mjs';
import { timed } from './lib/timed.mjs';

export const title = 'Synthesis: npx projen, warm';

export const RUNS = 10;

/** npm asks the registry for nothing that it has: what is installed is no part of the measurement. */
const ENV = { npm_config_prefer_offline: 'true', npm_config_audit: 'false', npm_config_fund: 'false' };

/** Runs the definition where no task exists yet: only the definition itself can make those of `npx projen`. */
const FIRST = [process.execPath, '--import', import.meta.resolve('tsx'), '.projenrc.ts'];

/** A project of its own, installed and synthesized until another `npx projen` changes nothing; gives its folder. */
async function project(definition, packages) {
  const folder = tempDir('bench');
  await install(folder, packages);
  writeFileSync(join(folder, '.projenrc.ts'), definition);
  await timed(FIRST, { cwd: folder, env: ENV });
  await settle(folder, () => npx(folder));
  return folder;
}

const npx = async (folder, ...args) => (await timed(['npx', 'projen', ...args], { cwd: folder, env: ENV })).milliseconds;

export async function measure({ tarball, runs, progress }) {
  const library = `projen-stack@file:${tarball}`;
  const common = ['projen', 'constructs', 'typescript', '@types/node'].map(pinned);
  const [tsx, tsNode] = [pinned('tsx'), pinned('ts-node')];
  const texts = definitions({ common, tsx, tsNode, library });

  progress('installing four projects');
  const full = await project(texts.full, [...common, tsx, library]);
  const withoutServices = await project(texts.withoutServices, [...common, tsx, library]);
  const withoutLibrary = await project(texts.withoutLibrary, [...common, tsx]);
  const defaultRunner = await project(texts.defaultRunner, [...common, tsNode, library]);
  const taken = await rounds({
    full: () => npx(full),
    withoutServices: () => npx(withoutServices),
    withoutLibrary: () => npx(withoutLibrary),
    defaultRunner: () => npx(defaultRunner),
    start: () => npx(full, '--version'),
  }, { runs, progress });

  const against = (what, side, target) => ({ what, a: summary(taken.full), b: summary(taken[side]), ratio: ratio(taken.full, taken[side]), target });
  return {
    basis: [
      `A is \`npx projen\` as a user has it, in a folder where nothing is to be installed and no file changes: \`StackProject\` with the services of \`examples/quickstart\` and ${
        FURTHER_SERVICES} generic ones. The library comes from the packed tarball.`,
      'B is the same project without services; a project of projen\'s own parts that does not load the library, with the same runner; and the same '
      + 'services in such a project with projen\'s default runner, ts-node, which also checks types.',
    ],
    comparisons: [
      against('the stack / `StackProject` without services', 'withoutServices', 1.25),
      against('the stack / projen without the library', 'withoutLibrary', 1.25),
      against('the stack by the pinned tsx / by projen\'s default, ts-node', 'defaultRunner', 0.6),
    ],
    facts: [['of all of them: npx and projen\'s command line alone (`npx projen --version`)', spread(summary(taken.start))]],
    limits: ['What bounds it: npm\'s npx, then Node and projen twice (the command line, and the definition that it starts). None of that is the library\'s.'],
    conditions: await conditions(runs),
  };
}

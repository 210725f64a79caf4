import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, UsageError } from '../tools/lib/args.mjs';
import { bootstrap } from '../tools/lib/bootstrap.mjs';
import { engineProblem } from '../tools/lib/engine.mjs';
import { installedConsumer, packTarball } from '../tools/lib/pack.mjs';
import { bold, main, note, problem, say, seconds } from '../tools/lib/say.mjs';
import { forgetTotals, writeTotals } from '../tools/lib/totals.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));

const HELP = `npm run test:e2e: the end-to-end tests, with the packed library and a real Docker engine.

  npm run test:e2e                        all of them, two files at a time
  npm run test:e2e -- --only redis        the files whose names contain this
  npm run test:e2e -- --jobs 1            one file at a time
  npm run test:e2e -- --list              names the files

PROJEN_STACK_KEEP=1 keeps the folders that tests make. PROJEN_STACK_OPERATORS=1 leaves no controller out that node tools/operators.mjs can build.`;

const filesMatching = (part = '') => readdirSync(HERE).filter((name) => name.endsWith('.test.mjs') && name.includes(part)).sort().map((name) => join(HERE, name));

/** Whatever a killed test left on the engine, by the prefix of this run's project names. */
async function sweepRun() {
  const { PROJECT_PREFIX, sweep } = await import('./lib/compose.mjs');
  sweep((project) => project.startsWith(PROJECT_PREFIX));
}

await main(async () => {
  const args = parseArgs(process.argv.slice(2), { only: 'string', jobs: 'string', list: 'boolean' });
  if (args.help) return say(HELP);
  const jobs = Number(args.jobs ?? 2);
  if (!Number.isInteger(jobs) || jobs < 1) throw new UsageError(`--jobs needs a whole number from 1, but got "${args.jobs}".`);
  const files = filesMatching(args.only);
  if (files.length === 0) throw new UsageError(`No end-to-end test has "${args.only ?? ''}" in its name. npm run test:e2e -- --list names them.`);
  if (args.list) return say(files.map((path) => path.slice(HERE.length + 1)).join('\n'));

  forgetTotals('e2e');
  const obstacle = await engineProblem();
  if (obstacle) throw problem(`The end-to-end tests need a Docker engine. ${obstacle}`);
  await bootstrap();
  process.env.PROJEN_STACK_E2E_RUN = String(process.pid);
  process.env.PROJEN_STACK_TARBALL = await packTarball();
  process.env.PROJEN_STACK_CONSUMER = await installedConsumer(process.env.PROJEN_STACK_TARBALL);

  const { interrupt, runFiles } = await import('./lib/runner.mjs');
  let interrupted = false;
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => {
      if (!interrupted) note('interrupted: the tests clean up');
      interrupted = true;
      interrupt();
    });
  }
  say();
  const totals = await runFiles(files, { jobs, stop: () => interrupted });
  await sweepRun();
  writeTotals('e2e', totals);
  say(`\n${bold(`${totals.passed} end-to-end tests passed, ${totals.failed} failed${totals.skipped > 0 ? `, ${totals.skipped} skipped` : ''}`)} in ${files.length} file${files.length === 1 ? '' : 's'} · ${seconds(totals.milliseconds)}`);
  return interrupted ? 130 : totals.failed > 0 || totals.passed === 0 ? 1 : 0;
});

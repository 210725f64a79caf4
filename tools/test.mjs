import { parseArgs } from './lib/args.mjs';
import { bootstrap } from './lib/bootstrap.mjs';
import { engineProblem } from './lib/engine.mjs';
import { local, run, task } from './lib/process.mjs';
import { inRoot, readJson } from './lib/root.mjs';
import { bad, bold, main, note, ok, say, seconds } from './lib/say.mjs';
import { forgetTotals, jestTotals, totalsFile, writeTotals } from './lib/totals.mjs';

/** What is checked besides the unit tests, side by side. A projen task must exist in .projen/tasks.json. */
const CHECKS = [
  { title: 'types', command: local('typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.dev.json') },
  { title: 'lint', task: 'eslint' },
];

const HELP = `npm test: the unit tests, the type check and the lint of projen-stack. Needs no Docker.

  npm test                             everything
  npm test -- test/model               only the unit tests of a folder, without the other checks
  npm test -- -t "host port"           only the unit tests whose names say so (every option goes to jest)
  npm run test:e2e                     the end-to-end tests, which need a Docker engine`;

async function unitTests(words) {
  forgetTotals('jest-report');
  const result = await run(...split(local('jest/bin/jest.js', '--ci', '--json', `--outputFile=${totalsFile('jest-report')}`, ...words)), { show: 'stderr' });
  const report = readJson(totalsFile('jest-report'), null);
  const totals = report === null ? { passed: 0, failed: 1, skipped: 0 } : jestTotals(report);
  // Whatever jest counts as wrong beyond a failed test (an obsolete snapshot, a coverage threshold) stays a failure.
  if (result.code !== 0 && totals.failed === 0) totals.failed = 1;
  if (totals.passed + totals.failed === 0) {
    bad('no unit test ran');
    totals.failed = 1;
  }
  return totals;
}

const split = ([command, ...args]) => [command, args];

async function check({ title, command, task: name }) {
  if (name && !readJson(inRoot('.projen', 'tasks.json')).tasks[name]) {
    bad(`${title}: .projen/tasks.json has no task "${name}"`);
    return false;
  }
  const { code, stdout, stderr, milliseconds } = await run(...split(name ? task(name) : command));
  if (code === 0) ok(`${title} (${seconds(milliseconds)})`);
  else {
    say((stdout + stderr).trim());
    bad(`${title} (${seconds(milliseconds)})`);
  }
  return code === 0;
}

await main(async () => {
  const started = Date.now();
  const args = parseArgs(process.argv.slice(2), {}, { rest: true });
  if (args.help) return say(HELP);
  forgetTotals('unit');
  await bootstrap();

  const tests = await unitTests(args.rest);
  const totals = { ...tests, checks: [] };
  const partial = args.rest.length > 0;
  if (!partial) {
    say();
    const outcomes = await Promise.all(CHECKS.map(check));
    for (const [i, passed] of outcomes.entries()) {
      totals.checks.push({ title: CHECKS[i].title, passed });
      totals[passed ? 'passed' : 'failed'] += 1;
    }
  }
  writeTotals('unit', totals);

  say();
  say(bold(`${tests.passed} unit tests passed, ${tests.failed} failed${tests.skipped > 0 ? `, ${tests.skipped} skipped` : ''} · ${
    partial ? `the ${CHECKS.length} other checks were left out, since jest got options` : `${totals.checks.filter((c) => c.passed).length} of ${CHECKS.length} checks passed`
  } · ${seconds(Date.now() - started)}`));
  const problem = await engineProblem();
  note(`Left out: the end-to-end tests, which need a Docker engine${problem ? ' (none answers here)' : ''}: npm run test:e2e`);
  return totals.failed > 0 ? 1 : 0;
});

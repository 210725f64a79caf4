import { parseArgs } from './lib/args.mjs';
import { bootstrap } from './lib/bootstrap.mjs';
import { markCompiled } from './lib/compile.mjs';
import { quietly, task } from './lib/process.mjs';
import { inRoot, readJson, ROOT } from './lib/root.mjs';
import { bad, main, ok, say, seconds } from './lib/say.mjs';
import { difference, snapshot } from './lib/snapshot.mjs';
import { forgetTotals, writeTotals } from './lib/totals.mjs';

/** The steps of `npx projen build` that generate something; the tests have their own command. */
const STEPS = ['default', 'pre-compile', 'compile', 'post-compile'];

/** How much of a difference is shown: enough to see what it is about. */
const SHOWN_LINES = 200;

const HELP = `node tools/check-generated.mjs: runs the steps of the build that generate files (${STEPS.join(', ')}),
and fails, with the difference, when that changes, adds or removes any file that git does not ignore.`;

await main(async () => {
  if (parseArgs(process.argv.slice(2), {}).help) return say(HELP);
  forgetTotals('generated');
  await bootstrap();
  const { tasks } = readJson(inRoot('.projen', 'tasks.json'));
  const before = await snapshot(ROOT);
  for (const step of STEPS.filter((name) => (tasks[name].steps || []).length > 0)) {
    const { milliseconds } = await quietly(`projen ${step}`, task(step));
    ok(`projen ${step} (${seconds(milliseconds)})`);
  }
  markCompiled();
  const lines = (await difference(before, await snapshot(ROOT), ROOT)).trim().split('\n');
  const current = lines.join('') === '';
  writeTotals('generated', { passed: current ? 1 : 0, failed: current ? 0 : 1, skipped: 0 });
  if (current) {
    ok('every generated file is current');
    return 0;
  }
  say(`\n${lines.slice(0, SHOWN_LINES).join('\n')}${lines.length > SHOWN_LINES ? `\n… and ${lines.length - SHOWN_LINES} more lines` : ''}\n`);
  bad('the build changed what is committed: run npx projen build, and commit what it writes');
  return 1;
});

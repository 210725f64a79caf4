import { sumTotals } from './lib/totals.mjs';

// node tools/totals.mjs FILE…: the sum of totals files as "passed failed skipped", for .ci/run.
const { passed, failed, skipped } = sumTotals(process.argv.slice(2));
process.stdout.write(`${passed} ${failed} ${skipped}\n`);

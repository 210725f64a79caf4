import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ARTIFACTS, readJson } from './root.mjs';

/** Each tool writes its totals into a file of this name in .artifacts: { passed, failed, skipped }. */
export const totalsFile = (name) => join(ARTIFACTS, `${name}.json`);

/** Forgets an earlier run's totals, so that a run which dies cannot be taken for it. */
export function forgetTotals(name) {
  // Made now, since what writes its totals itself expects the folder.
  mkdirSync(ARTIFACTS, { recursive: true });
  rmSync(totalsFile(name), { force: true });
}

export function writeTotals(name, totals) {
  mkdirSync(ARTIFACTS, { recursive: true });
  writeFileSync(totalsFile(name), `${JSON.stringify(totals, null, 2)}\n`);
}

/**
 * Adds totals files up. A file that is missing, unreadable or says that nothing ran counts as one failure: a part that
 * dies early must never look like success.
 */
export function sumTotals(files) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const file of files) {
    const { passed, failed, skipped = 0 } = readJson(file, {});
    const ran = Number.isInteger(passed) && Number.isInteger(failed) && passed + failed > 0;
    sum.passed += ran ? passed : 0;
    sum.failed += ran ? failed : 1;
    sum.skipped += ran ? skipped : 0;
  }
  return sum;
}

/** What jest's `--json` report says, in our words. A suite that could not even load has no tests, and is a failure. */
export function jestTotals(report) {
  const unloaded = report.numRuntimeErrorTestSuites || 0;
  return { passed: report.numPassedTests, failed: report.numFailedTests + unloaded, skipped: report.numPendingTests + report.numTodoTests };
}

import { writeSync } from 'node:fs';

/** What Node says about a file at its end, as diagnostics like those of the tests. */
const SUMMARY = /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) [\d.]+$/;

/**
 * Tells the runner about each finished test, and what a test wants said (`t.diagnostic`), as a line of JSON on file
 * descriptor 3, so that whatever a test prints on its own cannot be mistaken for a result.
 */
export default async function* reporter(source) {
  // Finished subtests come before the test that they belong to, one level deeper.
  const finished = [];
  for await (const { type, data } of source) {
    if (type === 'test:diagnostic' && !SUMMARY.test(data.message)) writeSync(3, `${JSON.stringify({ says: data.message })}\n`);
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const children = finished[data.nesting + 1] ?? 0;
    finished[data.nesting + 1] = 0;
    finished[data.nesting] = (finished[data.nesting] ?? 0) + 1;

    const error = type === 'test:fail' ? data.details.error : undefined;
    // A group is not a test. It counts only where it failed by itself, as in a hook.
    const group = children > 0 || data.details.type === 'suite';
    if (group && (error === undefined || error.failureType === 'subtestsFailed')) continue;

    // A test under `todo` may fail and is then reported as a failure; it is not one.
    const skipped = data.skip !== undefined || data.todo !== undefined;
    writeSync(3, `${JSON.stringify({
      name: data.name,
      outcome: skipped ? 'skipped' : error ? 'failed' : 'passed',
      milliseconds: data.details.duration_ms,
      error: error && (error.cause?.stack ?? error.cause ?? error.stack ?? error.message),
    })}\n`);
  }
  yield '';
}

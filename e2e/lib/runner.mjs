import { spawn } from 'node:child_process';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cleanEnv } from '../../tools/lib/process.mjs';
import { bad, note, ok, say, seconds } from '../../tools/lib/say.mjs';

const REPORTER = fileURLToPath(new URL('reporter.mjs', import.meta.url));

/** How long a test file may take before it is ended and counted as failed. */
const LIMIT = 20 * 60_000;

/** How long it may then take to clean up. */
const GRACE = 60_000;

const running = new Set();

/** Ends the test files that run; each cleans up after itself. */
export function interrupt(signal = 'SIGTERM') {
  for (const child of running) child.kill(signal);
}

/**
 * Runs one file in a process of its own.
 *
 * @returns `{ file, tests, output, milliseconds }`; a file that dies, hangs or runs no test has a failed test that says so
 */
function runFile(path, { limit = LIMIT, env = {} } = {}) {
  return new Promise((resolve) => {
    const file = basename(path, '.test.mjs');
    const started = Date.now();
    const tests = [];
    let output = '';
    let rest = '';
    let late = false;
    const child = spawn(process.execPath, [`--test-reporter=${REPORTER}`, '--test-reporter-destination=stdout', path], {
      cwd: join(path, '..'), env: cleanEnv({ NODE_NO_WARNINGS: '1', ...env }), stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    });
    running.add(child);
    const timers = [setTimeout(() => {
      late = true;
      child.kill('SIGTERM');
      timers.push(setTimeout(() => child.kill('SIGKILL'), GRACE));
    }, limit)];

    const add = (test) => {
      tests.push(test);
      const line = `${file} › ${test.name} (${seconds(test.milliseconds)})`;
      ({ passed: ok, failed: bad, skipped: note })[test.outcome](test.outcome === 'skipped' ? `skipped: ${file} › ${test.name}` : line);
    };
    child.stdio[3].setEncoding('utf8').on('data', (chunk) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop();
      for (const line of lines) {
        const { says, ...test } = JSON.parse(line);
        if (says === undefined) add(test);
        else note(`${file}: ${says}`);
      }
    });
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (chunk) => { output += chunk; });
    child.on('close', (code, signal) => {
      timers.forEach(clearTimeout);
      running.delete(child);
      const milliseconds = Date.now() - started;
      const fail = (error) => add({ name: '(the file)', outcome: 'failed', milliseconds, error });
      const ending = signal ? `ended by ${signal}` : `exit status ${code}`;
      // Node's own exit status is 1 when a test failed, and nothing else.
      const explained = code === 0 || (code === 1 && tests.some((test) => test.outcome === 'failed'));
      if (late) fail(`took more than ${seconds(limit)} and was ended`);
      else if (tests.length === 0) fail(`ran no test (${ending})`);
      else if (!explained) fail(`did not come to its end: ${ending}`);
      resolve({ file, tests, output, milliseconds });
    });
  });
}

const count = (tests, outcome) => tests.filter((test) => test.outcome === outcome).length;

/**
 * Runs test files, a few at a time, telling about each test as it ends, and at the end the errors of the failed ones
 * with what their files printed.
 *
 * @param options.jobs how many at a time
 * @param options.stop asked before each file whether to leave out the rest
 * @param options.limit milliseconds for one file
 * @returns totals: `{ passed, failed, skipped, milliseconds, files }`
 */
export async function runFiles(paths, { jobs = 2, stop = () => false, ...options } = {}) {
  const started = Date.now();
  const queue = [...paths];
  const results = [];
  const lanes = Math.min(jobs, queue.length);
  await Promise.all(Array.from({ length: lanes }, async (_, lane) => {
    const env = { PROJEN_STACK_PORTS: `${lane + 1}/${lanes}`, ...options.env };
    for (let path = queue.shift(); path !== undefined && !stop(); path = queue.shift()) {
      note(`${basename(path, '.test.mjs')} starts`);
      const result = await runFile(path, { ...options, env });
      results.push(result);
      say(`    ${result.file}: ${count(result.tests, 'passed')} passed, ${count(result.tests, 'failed')} failed in ${seconds(result.milliseconds)}, ${
        results.length} of ${paths.length} files done`);
    }
  }));
  results.sort((a, b) => (a.file < b.file ? -1 : 1));

  for (const { file, tests, output } of results) {
    const failed = tests.filter((test) => test.outcome === 'failed');
    if (failed.length === 0) continue;
    for (const test of failed) say(`\n──── ${file} › ${test.name}\n${test.error}`);
    if (output.trim() !== '') say(`\n──── what ${file} printed\n${output.trim()}`);
  }
  const all = results.flatMap((result) => result.tests);
  return {
    passed: count(all, 'passed'),
    failed: count(all, 'failed'),
    skipped: count(all, 'skipped'),
    milliseconds: Date.now() - started,
    files: results.map(({ output, ...result }) => result),
  };
}

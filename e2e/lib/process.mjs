import { spawn, spawnSync } from 'node:child_process';
import { cleanEnv } from '../../tools/lib/process.mjs';

const tail = (text, lines = 60) => text.trimEnd().split('\n').slice(-lines).join('\n');

/**
 * Runs a program, without a shell, and resolves with `{ code, stdout, stderr }`.
 *
 * @param options.cwd working folder
 * @param options.env variables beside our own environment; `undefined` removes one
 * @param options.input text for its standard input; without it there is none
 * @param options.timeout milliseconds after which it is killed, 5 minutes by default
 * @param options.check `false` accepts an exit status other than 0
 * @throws when it cannot be started, takes too long, or (unless `check: false`) fails: with the command and what it said
 */
export function run(command, args = [], { cwd = process.cwd(), env = {}, input, timeout = 300_000, check = true } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: cleanEnv(env), stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    let late = false;
    const timer = setTimeout(() => { late = true; child.kill('SIGKILL'); }, timeout);
    child.stdout.setEncoding('utf8').on('data', (chunk) => { stdout += chunk; });
    child.stderr.setEncoding('utf8').on('data', (chunk) => { stderr += chunk; });
    if (input !== undefined) {
      // A program may end before it has read everything; its exit status says what that means.
      child.stdin.on('error', () => {});
      child.stdin.end(input);
    }
    const fail = (why) => reject(Object.assign(
      new Error(`${[command, ...args].join(' ')}\n(in ${cwd}) ${why}\n--- stdout\n${tail(stdout)}\n--- stderr\n${tail(stderr)}`),
      { stdout, stderr, code: child.exitCode },
    ));
    child.on('error', (error) => { clearTimeout(timer); fail(`could not be started: ${error.message}`); });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (late) fail(`took more than ${timeout / 1000} s`);
      else if (check && code !== 0) fail(signal ? `was ended by ${signal}` : `failed with exit status ${code}`);
      else resolve({ code: code === null ? 1 : code, stdout, stderr });
    });
  });
}

/** Runs a program to its end while nothing else happens: for cleaning up at exit, where nothing can be awaited. */
export function runNow(command, args, { cwd, env = {}, input, timeout = 120_000 } = {}) {
  return spawnSync(command, args, { cwd, env: cleanEnv(env), encoding: 'utf8', maxBuffer: 64 * 2 ** 20, input, stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'ignore'], timeout });
}

/** The environment of a child of a test: ours without what Node's test runner and npm put there for themselves. */
export { cleanEnv };

/**
 * Asks until the answer is truthy, and resolves with it. An error that `ask` throws counts as "not yet", and is shown
 * when time is up.
 *
 * @param what what is waited for, for the message
 */
export async function waitFor(ask, { what = 'the condition', timeout = 60_000, interval = 250 } = {}) {
  const end = Date.now() + timeout;
  let last;
  for (;;) {
    try {
      const answer = await ask();
      if (answer) return answer;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`waited ${timeout / 1000} s for ${what}${last ? `; the last error was: ${last.message}` : ''}`);
    await new Promise((resolve) => { setTimeout(resolve, interval); });
  }
}

import { spawn } from 'node:child_process';
import { basename, join } from 'node:path';
import { ROOT } from './root.mjs';
import { note, problem, seconds } from './say.mjs';

/**
 * The environment for a program that we start: ours without what `npm run` and Node's test runner put there for
 * themselves, which would change how a nested npm or a nested test run behaves.
 */
export function cleanEnv(extra = {}) {
  const env = { ...process.env };
  for (const key of Object.keys(env)) {
    if (/^npm_(package|lifecycle|node_execpath|command)|^npm_config_(local_prefix|noproxy)$|^(INIT_CWD|NODE_TEST_CONTEXT|NODE_ENV)$/.test(key)) delete env[key];
  }
  for (const [key, value] of Object.entries(extra)) {
    if (value === undefined) delete env[key];
    else env[key] = String(value);
  }
  return env;
}

/** The words that start npm: the one that started us, if one did, so that versions do not mix. */
export function npm(...args) {
  const running = process.env.npm_execpath;
  return running && /^npm-cli\.c?js$/.test(basename(running)) ? [process.execPath, running, ...args] : ['npm', ...args];
}

/** The words that start a program of this checkout's node_modules. */
export const local = (name, ...args) => [process.execPath, join(ROOT, 'node_modules', name), ...args];

/** The words that run one of this project's projen tasks. */
export const task = (name, ...args) => local('projen/bin/projen', name, ...args);

/**
 * Runs a program without a shell and without input, and resolves with what it said; never rejects for its exit status.
 *
 * @param show also pass the output on as it comes: `true`, or `'stderr'` for that alone
 */
export function run(command, args = [], { cwd = ROOT, env, show = false, timeout = 0 } = {}) {
  return new Promise((resolve) => {
    const started = Date.now();
    // On Windows npm is a .cmd file, which only a shell starts.
    const child = spawn(command, args, { cwd, env: env || cleanEnv(), shell: process.platform === 'win32' && command === 'npm', stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    let timer;
    let late = false;
    if (timeout > 0) timer = setTimeout(() => { late = true; child.kill('SIGKILL'); }, timeout);
    child.stdout.on('data', (chunk) => { stdout += chunk; if (show === true) process.stdout.write(chunk); });
    child.stderr.on('data', (chunk) => { stderr += chunk; if (show) process.stderr.write(chunk); });
    const done = (code, extra = '') => {
      clearTimeout(timer);
      resolve({ code, stdout, stderr: stderr + extra, milliseconds: Date.now() - started });
    };
    child.on('error', (error) => done(127, `${command}: ${error.message}\n`));
    child.on('close', (code, signal) => done(code === null ? 1 : code, late ? `stopped after ${seconds(timeout)}\n` : signal ? `ended by ${signal}\n` : ''));
  });
}

/**
 * Runs a step quietly: a sign of life every ten seconds, and the whole output only when it fails.
 *
 * @throws with the output when the program's exit status is not 0
 */
export async function quietly(title, [command, ...args], options = {}) {
  const started = Date.now();
  const alive = setInterval(() => note(`${title} … ${seconds(Date.now() - started)}`), 10_000);
  try {
    const result = await run(command, args, options);
    if (result.code !== 0) {
      throw problem(`${title} failed (exit status ${result.code}).\n\n${(result.stdout + result.stderr).trim() || '(no output)'}\n`);
    }
    return result;
  } finally {
    clearInterval(alive);
  }
}

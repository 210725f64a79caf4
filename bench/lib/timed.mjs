import { performance } from 'node:perf_hooks';
import { problem } from '../../tools/lib/say.mjs';
import { cleanEnv, run } from '../../tools/lib/process.mjs';

/**
 * Runs a program to its end. Gives how long it took, in milliseconds, and what it printed.
 *
 * @throws when it fails: the time of something that failed says nothing
 */
export async function timed([command, ...args], { cwd, env = {} }) {
  const start = performance.now();
  const result = await run(command, args, { cwd, env: cleanEnv({ CI: undefined, ...env }) });
  const milliseconds = performance.now() - start;
  if (result.code !== 0) throw problem(`${[command, ...args].join(' ')} failed (exit status ${result.code}).\n\n${(result.stdout + result.stderr).trim()}\n`);
  return { milliseconds, stdout: result.stdout };
}

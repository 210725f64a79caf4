import { spawn } from 'node:child_process';
import { cleanEnv } from '../../../tools/lib/process.mjs';
import { atExit } from '../../lib/index.mjs';

/** How long a program may take to end by itself. */
const GRACE = 15_000;

/**
 * Starts a program that goes on until it is stopped.
 *
 * @returns `output`, what it has said so far; `stop`, which asks it to end and resolves with its exit status
 */
export function start(command, args, { cwd, env }) {
  const child = spawn(command, args, { cwd, env: cleanEnv({ PYTHONDONTWRITEBYTECODE: '1', PYTHONUNBUFFERED: '1', ...env }), stdio: ['ignore', 'pipe', 'pipe'] });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => said.push(text));
  const ended = new Promise((resolve) => {
    child.on('error', (error) => { said.push(String(error)); resolve(127); });
    child.on('close', (code, signal) => resolve(code ?? signal));
  });
  const release = atExit(() => child.kill('SIGKILL'));
  return {
    output: () => said.join(''),
    stop: async () => {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), GRACE);
      const status = await ended;
      clearTimeout(timer);
      release();
      return status;
    },
  };
}

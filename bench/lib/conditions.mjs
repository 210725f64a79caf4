import { cpus, totalmem } from 'node:os';
import { run } from '../../tools/lib/process.mjs';

/** What figures depend on. Neither the machine's name nor a path is among it. */
export async function conditions(runs, { engine = false } = {}) {
  const parts = [
    `${runs} rounds after one that does not count`,
    `${cpus().length} cores of ${process.arch} (${process.platform})`,
    `${Math.round(totalmem() / 2 ** 30)} GiB of memory`,
    `Node ${process.versions.node}`,
  ];
  if (engine) {
    const server = await run('docker', ['version', '--format', '{{.Server.Version}}']);
    const compose = await run('docker', ['compose', 'version', '--short']);
    parts.push(`Docker Engine ${server.stdout.trim()}`, `Compose ${compose.stdout.trim()}`);
  }
  return parts.join(', ');
}

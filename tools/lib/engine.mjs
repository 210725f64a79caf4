import { createServer } from 'node:net';
import { run } from './process.mjs';

/** What stands in the way of running containers, in one line, or undefined when nothing does. */
export async function engineProblem() {
  const info = await run('docker', ['info', '--format', '{{.ServerVersion}}'], { timeout: 15_000 });
  if (info.code === 127) return 'Docker is not installed (no "docker" on the PATH): see https://docs.docker.com/get-docker/.';
  if (info.code !== 0) return `No Docker engine answers: ${info.stderr.trim().split('\n').pop() || 'docker info failed'}`;
  const plugin = await run('docker', ['compose', 'version', '--short'], { timeout: 15_000 });
  if (plugin.code !== 0) return 'Docker Compose v2 is missing ("docker compose version" fails): see https://docs.docker.com/compose/install/.';
  return undefined;
}

const canListen = (port, host) => new Promise((resolve) => {
  const server = createServer();
  // A machine without IPv6 has nothing on that address that could be in the way.
  server.once('error', (error) => resolve(error.code !== 'EADDRINUSE' && error.code !== 'EACCES'));
  server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
});

/** Whether nobody listens on this port, on any of the machine's addresses. */
export async function isFree(port) {
  for (const host of ['127.0.0.1', '0.0.0.0', '::']) {
    if (!await canListen(port, host)) return false;
  }
  return true;
}

/** A port of the loopback address that nobody listens on at this moment. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

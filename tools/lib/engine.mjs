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

/**
 * Where ports are looked for: above those of well-known services, and below those that Linux and Docker give by chance
 * to whoever asks for any, which would be taken by the time a stack that was stopped starts again.
 */
const PORTS = { first: 15_000, last: 29_999 };

/** The part of those that this process takes from: processes that run side by side are given different ones, "2/3" for instance. */
function ownPorts(part = process.env.PROJEN_STACK_PORTS ?? '1/1') {
  const [own, all] = part.split('/').map(Number);
  const size = Math.floor((PORTS.last - PORTS.first + 1) / all);
  return { first: PORTS.first + (own - 1) * size, size };
}

let taken;

/** A port that nobody listens on at this moment; a process is given each one once. */
export async function freePort() {
  const { first, size } = ownPorts();
  taken ??= Math.floor(Math.random() * size);
  for (let tries = 0; tries < size; tries += 1) {
    taken = (taken + 1) % size;
    // Whoever asks while this one is looked at is given another one.
    const port = first + taken;
    if (await isFree(port)) return port;
  }
  throw new Error(`No port is free from ${first} to ${first + size - 1}.`);
}

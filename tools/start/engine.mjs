import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { engineProblem, freePort, isFree } from '../lib/engine.mjs';
import { cleanEnv, run } from '../lib/process.mjs';
import { note, ok, problem, say, seconds } from '../lib/say.mjs';
import { composeFile, portVariables } from './files.mjs';

const compose = (folder, args, options = {}) => run('docker', ['compose', ...args], { cwd: folder, env: cleanEnv(), ...options });

async function needEngine() {
  const obstacle = await engineProblem();
  if (obstacle) throw problem(`${obstacle} The files are written all the same; only starting them needs Docker.`);
}

/** `docker compose ps` in JSON: an array in some versions, one object a line in others. */
async function containers(folder) {
  const { stdout } = await compose(folder, ['ps', '--format', 'json']);
  const text = stdout.trim();
  if (text === '') return [];
  return text.startsWith('[') ? JSON.parse(text) : text.split('\n').map((line) => JSON.parse(line));
}

const published = (container) => (container.Publishers || []).filter((p) => p.PublishedPort > 0)
  .filter((p, i, all) => all.findIndex((q) => q.PublishedPort === p.PublishedPort) === i);

/**
 * Where a default port is taken by somebody else, writes a free one into .env, so that every later `docker compose`
 * in this folder agrees. A port that the person chose is not touched.
 */
async function avoidTakenPorts(folder) {
  const file = join(folder, '.env');
  const env = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const ours = new Set((await containers(folder)).flatMap(published).map((p) => p.PublishedPort));
  for (const [name, port] of portVariables(folder)) {
    if (new RegExp(`^\\s*(export\\s+)?${name}\\s*=`, 'm').test(env) || process.env[name] !== undefined) continue;
    if (ours.has(port) || await isFree(port)) continue;
    const other = await freePort();
    appendFileSync(file, `${existsSync(file) && !readFileSync(file, 'utf8').endsWith('\n') && readFileSync(file).length > 0 ? '\n' : ''}${name}=${other}\n`, { mode: 0o600 });
    note(`port ${port} is taken on this machine: wrote ${name}=${other} into .env`);
  }
}

/** How to reach what listens on a container's port, by the port's number: one command or address a line. */
function access(container, { TargetPort: target, PublishedPort: port }, environment) {
  const user = environment.POSTGRES_USER || 'postgres';
  if (target === 5432) {
    return [`psql -h 127.0.0.1 -p ${port} -U ${user} ${environment.POSTGRES_DB || user}`, `docker compose exec ${container.Service} psql -U ${user} ${environment.POSTGRES_DB || user}`];
  }
  if (target === 6379) return [`redis-cli -p ${port}${environment.REDISCLI_AUTH ? ' --askpass' : ''}`, `docker compose exec ${container.Service} redis-cli`];
  return [`http://127.0.0.1:${port}`];
}

/** Boots the stack of the folder and says how to reach it. */
export async function up(folder, shown, flags) {
  await needEngine();
  if (!composeFile(folder)) throw problem(`${shown} has no Compose file: its definition has no service to start.`);
  await avoidTakenPorts(folder);
  note('docker compose up --wait (the first time it downloads the images)');
  const { code, milliseconds } = await compose(folder, ['up', '--detach', '--wait', '--remove-orphans'], { show: true });
  if (code !== 0) throw problem(`docker compose up failed. Its logs: cd ${shown} && docker compose logs`);
  ok(`healthy after ${seconds(milliseconds)}`);

  const config = JSON.parse((await compose(folder, ['config', '--format', 'json'])).stdout);
  say('\nReach it:\n');
  for (const container of await containers(folder)) {
    const lines = published(container).flatMap((p) => access(container, p, (config.services[container.Service] || {}).environment || {}));
    say(`  ${container.Service.padEnd(12)}  ${lines.length > 0 ? lines.join(`\n${' '.repeat(16)}`) : 'inside the stack only'}`);
  }
  say(`\nWho is asked for a password from the host gives the one in ${shown}/.env, or else the default in ${shown}/compose.yaml.`);
  say(`The docker compose lines are meant for the folder ${shown}. Stop it: npm start -- --down${flags}`);
}

/** Stops the stack of the folder; its data stays. */
export async function down(folder, shown) {
  await needEngine();
  if (!composeFile(folder)) throw problem(`${shown} has no Compose file: nothing to stop.`);
  const { code } = await compose(folder, ['down', '--remove-orphans'], { show: true });
  if (code !== 0) throw problem('docker compose down failed.');
  ok('stopped; the data is kept');
  say(`\nTo forget the data too: cd ${shown} && docker compose down --volumes`);
}

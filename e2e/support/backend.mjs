import { chownSync, existsSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitFor } from '../lib/index.mjs';
import { inspect } from './databases.mjs';

/** A GET, as `{ status, json, text, headers }`; a server that does not answer is status 0. */
export async function get(url, { method = 'GET', body, headers = {}, timeout = 15_000 } = {}) {
  try {
    const response = await fetch(url, {
      method, signal: AbortSignal.timeout(timeout), headers: { ...(body ? { 'content-type': 'application/json' } : {}), ...headers }, body: body && JSON.stringify(body),
    });
    const text = await response.text();
    let json;
    try { json = JSON.parse(text); } catch { json = undefined; }
    return { status: response.status, json, text, headers: response.headers };
  } catch (error) {
    return { status: 0, text: String(error.cause ?? error), timedOut: error.name === 'TimeoutError' };
  }
}

/** Waits until a page answers with a status, and gives the answer. */
export async function answers(url, status = 200, { timeout = 60_000 } = {}) {
  return waitFor(async () => {
    const answer = await get(url, { timeout: 5_000 });
    if (answer.status !== status) throw new Error(`it said ${answer.status} ${answer.text.slice(0, 300)}`);
    return answer;
  }, { what: `${url} to answer ${status}`, timeout });
}

/** Waits until the container of a service has a health, and gives how long it took in milliseconds. */
export async function health(stack, service, state, { timeout = 90_000 } = {}) {
  const started = Date.now();
  await waitFor(async () => (await inspect(stack, service)).State.Health?.Status === state, { what: `${service} to be ${state}`, timeout });
  return Date.now() - started;
}

/** What stays the same while a container is not started anew. */
export async function identity(stack, service) {
  const { Id, State, RestartCount } = await inspect(stack, service);
  return { id: Id, startedAt: State.StartedAt, restarts: RestartCount };
}

/** Gives everything below a folder to a user, as if that user had written it. */
export function giveTo(folder, uid, gid) {
  chownSync(folder, uid, gid);
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const path = join(folder, name);
    const info = lstatSync(path);
    if (info.isSymbolicLink()) continue;
    if (info.isDirectory()) giveTo(path, uid, gid);
    else chownSync(path, uid, gid);
  }
}

/**
 * Asks for something many times with several clients at once, each the next time as soon as it has its answer.
 *
 * @returns each answer's status and time in milliseconds, in the order in which they came
 */
export async function load(url, { requests, clients, timeout = 15_000, pause = 0 }) {
  const answered = [];
  let left = requests;
  await Promise.all(Array.from({ length: clients }, async () => {
    while (left > 0) {
      left -= 1;
      const started = Date.now();
      const { status, timedOut } = await get(url, { timeout });
      answered.push({ status, timedOut: timedOut === true, milliseconds: Date.now() - started, at: started });
      if (pause) await sleep(pause);
    }
  }));
  return answered;
}

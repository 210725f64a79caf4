import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run, tempDir } from '../lib/index.mjs';
import { BASH } from './bash.mjs';
import { owned } from './databases.mjs';

/** Runs a script of a stack, and gives what it said with the steps that it did. */
export async function runScript(dir, script, args = [], options = {}) {
  const result = await run(BASH, [join(dir, 'scripts', script), ...args], { cwd: dir, check: false, timeout: 420_000, ...options });
  return { ...result, project: projectOf(result), steps: stepsOf(result) };
}

/** The Compose project that a run had; undefined when it came to none. */
export const projectOf = ({ stdout, stderr }) => /, project (\S+)/.exec(stdout + stderr)?.[1];

/** The lines of the steps, as `{ number, result, title, reason }`. */
export function stepsOf({ stdout, stderr }) {
  return [...(stdout + stderr).matchAll(/^ *(\d+) {2}(PASS|FAIL|SKIP) {2}(.+?) \(\d+ s\)(?:: (.*))?$/gm)]
    .map(([, number, result, title, reason]) => ({ number: Number(number), result, title, reason: reason ?? '' }));
}

export const failures = ({ steps }) => steps.filter(({ result }) => result === 'FAIL');

/** Fails when the engine still has something of a run. */
export async function assertNothingLeft(project) {
  assert.ok(project, 'the script named no project');
  const left = (await Promise.all(['container', 'volume', 'network'].map((kind) => owned(kind, project)))).flat();
  const { stdout: images } = await run('docker', ['image', 'ls', '--quiet', '--filter', `reference=${project}-*`]);
  assert.deepEqual([left, images.trim()], [[], ''], `${project} left something behind`);
}

/** A copy of a stack's folder in which something is broken: `[file, from, to]`, each of which must be there. */
export function broken(dir, edits) {
  const copy = tempDir('fault');
  cpSync(dir, copy, { recursive: true, filter: (path) => !path.endsWith('node_modules') });
  for (const [file, from, to] of edits) {
    const path = join(copy, file);
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    const changed = typeof from === 'string' ? text.replaceAll(from, () => to) : text.replace(from, to);
    assert.notEqual(changed, text, `${file} has no ${from} to break`);
    // What is generated is read-only for people, and root in a container of CI may write it all the same.
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, changed);
  }
  return copy;
}

/** Does some work for each item, so many at a time, and gives the results in order. */
export async function inParallel(items, many, work) {
  const results = [];
  const queue = items.map((item, index) => [item, index]);
  await Promise.all(Array.from({ length: many }, async () => {
    for (let next = queue.shift(); next; next = queue.shift()) results[next[1]] = await work(next[0]);
  }));
  return results;
}

/** Prints a table of faults: what was broken, which script noticed, at which step, in which words. */
export function printFaults(rows) {
  const cut = (text, width) => (text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width));
  const line = ([fault, script, step, words]) => `${cut(fault, 44)} ${cut(script, 22)} ${cut(step, 46)} ${words.slice(0, 150)}`;
  process.stdout.write(`\n${[['fault', 'script', 'step that fails', 'its line'], ...rows].map(line).join('\n')}\n\n`);
}

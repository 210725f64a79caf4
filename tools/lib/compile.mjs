import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ARTIFACTS, inRoot, readJson, ROOT } from './root.mjs';
import { quietly, task } from './process.mjs';
import { ok, seconds } from './say.mjs';

/** What the compiled library depends on: what is compiled, what generates some of it, and the tools' versions. */
const SOURCES = ['src', 'assets', 'schemas', ...readdirSync(inRoot('tools')).filter((name) => name.startsWith('generate-')).map((name) => `tools/${name}`),
  '.projen/tasks.json', 'package.json', 'package-lock.json', 'tsconfig.json'];

const STAMP = join(ARTIFACTS, 'compiled.json');

function* filesBelow(path) {
  if (!existsSync(join(ROOT, path))) return;
  if (statSync(join(ROOT, path)).isFile()) yield path;
  else for (const name of readdirSync(join(ROOT, path)).sort()) yield* filesBelow(join(path, name));
}

/**
 * What is compiled now: the sources by content, since a checkout gives every file a new time, and the manifest by
 * time, since any other compilation writes it anew.
 */
function state() {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    for (const file of filesBelow(source)) hash.update(`${file}\0`).update(readFileSync(join(ROOT, file))).update('\0');
  }
  const complete = existsSync(inRoot('.jsii')) && existsSync(inRoot('lib', 'index.js'));
  return { sources: hash.digest('hex'), manifest: complete ? statSync(inRoot('.jsii')).mtimeMs : 0 };
}

/** Whether lib was made of these very sources. */
export function isCompiled() {
  const [now, then] = [state(), readJson(STAMP, {})];
  return now.manifest !== 0 && now.manifest === then.manifest && now.sources === then.sources;
}

/** Remembers that lib has just been compiled. The state of now: preparing may have written generated sources. */
export function markCompiled() {
  mkdirSync(ARTIFACTS, { recursive: true });
  writeFileSync(STAMP, `${JSON.stringify(state())}\n`);
}

/** Compiles the library with jsii, exactly as for a release, where that has not been done. */
export async function ensureCompiled() {
  if (isCompiled()) return;
  const started = Date.now();
  if ((readJson(inRoot('.projen', 'tasks.json')).tasks['pre-compile'] || {}).steps) await quietly('preparing the library', task('pre-compile'));
  await quietly('compiling the library', task('compile'));
  markCompiled();
  ok(`library compiled in ${seconds(Date.now() - started)}`);
}

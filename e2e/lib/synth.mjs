import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { installedConsumer, packTarball } from '../../tools/lib/pack.mjs';
import { tempDir } from './cleanup.mjs';
import { run } from './process.mjs';

/** The packed library: what the runner packed, or, for a test file that is run alone, packed now. */
export async function tarball() {
  process.env.PROJEN_STACK_TARBALL ??= await packTarball();
  return process.env.PROJEN_STACK_TARBALL;
}

/** A node_modules folder with the packed library and its peers, made once for all tests. Link to it, do not change it. */
export async function consumerModules() {
  process.env.PROJEN_STACK_CONSUMER ??= await installedConsumer(await tarball());
  return process.env.PROJEN_STACK_CONSUMER;
}

/** A folder with a `.projenrc.ts`, and what it became. */
class Synthesized {
  constructor(dir, result) {
    this.dir = dir;
    this.code = result.code;
    this.stdout = result.stdout;
    this.stderr = result.stderr;
  }

  path(...parts) {
    return join(this.dir, ...parts);
  }

  has(file) {
    return existsSync(this.path(file));
  }

  read(file) {
    assert.ok(this.has(file), `${file} was not written; synthesis said:\n${this.stdout}${this.stderr}`);
    return readFileSync(this.path(file), 'utf8');
  }

  /** Writes a file beside the definition, such as `.env`. */
  write(file, text, mode = 0o644) {
    mkdirSync(dirname(this.path(file)), { recursive: true });
    writeFileSync(this.path(file), text, { mode });
  }
}

const sourceOf = (definition) => (typeof definition === 'string' ? definition : [
  "import * as lib from 'projen-stack';",
  "import * as projen from 'projen';",
  `(${definition.toString()})(lib, projen);`,
  '',
].join('\n'));

/**
 * Synthesizes a definition with the packed library in a folder of its own, exactly as a user's `npx projen` does, only
 * that no package is installed afterwards.
 *
 * @param definition the text of a `.projenrc.ts`, or a function `(lib, projen) => { … }` that uses nothing from outside
 * @param options.dir an earlier folder, to synthesize once more
 * @param options.files further files to write first: `{ path: text }`
 * @param options.env further environment variables
 * @param options.check `false` returns a failed synthesis (see `code` and `stderr`) instead of throwing
 */
export async function synth(definition, { dir = tempDir('synth'), files = {}, env = {}, check = true } = {}) {
  const modules = join(dir, 'node_modules');
  if (!existsSync(modules)) symlinkSync(await consumerModules(), modules, 'junction');
  for (const [file, text] of Object.entries({ ...files, '.projenrc.ts': sourceOf(definition) })) {
    mkdirSync(dirname(join(dir, file)), { recursive: true });
    writeFileSync(join(dir, file), text);
  }
  const result = await run(process.execPath, ['--import', 'tsx', '.projenrc.ts'], { cwd: dir, check, env: { PROJEN_DISABLE_POST: '1', NODE_NO_WARNINGS: '1', ...env } });
  return new Synthesized(dir, result);
}

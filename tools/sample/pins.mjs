import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tsImport } from 'tsx/esm/api';
import { cleanEnv, run } from '../lib/process.mjs';
import { problem } from '../lib/say.mjs';
import { sourceOf } from './combinations.mjs';
import { UV_ENV } from './uv.mjs';

/** The files of pins, and what each holds beside the dependencies of the project. */
export const FILES = { 'requirements.txt': [], 'requirements-dev.txt': ['--group', 'dev'] };

// Extras are kept: pip before 23.1 asks for a pin of `coverage[toml]` and takes none of `coverage` for it.
const OPTIONS = ['--quiet', '--universal', '--generate-hashes', '--no-header', '--no-annotate', '--no-strip-extras', '--python-version', '3.11', '--no-config'];

const { materialise } = await tsImport('../../src/files/sample/materialise.ts', import.meta.url);

/**
 * Writes a combination of the sample into a folder.
 *
 * @param parts the optional parts
 */
export const write = (parts, folder) => materialise(sourceOf(parts), folder);

/**
 * The pins that a project needs, those in the file as it is being kept where they are allowed.
 *
 * @param uv the program
 * @param project a folder with a `pyproject.toml`
 * @param file which of the files
 * @param known the pins to keep, as text
 */
export async function compile(uv, project, file, known) {
  const output = join(project, file);
  writeFileSync(output, known);
  const result = await run(uv, ['pip', 'compile', ...OPTIONS, 'pyproject.toml', ...FILES[file], '--output-file', file], { cwd: project, env: cleanEnv(UV_ENV) });
  if (result.code !== 0) throw problem(`uv could not resolve ${file} of ${project}:\n${result.stderr}`);
  return readFileSync(output, 'utf8');
}

/** The entries of a file of pins by the names of the packages: each with its marker and its hashes, as it is written. */
export function entriesOf(text) {
  const entries = new Map();
  for (const entry of text.split(/\n(?=\S)/)) {
    const [, name] = /^([a-z0-9][a-z0-9._-]*)(?:\[[a-z0-9,._-]+\])?==/.exec(entry) ?? [];
    if (name === undefined) throw problem(`not an entry of a file of pins: ${entry.split('\n')[0]}`);
    entries.set(name, entry.trimEnd());
  }
  return entries;
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from './files.mjs';

/** What nobody would write by hand: packages, what projen remembers, and pins, which are a machine's work in every project and would only flatter. */
const NOT_COUNTED = /(^|\/)(node_modules|\.projen)\/|(^|\/)(pnpm-lock\.yaml|package-lock\.json|yarn\.lock|requirements[\w-]*\.txt)$/;

/** The lines of a file, without blank ones. */
export const linesOf = (file) => readFileSync(file, 'utf8').split('\n').filter((line) => line.trim() !== '').length;

/**
 * The lines of a definition, and those that come of it: how many, in how many files. Blank lines do not count.
 *
 * @param definition the file in the folder that all others come of
 */
export function linesIn(folder, definition) {
  const files = filesBelow(folder).filter((file) => file !== definition && !NOT_COUNTED.test(file));
  return {
    definition: linesOf(join(folder, definition)),
    lines: files.reduce((sum, file) => sum + linesOf(join(folder, file)), 0),
    files: files.length,
  };
}

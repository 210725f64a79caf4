import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { ROOT } from './root.mjs';

/**
 * Writes a file that a tool makes, or with `--check` fails when the committed one is not what would be written.
 *
 * @param options.target the file
 * @param options.text what belongs into it
 * @param options.source what it is made of, in words
 * @param options.tool the tool, from the root
 */
export function writeOrCheck({ target, text, source, tool }) {
  if (!process.argv.includes('--check')) {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
    return;
  }
  if (readFileSync(target, 'utf8') !== text) {
    process.stderr.write(`${relative(ROOT, target)} is not made of ${source}. Run: node ${tool}\n`);
    process.exitCode = 1;
  }
}

import * as path from 'path';

/** Frames of these are never the line that a person wrote. */
const INTERNAL = [/^node:/, /[\\/]node_modules[\\/]/, /jsii-kernel/];
/** This library as it runs, and as a source map shows it. */
const OWN_FOLDERS = ['src', 'lib'].map((name) => path.resolve(__dirname, '..', '..', name) + path.sep);

/**
 * The file and line of the code that called into this library, as `file:line`, relative to the working directory.
 *
 * Constructs remember it when they are made, so that a finding can point at the definition. Undefined when no such
 * frame is found (as in another language than JavaScript).
 */
export function callerLocation(): string | undefined {
  const stack = new Error().stack ?? '';
  for (const line of stack.split('\n').slice(1)) {
    const match = /\(?((?:file:\/\/)?(?:[A-Za-z]:)?[^():]+):(\d+):\d+\)?$/.exec(line.trim());
    if (!match) continue;
    const file = match[1].replace(/^at (?:async )?/, '').replace(/^file:\/\//, '');
    if (!path.isAbsolute(file) || INTERNAL.some((pattern) => pattern.test(file))) continue;
    if (OWN_FOLDERS.some((folder) => file.startsWith(folder))) continue;
    return `${path.relative(process.cwd(), file).split(path.sep).join('/')}:${match[2]}`;
  }
  return undefined;
}

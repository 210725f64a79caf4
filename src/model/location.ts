import * as path from 'path';

/** Frames of these are never the line that a person wrote. */
const INTERNAL = [/^node:/, /[\\/]node_modules[\\/]/, /jsii-kernel/];
/** This library as it runs, and as a source map shows it. */
const OWN_FOLDERS = ['src', 'lib'].map((name) => path.resolve(__dirname, '..', '..', name) + path.sep);

/** A place in a file. */
interface Frame {
  readonly file: string;
  readonly line: string;
}

/**
 * The file and line of the code that called into this library, as `file:line`, relative to the working directory.
 *
 * Constructs remember it when they are made, so that a finding can point at the definition. Undefined when no such
 * frame is found (as in another language than JavaScript).
 */
export function callerLocation(): string | undefined {
  const frame = foreignFrames().find(({ file }) => !INTERNAL.some((pattern) => pattern.test(file)));
  return frame && `${path.relative(process.cwd(), frame.file).split(path.sep).join('/')}:${frame.line}`;
}

/** The files of the code that called into this library, nearest first and each once, those of packages included. */
export function callerFiles(): string[] {
  return [...new Set(foreignFrames().map(({ file }) => file))];
}

/** The frames that are in files, and not in those of this library. */
function foreignFrames(): Frame[] {
  return deepStack().split('\n').slice(1).flatMap((text): Frame[] => {
    const match = /\(?((?:file:\/\/)?(?:[A-Za-z]:)?[^():]+):(\d+):\d+\)?$/.exec(text.trim());
    if (!match) return [];
    const file = match[1].replace(/^at (?:async )?(?:new )?/, '').replace(/^file:\/\//, '');
    return path.isAbsolute(file) && !OWN_FOLDERS.some((folder) => file.startsWith(folder)) ? [{ file, line: match[2] }] : [];
  });
}

/** The stack of calls, deep enough for a definition that makes constructs of constructs: Node gives ten frames only. */
function deepStack(): string {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 40;
  try {
    return new Error().stack ?? '';
  } finally {
    Error.stackTraceLimit = limit;
  }
}

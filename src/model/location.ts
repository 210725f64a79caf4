import * as path from 'path';

/** Frames of these are never the line that a person wrote. */
const INTERNAL = [/^node:/, /[\\/]node_modules[\\/]/, /jsii-kernel/];
/** Frames of another language that are none either: packages, and this library where it was installed without that folder. */
const INTERNAL_ELSEWHERE = [/[\\/](site|dist)-packages[\\/]/, /[\\/]projen_stack[\\/]__init__\.py$/];
/** This library as it runs, and as a source map shows it. */
const OWN_FOLDERS = ['src', 'lib'].map((name) => path.resolve(__dirname, '..', '..', name) + path.sep);

/** The names under which jsii tells what it runs for another language: the folder of its own program, and the calls in that language. */
const JSII_FOLDER = Symbol.for('jsii.context.hostDirName');
const JSII_CALLS = Symbol.for('jsii.context.hostStackTrace');

/** What jsii leaves there. */
interface Jsii {
  readonly [JSII_FOLDER]?: string;
  /** File, line, column and function of each call, nearest first; undefined unless the definition asks for it. */
  readonly [JSII_CALLS]?: readonly (readonly [file: string, line: number, ...more: unknown[]])[];
}

const jsii = globalThis as Jsii;

/** A place in a file. */
interface Frame {
  readonly file: string;
  readonly line: string;
}

/**
 * The file and line of the code that called into this library, as `file:line`, relative to the working directory.
 *
 * Constructs remember it when they are made, so that a finding can point at the definition. Undefined when no such
 * frame is found, as in another language that does not tell its calls.
 */
export function callerLocation(): string | undefined {
  const isElsewhere = jsii[JSII_FOLDER] !== undefined;
  const internal = isElsewhere ? INTERNAL_ELSEWHERE : INTERNAL;
  const frame = (isElsewhere ? elsewhere() : foreignFrames()).find(({ file }) => !internal.some((pattern) => pattern.test(file)));
  return frame && `${path.relative(process.cwd(), frame.file).split(path.sep).join('/')}:${frame.line}`;
}

/** How a definition in another language has its lines told; undefined for one in JavaScript, whose lines are known. */
export function locationAdvice(): string | undefined {
  return jsii[JSII_FOLDER] === undefined ? undefined : 'With JSII_HOST_STACK_TRACES=1 in the environment, the lines of the definition are named, too.';
}

/** The files of the code that called into this library, nearest first and each once, those of packages included. */
export function callerFiles(): string[] {
  return [...new Set(foreignFrames().map(({ file }) => file))];
}

/** The calls in the language of the definition. */
function elsewhere(): Frame[] {
  return (jsii[JSII_CALLS] ?? []).map(([file, line]) => ({ file: path.resolve(file), line: String(line) }));
}

/** The frames that are in files, and not in those of this library or of the program that calls it for another language. */
function foreignFrames(): Frame[] {
  const ignored = jsii[JSII_FOLDER] === undefined ? OWN_FOLDERS : [...OWN_FOLDERS, jsii[JSII_FOLDER] + path.sep];
  return deepStack().split('\n').slice(1).flatMap((text): Frame[] => {
    const match = /\(?((?:file:\/\/)?(?:[A-Za-z]:)?[^():]+):(\d+):\d+\)?$/.exec(text.trim());
    if (!match) return [];
    const file = match[1].replace(/^at (?:async )?(?:new )?/, '').replace(/^file:\/\//, '');
    return path.isAbsolute(file) && !ignored.some((folder) => file.startsWith(folder)) ? [{ file, line: match[2] }] : [];
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

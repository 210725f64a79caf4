import { readdirSync, readFileSync, statSync } from 'fs';
import * as path from 'path';
import { SourcePart } from './source';

/** What tools leave behind where the code of a sample is run and tested. */
const LEFTOVER = /^(__pycache__|node_modules|dist|\.(venv|git|ruff_cache|mypy_cache|pytest_cache|coverage|DS_Store))$|\.(pyc|egg-info)$/;

/** The names, without their dot, of what git, npm or an editor would obey in the folder of a part. */
const DOT_NAMES = new RegExp(`^(${[
  'gitignore', 'gitattributes', 'gitkeep', 'dockerignore', 'npmrc', 'npmignore', 'nvmrc', 'node-version', 'python-version',
  'editorconfig', 'prettierrc', 'prettierignore', 'eslintrc', 'eslintignore', 'stylelintrc', 'browserslistrc', 'babelrc',
  'flake8', 'coveragerc', 'pylintrc', 'yamllint', 'vscode', 'github', 'hadolint\\.ya?ml', 'pre-commit-config\\.ya?ml',
  'env(\\.[a-z]+)?',
].join('|')})$`);
/** `_env.py` is a module, not a file of settings. */
const SOURCE_CODE = /\.(py|pyi|[cm]?[jt]sx?|vue|css|html|sh|sql)$/;

/** A file of a part. */
export interface SourceFile {
  /** The path under which it is written, before folders are renamed. */
  readonly path: string;
  readonly part: string;
  /** What it is called in messages: the part and the path in it. */
  readonly label: string;
  /** Where it is on this machine. */
  readonly absolute: string;
}

/** A file of a part with what it holds. */
export interface LoadedFile extends SourceFile {
  readonly executable: boolean;
  /** The lines, when it is text. */
  readonly lines?: readonly string[];
  /** The bytes, when it is not. */
  readonly bytes?: Buffer;
}

/**
 * The name of a file or folder of a part when it is written: `_gitignore` becomes `.gitignore`. Only names that are known to begin
 * with a dot are changed: `__init__.py` and `_private.py` stay.
 */
export function writtenName(name: string): string {
  return name.startsWith('_') && isDotName(name.slice(1)) ? `.${name.slice(1)}` : name;
}

function isDotName(name: string): boolean {
  return DOT_NAMES.test(name) && !SOURCE_CODE.test(name);
}

/**
 * The files of a part in the order of their paths.
 *
 * @param report takes what is wrong
 */
export function listPart(part: SourcePart, report: (problem: string) => void): SourceFile[] {
  const found: SourceFile[] = [];
  const read = (inPart: string, written: string): void => {
    const absolute = path.join(part.source, inPart);
    for (const entry of readdirSync(absolute, { withFileTypes: true })) {
      if (LEFTOVER.test(entry.name)) continue;
      const below = path.posix.join(inPart, entry.name);
      const label = path.posix.join(part.partName, below);
      const file = { path: path.posix.join(written, writtenName(entry.name)), part: part.partName, label, absolute: path.join(absolute, entry.name) };
      if (entry.name.startsWith('.') && isDotName(entry.name.slice(1))) {
        report(`${label}: git, npm or an editor would obey it there. Call it _${entry.name.slice(1)}; it is written as ${entry.name}.`);
      } else if (entry.isDirectory()) {
        read(below, file.path);
      } else if (entry.isFile()) {
        found.push(file);
      } else {
        report(`${label}: it is neither a file nor a folder. Put a copy of the file there.`);
      }
    }
  };
  try {
    if (!path.isAbsolute(part.source)) throw new Error('it is not an absolute path');
    read('', '');
  } catch (error) {
    report(`${part.partName}: the folder ${JSON.stringify(part.source)} cannot be read (${(error as NodeJS.ErrnoException).code ?? (error as Error).message}).`);
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Reads a file. Text gets LF line ends; everything else stays byte for byte. */
export function loadFile(file: SourceFile): LoadedFile {
  const executable = /[1357]/.test((statSync(file.absolute).mode % 0o1000).toString(8));
  const bytes = readFileSync(file.absolute);
  const text = textOf(bytes);
  return text === undefined ? { ...file, executable, bytes } : { ...file, executable, lines: splitLines(text) };
}

/** A text as its lines; the last one is empty when the text ends with a line break, so that joining gives the text again. */
export function splitLines(text: string): string[] {
  return text.replace(/\r\n/g, '\n').split('\n');
}

function textOf(bytes: Buffer): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

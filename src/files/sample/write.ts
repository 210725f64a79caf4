import { chmodSync, closeSync, existsSync, mkdirSync, openSync, rmdirSync, rmSync, writeFileSync } from 'fs';
import * as path from 'path';

/** A file that is to be written where nothing is. */
export interface NewFile {
  /** Where, on this machine. */
  readonly absolute: string;
  /** What it is called in messages. */
  readonly label: string;
  readonly content: Buffer;
  readonly executable: boolean;
}

/**
 * Writes files that do not exist, all of them or none. What somebody put there in the meantime stays.
 *
 * @throws when one cannot be written, with its name; what this call wrote is gone then
 */
export function writeNewFiles(files: readonly NewFile[]): void {
  const made: string[] = [];
  const written: string[] = [];
  for (const file of files) {
    try {
      makeFolder(path.dirname(file.absolute), made);
      writeNewFile(file, written);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      for (const each of written) rmSync(each, { force: true });
      for (const folder of made.reverse()) removeWhenEmpty(folder);
      throw new Error(`${file.label} cannot be written (${code ?? message}), so nothing of its sample was. `
        + 'Make room for it or give the permission, and synthesize again.');
    }
  }
}

function writeNewFile({ absolute, content, executable }: NewFile, written: string[]): void {
  let descriptor: number;
  try {
    // Fails when there is something, even a link that leads nowhere.
    descriptor = openSync(absolute, 'wx');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return;
    throw error;
  }
  written.push(absolute);
  try {
    writeFileSync(descriptor, content);
  } finally {
    closeSync(descriptor);
  }
  // Not by the mode of open(), which the umask of whoever synthesizes would change.
  chmodSync(absolute, executable ? 0o755 : 0o644);
}

function makeFolder(folder: string, made: string[]): void {
  if (existsSync(folder)) return;
  makeFolder(path.dirname(folder), made);
  mkdirSync(folder);
  made.push(folder);
}

function removeWhenEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Somebody else has put something there.
  }
}

import { accessSync, constants, mkdirSync, readFileSync, Stats, statSync, writeFileSync } from 'fs';
import * as path from 'path';

/** A file that belongs to people, as it is. */
export interface TeamFile {
  /** Its text; undefined when there is none. */
  readonly text?: string;
  /** Why it cannot be read or written, without its name. */
  readonly obstacle?: string;
  /** Why it can be read only. */
  readonly isLocked?: boolean;
}

/**
 * Reads a file that belongs to people.
 *
 * @param absolute where it is
 */
export function readTeamFile(absolute: string): TeamFile {
  const stats = statusOf(absolute);
  if (stats === undefined) return hasFolder(path.dirname(absolute)) ? {} : { obstacle: 'its folder is a file' };
  if (!stats.isFile()) return { obstacle: stats.isDirectory() ? 'a folder has that name' : 'it is no file' };
  let bytes: Buffer;
  try {
    bytes = readFileSync(absolute);
  } catch (error) {
    return { obstacle: `it cannot be read (${(error as NodeJS.ErrnoException).code})` };
  }
  const text = bytes.toString('utf8');
  // Written again, other bytes would not be what they were.
  if (!Buffer.from(text, 'utf8').equals(bytes) || text.includes('\0')) return { obstacle: 'it is not text in UTF-8' };
  return { text, isLocked: isLocked(absolute, stats) };
}

/** Writes a file that belongs to people: its permissions stay as they are, and a link leads where it led. */
export function writeTeamFile(absolute: string, text: string): void {
  mkdirSync(path.dirname(absolute), { recursive: true });
  writeFileSync(absolute, text);
}

function statusOf(absolute: string): Stats | undefined {
  try {
    return statSync(absolute, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function hasFolder(folder: string): boolean {
  const stats = statusOf(folder);
  if (stats) return stats.isDirectory();
  return path.dirname(folder) === folder || hasFolder(path.dirname(folder));
}

/** Asked of the permissions as well, since root may do anything. */
function isLocked(absolute: string, { mode }: Stats): boolean {
  try {
    accessSync(absolute, constants.W_OK);
    return /[0145]{3}$/.test(mode.toString(8));
  } catch {
    return true;
  }
}

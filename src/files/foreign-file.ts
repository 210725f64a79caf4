import { existsSync, readFileSync } from 'fs';
import * as path from 'path';
import { Project } from 'projen';

/** In two pieces, so that projen's cleanup does not take this source file for a generated one. */
const MARKER = ['~~ Generated', 'by projen'].join(' ');

/**
 * Whether a file stands on the disk that no synthesis has written: neither marked by projen nor in its list of files.
 *
 * @param project the project whose folder is meant
 * @param filePath the path, relative to the project
 */
export function isForeignFile(project: Project, filePath: string): boolean {
  const absolute = path.join(project.outdir, filePath);
  if (!existsSync(absolute)) return false;
  if (readFileSync(absolute, 'utf8').includes(MARKER)) return false;
  const list = path.join(project.outdir, '.projen', 'files.json');
  if (!existsSync(list)) return true;
  const known = JSON.parse(readFileSync(list, 'utf8')) as { files?: string[] };
  return !known.files?.includes(path.relative(project.outdir, absolute).split(path.sep).join('/'));
}

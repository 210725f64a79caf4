import { readFileSync, writeFileSync } from 'fs';
import * as path from 'path';
import { splitLines } from '../../../src/files/sample/folder';

/**
 * Does by machine what the note of an added part asks a person to do: it reads nothing but the text.
 *
 * @throws when a place is not told by its lines, or is not as the note says
 */
export function follow(note: string, root: string): void {
  let file = '';
  let lineNumber: number | undefined;
  let after: string[] = [];
  let added: string[] | undefined;
  const insert = () => {
    if (added === undefined) return;
    const lines = splitLines(readFileSync(path.join(root, file), 'utf8'));
    lines.splice(placeIn(lines, after, lineNumber), 0, ...added);
    writeFileSync(path.join(root, file), lines.join('\n'));
    [after, added, lineNumber] = [[], undefined, undefined];
  };
  for (const line of note.split('\n')) {
    const [, name] = /^ {2}(\S.*)$/.exec(line) ?? [];
    const [, place] = /^ {4}(\S.*):$/.exec(line) ?? [];
    if (line.startsWith(' '.repeat(8))) {
      (added ?? after).push(line.slice(8));
    } else if (place === 'add') {
      added = [];
    } else {
      insert();
      if (name !== undefined) file = name;
      if (place === 'at the top') added = [];
      lineNumber = Number(/line (\d+)\)/.exec(place ?? '')?.[1] ?? NaN) || undefined;
    }
  }
  insert();
}

function placeIn(lines: readonly string[], after: readonly string[], lineNumber: number | undefined): number {
  if (after.length === 0) return 0;
  const ends = lines.map((_, index) => index + 1).filter((end) => after.every((line, offset) => lines[end - after.length + offset] === line));
  if (lineNumber !== undefined && ends.includes(lineNumber)) return lineNumber;
  if (lineNumber === undefined && ends.length === 1) return ends[0];
  throw new Error(`${JSON.stringify(after)} (line ${lineNumber}) is in lines ${JSON.stringify(ends)} of ${JSON.stringify(lines)}`);
}

import { Addition } from './additions';

/** A file and what to add to it. */
export interface FileAdditions {
  readonly label: string;
  readonly additions: readonly Addition[];
}

/** What stands before each line that is shown, so that it is read as it is, and copied as a block. */
const INDENT = ' '.repeat(8);

/** That a sample was written. */
export function writtenNote(sample: string, parts: readonly string[], where: string, written: number, left: readonly string[]): string {
  return [
    `Wrote ${fileCount(written)} of the sample "${sample}" (${parts.join(', ')}) into ${where}. This code is yours from now on: no synthesis changes it.`,
    ...leftAlone(left),
  ].join('\n');
}

/** That a part was added to a sample that was written without it, and what to do by hand. */
export function addedNote(
  sample: string, parts: readonly string[], where: string, written: readonly string[], left: readonly string[],
  files: readonly FileAdditions[], instructions: readonly string[],
): string {
  const lines = files.flatMap(({ label, additions }) => ['', `  ${label}`, ...additions.flatMap(additionLines)]);
  const rest = [...lines, ...(lines.length > 0 && instructions.length > 0 ? [''] : []), ...instructions];
  return [
    `Added ${parts.length === 1 ? 'the part' : 'the parts'} ${parts.join(', ')} of the sample "${sample}" to ${where}.`,
    ...(written.length > 0 ? [`Wrote ${written.join(', ')}.`] : []),
    ...leftAlone(left),
    ...(lines.length > 0 ? ['What is yours was not changed. Add these lines by hand:'] : []),
    ...rest,
  ].join('\n');
}

/** That a part is no longer wanted. */
export function unusedNote(sample: string, part: string, where: string, files: readonly string[], shared: readonly string[]): string {
  const unused = [...files, ...(shared.length > 0 ? [`its lines in ${shared.join(', ')}`] : [])];
  return `The part ${part} of the sample "${sample}" in ${where} is no longer in the definition. Nothing was deleted.`
    + (unused.length > 0 ? ` Unused now: ${unused.join(', ')}.` : '');
}

/** That a sample is no longer in the definition. */
export function goneNote(sample: string, where: string): string {
  return `The sample "${sample}" in ${where} is no longer in the definition. Nothing was deleted.`;
}

/** That a team has its own application. */
export function ownNote(
  sample: string, parts: readonly string[], where: string, because: string, memory: string, left: readonly string[],
): string {
  return [ownLine(sample, parts, where, because, memory), ...leftAlone(left)].join('\n');
}

function ownLine(sample: string, parts: readonly string[], where: string, because: string, memory: string): string {
  return `${because} exists, so the application in ${where} is your own: nothing of the sample "${sample}" (${parts.join(', ')}) was written. `
    + `To have it written, move ${because} away and remove ${memory}.`;
}

/** That nothing was added to a team's own application. */
export function ownAddedNote(sample: string, parts: readonly string[], where: string): string {
  return `The application in ${where} is your own: nothing of ${parts.length === 1 ? 'the part' : 'the parts'} ${parts.join(', ')} of the sample "${sample}" was written.`;
}

/** That files were found that nobody remembers to have written. */
export function rememberedNote(sample: string, parts: readonly string[], where: string): string {
  return `.projen/stack.json does not know the sample "${sample}" in ${where}, and its files are there: its parts (${parts.join(', ')}) are taken as written, and nothing was changed.`;
}

function additionLines({ after, lineNumber, found, lines }: Addition): string[] {
  const place = after.length === 0 ? 'at the top:' : [
    after.length === 1 ? 'after this line' : 'after these lines',
    ...(lineNumber === undefined ? [] : [`(the last one is line ${lineNumber})`]),
    ...(found ? [] : ['(no longer there as it was written)']),
  ].join(' ') + ':';
  return after.length === 0
    ? [`    ${place}`, ...lines.map(shown)]
    : [`    ${place}`, ...after.map(shown), '    add:', ...lines.map(shown)];
}

function shown(line: string): string {
  return `${INDENT}${line}`;
}

function leftAlone(files: readonly string[]): string[] {
  if (files.length === 0) return [];
  return [files.length === 1 ? `${files[0]} exists and was left alone.` : `These exist and were left alone: ${files.join(', ')}.`];
}

function fileCount(count: number): string {
  return count === 1 ? '1 file' : `${count} files`;
}

import { TaggedLine, unmet } from './tags';

/** Lines that a part needs in a file that was written without it. */
export interface Addition {
  /** The lines right above the place, as many as it takes to find it; none at the top of the file. */
  readonly after: readonly string[];
  /** How many lines stand above the place, when the lines above it do not tell it from another one. */
  readonly lineNumber?: number;
  /** Whether the lines above are in the file as they were written. */
  readonly found: boolean;
  /** The lines to add. */
  readonly lines: readonly string[];
}

/** More lines than these nobody compares to find a place. */
const MOST_LINES_ABOVE = 8;
/** Brackets and blanks alone tell no place: people add more of them. */
const TELLING = /[\p{L}\p{N}]/u;

/**
 * What to add to a file, from its top to its bottom; each place is described as it is when those above it have been done.
 *
 * @param lines the lines of the file with all parts that are wanted now
 * @param before the parts that it was written with
 * @param actual the lines that are in the file; what is there already is left out
 */
export function additionsTo(lines: readonly TaggedLine[], before: readonly string[], actual: readonly string[]): Addition[] {
  const missing = missingLines(lines, before, actual);
  const additions: Addition[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    if (!missing.has(index) || missing.has(index - 1)) continue;
    let end = index;
    while (missing.has(end)) end += 1;
    const above = lines.slice(0, index);
    const below = lines.slice(end).filter((_, offset) => !missing.has(end + offset));
    const { size, lineNumber } = place(above.map((line) => line.text), below.map((line) => line.text));
    const after = lines.slice(index - size, index).map((line) => line.text);
    // What is to be added further up is not in the file yet, so nobody can say whether the place is as it was.
    const unknown = size === 0 || lines.slice(index - size, index).some((_, offset) => missing.has(index - size + offset));
    additions.push({ after, lineNumber, found: unknown || count(after, actual) > 0, lines: lines.slice(index, end).map((line) => line.text) });
  }
  return additions;
}

/** The indices of the lines that are to be added: whole blocks, or single lines with a tag of their own. */
function missingLines(lines: readonly TaggedLine[], before: readonly string[], actual: readonly string[]): ReadonlySet<number> {
  const blocks = new Map<number, number[]>();
  lines.forEach((line, index) => {
    const id = unmet(line, before)?.id;
    if (id !== undefined) blocks.set(id, [...blocks.get(id) ?? [], index]);
  });
  const old = lines.filter((line) => !unmet(line, before)).map((line) => line.text);
  const all = [...blocks.values()];
  const textOf = (block: readonly number[]) => block.map((index) => lines[index].text);
  return new Set(all.filter((block) => {
    const text = textOf(block);
    // Lines that look alike: while one of them is missing nobody can say which, so all are shown.
    const needed = all.filter((each) => same(textOf(each), text)).length;
    return count(text, actual) - count(text, old) < needed;
  }).flat());
}

/** How many of the lines above a place tell it from all others, and the number of the last one when no few lines do. */
function place(above: readonly string[], below: readonly string[]): { readonly size: number; readonly lineNumber?: number } {
  const file = [...above, ...below];
  const most = Math.min(MOST_LINES_ABOVE, above.length);
  for (let size = 1; size <= most; size += 1) {
    const after = above.slice(-size);
    if (after.some((line) => TELLING.test(line)) && count(after, file) === 1) return { size };
  }
  return { size: most, lineNumber: most > 0 ? above.length : undefined };
}

/** How often some lines stand in a file, one after the other. */
function count(lines: readonly string[], file: readonly string[]): number {
  return file.filter((_, index) => same(lines, file.slice(index, index + lines.length))).length;
}

/** Whether lines are equal, but for blanks at their ends. */
function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((line, index) => line.trimEnd() === other[index].trimEnd());
}

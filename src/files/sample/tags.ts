const NAME = '[a-z][a-z0-9-]*';
const NAMES = `${NAME}(?:\\|${NAME})*`;
const TAG = (words: string) => `(?:(?:#|//) part: ${words}|<!-- part: ${words} -->)`;

/** A line of its own that begins or ends a block. */
const BLOCK = new RegExp(`^\\s*${TAG(`(${NAMES}) (begin|end)`)}\\s*$`);
/** A line of the file with a tag at its end. */
const LINE = new RegExp(`^(.*\\S)[ \\t]+${TAG(`(${NAMES})`)}$`);
/** What was meant as a tag. */
const LOOSE = /(?:#|\/\/|<!--)\s*part\s*:/i;

/** What must be wanted for a line to stay: one of some parts. */
export interface Condition {
  /** Unique in the file: a block, or a single line. */
  readonly id: number;
  readonly parts: readonly string[];
}

/** A line without its tag, and what keeps it: all of its conditions. */
export interface TaggedLine {
  readonly text: string;
  readonly conditions: readonly Condition[];
}

/** Whether a name can stand in a tag. */
export function isPartName(name: string): boolean {
  return new RegExp(`^${NAME}$`).test(name);
}

/**
 * Reads the tags of a text.
 *
 * @param lines the lines of the text
 * @param at the file, for the messages
 * @param known the names of all parts
 * @param report takes what is wrong, with file and line
 */
export function readTags(lines: readonly string[], at: string, known: readonly string[], report: (problem: string) => void): TaggedLine[] {
  const open: (Condition & { readonly names: string; readonly line: number })[] = [];
  const read: TaggedLine[] = [];
  let id = 0;
  const partsOf = (names: string, line: number): string[] => {
    const parts = names.split('|');
    for (const part of parts.filter((each) => !known.includes(each))) {
      report(`${at}:${line}: the tag names the part "${part}", which the sample does not have. Write one of: ${known.join(', ')}.`);
    }
    return parts;
  };

  lines.forEach((text, index) => {
    const line = index + 1;
    const block = BLOCK.exec(text);
    if (block) {
      const names = block[1] ?? block[3];
      if ((block[2] ?? block[4]) === 'begin') {
        open.push({ id: id++, parts: partsOf(names, line), names, line });
        return;
      }
      const begun = open.pop();
      if (begun?.names === names) return;
      report(begun === undefined
        ? `${at}:${line}: "part: ${names} end" ends a block that was not begun. Write a line "part: ${names} begin" above it, or remove it.`
        : `${at}:${line}: "part: ${names} end" ends the block of "part: ${begun.names} begin" in line ${begun.line}. Let both name the same parts.`);
      return;
    }
    const tagged = LINE.exec(text);
    const own = tagged ? [{ id: id++, parts: partsOf(tagged[2] ?? tagged[3], line) }] : [];
    const kept = tagged ? tagged[1] : text;
    if (LOOSE.test(kept)) {
      report(`${at}:${line}: the tag in ${JSON.stringify(text.trim())} cannot be read. `
        + 'Write "# part: name" behind the line, or "# part: name begin" and "# part: name end" as lines around a block.');
    }
    read.push({ text: kept, conditions: [...open.map((each) => ({ id: each.id, parts: each.parts })), ...own] });
  });
  for (const each of open) report(`${at}:${each.line}: the block of "part: ${each.names} begin" has no end. Write a line "part: ${each.names} end" below it.`);
  return read;
}

/** The first condition that keeps a line out while only some parts are wanted, the outermost first; undefined when the line stays. */
export function unmet(line: TaggedLine, wanted: readonly string[]): Condition | undefined {
  return line.conditions.find(({ parts }) => !parts.some((part) => wanted.includes(part)));
}

import { Blocks } from './blocks';
import { firstMark, keyOf, lastMark, Mark, readMark } from './marks';

/** A section in a file, by the places of its marks. */
export interface FoundSection {
  readonly key: string;
  /** The number of the line with the first mark, from 1. */
  readonly line: number;
  /** Where the line of the first mark begins, and where the one of the last mark ends. */
  readonly start: number;
  readonly end: number;
  /** Where the text between the marks begins and ends. */
  readonly from: number;
  readonly to: number;
}

/** Marks that do not belong together. */
export interface BrokenMark {
  /** The number of the line, from 1. */
  readonly line: number;
  readonly message: string;
  readonly fix: string;
}

/** What is marked in a file. */
export interface Found {
  readonly sections: FoundSection[];
  readonly broken: BrokenMark[];
  /** A code block that does not end: what is put at the end of the file would be code. */
  readonly openFence?: BrokenMark;
}

interface Line {
  readonly number: number;
  readonly start: number;
  readonly end: number;
}

interface MarkedLine extends Line, Mark {
  readonly key: string;
}

/**
 * Finds the sections of some owners in a text. What looks like a mark in code, in a list or in a quote is none.
 *
 * @param text the text of the file
 * @param namespaces whose marks are looked for
 */
export function findSections(text: string, namespaces: ReadonlySet<string>): Found {
  const blocks = new Blocks();
  const marks: MarkedLine[] = [];
  let hidden = 0;
  for (const line of linesOf(text)) {
    const content = text.slice(line.start, line.end).replace(/\r?\n$|\r$/, '');
    const isText = blocks.next(content);
    const mark = readMark(content);
    if (!mark || !namespaces.has(mark.namespace)) continue;
    if (isText) marks.push({ ...line, ...mark, key: keyOf(mark) });
    else if (blocks.openFence) hidden = line.number;
  }
  const { openFence } = blocks;
  const unended = openFence && {
    line: openFence.line,
    message: 'the code block that begins here does not end',
    fix: `Write ${openFence.ticks} on a line of its own below it.`,
  };
  const { sections, broken } = pair(marks);
  return { sections, broken: unended && hidden > unended.line ? [...broken, unended] : broken, openFence: unended };
}

/** The lines of a text with their ends; a byte order mark belongs to none. */
function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let start = text.startsWith('\uFEFF') ? 1 : 0;
  for (const [line] of text.slice(start).matchAll(/[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$/g)) {
    lines.push({ number: lines.length + 1, start, end: start + line.length });
    start += line.length;
  }
  return lines;
}

function pair(marks: readonly MarkedLine[]): Pick<Found, 'sections' | 'broken'> {
  const sections: FoundSection[] = [];
  const broken: BrokenMark[] = [];
  const seen = new Map<string, number>();
  let open: MarkedLine | undefined;
  const unclosed = () => {
    if (open) broken.push({ line: open.number, message: `the section "${open.sectionId}" begins and does not end`, fix: `Write ${lastMark(open.key)} on a line of its own below it, or remove this mark.` });
  };
  for (const [index, mark] of marks.entries()) {
    const { key, sectionId, number: line } = mark;
    const again = mark.isFirst ? seen.get(key) : undefined;
    if (again !== undefined) broken.push({ line, message: `the section "${sectionId}" begins again (first in line ${again})`, fix: 'Remove one of the two, with its marks.' });
    if (mark.isFirst) {
      const endsLater = open && marks.slice(index).some((each) => !each.isFirst && each.key === open!.key);
      if (endsLater && key !== open!.key) {
        broken.push({ line, message: `the section "${sectionId}" begins inside of "${open!.sectionId}" (line ${open!.number})`, fix: `Move it out of there, or write ${lastMark(open!.key)} above it.` });
      } else {
        unclosed();
      }
      if (again === undefined) seen.set(key, line);
      open = mark;
    } else if (open?.key === key) {
      sections.push({ key, line: open.number, start: open.start, from: open.end, to: mark.start, end: mark.end });
      open = undefined;
    } else if (!broken.some(({ message }) => message.includes(` inside of "${sectionId}" `))) {
      broken.push({ line, message: `the section "${sectionId}" ends and did not begin`, fix: `Write ${firstMark(key)} on a line of its own above it, or remove this mark.` });
    }
  }
  unclosed();
  return { sections, broken };
}

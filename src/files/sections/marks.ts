/** What is between two marks of a file. */
export interface MarkedSection {
  readonly sectionId: string;
  /** The index of the line with the first mark. */
  readonly first: number;
  /** The index of the line with the last mark. */
  readonly last: number;
  /** The lines between them. */
  readonly content: string;
}

/** Marks that do not belong together. */
export interface BrokenMark {
  /** The number of the line, from 1. */
  readonly line: number;
  readonly message: string;
  readonly fix: string;
}

/** A file as lines, and what is marked in it. */
export interface MarkedText {
  /** The lines with their ends. */
  readonly lines: string[];
  readonly sections: MarkedSection[];
  readonly broken: BrokenMark[];
}

const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/;

/** The first mark of a section. */
export function firstMark(namespace: string, sectionId: string): string {
  return `<!-- ${namespace}:${sectionId} (generated; remove this mark and its other half to keep the text as yours) -->`;
}

/** The last mark of a section. */
export function lastMark(namespace: string, sectionId: string): string {
  return `<!-- /${namespace}:${sectionId} -->`;
}

/** A text without the ends of its lines. */
export const bare = (line: string) => line.replace(/\r?\n$/, '');

/**
 * Finds what one owner has marked in a text. What looks like a mark between the fences of a code block is none.
 *
 * @param text the text of the file
 * @param namespace whose marks are looked for
 */
export function findMarks(text: string, namespace: string): MarkedText {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const mark = new RegExp(`^\\uFEFF?<!-- (/?)${namespace}:([a-z0-9-]+)(?: \\([^>]*\\))? -->\\s*$`);
  const sections: MarkedSection[] = [];
  const broken: BrokenMark[] = [];
  const seen = new Map<string, number>();
  let open: { readonly sectionId: string; readonly line: number } | undefined;
  let fence: { readonly ticks: string; readonly line: number } | undefined;
  const unclosed = () => {
    if (open) {
      broken.push({
        line: open.line + 1,
        message: `the section "${open.sectionId}" begins and does not end`,
        fix: `Write ${lastMark(namespace, open.sectionId)} on a line of its own below it, or remove this mark.`,
      });
    }
  };
  for (const [index, line] of lines.entries()) {
    const [, ticks, rest] = FENCE.exec(bare(line)) ?? [];
    if (ticks && fence === undefined && !(ticks.startsWith('`') && rest.includes('`'))) fence = { ticks, line: index };
    else if (ticks && fence !== undefined && ticks.startsWith(fence.ticks) && rest.trim() === '') fence = undefined;
    const [, closes, sectionId] = (fence === undefined && mark.exec(bare(line))) || [];
    if (sectionId === undefined) continue;
    if (closes === '') {
      unclosed();
      open = { sectionId, line: index };
      const before = seen.get(sectionId);
      if (before !== undefined) {
        const message = `the section "${sectionId}" begins again (first in line ${before + 1})`;
        broken.push({ line: index + 1, message, fix: 'Remove one of the two, with its marks.' });
      }
      seen.set(sectionId, index);
    } else if (open?.sectionId === sectionId) {
      sections.push({ sectionId, first: open.line, last: index, content: lines.slice(open.line + 1, index).join('') });
      open = undefined;
    } else {
      broken.push({
        line: index + 1,
        message: `the section "${sectionId}" ends and did not begin`,
        fix: `Write ${firstMark(namespace, sectionId)} on a line of its own above it, or remove this mark.`,
      });
    }
  }
  unclosed();
  // Marks below it would be taken for code, and so would a section that is put at the end.
  if (fence) broken.push({ line: fence.line + 1, message: 'the code block that begins here does not end', fix: `Write ${fence.ticks} on a line of its own below it.` });
  return { lines, sections, broken };
}

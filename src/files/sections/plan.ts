import { createHash } from 'crypto';
import { bare, BrokenMark, findMarks, firstMark, lastMark, MarkedSection } from './marks';

/** A section as it is wanted. */
export interface WantedSection {
  readonly sectionId: string;
  readonly content: string;
}

/** What is known of the sections of a file: the digest of what was written last, by their names. */
export type SectionRecord = { readonly [sectionId: string]: string };

/** What is to be done about a file. */
export interface SectionsPlan {
  /** The text that the file is to have; undefined while its marks are broken. */
  readonly text?: string;
  /** What is to be remembered. */
  readonly record: SectionRecord;
  /** The sections that a person has edited, with the numbers of their first lines. */
  readonly edited: { readonly sectionId: string; readonly line: number; readonly isGiven: boolean }[];
  readonly broken: BrokenMark[];
}

/** How the sections of a file are planned. */
export interface SectionsQuestion {
  /** The text of the file; undefined when there is none. */
  readonly text: string | undefined;
  /** What a new file begins with. */
  readonly opening: string;
  /** Whose marks these are. */
  readonly namespace: string;
  /** The sections that are wanted, in their order. */
  readonly wanted: readonly WantedSection[];
  readonly record: SectionRecord;
}

/** A digest of a section that does not depend on the ends of lines, nor on blank lines around it. */
function digest(content: string): string {
  return createHash('sha256').update(content.replace(/\r\n/g, '\n').trim()).digest('hex').slice(0, 16);
}

/** A section with its marks, as lines that end in a given way. */
function block(namespace: string, { sectionId, content }: WantedSection, eol: string): string {
  return `${[firstMark(namespace, sectionId), '', ...content.trim().split(/\r?\n/), '', lastMark(namespace, sectionId)].join(eol)}${eol}`;
}

/**
 * Decides what becomes of the sections of a file. What stands around them is never changed.
 *
 * - A section that is as it was written is written anew; one that is empty too.
 * - One that a person has edited stays as it is. Without a record nobody knows, so what differs is taken for edited.
 * - One that was written once and is gone was taken out on purpose, and stays out.
 * - One that was never written is put behind its predecessor, or before its successor, or at the end.
 * - One that is not wanted any more goes, unless a person has edited it.
 */
export function planSections({ text, opening, namespace, wanted, record }: SectionsQuestion): SectionsPlan {
  const isNew = text === undefined || text.trim() === '';
  const base = isNew ? `${opening.trim()}\n` : text;
  const { lines, sections, broken } = findMarks(base, namespace);
  if (broken.length > 0) return { record, edited: [], broken };

  const eol = /\r\n/.test(base) ? '\r\n' : '\n';
  const known = isNew ? {} : record;
  const next: { [sectionId: string]: string } = {};
  const edited: { sectionId: string; line: number; isGiven: boolean }[] = [];
  const pieces = piecesOf(lines, sections);

  for (const piece of pieces) {
    const { section } = piece;
    if (!section) continue;
    const { sectionId, content } = section;
    const given = wanted.find((each) => each.sectionId === sectionId);
    const isOurs = content.trim() === '' || digest(content) === known[sectionId];
    if (given && (isOurs || digest(content) === digest(given.content))) {
      next[sectionId] = digest(given.content);
      if (digest(content) !== next[sectionId]) piece.text = block(namespace, given, eol);
    } else if (!given && isOurs) {
      piece.text = '';
    } else {
      if (known[sectionId] !== undefined) next[sectionId] = known[sectionId];
      edited.push({ sectionId, line: section.first + 1, isGiven: given !== undefined });
    }
  }

  wanted.forEach((section, index) => {
    const { sectionId } = section;
    if (placeOf(section, pieces) >= 0) return;
    next[sectionId] = known[sectionId] ?? digest(section.content);
    if (known[sectionId] === undefined) {
      pieces.splice(placeFor(index, wanted, pieces), 0, { text: block(namespace, section, eol), sectionId, isInserted: true });
    }
  });
  return { text: joined(pieces, eol), record: next, edited, broken: [] };
}

/** The same text without the marks of an owner: what is left when nobody keeps the sections any more. */
export function withoutMarks(text: string, namespace: string): string {
  const { lines, sections } = findMarks(text, namespace);
  const gone = new Set(sections.flatMap(({ first, last }) => [
    first, last, ...(bare(lines[first + 1] ?? '') === '' ? [first + 1] : []), ...(bare(lines[last - 1] ?? '') === '' ? [last - 1] : []),
  ]));
  return lines.filter((_, index) => !gone.has(index)).join('');
}

/** A part of a file: a section with its marks, or what stands between sections. */
interface Piece {
  text: string;
  readonly sectionId?: string;
  readonly section?: MarkedSection;
  readonly isInserted?: boolean;
}

function piecesOf(lines: readonly string[], sections: readonly MarkedSection[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const section of sections) {
    const text = lines.slice(section.first, section.last + 1).join('');
    pieces.push({ text: lines.slice(at, section.first).join('') }, { text, section, sectionId: section.sectionId });
    at = section.last + 1;
  }
  return [...pieces, { text: lines.slice(at).join('') }];
}

function placeOf({ sectionId }: WantedSection, pieces: readonly Piece[]): number {
  return pieces.findIndex((piece) => piece.sectionId === sectionId && piece.text !== '');
}

/** Where a section is put that was never there. */
function placeFor(index: number, wanted: readonly WantedSection[], pieces: readonly Piece[]): number {
  for (const before of wanted.slice(0, index).reverse()) if (placeOf(before, pieces) >= 0) return placeOf(before, pieces) + 1;
  for (const after of wanted.slice(index + 1)) if (placeOf(after, pieces) >= 0) return placeOf(after, pieces);
  return pieces.length;
}

/** The pieces as one text: a blank line around what was put in, and one less where something was taken out. */
function joined(pieces: readonly Piece[], eol: string): string {
  let text = '';
  let previous: Piece | undefined;
  for (const piece of pieces) {
    let added = piece.text;
    if (previous?.sectionId && previous.text === '' && /(^|\n\r?\n)$/.test(text)) added = added.replace(/^\r?\n/, '');
    if (added !== '' && text !== '' && (piece.isInserted || previous?.isInserted) && !/^\r?\n/.test(added)) {
      if (!text.endsWith('\n')) text += eol;
      if (!/\n\r?\n$/.test(text)) text += eol;
    }
    text += added;
    if (added !== '' || piece.sectionId) previous = piece;
  }
  return text;
}

import { createHash } from 'crypto';
import { inserted, lineEndOf, removed, replaced, unmarked } from './edit';
import { BrokenMark, findSections, FoundSection } from './find';
import { parseKey } from './marks';

/** A section as it is wanted. */
export interface WantedSection {
  /** Whose it is and its name: `stack:quick-start`. */
  readonly key: string;
  readonly content: string;
}

/** What is known of the sections of a file: the digest of what was written last, by their keys. */
export type SectionRecord = { readonly [key: string]: string };

/** A section that a person has edited. */
export interface EditedSection {
  readonly key: string;
  /** The number of the line with its first mark, in the file as it is. */
  readonly line: number;
  /** The same in the file as it will be. */
  readonly nextLine: number;
  /** Whether the section is still wanted. */
  readonly isGiven: boolean;
}

/** What is to be done about a file. */
export interface SectionsPlan {
  /** The text that the file is to have; undefined while its marks are broken, and when no file is wanted. */
  readonly text?: string;
  /** What is to be remembered. */
  readonly record: SectionRecord;
  readonly edited: readonly EditedSection[];
  readonly broken: readonly BrokenMark[];
}

/** How the sections of a file are planned. */
export interface SectionsQuestion {
  /** The text of the file; undefined when there is none. */
  readonly text: string | undefined;
  /** What a new file begins with. */
  readonly opening: string;
  /** Whose marks are looked for, beside those of what is wanted or remembered. */
  readonly namespaces: readonly string[];
  /** The sections that are wanted, in their order. */
  readonly wanted: readonly WantedSection[];
  readonly record: SectionRecord;
}

/** Remembered of a section of which nobody knows what was written: it is like no digest. */
const UNKNOWN = 'unknown';

/** A digest of a section that does not depend on the ends of lines, nor on blank lines around it. */
function digest(content: string): string {
  return createHash('sha256').update(content.replace(/\r\n?/g, '\n').trim()).digest('hex').slice(0, 16);
}

/**
 * Decides what becomes of the sections of a file. What stands around them is never changed.
 *
 * - A section that is as it was written is written anew; one that is empty too.
 * - One that a person has edited stays as it is. Without a record nobody knows, so what differs is taken for edited.
 * - One that was written once and is gone was taken out on purpose, and stays out.
 * - One that was never written is put behind its predecessor, or before its successor, or at the end.
 * - One that is not wanted any more goes, unless a person has edited it.
 * - In a file that is not there, or empty, all begins anew.
 */
export function planSections({ text: before, opening, namespaces, wanted, record }: SectionsQuestion): SectionsPlan {
  const isNew = before === undefined || before.trim() === '';
  if (isNew && wanted.length === 0) return { text: before, record: {}, edited: [], broken: [] };
  const known = isNew ? {} : record;
  const owners = namespacesOf([...wanted.map(({ key }) => key), ...Object.keys(record)], namespaces);
  const find = (within: string) => findSections(within, owners);

  let text = isNew ? `${before?.startsWith('\uFEFF') ? '\uFEFF' : ''}${opening.trim()}\n` : before;
  const base = text;
  const { sections, broken } = find(base);
  if (broken.length > 0) return { record, edited: [], broken };
  const lineEnd = lineEndOf(base);
  const next: { [key: string]: string } = {};
  const edited: Omit<EditedSection, 'nextLine'>[] = [];
  for (const { key, line, from, to } of sections) {
    const content = base.slice(from, to);
    const given = wanted.find((each) => each.key === key);
    const isOurs = content.trim() === '' || digest(content) === known[key];
    if (given && (isOurs || digest(content) === digest(given.content))) {
      next[key] = digest(given.content);
      if (digest(content) !== next[key]) text = replaced(text, sectionOf(find(text).sections, key), given.content, lineEnd);
    } else if (!given && isOurs) {
      text = removed(text, sectionOf(find(text).sections, key));
    } else {
      next[key] = known[key] ?? UNKNOWN;
      edited.push({ key, line, isGiven: given !== undefined });
    }
  }

  for (const [index, { key, content }] of wanted.entries()) {
    const found = find(text);
    if (found.sections.some((each) => each.key === key)) continue;
    next[key] = known[key] ?? digest(content);
    if (known[key] !== undefined) continue;
    const at = placeFor(index, wanted, found.sections);
    if (at === undefined && found.openFence) return { record, edited: [], broken: [found.openFence] };
    text = inserted(text, at ?? text.length, key, content, lineEnd);
  }
  const after = edited.length > 0 ? find(text).sections : [];
  return { text, record: next, edited: edited.map((each) => ({ ...each, nextLine: sectionOf(after, each.key).line })), broken: [] };
}

/** The same text without the marks of some owners: what is left when nobody keeps the sections any more. */
export function withoutMarks(text: string, namespaces: readonly string[]): string {
  const { sections } = findSections(text, new Set(namespaces));
  return [...sections].reverse().reduce(unmarked, text);
}

/** The owners of some keys, and others. */
export function namespacesOf(keys: readonly string[], others: readonly string[] = []): Set<string> {
  return new Set([...others, ...keys.map((key) => parseKey(key).namespace)]);
}

function sectionOf(sections: readonly FoundSection[], key: string): FoundSection {
  return sections.find((each) => each.key === key)!;
}

/** Where a section is put that was never there; undefined for the end of the file. */
function placeFor(index: number, wanted: readonly WantedSection[], sections: readonly FoundSection[]): number | undefined {
  const found = (each: WantedSection) => sections.find(({ key }) => key === each.key);
  const before = wanted.slice(0, index).reverse().map(found).find((each) => each !== undefined);
  const after = wanted.slice(index + 1).map(found).find((each) => each !== undefined);
  return before?.end ?? after?.start;
}

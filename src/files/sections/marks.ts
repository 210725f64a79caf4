/** A section as people and projects know it: whose it is, and its name among theirs. */
export interface SectionKey {
  /** What the marks of one owner begin with. */
  readonly namespace: string;
  readonly sectionId: string;
}

/** One of the two marks around a section. */
export interface Mark extends SectionKey {
  readonly isFirst: boolean;
}

const MARK = /^ {0,3}<!--[ \t]*(\/?)([a-z0-9-]+):([a-z0-9-]+)(?:[ \t]+\([^>]*\))?[ \t]*-->[ \t]*$/;

/** Names of sections that can stand in a mark. */
export const SECTION_ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** A key as text, as the memory and the marks have it. */
export function keyOf({ namespace, sectionId }: SectionKey): string {
  return `${namespace}:${sectionId}`;
}

/** A key from its text. */
export function parseKey(key: string): SectionKey {
  const at = key.indexOf(':');
  return { namespace: key.slice(0, at), sectionId: key.slice(at + 1) };
}

/** The first mark of a section. */
export function firstMark(key: string): string {
  return `<!-- ${key} (generated; remove this mark and its other half to keep the text as yours) -->`;
}

/** The last mark of a section. */
export function lastMark(key: string): string {
  return `<!-- /${key} -->`;
}

/** The mark that a line is; undefined when it is something else. */
export function readMark(line: string): Mark | undefined {
  const [, slash, namespace, sectionId] = MARK.exec(line) ?? [];
  return namespace === undefined ? undefined : { isFirst: slash === '', namespace, sectionId };
}

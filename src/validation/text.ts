import { IConstruct } from 'constructs';

/** A construct as it is named in a sentence: its path in the project, whose own id names a folder of this machine. */
export function pathOf(construct: IConstruct): string {
  return construct.node.scopes.slice(1).map((scope) => scope.node.id).join('/');
}

/** An offending text as it is shown: in quotes, with everything invisible escaped. */
export function quote(text: unknown): string {
  return JSON.stringify(text) ?? String(text);
}

/** A text as a TypeScript literal, for a line to write. */
export function literal(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replace(/\\"/g, '"').replace(/'/g, '\\\'')}'`;
}

/** What occurs more than once, each once, in the order of the second occurrences. */
export function repeated<T>(items: readonly T[]): T[] {
  const seen = new Set<T>();
  return [...new Set(items.filter((item) => seen.has(item) || !seen.add(item)))];
}

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

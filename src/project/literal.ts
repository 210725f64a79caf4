/** A value that stands in source text as it is written here, such as a variable or the member of an enum. */
export class SourceText {
  constructor(public readonly text: string) {}
}

/**
 * A value as TypeScript source, in the style of the code around it: single quotes, and one line as long as it is short.
 *
 * @param value anything JSON can hold, and `SourceText`
 * @param indent the indentation of the line that the text begins in
 */
export function toSource(value: unknown, indent = ''): string {
  if (value instanceof SourceText) return value.text;
  if (typeof value === 'string') return quote(value);
  if (value === null || typeof value !== 'object') return String(value);
  const inner = `${indent}  `;
  const isList = Array.isArray(value);
  const parts = isList
    ? value.map((item) => toSource(item, inner))
    : Object.entries(value).filter(([, item]) => item !== undefined).map(([key, item]) => `${toKey(key)}: ${toSource(item, inner)}`);
  const [open, close, pad] = isList ? ['[', ']', ''] : ['{', '}', ' '];
  if (parts.length === 0) return open + close;
  const short = `${open}${pad}${parts.join(', ')}${pad}${close}`;
  if (short.length + indent.length <= 100 && !short.includes('\n')) return short;
  return `${open}\n${parts.map((part) => `${inner}${part},\n`).join('')}${indent}${close}`;
}

function quote(text: string): string {
  // JSON escapes everything that a line cannot hold; only the kind of quote differs.
  return `'${JSON.stringify(text).slice(1, -1).replace(/\\"/g, '"').replace(/'/g, "\\'")}'`;
}

function toKey(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key);
}

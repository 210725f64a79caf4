/** Begins a text of a settled document that hangs on a variable without a default. No YAML file can hold this character. */
const OPEN = '\u0000';

/** What a text of the document comes to when nobody sets a variable. */
export type Resolved =
  | { readonly kind: 'text'; readonly text: string }
  /** Only the operator knows; `variable` is its name when the text is nothing but that variable. */
  | { readonly kind: 'open'; readonly variable?: string }
  /** Compose refuses to read it. */
  | { readonly kind: 'malformed'; readonly part: string };

/** The end of `${…}` that begins at `start`, as Compose counts braces; -1 when it is not closed. */
function closing(text: string, start: number): number {
  let depth = 0;
  for (let i = start; i < text.length; i++) {
    if (text[i] === '}' && --depth === 0) return i;
    if (text[i] === '{') depth++;
  }
  return -1;
}

function resolveBraced(expression: string): Resolved {
  const match = /^([_a-zA-Z][_a-zA-Z0-9]*)(?:(:?[-+?])(.*))?$/.exec(expression);
  if (!match) return { kind: 'malformed', part: `\${${expression}}` };
  const [, variable, operator, word] = match;
  if (operator === undefined) return { kind: 'open', variable };
  // Compose reads the word even where it does not use it.
  const resolved = resolveVariables(word);
  if (resolved.kind === 'malformed' || operator.endsWith('-')) return resolved;
  return operator.endsWith('?') ? { kind: 'open', variable } : { kind: 'text', text: '' };
}

/**
 * Reads a text as Compose interpolates it, with the defaults of its variables.
 *
 * @see https://github.com/compose-spec/compose-spec/blob/main/12-interpolation.md
 */
export function resolveVariables(text: string): Resolved {
  let done = '';
  let open = false;
  let i = 0;
  while (i < text.length) {
    const rest = text.slice(i);
    const named = /^\$([_a-zA-Z][_a-zA-Z0-9]*)/.exec(rest);
    if (rest.startsWith('$$')) {
      done += '$';
      i += 2;
    } else if (named) {
      if (named[0] === text) return { kind: 'open', variable: named[1] };
      open = true;
      i += named[0].length;
    } else if (rest.startsWith('${')) {
      const end = closing(text, i);
      if (end < 0) return { kind: 'malformed', part: rest };
      const inner = resolveBraced(text.slice(i + 2, end));
      if (inner.kind === 'malformed' || (inner.kind === 'open' && i === 0 && end === text.length - 1)) return inner;
      if (inner.kind === 'open') open = true;
      else done += inner.text;
      i = end + 1;
    } else {
      done += text[i];
      i += 1;
    }
  }
  return open ? { kind: 'open' } : { kind: 'text', text: done };
}

/** Whether a value of a settled document is a text that only the operator knows. */
export function isOpen(value: unknown): boolean {
  return typeof value === 'string' && value.startsWith(OPEN);
}

/** A text of a settled document as it was written. */
export function asWritten(text: string): string {
  return isOpen(text) ? text.slice(1) : text;
}

/** Splits at a character that stands outside of `${…}`. */
export function splitOutside(text: string, separator: string): string[] {
  const parts = [''];
  for (let i = 0; i < text.length; i++) {
    const end = text.startsWith('${', i) ? closing(text, i) : -1;
    if (end >= 0) {
      parts[parts.length - 1] += text.slice(i, end + 1);
      i = end;
    } else if (text[i] === separator) {
      parts.push('');
    } else {
      parts[parts.length - 1] += text[i];
    }
  }
  return parts;
}

/**
 * A text of a settled document cut into its parts. Where the whole is open, each part is settled by itself: in
 * `127.0.0.1:${PORT:?set it}:80` only the port is unknown.
 */
export function settledParts(text: string, separator: string): string[] {
  return isOpen(text) ? splitOutside(asWritten(text), separator).map(settleText) : text.split(separator);
}

/** A text with the defaults of its variables; marked when it hangs on one without. */
export function settleText(text: string): string {
  const resolved = resolveVariables(text);
  return resolved.kind === 'text' ? resolved.text : OPEN + text;
}

import { ShapeProblem } from './shape-problem';
import { resolveVariables, settleText } from './variables';

/** A mapping of a document. */
export interface Mapping { readonly [key: string]: unknown }

/** The value when it is a mapping, else an empty one: who reads for references must not stumble over a shape. */
export function mapping(value: unknown): Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Mapping : {};
}

/** The value when it is a list, else an empty one. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A document as Compose sees it when nobody sets a variable, and what in it no file can hold. */
export interface Settled {
  readonly content: unknown;
  readonly problems: ShapeProblem[];
}

function whatItIs(value: unknown): string | undefined {
  if (typeof value === 'object' && value !== null) {
    const tag = Object.prototype.toString.call(value).slice(8, -1);
    return tag === 'Object' || tag === 'Array' ? undefined : `a ${tag}`;
  }
  if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint') return `a ${typeof value}`;
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : undefined;
}

/**
 * Copies a document with its variables replaced by their defaults, and without keys that are undefined, which a file cannot
 * hold. The document itself is left alone.
 */
export function settle(document: unknown): Settled {
  const problems: ShapeProblem[] = [];
  const problem = (path: string[], message: string, fix: string) => problems.push({ path, message, fix, severity: 'error' });

  const copy = (value: unknown, path: string[], above: readonly unknown[]): unknown => {
    if (typeof value === 'string') {
      const resolved = resolveVariables(value);
      if (resolved.kind === 'malformed') {
        problem(path, `"${resolved.part}" is no variable that Compose can read.`, 'Write ${NAME} or ${NAME:-default}, or "$$" for a dollar sign that is meant as such.');
      }
      return settleText(value);
    }
    const odd = whatItIs(value);
    if (odd !== undefined) {
      problem(path, `This is ${odd}, which a Compose file cannot hold.`, 'Write a text, a number, true, false, a list or a mapping.');
      return undefined;
    }
    if (typeof value !== 'object' || value === null) return value;
    if (above.includes(value)) {
      problem(path, 'This mapping or list contains itself.', 'Write a copy of the part that is meant.');
      return undefined;
    }
    const inside = [...above, value];
    if (Array.isArray(value)) return value.map((item, index) => copy(item, [...path, String(index)], inside));
    return Object.fromEntries(Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, copy(item, [...path, key], inside)]));
  };
  return { content: copy(document, [], []), problems };
}

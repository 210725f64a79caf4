type Version = readonly [number, number, number];

/** The one that is compared as npm does, without what follows a hyphen. */
function versionOf(text: string): Version | undefined {
  const match = /^v?(\d+)\.(\d+)\.(\d+)(?:[-+].*)?$/.exec(text.trim());
  return match ? [Number(match[1]), Number(match[2]), Number(match[3])] : undefined;
}

function compare(a: Version, b: Version): number {
  const at = [0, 1, 2].find((index) => a[index] !== b[index]);
  return at === undefined ? 0 : a[at] - b[at];
}

/** The first version that a partial one can mean, and the first that it cannot: `1.2` is from 1.2.0 to before 1.3.0. */
function spanOf(text: string): { readonly from: Version; readonly to?: Version; readonly given: number } | undefined {
  if (/^[x*]?$/i.test(text)) return { from: [0, 0, 0], given: 0 };
  const match = /^v?(\d+)(?:\.(\d+|[x*]))?(?:\.(\d+|[x*]))?(?:[-+].*)?$/i.exec(text);
  if (!match) return undefined;
  const parts = match.slice(1, 4).map((part) => (part === undefined || /[x*]/i.test(part) ? undefined : Number(part)));
  const [major, minor, patch] = parts;
  const from: Version = [major ?? 0, minor ?? 0, minor === undefined ? 0 : patch ?? 0];
  if (minor === undefined) return { from, to: [from[0] + 1, 0, 0], given: 1 };
  if (patch === undefined) return { from, to: [from[0], from[1] + 1, 0], given: 2 };
  return { from, to: [from[0], from[1], from[2] + 1], given: 3 };
}

/** The first version that `^` no longer means: what follows the first digit that is not 0. */
function caretEnd([major, minor, patch]: Version, given: number): Version {
  if (major > 0 || given === 1) return [major + 1, 0, 0];
  return minor > 0 || given === 2 ? [0, minor + 1, 0] : [0, 0, patch + 1];
}

function matches(version: Version, comparator: string): boolean | undefined {
  const [, operator, text] = /^(\^|~>?|>=|<=|>|<|=)?\s*(.*)$/.exec(comparator)!;
  const span = spanOf(text);
  if (!span) return undefined;
  const { from, to, given } = span;
  const isFrom = compare(version, from) >= 0;
  const isBefore = to === undefined || compare(version, to) < 0;
  switch (operator) {
    case '>=': return isFrom;
    case '>': return !isBefore;
    case '<': return !isFrom;
    case '<=': return isBefore;
    case '^': return isFrom && (to === undefined || compare(version, caretEnd(from, given)) < 0);
    case '~': case '~>': return isFrom && (to === undefined || compare(version, given === 1 ? to : [from[0], from[1] + 1, 0]) < 0);
    default: return isFrom && isBefore;
  }
}

/**
 * Whether a version is in a range as npm writes them: `^1.2.0`, `>=1.4 <3`, `1.x || 2.x`, `1.2 - 1.4`.
 *
 * @returns undefined when the range cannot be read: a file, an address, a tag
 */
export function isInRange(version: string, range: string): boolean | undefined {
  const wanted = versionOf(version);
  if (!wanted) return undefined;
  const alternatives = range.split('||').map((alternative) => {
    const spelt = alternative.trim().replace(/(\S+)\s+-\s+(\S+)/g, '>=$1 <=$2').replace(/(\^|~>?|>=|<=|>|<|=)\s+/g, '$1');
    const answers = spelt.split(/\s+/).map((comparator) => matches(wanted, comparator));
    return answers.includes(undefined) ? undefined : answers.every(Boolean);
  });
  if (alternatives.includes(true)) return true;
  return alternatives.includes(undefined) ? undefined : false;
}

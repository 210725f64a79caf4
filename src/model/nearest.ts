/** The number of letters to insert, remove, replace or swap with their neighbour to turn one word into the other. */
function distance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length];
}

/** Written alike: `depends-on`, `dependsOn` and `depends_on` are one word to a person. */
function plain(word: string): string {
  return word.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** The known word that somebody who wrote this one probably meant, if there is one. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const wanted = plain(word);
  let best: { candidate: string; steps: number } | undefined;
  for (const candidate of known) {
    const name = plain(candidate);
    // A missing or superfluous plural is nearer than another word of that length.
    const steps = name === wanted ? 0 : name === `${wanted}s` || `${name}s` === wanted ? 0.5 : distance(wanted, name);
    if (steps <= Math.max(1, Math.floor(wanted.length / 3)) && steps < name.length && (!best || steps < best.steps)) best = { candidate, steps };
  }
  return best?.candidate;
}

/** `"a", "b" or "c"`. */
export function alternatives(words: readonly string[]): string {
  const last = words[words.length - 1] ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}

/** A word as it stands in a message. */
export function quoted(word: unknown): string {
  return `"${String(word)}"`;
}

/** "Did you mean …?", or every word that is known when those are few. */
export function suggestion(word: string, known: readonly string[], otherwise: string): string {
  const near = nearest(word, known);
  if (near !== undefined) return `Did you mean ${quoted(near)}?`;
  return known.length > 0 && known.length <= 12 ? `Write ${alternatives(known.map(quoted))}.` : otherwise;
}

/** What to write instead of a name that is not declared: the one that was probably meant, or a declaration. */
export function suggestName(name: string, known: readonly string[], key: string): string {
  const near = nearest(name, known);
  return near !== undefined ? `Did you mean ${quoted(near)}?` : `Declare ${quoted(name)} under ${quoted(key)}, or remove the reference.`;
}

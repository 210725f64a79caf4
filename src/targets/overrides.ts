/** A mapping of a document. */
type Entry = { [key: string]: unknown };

function isMapping(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Merges what a definition says in the target's own words into a finished mapping: mappings by key, everything else replaces,
 * and null removes. Keys that were there keep their place; new ones follow.
 */
export function applyOverrides(entry: Entry, overrides: Entry): Entry {
  const merged = { ...entry };
  for (const [key, value] of Object.entries(overrides)) {
    const old = merged[key];
    if (value === undefined) continue;
    if (value === null) delete merged[key];
    else merged[key] = isMapping(value) ? applyOverrides(isMapping(old) ? old : {}, value) : value;
  }
  return merged;
}

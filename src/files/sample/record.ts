/** What the memory knows of a sample in a folder. */
export interface SampleRecord {
  /** Whether the team had its own application there: then nothing is ever written. */
  readonly own: boolean;
  /** The parts that were written, or that were wanted of an application of the team's own. */
  readonly parts: readonly string[];
  /** The values of the replacements that it was written with. */
  readonly replacements: { readonly [key: string]: string };
}

/** A record as it stands in the memory; undefined when there is none that can be read. */
export function readRecord(value: unknown): SampleRecord | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { own, parts, replacements = {} } = value as { [key: string]: unknown };
  if (!Array.isArray(parts) || !parts.every((part) => typeof part === 'string')) return undefined;
  if (typeof replacements !== 'object' || replacements === null) return undefined;
  const values = Object.entries(replacements).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return { own: own === true, parts, replacements: Object.fromEntries(values) };
}

/** A record for the memory, without what says nothing. */
export function writeRecord({ own, parts, replacements }: SampleRecord): { [key: string]: unknown } {
  return {
    ...(own ? { own } : {}),
    parts: [...parts],
    ...(Object.keys(replacements).length > 0 ? { replacements: { ...replacements } } : {}),
  };
}

/** Nanoseconds of each unit that a Compose (Go) duration knows. */
const DURATION_UNITS: { readonly [unit: string]: number } = { us: 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3600e9 };

/** Bytes of each unit that a Compose size knows; they are binary, whatever their letter case. */
const SIZE_UNITS: { readonly [unit: string]: number } = {
  'b': 1, 'k': 2 ** 10, 'kb': 2 ** 10, 'm': 2 ** 20, 'mb': 2 ** 20, 'g': 2 ** 30, 'gb': 2 ** 30, '': 1,
};

/**
 * Reads a duration as Compose writes it (`10s`, `1m30s`, `500ms`), in milliseconds.
 *
 * @returns undefined when the text is no duration
 * @see https://github.com/compose-spec/compose-spec/blob/main/11-extension.md#specifying-durations
 */
export function durationMillis(text: string): number | undefined {
  if (!/^(\d+(us|ms|s|m|h))+$/.test(text)) return undefined;
  let nanos = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+)(us|ms|s|m|h)/g)) nanos += Number(amount) * DURATION_UNITS[unit];
  return nanos / 1e6;
}

/**
 * Reads a size as Compose writes it (`512M`, `1gb`, `64k`, `1048576`), in bytes.
 *
 * @returns undefined when the text is no size
 * @see https://github.com/compose-spec/compose-spec/blob/main/11-extension.md#specifying-byte-values
 */
export function sizeBytes(text: string): number | undefined {
  const match = /^(\d+)(b|kb?|mb?|gb?)?$/i.exec(text);
  return match ? Number(match[1]) * SIZE_UNITS[(match[2] ?? '').toLowerCase()] : undefined;
}

import { isIP } from 'net';
import { alternatives, quoted, suggestion } from '../../../model/nearest';

/** A kind of value that the schema takes for any text. */
export interface Kind {
  readonly accepts: (value: unknown) => boolean;
  readonly is: string;
  readonly fix: string | ((value: unknown) => string);
}

/** Fits a text, and a number as it is written. */
const text = (pattern: RegExp) => (value: unknown) => pattern.test(String(value));

// The units are those of Compose, which knows more than Go does. It reads a negative one, which the engine refuses in a health check.
export const duration: Kind = {
  accepts: text(/^\+?(0|((\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h|d|w))+)$/),
  is: 'a duration',
  fix: 'Write a number with its unit, for example "10s", "1m30s" or "500ms".',
};
export const size: Kind = {
  accepts: (value) => (typeof value === 'number' ? Number.isInteger(value) && value >= 0 : sizeBytes(value) !== undefined),
  is: 'a size',
  fix: 'Write a number with its unit, for example "512m" or "2g".',
};
export const whole: Kind = { accepts: (value) => (typeof value === 'number' ? Number.isInteger(value) : /^[+-]?\d+$/.test(String(value))), is: 'a whole number', fix: 'Write a whole number.' };
export const count: Kind = { accepts: (value) => whole.accepts(value) && Number(value) >= 0, is: 'a whole number from 0 on', fix: 'Write 0 or more.' };
export const decimal: Kind = { accepts: text(/^\+?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i), is: 'a number from 0 on', fix: 'Write a number, for example 0.5.' };
export const yesOrNo: Kind = {
  accepts: (value) => typeof value === 'boolean' || typeof value === 'object' || /^(true|false|y|yes|on|n|no|off)$/i.test(String(value)),
  is: 'true or false',
  fix: 'Write true or false.',
};
export const octal: Kind = { accepts: (value) => typeof value === 'number' || /^[0-7]+$/.test(String(value)), is: 'a file mode', fix: 'Write octal digits, for example "0440".' };
export const numberOnly: Kind = { accepts: (value) => typeof value === 'number', is: 'a number', fix: 'Write a number without quotes; Compose reads no text and no variable here.' };
export const device: Kind = { accepts: text(/^([+-]?\d+|all)$/i), is: 'a number of devices', fix: 'Write a number or "all".' };
export const address: Kind = { accepts: (value) => isIP(String(value)) > 0, is: 'an IP address', fix: 'Write an address such as "10.0.0.2".' };
export const subnet: Kind = {
  accepts: (value) => /^[^/]+\/\d+$/.test(String(value)) && isIP(String(value).split('/')[0]) > 0,
  is: 'a subnet',
  fix: (value) => (isIP(String(value)) > 0 ? `Write how many bits are the network's: ${quoted(`${String(value)}/${isIP(String(value)) === 4 ? 24 : 64}`)}.` : 'Write an address and the bits of the network, for example "10.5.0.0/24".'),
};
export const macAddress: Kind = { accepts: text(/^([0-9a-f]{2}([:-]|$)){6}$/i), is: 'a MAC address', fix: 'Write six pairs, for example "02:42:ac:11:65:43".' };

/** One word of a list. */
export function oneOf(...words: string[]): Kind {
  return { accepts: (value) => words.includes(String(value)), is: `one of ${words.map(quoted).join(', ')}`, fix: (value) => suggestion(String(value), words, `Write ${alternatives(words.map(quoted))}.`) };
}

export const restart: Kind = {
  accepts: text(/^(no|always|unless-stopped|on-failure(:\d+)?)$/),
  is: 'a restart policy',
  fix: (value) => (/^(never|none|false)$/i.test(String(value)) ? 'Write "no".' : 'Write "no", "always", "on-failure", "on-failure:3" or "unless-stopped".'),
};
export const pullPolicy: Kind = {
  accepts: text(/^(always|never|build|if_not_present|missing|refresh|daily|weekly|every_(\d+[wdhms])+)$/),
  is: 'a pull policy',
  fix: 'Write "always", "missing", "never", "build", "daily", "weekly", or "every_" with a duration (every_12h).',
};
export const containerName: Kind = { accepts: text(/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/), is: 'a name for a container', fix: 'Use letters, digits, "_", "." and "-" only, and begin with a letter or digit.' };
export const group: Kind = { accepts: (value) => typeof value !== 'number' || Number.isInteger(value), is: 'a group', fix: 'Write the name of a group or its number.' };
export const host: Kind = { accepts: text(/^.+[:=].+$/), is: 'a host with its address', fix: 'Write HOST=ADDRESS, for example "host.docker.internal=host-gateway".' };
export const healthTest: Kind = { accepts: (value) => typeof value === 'string' && ['CMD', 'CMD-SHELL', 'NONE'].includes(value), is: 'the way to run a health check', fix: 'Begin the list with "CMD" (or "CMD-SHELL" and one text), or write a text instead of a list.' };
export const path: Kind = { accepts: (value) => value !== '', is: 'a path', fix: 'Write the path.' };

const UNITS: { readonly [letter: string]: number } = { b: 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40, p: 2 ** 50 };

/** A size in bytes, as Compose reads it; undefined when it is none. */
export function sizeBytes(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  const match = /^\+?(\d+(?:\.\d*)?) ?(?:(b)|([kmgtp])i?b?)?$/i.exec(String(value));
  return match ? Math.trunc(Number(match[1]) * UNITS[(match[2] ?? match[3] ?? 'b').toLowerCase()]) : undefined;
}

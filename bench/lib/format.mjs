import { isMet } from './stats.mjs';

/** Milliseconds as people read them: `0.43 ms`, `12.3 ms`, `820 ms`, `1.94 s`, `21.3 s`. */
export function duration(milliseconds) {
  const size = Math.abs(milliseconds);
  if (size < 10) return `${milliseconds.toFixed(2)} ms`;
  if (size < 100) return `${milliseconds.toFixed(1)} ms`;
  if (size < 999.5) return `${milliseconds.toFixed(0)} ms`;
  return `${(milliseconds / 1000).toFixed(size < 9_995 ? 2 : 1)} s`;
}

/** Bytes in the decimal units of npm: `812 B`, `61.4 kB`, `1.23 MB`. */
export function size(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 999_950 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(bytes < 9_995_000 ? 2 : 0)} MB`;
}

/** A sample: its median, and in brackets its least and greatest. */
export const spread = (summary, unit = duration) => `${unit(summary.median)} (${unit(summary.min)} to ${unit(summary.max)})`;

export const times = (value) => `${value.toFixed(2)}×`;

/** Whether a comparison keeps its target. One without a target is for information only. */
export const verdict = ({ ratio, target }) => {
  if (target === undefined) return '–';
  return isMet(ratio, target) ? 'met' : 'not met';
};

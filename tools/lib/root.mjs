import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the checkout. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Where tools leave what people and CI read afterwards: totals, the tarball, caches. Git ignores it. */
export const ARTIFACTS = join(ROOT, '.artifacts');

/** A path below the checkout. */
export const inRoot = (...parts) => join(ROOT, ...parts);

/** Reads a JSON file, or gives the fallback when it is missing or cut off. */
export function readJson(file, fallback) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (fallback !== undefined) return fallback;
    throw error;
  }
}

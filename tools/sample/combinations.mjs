import { readdirSync } from 'node:fs';
import { inRoot } from '../lib/root.mjs';

/** The folder of the sample's parts. */
export const SAMPLE = inRoot('assets', 'fastapi');

/** The part that every combination has. */
export const CORE = 'core';

/** The parts that a project may do without. */
export const OPTIONAL = readdirSync(SAMPLE).filter((name) => name !== CORE).sort();

/** Every choice of optional parts, as lists of names: the first one is empty, the last one has all. */
export const COMBINATIONS = OPTIONAL.reduce((found, part) => [...found, ...found.map((parts) => [...parts, part])], [[]]);

/** A combination in words. */
export const nameOf = (parts) => [CORE, ...parts].join(' + ');

/**
 * A combination as `materialise` of `src/files/sample` takes it.
 *
 * @param parts the optional parts that are wanted
 * @param folder the folder of all parts, when it is not that of this checkout
 */
export const sourceOf = (parts, folder = SAMPLE) => ({
  parts: [CORE, ...OPTIONAL].map((partName) => ({ partName, source: `${folder}/${partName}`, wanted: partName === CORE || parts.includes(partName) })),
});

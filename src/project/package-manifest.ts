import { isObject, Json } from './three-way';

/** The sections of package.json whose entries projen writes. `optionalDependencies` is a field to it like any other. */
export const SECTIONS = ['dependencies', 'devDependencies', 'peerDependencies'] as const;
export type Section = typeof SECTIONS[number];

/** A package.json that was read and found usable. */
export interface Manifest {
  readonly dependencies: { readonly [name: string]: string };
  readonly devDependencies: { readonly [name: string]: string };
  readonly peerDependencies: { readonly [name: string]: string };
  /** The names in `bundledDependencies`. */
  readonly bundled: readonly string[];
  /** Everything, as it stands there. */
  readonly fields: Json;
}

/** In two pieces, so that projen's cleanup does not take this source file for a generated one. */
export const PROJEN_MARKER = ['~~ Generated', 'by projen'].join(' ');

/**
 * Reads package.json.
 *
 * @param text what stands in the file; undefined when there is none
 * @param report takes what cannot be shared, each with what to do
 */
export function readManifest(text: string | undefined, report: (problem: string) => void): Manifest {
  const none: Manifest = { dependencies: {}, devDependencies: {}, peerDependencies: {}, bundled: [], fields: {} };
  if (text === undefined) return none;
  let fields: unknown;
  try {
    fields = JSON.parse(text);
  } catch (error) {
    report(`package.json: it is not valid JSON (${(error as Error).message}). Correct it, or delete it.`);
    return none;
  }
  if (!isObject(fields)) {
    report('package.json: it holds no object. Write {} at least, or delete it.');
    return none;
  }
  const found = fields;
  const section = (name: Section) => readStrings(found, name, report);
  const manifest = {
    dependencies: section('dependencies'),
    devDependencies: section('devDependencies'),
    peerDependencies: section('peerDependencies'),
    bundled: readBundled(found, report),
    fields,
  };
  readStrings(found, 'scripts', report);
  checkComment(found, report);
  return manifest;
}

function readStrings(fields: Json, field: string, report: (problem: string) => void): { [name: string]: string } {
  const value = fields[field] ?? {};
  if (!isObject(value)) {
    report(`package.json: "${field}" is no object. Write "${field}": { "name": "…" }, or remove it.`);
    return {};
  }
  for (const [key, item] of Object.entries(value)) {
    if (typeof item !== 'string') report(`package.json: "${field}.${key}" is ${JSON.stringify(item)}, not a text. Write a text, or remove it.`);
  }
  return value as { [name: string]: string };
}

function readBundled(fields: Json, report: (problem: string) => void): string[] {
  const value = fields.bundledDependencies;
  if (value === undefined) return [];
  const installed = isObject(fields.dependencies) ? fields.dependencies : {};
  if (!Array.isArray(value)) {
    report('package.json: "bundledDependencies" is no list, and projen knows only lists. Write the names: ["a", "b"].');
    return [];
  }
  for (const name of value.filter((item) => typeof item !== 'string' || installed[item] === undefined)) {
    report(`package.json: "bundledDependencies" names ${JSON.stringify(name)}, which "dependencies" does not. Add it there, or remove it here.`);
  }
  return value.filter((item) => typeof item === 'string');
}

/** Reports ranges that mean "any": projen puts the installed version in their place, or drops them when nothing is installed. */
export function checkRanges(manifest: Manifest, report: (problem: string) => void): void {
  for (const section of SECTIONS) {
    for (const [name, range] of Object.entries(manifest[section])) {
      if (range === '*' || range === '') {
        report(`package.json: "${section}.${name}" is "${range}", and projen would put the installed version in its place. ` +
          'Write the range that you mean, such as ">=1".');
      }
    }
  }
}

function checkComment(fields: Json, report: (problem: string) => void): void {
  const comment = fields['//'];
  if (comment === undefined || (typeof comment === 'string' && comment.startsWith(PROJEN_MARKER))) return;
  report('package.json: "//" holds a comment, and projen writes its own there. Move yours to another field, such as "//notes".');
}

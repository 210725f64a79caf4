import { readFileSync } from 'fs';
import { join } from 'path';

/** What the public interfaces of this library are made of, in words: see `tools/generate-properties.mjs`, which reads it in `src/`. */
interface Properties {
  /** The properties of an interface, each with its kind: `string`, `[Mount]` for a list, `{Value}` for a map, `!` at the end where it is required. */
  readonly structs: { readonly [name: string]: { readonly [property: string]: string } };
  /** The methods of an interface that constructs implement. */
  readonly interfaces: { readonly [name: string]: readonly string[] };
  readonly classes: readonly string[];
  /** The values of an enum, by the names of its members. */
  readonly enums: { readonly [name: string]: { readonly [member: string]: string } };
}

/** It lies as deep under `src` as under `lib`. */
export const PROPERTIES = JSON.parse(readFileSync(join(__dirname, '..', '..', 'assets', 'properties.json'), 'utf8')) as Properties;

/** A property of an interface. */
export interface Property {
  readonly kind: string;
  readonly required: boolean;
}

/**
 * The properties of a public interface, by their names.
 *
 * @throws when there is none of that name
 */
export function propertiesOf(type: string): ReadonlyMap<string, Property> {
  let known = READ.get(type);
  if (known) return known;
  if (!PROPERTIES.structs[type]) throw new Error(`${type} is no public interface. Run: node tools/generate-properties.mjs`);
  known = new Map(Object.entries(PROPERTIES.structs[type]).map(([name, kind]) => [name, { kind: kind.replace(/!$/, ''), required: kind.endsWith('!') }]));
  READ.set(type, known);
  return known;
}

const READ = new Map<string, ReadonlyMap<string, Property>>();

/** The names of those properties that are required. */
export function requiredOf(type: string): readonly string[] {
  let names = REQUIRED.get(type);
  if (names) return names;
  names = [...propertiesOf(type)].filter(([, { required }]) => required).map(([name]) => name);
  REQUIRED.set(type, names);
  return names;
}

const REQUIRED = new Map<string, readonly string[]>();

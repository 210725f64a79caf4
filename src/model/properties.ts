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
  return structOf(type).properties;
}

/** The names of those properties that are required. */
export function requiredOf(type: string): readonly string[] {
  return structOf(type).required;
}

/** An interface that was taken apart. */
interface Struct {
  readonly properties: ReadonlyMap<string, Property>;
  readonly required: readonly string[];
}

const READ = new Map<string, Struct>();

function structOf(type: string): Struct {
  const read = READ.get(type);
  if (read) return read;
  if (!PROPERTIES.structs[type]) throw new Error(`${type} is no public interface. Run: node tools/generate-properties.mjs`);
  const all = Object.entries(PROPERTIES.structs[type]).map(([name, kind]): [string, Property] => [name, { kind: kind.replace(/!$/, ''), required: kind.endsWith('!') }]);
  const struct = { properties: new Map(all), required: all.filter(([, { required }]) => required).map(([name]) => name) };
  READ.set(type, struct);
  return struct;
}

import { nearest } from './nearest';
import { PROPERTIES, propertiesOf } from './properties';

/** What a list or a map holds, of a kind as `properties.ts` writes it; undefined for what is none. */
export const elementOf = (kind: string): string | undefined => (kind.startsWith('[') ? kind.slice(1, -1) : undefined);
export const entryOf = (kind: string): string | undefined => (kind.startsWith('{') ? kind.slice(1, -1) : undefined);

export const isStruct = (kind: string): boolean => kind in PROPERTIES.structs;

/** An object that was written between braces, or by another language: one of a class is none. */
export function isMap(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value is of a kind, apart from what is in it. */
export function isOf(kind: string, value: unknown): boolean {
  if (kind === 'string' || kind === 'number' || kind === 'boolean') return typeof value === kind;
  if (elementOf(kind) !== undefined) return Array.isArray(value);
  if (entryOf(kind) !== undefined || isStruct(kind)) return isMap(value);
  if (kind in PROPERTIES.enums) return typeof value === 'string' && Object.values(PROPERTIES.enums[kind]).includes(value);
  if (kind in PROPERTIES.interfaces) return isMap(value) && PROPERTIES.interfaces[kind].every((method) => typeof value[method] === 'function');
  if (PROPERTIES.classes.includes(kind)) return classesOf(value).includes(kind);
  // Types of other packages are theirs to check.
  return true;
}

/** The names of the classes of an object: names, since another copy of this library has classes of its own. */
function classesOf(value: unknown): string[] {
  const names: string[] = [];
  for (let at: unknown = typeof value === 'object' ? value : undefined; at; at = Object.getPrototypeOf(at)) names.push((at as object).constructor?.name);
  return names;
}

const article = (word: string) => `${/^[AEIO]/.test(word) ? 'an' : 'a'} ${word}`;

/** A kind in words: `a list of texts`. */
export function kindWords(kind: string): string {
  const [list, map] = [elementOf(kind), entryOf(kind)];
  if (list !== undefined) return `a list of ${plural(list)}`;
  if (map !== undefined) return `a map of ${plural(map)}`;
  if (isStruct(kind)) return `a map with properties of ${kind}`;
  if (kind in PROPERTIES.enums) return `one of ${kind}`;
  return { string: 'a text', number: 'a number', boolean: 'true or false' }[kind] ?? article(kind);
}

function plural(kind: string): string {
  const [list, map] = [elementOf(kind), entryOf(kind)];
  if (list !== undefined) return `lists of ${plural(list)}`;
  if (map !== undefined) return `maps of ${plural(map)}`;
  return { string: 'texts', number: 'numbers', boolean: 'true or false' }[kind] ?? (isStruct(kind) ? `maps (${kind})` : kind in PROPERTIES.enums ? kind : `objects of ${kind}`);
}

/** What is written most often where these are wanted. */
const EXAMPLES: { readonly [name: string]: string } = {
  Value: "Value.literal('…')", HealthCheck: "HealthCheck.http('/health')", Mount: "Mount.volume('data', '/data')",
};

/** What somebody gave, in words. A text is not shown: it may be a password. */
export function valueWords(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (isMap(value)) {
    const { name } = value.constructor ?? {};
    return name === undefined || name === 'Object' ? 'a map' : article(name);
  }
  return typeof value === 'string' ? 'a text' : typeof value === 'function' ? 'a function' : String(value);
}

/** What to write where a value of a kind belongs, as near to what somebody gave as it can be. */
export function example(kind: string, given: unknown): string {
  const [list, map] = [elementOf(kind), entryOf(kind)];
  if (list === 'Value') return "Value.literals('…')";
  if (list !== undefined) return `[${example(list, given)}]`;
  if (map !== undefined) return `{ '…': ${example(map, undefined)} }`;
  if (isStruct(kind)) {
    const all = [...propertiesOf(kind)];
    const [name, property] = all.find(([, { required }]) => required) ?? all[0];
    return `{ ${name}: ${example(property.kind, undefined)} }`;
  }
  if (kind in PROPERTIES.enums) return choice(kind, given);
  switch (kind) {
    case 'string': return typeof given === 'number' || typeof given === 'boolean' ? `'${given}'` : "'…'";
    case 'number': return typeof given === 'string' && /^\d+$/.test(given) ? given : '1';
    case 'boolean': return given === 'false' ? 'false' : 'true';
    default: return EXAMPLES[kind] ?? `… (${kindWords(kind)})`;
  }
}

function choice(kind: string, given: unknown): string {
  const members = Object.keys(PROPERTIES.enums[kind]);
  const meant = typeof given === 'string' ? nearest(given, members) : undefined;
  return `${kind}.${meant ?? members[0]}`;
}

/** Everything that an enum has, to choose from; nothing for another kind. */
export function choices(kind: string): string | undefined {
  const members = Object.keys(PROPERTIES.enums[elementOf(kind) ?? kind] ?? {});
  return members.length > 0 ? members.map((member) => `${elementOf(kind) ?? kind}.${member}`).join(', ') : undefined;
}

import { IConstruct } from 'constructs';
import { Finding, formatFinding, RuleInfo, Severity } from './finding';
import { choices, elementOf, entryOf, example, isMap, isOf, isStruct, kindWords, valueWords } from './kinds';
import { callerLocation } from './location';
import { suggestion } from './nearest';
import { pathOf } from './path';
import { propertiesOf, requiredOf } from './properties';

/** A property is one that there is. */
export const UNKNOWN_PROPERTY: RuleInfo = {
  ruleId: 'PS041',
  severity: Severity.ERROR,
  title: 'A property is one that there is',
  reason: 'A definition is run without reading its types, to be fast; what is misspelt would be ignored without a word.',
};

/** A property holds what its type says. */
export const WRONG_KIND: RuleInfo = {
  ruleId: 'PS042',
  severity: Severity.ERROR,
  title: 'A property holds what its type says',
  reason: 'A definition is run without reading its types; the error would come from the depth of this library. Nothing else is asked while one is wrong.',
};

/** Something that somebody gave and that is not understood. */
export type Complaint = Pick<Finding, 'rule' | 'message' | 'fix' | 'location'>;

const COMPLAINTS = new WeakMap<object, Complaint[]>();
/** Most definitions have none, and are not searched for any. */
let thereAreSome = false;

/**
 * What can be understood of the properties that somebody gave: without those that there are not, and without values of another kind.
 * What was left out is complained about, by the object that it was said to.
 *
 * @param type the public interface
 * @param given the properties
 * @param owner the object that complains; when undefined, what is returned does, until `carry` hands it on
 * @param open whether further properties may be there that somebody else knows: those of a subclass
 */
export function understood<T extends object>(type: string, given: T, owner?: object, open: boolean = false): T {
  if (fits(type, given, open)) return given;
  const found: Complaint[] = [];
  const kept = read(type, given === undefined ? {} : given, '', (complaint) => found.push(complaint), open);
  const result = (isMap(kept) ? kept : {}) as T;
  complain(owner ?? result, found);
  return result;
}

/**
 * What can be understood of the properties of a construct, before there is one. `carry` hands on what cannot be.
 *
 * @param scope where the construct will stand
 * @param id its id
 * @param type the public interface
 * @param given the properties
 * @param open whether further properties may be there that somebody else knows: those of a subclass
 * @throws when something is missing without which it cannot be made
 */
export function propsOf<T extends object>(scope: IConstruct, id: string, type: string, given: T, open: boolean = true): T {
  const props = understood(type, given, undefined, open) as T & { readonly [name: string]: unknown };
  const absent = requiredOf(type).filter((name) => props[name] === undefined);
  if (absent.length === 0) return props;
  if (absent.every((name) => JUDGED.includes(`${type}.${name}`))) return carry(props, { ...props, ...Object.fromEntries(absent.map((name) => [name, ''])) });
  const path = `${pathOf(scope)}/${id}`;
  throw new Error((COMPLAINTS.get(props) ?? []).map((complaint) => formatFinding({ ...complaint, path })).join('\n'));
}

/**
 * Everything that is not understood of the options of a call that no stack can report, as sentences.
 *
 * @param type the public interface
 * @param given the options
 */
export function problemsOf(type: string, given: object): string[] {
  return (COMPLAINTS.get(understood(type, given)) ?? []).map(({ message, fix }) => `${message} ${fix}`);
}

/** Lets one object complain about what another one would: the construct that was made of some properties. */
export function carry<T extends object>(from: object | undefined, to: T): T {
  if (thereAreSome && from && from !== to) complain(to, COMPLAINTS.get(from) ?? []);
  return to;
}

function complain(owner: object, complaints: readonly Complaint[]): void {
  if (complaints.length === 0) return;
  thereAreSome = true;
  COMPLAINTS.set(owner, [...COMPLAINTS.get(owner) ?? [], ...complaints]);
}

/**
 * What an object complains about, and what it holds: health checks, mounts, settings. Constructs are asked themselves.
 *
 * @param root an element of a stack, or a stack
 * @param seen what was asked already, and what was complained about
 */
export function complaintsOf(root: object, seen: Set<object>): Complaint[] {
  if (!thereAreSome) return [];
  const found: Complaint[] = [];
  const open: unknown[] = [root];
  while (open.length > 0) {
    const at = open.pop();
    if (typeof at !== 'object' || at === null || seen.has(at) || (at !== root && 'node' in at)) continue;
    seen.add(at);
    found.push(...(COMPLAINTS.get(at) ?? []).filter((complaint) => !seen.has(complaint)));
    for (const complaint of found) seen.add(complaint);
    const held = at instanceof Map ? [...at.values()] : at instanceof Set ? [...at] : Object.entries(at).filter(([name]) => name !== 'node').map(([, value]) => value);
    open.push(...held.reverse());
  }
  return found;
}

/** What is required, and has a rule with more to say when it is not there. */
const JUDGED: readonly string[] = ['PostgresProps.version', 'AcceptOptions.because'];

type Report = (complaint: Complaint) => void;

/** Whether all of a value is understood: asked first, since it nearly always is, and takes no time to speak of. */
function fits(kind: string, value: unknown, open: boolean = false): boolean {
  if (kind === 'any') return true;
  if (!isOf(kind, value)) return false;
  const inside = elementOf(kind) ?? entryOf(kind);
  const isList = Array.isArray(value);
  if (inside !== undefined) return Object.values(value as object).every((each) => (each === undefined && !isList) || fits(inside, each));
  if (!isStruct(kind)) return true;
  const map = value as { readonly [name: string]: unknown };
  for (const name of requiredOf(kind)) if (map[name] === undefined) return false;
  const known = propertiesOf(kind);
  for (const name of Object.keys(map)) {
    const property = known.get(name);
    const isOpen = open && (name === 'development' || name === 'production');
    if (map[name] !== undefined && !(property ? fits(property.kind, map[name], isOpen) : open || !isPlain(map))) return false;
  }
  return true;
}

/** A value without what is not understood in it; undefined when that is all of it. */
function read(kind: string, value: unknown, where: string, report: Report, open: boolean = false): unknown {
  if (kind === 'any') return value;
  if (!isOf(kind, value)) {
    report(wrongKind(kind, value, where));
    return undefined;
  }
  const [element, entry] = [elementOf(kind), entryOf(kind)];
  if (element !== undefined) return same(value as unknown[], (value as unknown[]).map((each, index) => read(element, each, `${where}[${index}]`, report)).filter((each) => each !== undefined));
  const within = (name: string) => (where === '' ? name : `${where}.${name}`);
  if (entry !== undefined) return readMap(value as object, (name, each) => read(entry, each, within(name), report));
  if (!isStruct(kind)) return value;
  const known = propertiesOf(kind);
  for (const name of requiredOf(kind)) {
    if ((value as { readonly [name: string]: unknown })[name] !== undefined || JUDGED.includes(`${kind}.${name}`)) continue;
    report(missing(within(name), known.get(name)!.kind));
  }
  return readMap(value as object, (name, each) => {
    const property = known.get(name);
    // What is said for one mode is open where the rest is.
    if (property) return read(property.kind, each, within(name), report, open && where === '' && (name === 'development' || name === 'production'));
    if (open || !isPlain(value as object)) return each;
    report({
      rule: UNKNOWN_PROPERTY, message: `"${within(name)}" is no property of ${kind}.`, fix: suggestion(name, [...known.keys()], 'Remove it.'), location: callerLocation(),
    });
    return undefined;
  });
}

function wrongKind(kind: string, value: unknown, where: string): Complaint {
  const [, name, index] = /([^.[\]]*)(\[\d+\])?$/.exec(where)!;
  const written = index === undefined ? example(kind, value) : `[${example(kind, value)}]`;
  const all = choices(kind);
  // A choice is no secret, as another text may be.
  const is = all !== undefined && typeof value === 'string' ? JSON.stringify(value) : valueWords(value);
  return {
    rule: WRONG_KIND,
    message: where === '' ? `${sentence(is)} is given where ${kindWords(kind)} is wanted.` : `"${where}" is ${is}, where ${kindWords(kind)} is wanted.`,
    fix: all === undefined ? `Write: ${name === '' ? '' : `${name}: `}${written}.` : `Write one of: ${all}.`,
    location: callerLocation(),
  };
}

function missing(where: string, kind: string): Complaint {
  return { rule: WRONG_KIND, message: `"${where}" is missing.`, fix: `Write: ${/[^.]*$/.exec(where)![0]}: ${example(kind, undefined)}.`, location: callerLocation() };
}

const sentence = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

const isPlain = (value: object) => [Object.prototype, null].includes(Object.getPrototypeOf(value));

/** What is left of a map; the map itself when that is all of it. Undefined says nothing, and stays. */
function readMap(map: object, readEntry: (name: string, value: unknown) => unknown): object {
  let kept: { [name: string]: unknown } | undefined;
  for (const [name, value] of Object.entries(map)) {
    const after = value === undefined ? undefined : readEntry(name, value);
    if (after === value) continue;
    kept ??= { ...map };
    kept[name] = after;
  }
  return kept ?? map;
}

function same(before: unknown[], after: unknown[]): unknown[] {
  return before.length === after.length && before.every((each, index) => each === after[index]) ? before : after;
}

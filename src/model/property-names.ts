import { suggestion } from './nearest';
import { propertiesOf } from './properties';

/** What is wrong with a name, and what to write instead. */
export interface Misspelling {
  readonly message: string;
  readonly fix: string;
}

/** The classes that pass on nothing but what they know, with the interface of their properties. */
const KNOWN = new WeakMap<object, string>();

/**
 * Lets a class refuse properties that it does not know. A class of others may have properties of its own, which it passes on
 * with the rest, so this is said class by class and not inherited.
 *
 * @param constructor the class
 * @param type the interface of its properties
 */
export function refusesOtherProperties(constructor: object, type: string): void {
  KNOWN.set(constructor, type);
}

/**
 * What is wrong with the names of some properties, and what to write instead; nothing when the class may have properties of its own.
 *
 * @param constructor the class of the service
 * @param given the properties, apart from those that the class has used already
 */
export function misspelt(constructor: { readonly name: string }, ...given: (object | undefined)[]): Misspelling[] {
  const type = KNOWN.get(constructor);
  if (!type) return [];
  const settings = [...propertiesOf('ServiceSettings').keys()];
  const own = [...propertiesOf(type).keys()].filter((name) => !settings.includes(name));
  const said = given.flatMap((each) => Object.entries(each ?? {})).filter(([, value]) => value !== undefined);
  const names = new Set(said.map(([name]) => name).filter((name) => !settings.includes(name)));
  return [...names].map((name) => ({
    message: `"${name}" is no property of ${constructor.name}${own.includes(name) ? ' that can differ by mode' : ''}.`,
    fix: own.includes(name)
      ? 'Write it beside development and production, not in them.'
      : suggestion(name, [...own, ...settings], 'Remove it.'),
  }));
}

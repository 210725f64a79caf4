import { SchemaError } from './validator';
import { asWritten } from './variables';
import { alternatives, nearest, quoted, suggestion } from '../../../model/nearest';

/** What is wrong with one place, and what to write there. `below` leads from the place of the error to the culprit. */
export interface Explanation {
  readonly below: string[];
  readonly message: string;
  readonly fix: string;
}

const TYPES: { readonly [type: string]: string } = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  null: 'null',
};

/** The order in which types are named: the usual way to write a value first. */
const TYPE_ORDER = Object.keys(TYPES);

/** The patterns of the schema in words. A pattern that is not here is quoted. */
const PATTERNS: { readonly [pattern: string]: { readonly words: string; readonly fix: string } } = {
  '[a-zA-Z0-9][a-zA-Z0-9_.-]+': {
    words: 'is no name for a container',
    fix: 'Begin with a letter or digit, and go on with at least one letter, digit, "_", "." or "-".',
  },
  'always|never|build|if_not_present|missing|refresh|daily|weekly|every_([0-9]+[wdhms])+': {
    words: 'is no pull policy',
    fix: 'Write "always", "missing", "never", "build", "daily", "weekly", or "every_" with a duration (every_12h).',
  },
};

/** The patterns of the names that a mapping accepts, in words. */
const NAMES: { readonly [pattern: string]: string } = {
  '^[a-zA-Z0-9._-]+$': 'Use letters, digits, ".", "_" and "-" only',
  '^[a-z]+$': 'Use the letters a to z only',
};

function article(type: string): string {
  return TYPES[type] ?? type;
}

/** Names of types, each once, in one order. A whole number is a number. */
export function acceptedTypes(types: readonly string[]): string {
  const unique = [...new Set(types)].filter((type) => type !== 'integer' || !types.includes('number'));
  return alternatives(unique.sort((a, b) => TYPE_ORDER.indexOf(a) - TYPE_ORDER.indexOf(b)).map(article));
}

/** A value as a person would name it: `the number 5`, `a list`. */
function described(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  if (typeof value === 'string') return `the text ${quoted(asWritten(value))}`;
  return typeof value === 'number' ? `the number ${value}` : String(value);
}

/** The value as it would be accepted, where a small change is enough. */
function typeFix(types: readonly string[], value: unknown): string {
  if (value === null) return `Write ${acceptedTypes(types)}, or leave the key out.`;
  const quotable = types.includes('string') && (typeof value === 'number' || (typeof value === 'boolean' && types.length === 1));
  if (quotable) return `Put it in quotes: ${quoted(value)}.`;
  if (typeof value === 'string' && types.includes('array')) return `Put it in a list: [${quoted(asWritten(value))}].`;
  return `Write ${acceptedTypes(types)}.`;
}

/** A value of none of the types. */
export function explainType(types: readonly string[], value: unknown): Explanation {
  return { below: [], message: `This must be ${acceptedTypes(types)}, and is ${described(value)}.`, fix: typeFix(types, value) };
}

function explainUnknownKey({ params, parentSchema }: SchemaError): Explanation {
  const key = String(params.additionalProperty);
  const patterns = Object.keys(parentSchema.patternProperties ?? {});
  const known = Object.keys(parentSchema.properties ?? {});
  const free = patterns.includes('^x-');
  const names = patterns.filter((pattern) => pattern !== '^x-');
  if (known.length === 0 && names.length > 0) {
    const safe = key.replace(/[^a-zA-Z0-9._-]+/g, '-').replace(/^-+|-+$/g, '');
    const example = names[0] === '^[a-zA-Z0-9._-]+$' && safe ? `: ${quoted(safe)}` : '';
    return {
      below: [key],
      message: key === '' ? 'A name is empty.' : `${quoted(key)} cannot be a name here.`,
      fix: Object.hasOwn(NAMES, names[0]) ? `${NAMES[names[0]]}${example}.` : 'Write a name of at least one character.',
    };
  }
  const own = free ? ` A key of your own begins with "x-": ${quoted(`x-${key}`)}.` : '';
  return { below: [key], message: `Compose knows no key ${quoted(key)} here.`, fix: suggestion(key, known, 'Remove it.') + own };
}

function explainEnum({ params, data }: SchemaError): Explanation {
  const allowed = (params.allowedValues as unknown[]).map(String);
  const near = typeof data === 'string' ? nearest(data, allowed) : undefined;
  const write = allowed.length === 1 ? `Write ${quoted(allowed[0])}.` : `Write ${alternatives(allowed.map(quoted))}.`;
  return {
    below: [],
    message: `${quoted(data)} is not ${allowed.length === 1 ? 'the value that is allowed' : 'one of the values that are allowed'} here.`,
    fix: near !== undefined && allowed.length > 1 ? `Did you mean ${quoted(near)}? ${write}` : write,
  };
}

function explainPattern({ params, data }: SchemaError): Explanation {
  const known = PATTERNS[String(params.pattern)];
  return {
    below: [],
    message: `${quoted(data)} ${known?.words ?? `does not have the form ${String(params.pattern)}`}.`,
    fix: known?.fix ?? 'Write a value of that form.',
  };
}

function explainRequired({ params, parentSchema }: SchemaError): Explanation {
  const key = String(params.missingProperty);
  const schema = ((parentSchema.properties ?? {}) as { [key: string]: { type?: string | string[]; enum?: unknown[] } })[key] ?? {};
  const type = schema.enum ? alternatives(schema.enum.map(quoted)) : schema.type ? acceptedTypes([schema.type].flat()) : '';
  return { below: [], message: `The key ${quoted(key)} is missing.`, fix: type ? `Add ${quoted(key)}: ${type}.` : `Add ${quoted(key)}.` };
}

function explainLimit({ keyword, params, data }: SchemaError): Explanation {
  const [side, end] = keyword === 'minimum' ? ['below', 'lowest'] : ['above', 'highest'];
  return { below: [], message: `${String(data)} is ${side} ${String(params.limit)}, the ${end} number that is allowed.`, fix: `Write ${String(params.limit)} or ${keyword === 'minimum' ? 'more' : 'less'}.` };
}

function explainTwice({ params }: SchemaError): Explanation {
  const [first, second] = [Number(params.i), Number(params.j)].sort((a, b) => a - b);
  return { below: [String(second)], message: `This stands in the list already, at [${first}].`, fix: 'Remove one of the two.' };
}

/** One error of the schema in words. */
export function explain(error: SchemaError): Explanation {
  switch (error.keyword) {
    case 'type': return explainType([error.params.type as string | string[]].flat(), error.data);
    case 'additionalProperties': return explainUnknownKey(error);
    case 'enum': return explainEnum(error);
    case 'pattern': return explainPattern(error);
    case 'required': return explainRequired(error);
    case 'minimum': case 'maximum': return explainLimit(error);
    case 'uniqueItems': return explainTwice(error);
    // A schema of a later version may use what today's does not.
    default: return { below: [], message: `The Compose Specification does not allow this: ${error.message ?? error.keyword}.`, fix: 'Write what the specification says for this key.' };
  }
}

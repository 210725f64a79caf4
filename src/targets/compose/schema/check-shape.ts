import { explain, explainType, Explanation } from './explain';
import { settle } from './settle';
import { inDocumentOrder, ShapeProblem } from './shape-problem';
import { SchemaError, schemaErrors } from './validator';
import { isOpen } from './variables';

export type { ShapeProblem } from './shape-problem';

/** What can be said of a place only when its text is known. */
const NEEDS_TEXT = ['enum', 'pattern'];

/** Where one place has several errors, the first of these is told: the others follow from it. */
const WEIGHT = ['type', 'required', 'enum', 'pattern', 'minimum', 'maximum', 'uniqueItems'];

function keys(pointer: string): string[] {
  return pointer.split('/').slice(1).map((key) => key.replace(/~1/g, '/').replace(/~0/g, '~'));
}

function typesOf(errors: readonly SchemaError[]): string[] {
  return errors.flatMap((error) => error.params.type as string | string[]);
}

/**
 * The errors of one place without the storm that a `oneOf` makes of one mistake.
 *
 * Each branch of the schema's alternatives accepts other types. Where the type fits no branch, that is the problem; where it
 * fits one, the complaints of the others are noise, and what that branch says counts, which may lie deeper in the document.
 */
function explanations(errors: readonly SchemaError[]): Explanation[] {
  const ofType = errors.filter(({ keyword }) => keyword === 'type');
  const choice = errors.find(({ keyword }) => keyword === 'oneOf' || keyword === 'anyOf');
  if (choice && ofType.length === (choice.schema as unknown[]).length) return [explainType(typesOf(ofType), choice.data)];

  const rest = errors.filter((error) => error !== choice && !(choice && error.keyword === 'type') && !(NEEDS_TEXT.includes(error.keyword) && isOpen(error.data)));
  const unknownKeys = rest.filter(({ keyword }) => keyword === 'additionalProperties');
  const missing = rest.filter(({ keyword }) => keyword === 'required');
  const others = rest.filter((error) => !unknownKeys.includes(error) && !missing.includes(error))
    .sort((a, b) => WEIGHT.indexOf(a.keyword) - WEIGHT.indexOf(b.keyword));
  return [...unknownKeys, ...missing, ...others.slice(0, 1)].map(explain);
}

/**
 * Holds a document against the schema of the Compose Specification.
 *
 * One problem for each faulty place, in the order of the document. Variables count as their defaults; a text that hangs on a
 * variable without one is taken to be right.
 */
export function checkShape(document: unknown): ShapeProblem[] {
  const { content, problems } = settle(document);
  const places = new Map<string, SchemaError[]>();
  for (const error of schemaErrors(content ?? null)) {
    const there = places.get(error.instancePath);
    if (there) there.push(error);
    else places.set(error.instancePath, [error]);
  }
  const ofSchema = [...places].flatMap(([pointer, errors]) => explanations(errors).map(({ below, message, fix }): ShapeProblem => (
    { path: [...keys(pointer), ...below], message, fix, severity: 'error' }
  )));
  // What a file cannot hold is missing in the settled document: the schema's complaint would be the second of one mistake.
  const odd = new Set(problems.map(({ path }) => path.join('\0')));
  return inDocumentOrder([...problems, ...ofSchema.filter(({ path }) => !odd.has(path.join('\0')))], document);
}

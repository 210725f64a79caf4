import { createRequire } from 'module';
import { join } from 'path';

/** An error of Ajv, with what `verbose` adds. */
export interface SchemaError {
  /** A JSON pointer to the place in the document. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: { readonly [key: string]: unknown };
  /** The value of the keyword. */
  readonly schema: unknown;
  /** The schema that has the keyword. */
  readonly parentSchema: { readonly [key: string]: unknown };
  /** What stands in the place. */
  readonly data: unknown;
  readonly message?: string;
}

interface Validate {
  (document: unknown): boolean;
  errors?: SchemaError[] | null;
}

let validate: Validate | undefined;

/**
 * Everything in which a document differs from the schema of the Compose Specification.
 *
 * The validator is generated (see `schemas/README.md`) and loaded at the first call: most runs of a command that only
 * imports this library never need it. It lies as deep under `src` as under `lib`.
 */
export function schemaErrors(document: unknown): readonly SchemaError[] {
  validate ??= createRequire(__filename)(join(__dirname, '..', '..', '..', '..', 'assets', 'schema', 'compose-validator.js')) as Validate;
  return validate(document) ? [] : validate.errors ?? [];
}

import { readFileSync } from 'fs';
import * as path from 'path';
import * as fc from 'fast-check';

interface Lists {
  readonly writable: string[];
  readonly unwritable: string[];
}

/** The lists that the tests with an engine use, too. */
export const { writable: WRITABLE, unwritable: UNWRITABLE }: Lists = JSON.parse(readFileSync(path.join(__dirname, 'awkward.json'), 'utf8'));

/** Text that files can carry, of every awkward kind. */
export const writableText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...WRITABLE) },
  { weight: 4, arbitrary: fc.array(fc.oneof(fc.constantFrom(...WRITABLE), fc.string({ maxLength: 5 })), { maxLength: 5 }).map((parts) => parts.join('')) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 20 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
).filter((text) => !/[\0\x7f-\x9f\ufffe\uffff]/.test(text));

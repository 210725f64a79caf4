import { readFileSync } from 'node:fs';
import fc from 'fast-check';

/** The same lists as the tests without an engine have. */
const { writable, unwritable } = JSON.parse(readFileSync(new URL('../../test/property/awkward.json', import.meta.url), 'utf8'));

/** Texts that some reader of YAML 1.1 or 1.2, of Compose, or of a shell takes for something else than text; and long ones. */
export const TRAPS = [...writable, 'x'.repeat(300), 'word '.repeat(60), `${'a'.repeat(80)} ${'b'.repeat(80)}\n`];

const fragment = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...TRAPS) }, { weight: 2, arbitrary: fc.string({ maxLength: 6 }) }, {
  weight: 2, arbitrary: fc.constantFrom(...'$ { } : # " \' \\ \n \t - ? , [ ] & * ! | > % @ ` = ~ a 1'.split(' '), ' '),
});

/** Text of every awkward kind; now and then such as no file can carry. */
export const text = fc.oneof(
  { weight: 40, arbitrary: fc.constantFrom(...TRAPS) },
  { weight: 40, arbitrary: fc.array(fragment, { maxLength: 5 }).map((parts) => parts.join('')) },
  { weight: 15, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
  { weight: 5, arbitrary: fc.string({ unit: 'grapheme-composite', maxLength: 8 }) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...unwritable), fc.string({ maxLength: 3 })).map(([bad, rest]) => rest + bad) },
);

/** Text that an operator can set: anything that an environment can hold. */
export const settable = text.filter((value) => value !== '' && !/[\0\ud800-\udfff]/.test(value.replace(/[\ud800-\udbff][\udc00-\udfff]/g, '')));

/** Text that stands for a name or a path: in one line, and of what people could type. */
export const line = text.filter((value) => !/[\0-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]/.test(value.replace(/[\ud800-\udbff][\udc00-\udfff]/g, '')));

import * as fc from 'fast-check';
import { writableText } from './texts';
import { keepExtensionKeys } from '../../src/targets/compose/extension-keys';

const PAIRS = ['environment', 'labels', 'extra_hosts', 'sysctls'] as const;
const key = fc.oneof(fc.constantFrom('x-', 'x-a', 'x-a.b', 'X-a', 'xa', 'a-x-'), fc.stringMatching(/^[a-z][a-z0-9.-]{0,6}$/));
const mapping = fc.dictionary(key, fc.oneof(writableText, fc.constant(null)), { maxKeys: 4, noNullPrototype: true });

/** What Compose makes of a mapping or of a list of pairs: in a mapping it keeps `x-…` for itself. */
function asComposeReads(given: unknown): { [key: string]: unknown } {
  const pairs = Array.isArray(given)
    ? given.map((item: string): [string, unknown] => (item.includes('=') ? [item.slice(0, item.indexOf('=')), item.slice(item.indexOf('=') + 1)] : [item, null]))
    : Object.entries(given as object).filter(([name]) => !name.startsWith('x-'));
  return Object.fromEntries(pairs);
}

test.each(PAIRS)('every key of %s arrives, with its value', (name) => {
  fc.assert(fc.property(mapping, (map) => {
    expect(asComposeReads(keepExtensionKeys({ [name]: map })[name])).toEqual(map);
  }));
});

test('what Compose reads as it stands stays as it is, in its order', () => {
  fc.assert(fc.property(mapping, mapping, (environment, other) => {
    const plain = Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('x-')));
    const service = { 'image': 'a:1', 'environment': plain, 'x-team': other, 'ports': ['80'], 'labels': ['a=b'] };
    const kept = keepExtensionKeys(service);
    expect(kept).toEqual(service);
    expect(Object.keys(kept)).toEqual(Object.keys(service));
  }));
});

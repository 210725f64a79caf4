import * as fc from 'fast-check';
import { parse } from 'yaml';
import { WRITABLE, writableText } from './texts';
import { writeYaml } from '../../src/targets/yaml-writer';
import '../support/seed';

const VERSIONS = ['1.1', '1.2'] as const;

/** As a reader of a version understands it. `uniqueKeys` makes a key that is written twice an error. */
const read = (text: string, version: typeof VERSIONS[number]): unknown => parse(text, { version, uniqueKeys: true, merge: version === '1.1', maxAliasCount: 0 });

const key = writableText.filter((text) => text !== '__proto__');
const scalar = fc.oneof({ weight: 8, arbitrary: writableText }, fc.boolean(), fc.integer(), fc.constant(null));

/** Documents as targets make them: maps, lists and scalars, with the keys whose lists are written on one line among them. */
const { map: document } = fc.letrec<{ node: unknown; map: { [key: string]: unknown } }>((tie) => ({
  node: fc.oneof({ depthSize: 'small', withCrossShrink: true }, scalar, fc.array(tie('node'), { maxLength: 4 }), tie('map')),
  map: fc.dictionary(fc.oneof(key, fc.constantFrom('services', 'command', 'test', 'entrypoint', 'cap_add')), tie('node'), { maxKeys: 5, noNullPrototype: true }),
}));

describe.each(VERSIONS)('a reader of YAML %s', (version) => {
  test('reads the very document that was written', () => {
    fc.assert(fc.property(document, (content) => {
      expect(read(writeYaml(content, []), version) ?? {}).toEqual(content);
    }), { numRuns: 1500 });
  });

  test.each(WRITABLE.map((text) => [JSON.stringify(text), text]))('reads %s as text: as a value, a key, an item, and an item on one line', (_, text) => {
    const content = { value: text, map: { [text]: text, other: null }, list: [text, 'x', text], command: [text, 'x', text] };
    expect(read(writeYaml(content, []), version)).toEqual(content);
  });

  test('passes over remarks, whatever they say', () => {
    fc.assert(fc.property(writableText, writableText, (remark, text) => {
      const content = { services: { a: { volumes: [text, 'x'], healthcheck: { test: [text] } } } };
      const remarks = [['services', 'a'], ['services', 'a', 'volumes', '0'], ['services', 'a', 'healthcheck'], ['nowhere', 'at', 'all']];
      expect(read(writeYaml(content, remarks.map((path) => ({ path, text: remark }))), version)).toEqual(content);
    }), { numRuns: 500 });
  });
});

test('nothing is written that a reader of YAML 1.1 takes for the end of a line, or refuses', () => {
  fc.assert(fc.property(document, writableText, (content, remark) => {
    expect(writeYaml({ services: content }, [{ path: ['services'], text: remark }])).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/);
  }), { numRuns: 500 });
});

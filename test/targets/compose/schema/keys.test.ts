import { readFileSync } from 'fs';
import { join } from 'path';
import { documentWith, SERVICE_KEYS, TOP_LEVEL_KEYS } from './examples';
import { checkReferences } from '../../../../src/targets/compose/schema/check-references';
import { checkShape } from '../../../../src/targets/compose/schema/check-shape';

const schema = JSON.parse(readFileSync(join(__dirname, '../../../../schemas/compose-spec.json'), 'utf8'));
const serviceKeys = Object.keys(schema.definitions.service.properties).sort();
const topLevelKeys = Object.keys(schema.properties).sort();

const text = (value: unknown) => JSON.stringify(value);

test('the specification has 92 service keys, and each has an example', () => {
  expect(serviceKeys).toHaveLength(92);
  expect(Object.keys(SERVICE_KEYS).sort()).toEqual(serviceKeys);
  expect(Object.keys(TOP_LEVEL_KEYS).sort()).toEqual(topLevelKeys);
});

describe.each(serviceKeys)('services.*.%s', (key) => {
  const example = SERVICE_KEYS[key];

  test.each(example.accepts.map((value) => [text(value), value]))('accepts %s', (_, value) => {
    const document = documentWith(key, value, example);
    expect(checkShape(document)).toEqual([]);
    expect(checkReferences(document).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('has a value that is refused', () => expect(example.refuses.length).toBeGreaterThan(0));

  test.each(example.refuses.map((value) => [text(value), value]))('refuses %s, at the key or below', (_, value) => {
    const problems = checkShape(documentWith(key, value, example));
    expect(problems).not.toEqual([]);
    for (const { path, message, fix } of problems) {
      expect(path.slice(0, 3)).toEqual(['services', 'web', key]);
      expect([message, fix]).toEqual([expect.stringMatching(/^["A-Z0-9-].*\.$/), expect.stringMatching(/^[A-Z].*[.?]$/)]);
    }
  });
});

describe.each(topLevelKeys)('%s', (key) => {
  const document = (value: unknown) => ({ services: { web: { image: 'busybox' } }, [key]: value });
  const example = TOP_LEVEL_KEYS[key];

  test.each(example.accepts.map((value) => [text(value), value]))('accepts %s', (_, value) => {
    expect(checkShape(document(value))).toEqual([]);
    expect(checkReferences(document(value)).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test.each(example.refuses.map((value) => [text(value), value]))('refuses %s', (_, value) => {
    const problems = checkShape(document(value));
    expect(problems).not.toEqual([]);
    expect(problems.map(({ path }) => path[0])).toEqual(problems.map(() => key));
  });
});

test.each([['a service', { services: { web: { 'image': 'x', 'x-mine': { a: [1] } } } }], ['the top level', { 'services': {}, 'x-mine': 5 }]])('a key of one\'s own in %s', (_, document) => {
  expect(checkShape(document)).toEqual([]);
});

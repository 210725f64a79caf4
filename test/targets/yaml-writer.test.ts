import { parse } from 'yaml';
import { writeYaml } from '../../src/targets/yaml-writer';

/** What stands after the key in the text that is written for a value. */
const written = (value: unknown) => writeYaml({ key: value }, []).replace(/^key: /, '').replace(/\n$/, '');

test.each([
  ['nginx:1.29'], ['./backend'], ['../x'], ['/var/lib'], ['${A:-b}'], ['a b'], ['service_healthy'], ['10s'], ['512M'], ['64kb'], ['256mb'], ['host-gateway'],
])('%s needs no quotes', (text) => expect(written(text)).toBe(text));

test.each([
  '', 'no', 'yes', 'on', 'off', 'y', 'N', 'true', 'False', 'null', '~', '8000', '08', '0x1f', '0o7', '1e3', '1_000', '.5', '1.0', '-1', '12:30:45', '22:22',
  '2025-01-31', '.inf', '.nan', '=', '<<', '*a', '&a', '!a', '@a', '`a', '%a', '#a', 'a #b', 'a: b', 'a:', '- a', '? a', '[a]', '{a}', '"a"', "'a'", ' a', 'a ', 'a  b', '--flag', '|', '>',
])('%j gets them', (text) => {
  expect(written(text)).toMatch(/^(".*"|'.*')$/);
  expect(parse(writeYaml({ key: text }, []))).toEqual({ key: text });
});

test.each([
  'a\tb', 'a\nb', 'a\r\nb', '\n', 'a\n\n', '  a\n', 'tab\t\n', 'ü €', 'emoji 🚀', '\u0000', '\u0085', '\u2028', '\ufeff', 'a\\b', 'a"b\'c', '\u007f',
  'x'.repeat(400), `${'word '.repeat(60)}end`, '--- \n', '...\n', '# not a comment\n', 'a\n  b\n c\n', 'a \nb\n',
])('%j comes back as it was, as a value and as a key', (text) => {
  const content = { value: text, list: [text, [text]], [`k${text}`]: { [text]: text } };
  for (const version of ['1.1', '1.2'] as const) expect(parse(writeYaml(content, []), { version })).toEqual(content);
});

test('text of several lines is a block that people can read', () => {
  expect(writeYaml({ script: 'set -e\necho "$x"\n' }, [])).toBe('script: |\n  set -e\n  echo "$x"\n');
});

test('numbers, switches and empty values are themselves', () => {
  expect(writeYaml({ retries: 5, init: true, volume: null, empty: {}, none: [] }, [])).toBe('retries: 5\n\ninit: true\n\nvolume:\n\nempty: {}\n\nnone: []\n');
});

test('short commands stand on one line, longer ones one word a line, other lists always so', () => {
  expect(writeYaml({ services: { a: { command: ['a', '-b', 'c d'], ports: ['1:1'] } } }, [])).toBe(
    'services:\n  a:\n    command: ["a", "-b", "c d"]\n    ports:\n      - "1:1"\n',
  );
  expect(writeYaml({ command: ['x'.repeat(60), 'y'.repeat(60)] }, [])).toBe(`command:\n  - ${'x'.repeat(60)}\n  - ${'y'.repeat(60)}\n`);
});

test('long lines are not folded', () => {
  const text = 'word '.repeat(80).trim();
  expect(writeYaml({ key: text }, [])).toBe(`key: ${text}\n`);
});

test('blocks and services are kept apart by a blank line', () => {
  expect(writeYaml({ name: 'a', services: { x: { image: 'a' }, z: { image: 'b' } }, volumes: { v: null, w: null } }, [])).toBe(
    'name: a\n\nservices:\n  x:\n    image: a\n\n  z:\n    image: b\n\nvolumes:\n  v:\n  w:\n',
  );
});

test('remarks stand above what they are about, in as many lines as they have', () => {
  expect(writeYaml({ services: { x: { volumes: ['a:b', { type: 'bind' }], healthcheck: { test: 't' } } } }, [
    { path: ['services', 'x'], text: 'First\nsecond' },
    { path: ['services', 'x', 'volumes', '0'], text: 'Short' },
    { path: ['services', 'x', 'volumes', '1'], text: 'Long' },
    { path: ['services', 'x', 'healthcheck'], text: 'Why' },
    { path: ['services', 'gone', 'healthcheck'], text: 'Passed over' },
    { path: ['services', 'x', 'volumes', '9'], text: 'Passed over' },
  ])).toBe([
    'services:', '  # First', '  # second', '  x:', '    volumes:', '      # Short', '      - a:b', '      # Long', '      - type: bind', '    # Why', '    healthcheck:', '      test: t', '',
  ].join('\n'));
});

test('a list that is used twice is written twice, not referred to', () => {
  const list = ['a'];
  expect(writeYaml({ x: list, z: list }, [])).toBe('x:\n  - a\n\nz:\n  - a\n');
});

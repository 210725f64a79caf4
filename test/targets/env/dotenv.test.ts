import { spawnSync } from 'child_process';
import * as fc from 'fast-check';
import { Value } from '../../../src/model/value';
import { Variable } from '../../../src/model/variable';
import { dotenvText, dotenvValue } from '../../../src/targets/env/dotenv';
import '../../support/seed';

/** What Compose makes of the text after `KEY=`; that this is what Compose does is proven with Compose itself in e2e. */
function readLikeCompose(text: string): string {
  const expand = (source: string) => source.replace(/\$\$|\$\{?[A-Za-z_][A-Za-z0-9_]*\}?/g, (match) => (match === '$$' ? '$' : ''));
  if (text.startsWith("'")) {
    const body = /^'((?:\\[^]|[^'\\])*)'$/.exec(text);
    if (!body) throw new Error(`unterminated: ${text}`);
    return body[1].replace(/\\([^])/g, (pair, char) => (char === "'" ? "'" : pair));
  }
  if (text.startsWith('"')) {
    const body = /^"((?:\\[^]|[^"\\])*)"$/.exec(text);
    if (!body) throw new Error(`unterminated: ${text}`);
    const unescaped = body[1].replace(/\\([^])/g, (pair, char) => (char === '"' ? '"' : pair));
    return expand(unescaped.replace(/\\[\\$n]/g, (pair) => ({ '\\\\': '\\', '\\$': '$$', '\\n': '\n' })[pair]!));
  }
  return expand(text.split('\n')[0].split(' #')[0].trimEnd());
}

/** What python-dotenv makes of it. */
function readLikePython(text: string): string {
  const resolve = (source: string) => source.replace(/\$\{[^}:]*(?::-([^}]*))?\}/g, (_, fallback) => fallback ?? '');
  const single = /^'((?:\\[^]|[^'\\])*)'$/.exec(text);
  if (single) return resolve(single[1].replace(/\\([\\'])/g, '$1'));
  const double = /^"((?:\\[^]|[^"\\])*)"$/.exec(text);
  if (double) return resolve(double[1].replace(/\\([\\'"])/g, '$1').replace(/\\n/g, '\n'));
  return resolve(text.split(/[\r\n]/)[0].replace(/\s+#.*/, '').trimEnd());
}

function readLikeShell(texts: readonly string[]): string[] {
  const { stdout } = spawnSync('sh', ['-c', texts.map((text) => `K=${text}\nprintf '%s\\0' "$K"\n`).join('')], { encoding: 'utf8' });
  return stdout.split('\0').slice(0, -1);
}

const AWKWARD = [
  '', 'plain', 'no', 'yes', 'null', '~', '~/x', '1e3', '08', '0x1F', 'a b', ' a', 'a ', '#x', 'a #b', 'a#b', '$', '$$', '$5', 'a$b', '$HOME', 'a"b', "it's",
  'a\\b', 'a\\', 'a\\\\b', '\\\\srv\\share', "a'\"b", "'", '"', '\\', "\\'", 'ü — 漢字 🐘', 'a=b', 'a: b', '!x', '*', '`id`', '$(id)', '&', ';', 'a\tb', '[x]', '{x}', '\\n', '%s', "it's \\n $5",
];

describe('a text in a .env file', () => {
  test.each(AWKWARD.map((text) => [text]))('%j is read by Compose as it was meant', (text) => {
    expect(readLikeCompose(dotenvText(text))).toBe(text);
  });

  test('any text is read by Compose as it was meant', () => {
    const piece = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom(...AWKWARD, "'", '"', '\\', '$', '#', ' ', '`'));
    fc.assert(fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
      const text = pieces.join('').replace(/[\r\n\0]/g, '');
      expect(readLikeCompose(dotenvText(text))).toBe(text);
    }), { numRuns: 2000 });
  });

  test('Python reads the same, except what it can be told in no way', () => {
    // ${…} is always replaced; of a backslash beside a quote and a dollar, some reader is always wrong.
    const possible = AWKWARD.filter((text) => !(/\$/.test(text) && /'/.test(text) && /\\/.test(text)));
    expect(possible.length).toBeGreaterThan(AWKWARD.length - 3);
    for (const text of possible) expect({ text, read: readLikePython(dotenvText(text)) }).toEqual({ text, read: text });
  });

  test('a shell reads the same, unless a single quote stands beside what it would expand', () => {
    const possible = AWKWARD.filter((text) => !(/'/.test(text) && /[$`]/.test(text)));
    expect(readLikeShell(possible.map(dotenvText))).toEqual(possible);
  });

  test('nothing is quoted without need', () => {
    for (const text of ['app', '5432', 'http://localhost:8000/a', 'a@b.example', 'no', '08', '1e3']) expect(dotenvText(text)).toBe(text);
    expect(dotenvText('a b')).toBe("'a b'");
    expect(dotenvText("it's")).toBe('"it\'s"');
  });
});

describe('a value in a .env file', () => {
  const user = new Variable('DB_USER');

  test('a reference stands in braces, plain among plain text', () => {
    expect(dotenvValue(Value.concat(Value.literal('x://'), Value.of(user), Value.literal('@h')))).toBe('x://${DB_USER}@h');
  });

  test('text that would be read otherwise is quoted around the reference, and its dollars stay dollars', () => {
    const value = Value.concat(Value.literal('cost: $5 "'), Value.of(user), Value.literal('"\\ #1'));
    expect(dotenvValue(value)).toBe('"cost: \\$5 \\"${DB_USER}\\"\\\\ #1"');
    expect(readLikeCompose(dotenvValue(value))).toBe('cost: $5 ""\\ #1');
  });
});

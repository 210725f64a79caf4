import { readFileSync } from 'fs';
import { join } from 'path';
import { committedFiles, filesBelow, ROOT } from './support';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const files = committedFiles();
const isText = (path: string) => !/\.(png|jpe?g|gif|ico|webp|woff2?|pdf|tgz|gz|zip)$/.test(path);

/** The lines of a file that a pattern finds, as `path:line: text`. */
function linesWith(path: string, pattern: RegExp): string[] {
  return read(path).split('\n').flatMap((line, i) => (pattern.test(line) ? [`${path}:${i + 1}: ${line.trim().slice(0, 160)}`] : []));
}

test('the list of committed files is the real one', () => {
  expect(files).toEqual(expect.arrayContaining(['package.json', 'package-lock.json', '.projenrc.ts', 'README.md', '.ci/run', 'tools/start.mjs']));
  expect(files.filter((path) => /(^|\/)node_modules\/|^lib\/|^\.artifacts\/|^out\//.test(path))).toEqual([]);
});

describe('lockfiles', () => {
  const FIELDS: Array<[RegExp, RegExp]> = [
    [/(^|\/)(package-lock\.json|npm-shrinkwrap\.json)$/, /"resolved":\s*"https?:/],
    [/(^|\/)yarn\.lock$/, /^\s*"?resolved"?:?\s+"?https?:/],
    [/(^|\/)pnpm-lock\.yaml$/, /\btarball:\s*['"]?https?:/],
    [/(^|\/)bun\.lock$/, /"https?:/],
    [/(^|\/)(uv|poetry|pdm)\.lock$/, /\b(registry|url)\s*=\s*"https?:/],
    [/(^|\/)requirements[^/]*\.txt$/, /^\s*(-i|--(extra-)?index-url)\b/],
    [/(^|\/)(\.npmrc|\.yarnrc(\.yml)?|pip\.conf)$/, /(registry|npmRegistryServer|index-url)\b.*https?:/],
  ];

  test.each(FIELDS)('files like %s name no registry host', (name, field) => {
    expect(files.filter((path) => name.test(path)).flatMap((path) => linesWith(path, field))).toEqual([]);
  });

  test('our own names every package by version and digest, and no other place', () => {
    const packages = Object.entries<{ version?: string; integrity?: string; resolved?: string }>(JSON.parse(read('package-lock.json')).packages);
    expect(packages.length).toBeGreaterThan(100);
    expect(packages.filter(([path, entry]) => path !== '' && (entry.version === undefined || entry.resolved !== undefined)).map(([path]) => path)).toEqual([]);
    expect(packages.filter(([path, entry]) => path !== '' && entry.integrity === undefined && !('inBundle' in entry)).map(([path]) => path)).toEqual([]);
  });
});

describe('places', () => {
  // Put together here, so that this file does not find itself.
  const machine = [
    'work/(main|shared)\\b', 'opt/stack-lab', 'root/(?!\\.cache\\b)', 'Users/[a-z]', 'home/(?!node\\b|app\\b|www\\b|runner\\b)[a-z]',
  ].map((part) => `/${part}`).join('|');

  test('no committed file holds a path of somebody\'s machine', () => {
    const pattern = new RegExp(`(^|[\\s"'\`=(:])(${machine})`);
    expect(['x = "/ho', 'me/ada/x"'].join('')).toMatch(pattern);
    expect(['cd /wo', 'rk/main'].join('')).toMatch(pattern);
    expect(files.filter((path) => isText(path) && !path.startsWith('.ci/')).flatMap((path) => linesWith(path, pattern))).toEqual([]);
  });

  test('only .ci/ knows what lies beside the clone', () => {
    const pattern = new RegExp(['\\.\\.', 'shared'].join('/'));
    expect(linesWith('.ci/run', pattern)).not.toEqual([]);
    // An import of a sibling folder of that name is something else.
    const outside = files.filter((path) => isText(path) && !path.startsWith('.ci/')).flatMap((path) => linesWith(path, pattern));
    expect(outside.filter((line) => !/from '\.\.\/shared\//.test(line))).toEqual([]);
  });
});

describe('sources', () => {
  const sources = filesBelow('src').filter((path) => path.endsWith('.ts') && !/\.(generated|d)\.ts$/.test(path));

  test('no file in src is longer than 300 lines', () => {
    expect(sources.length).toBeGreaterThan(10);
    const long = sources.map((path) => ({ path, lines: read(path).trimEnd().split('\n').length })).filter(({ lines }) => lines > 300);
    expect(long).toEqual([]);
  });

  test('no check is switched off in src', () => {
    expect(sources.flatMap((path) => linesWith(path, /eslint-disable|@ts-(ignore|nocheck|expect-error)/))).toEqual([]);
  });

  test('no test is left out or left alone; one that needs a missing program may step aside by a condition', () => {
    const tests = files.filter((path) => /^(test|e2e|bench)\/.*\.test\.(ts|mjs)$/.test(path) && path !== 'test/repository/hygiene.test.ts');
    expect(tests.length).toBeGreaterThan(3);
    const pattern = /\b(it|test|describe)\.only\b|^\s*((it|test|describe)\.(skip|todo)|fit|fdescribe|xit|xtest|xdescribe)\b/;
    expect(tests.flatMap((path) => linesWith(path, pattern))).toEqual([]);
  });
});

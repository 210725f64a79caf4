import { existsSync, mkdirSync, rmSync, writeFileSync } from 'fs';
import { join } from 'path';
import { ROOT, run } from './support';

/** What a user of the package gets, by its first folder; whatever else lies in a checkout stays here. */
// CHANGELOG.md is there in a release, which runs these tests, too.
const PACKED = new Set(['package.json', 'README.md', 'CHANGELOG.md', 'API.md', 'LICENSE', '.jsii', 'docs', 'lib', 'assets', 'node_modules']);

/** What tools and people leave in a checkout: each is laid down for this test, unless it is there anyway. */
const LEFT = ['.artifacts/left-by-a-test', 'out/left-by-a-test', 'coverage/left-by-a-test', 'dist/left-by-a-test'];

let packed: string[];

beforeAll(() => {
  const made: string[] = [];
  try {
    for (const path of LEFT) {
      const folder = join(ROOT, path, '..');
      if (!existsSync(folder)) made.push(folder);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(ROOT, path), '');
    }
    const { code, stdout, stderr } = run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts']);
    if (code !== 0) throw new Error(`npm pack failed: ${stderr}`);
    packed = JSON.parse(stdout.slice(stdout.indexOf('[')))[0].files.map((file: { path: string }) => file.path);
  } finally {
    for (const path of [...LEFT.map((left) => join(ROOT, left)), ...made]) rmSync(path, { recursive: true, force: true });
  }
}, 60_000);

test('the package holds the library and nothing else of the checkout', () => {
  expect(packed).toEqual(expect.arrayContaining(['package.json', 'README.md', 'LICENSE']));
  expect(packed.filter((path) => !PACKED.has(path.split('/')[0]))).toEqual([]);
});

test('the only bundled package is yaml', () => {
  const bundled = new Set(packed.filter((path) => path.startsWith('node_modules/')).map((path) => path.split('/')[1]));
  expect([...bundled]).toEqual(['yaml']);
});

test('lib holds what runs: no sources, no maps, no tests', () => {
  expect(packed.filter((path) => path.startsWith('lib/') && !/\.(js|d\.ts|json)$/.test(path))).toEqual([]);
});

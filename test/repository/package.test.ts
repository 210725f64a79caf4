import { existsSync, mkdirSync, rmSync, writeFileSync } from 'fs';
import { join } from 'path';
import { ROOT, run, script } from './support';

/** What tools and people leave in a checkout: each is laid down for this test, unless it is there anyway. */
const LEFT = [
  '.artifacts/left-by-a-test', 'out/left-by-a-test', 'coverage/left-by-a-test', 'dist/left-by-a-test', 'docs/__pycache__/left-by-a-test',
];

/** Compiled or not: the end-to-end tests hold the whole tarball against the list. */
const beside = (paths: string[]) => paths.filter((path) => !/^(lib\/|\.jsii$)/.test(path)).sort();

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

test('the package holds what its list says, and nothing else of the checkout', () => {
  const { stdout, stderr } = script(`
    import { filesOfPackage } from '${ROOT}/tools/lib/packed.mjs';
    console.log(JSON.stringify(await filesOfPackage()));`);
  expect(stderr).toBe('');
  expect(beside(packed)).toEqual(beside(JSON.parse(stdout)));
});

test('the only bundled package is yaml', () => {
  const bundled = new Set(packed.filter((path) => path.startsWith('node_modules/')).map((path) => path.split('/')[1]));
  expect([...bundled]).toEqual(['yaml']);
});

test('lib holds what runs: no sources, no maps, no tests', () => {
  expect(packed.filter((path) => path.startsWith('lib/') && !/\.(js|d\.ts|json)$/.test(path))).toEqual([]);
});

import { spawnSync } from 'child_process';
import { createHash } from 'crypto';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';

const ROOT = resolve(__dirname, '..', '..', '..', '..');
const VALIDATOR = join('assets', 'schema', 'compose-validator.js');
const TOOL = join('tools', 'generate-schema-validator.mjs');

const node = (cwd: string, ...args: string[]) => spawnSync(process.execPath, args, { cwd, encoding: 'utf8', timeout: 60_000 });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'projen-stack-schema-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The tool with what it reads and writes, in a folder of its own. */
function copyOfTool(): void {
  for (const path of ['tools', 'schemas', join('assets', 'schema')]) mkdirSync(join(folder, path), { recursive: true });
  copyFileSync(join(ROOT, TOOL), join(folder, TOOL));
  for (const path of ['schemas', join('tools', 'lib')]) cpSync(join(ROOT, path), join(folder, path), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
}

test('the schema is the one that schemas/README.md names', () => {
  const digest = createHash('sha256').update(readFileSync(join(ROOT, 'schemas', 'compose-spec.json'))).digest('hex');
  expect(readFileSync(join(ROOT, 'schemas', 'README.md'), 'utf8')).toContain(digest);
});

test('the committed validator is made of the committed schema', () => {
  expect(node(ROOT, TOOL, '--check')).toMatchObject({ status: 0, stderr: '' });
}, 60_000);

test('the same schema gives the same bytes, in another folder too', () => {
  copyOfTool();
  expect(node(folder, TOOL)).toMatchObject({ status: 0, stdout: '', stderr: '' });
  expect(readFileSync(join(folder, VALIDATOR), 'utf8') === readFileSync(join(ROOT, VALIDATOR), 'utf8')).toBe(true);
}, 60_000);

test('another schema is noticed, and changes what the validator accepts', () => {
  copyOfTool();
  copyFileSync(join(ROOT, VALIDATOR), join(folder, VALIDATOR));
  const schema = JSON.parse(readFileSync(join(folder, 'schemas', 'compose-spec.json'), 'utf8'));
  schema.definitions.service.properties.gadget = { type: 'string' };
  writeFileSync(join(folder, 'schemas', 'compose-spec.json'), JSON.stringify(schema));

  expect(node(folder, TOOL, '--check')).toMatchObject({
    status: 1, stderr: 'assets/schema/compose-validator.js is not made of schemas/compose-spec.json. Run: node tools/generate-schema-validator.mjs\n',
  });
  const accepts = () => node(folder, '-p', `require('./${VALIDATOR.replace(/\\/g, '/')}')({ services: { web: { gadget: 'x' } } })`).stdout.trim();
  expect(accepts()).toBe('false');
  expect(node(folder, TOOL).status).toBe(0);
  expect(accepts()).toBe('true');
}, 60_000);

test('the validator needs no package', () => {
  copyFileSync(join(ROOT, VALIDATOR), join(folder, 'validator.js'));
  const script = 'const v = require("./validator.js"); console.log(v({ services: { a: { cap_add: ["x", "x"] } } }), v.errors.length, Object.keys(require.cache).length)';
  expect(node(folder, '-e', script)).toMatchObject({ status: 0, stdout: 'false 1 1\n', stderr: '' });
});

test('the validator is loaded at the first document, and once', () => {
  const source = JSON.stringify(join(ROOT, 'src', 'targets', 'compose', 'schema', 'check-shape.ts'));
  const script = `
    const loaded = () => Object.keys(require.cache).filter((path) => path.endsWith('compose-validator.js')).length;
    const { checkShape } = require(${source});
    const before = loaded();
    checkShape({}); checkShape({});
    console.log(before, loaded());`;
  expect(node(ROOT, '--import', 'tsx', '-e', script)).toMatchObject({ status: 0, stdout: '0 1\n' });
}, 60_000);

import { cpSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { folderWith, node, ROOT } from './support';

test('the names and kinds of properties are those of the interfaces in src/', () => {
  expect(node(['tools/generate-properties.mjs', '--check'], { cwd: ROOT })).toMatchObject({ code: 0, stderr: '' });
}, 60_000);

test('a property that is added to an interface and not known to the check fails it', () => {
  const folder = folderWith({ 'package.json': '{}' });
  for (const part of ['tools', 'src', 'assets/properties.json']) cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  const interfaces = join(folder, 'src/targets/workflow/workflow-target.ts');
  const check = () => node(['tools/generate-properties.mjs', '--check'], { cwd: folder, env: { ...process.env, NODE_PATH: join(ROOT, 'node_modules') } });
  expect(check()).toMatchObject({ code: 0, stderr: '' });
  writeFileSync(interfaces, readFileSync(interfaces, 'utf8').replace('readonly branch?: string;', 'readonly branch?: string;\n  readonly runner?: string;'));
  expect(check()).toMatchObject({ code: 1, stderr: 'assets/properties.json is not made of the interfaces in src/. Run: node tools/generate-properties.mjs\n' });
}, 60_000);

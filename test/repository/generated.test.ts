import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'fs';
import { join } from 'path';
import { folderWith, node, ROOT, run } from './support';

const EXAMPLE = 'examples/one/README.md';

/** A repository with these tools, whose build makes one example and nothing else. */
function repository(): string {
  const make = `require('fs').writeFileSync('${EXAMPLE}', 'what the definition gives\\n')`;
  const folder = folderWith({
    [EXAMPLE]: 'what the definition gives\n',
    '.gitignore': 'node_modules\n.artifacts\n',
    '.projen/tasks.json': JSON.stringify({
      tasks: {
        'default': { name: 'default' },
        'pre-compile': { name: 'pre-compile' },
        'compile': { name: 'compile' },
        'post-compile': { name: 'post-compile', steps: [{ execArgs: ['node', '-e', make] }] },
      },
    }),
    'package.json': JSON.stringify({ name: 'one', engines: { node: '>= 1' } }),
    'package-lock.json': JSON.stringify({ packages: {} }),
    'node_modules/.package-lock.json': JSON.stringify({ packages: {} }),
  });
  cpSync(join(ROOT, 'tools'), join(folder, 'tools'), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules', 'projen'), join(folder, 'node_modules', 'projen'), 'junction');
  run('git', ['init', '--quiet'], { cwd: folder });
  return folder;
}

test('an example that was edited by hand fails the check, with what was edited', () => {
  const folder = repository();
  const check = () => node(['tools/check-generated.mjs'], { cwd: folder });
  const untouched = check();
  expect([untouched.code, untouched.stderr]).toEqual([0, '']);
  expect(untouched.stdout).toContain('every generated file is current');

  writeFileSync(join(folder, EXAMPLE), 'what somebody thinks that it gives\n');
  const { code, stdout, stderr } = check();
  expect(code).toBe(1);
  expect(stdout).toContain(`--- a/${EXAMPLE}\n+++ b/${EXAMPLE}\n@@ -1 +1 @@\n-what somebody thinks that it gives\n+what the definition gives\n`);
  expect(`${stdout}${stderr}`).toContain('the build changed what is committed');
  expect(readFileSync(join(folder, EXAMPLE), 'utf8')).toBe('what the definition gives\n');
}, 60_000);

test('the build makes the examples, so that the check sees them', () => {
  const { tasks } = JSON.parse(readFileSync(join(ROOT, '.projen/tasks.json'), 'utf8')) as { tasks: { [name: string]: { steps?: { execArgs?: string[] }[] } } };
  expect(tasks['post-compile'].steps?.map(({ execArgs }) => execArgs)).toContainEqual(['node', 'tools/generate-examples.mjs']);
});

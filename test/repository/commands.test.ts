import { accessSync, constants, readFileSync } from 'fs';
import { join } from 'path';
import { node, ROOT } from './support';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const manifest = JSON.parse(read('package.json'));

/** The lines of README.md's shell blocks, without prompts and remarks. */
const readmeCommands = [...read('README.md').matchAll(/^```(?:sh|shell|bash|console)\n([^]*?)^```/gm)]
  .flatMap(([, block]) => block.split('\n'))
  .map((line) => line.replace(/^\$ /, '').replace(/\s+#.*$/, '').trim());

test('README gives the main command and the test command, once each in their plain form', () => {
  expect(readmeCommands.filter((command) => command === 'npm start')).toHaveLength(1);
  expect(readmeCommands.filter((command) => command === 'npm test')).toHaveLength(1);
});

test('every npm script that README names exists', () => {
  const named = readmeCommands.flatMap((command) => {
    const [, , script, short] = /^npm (run (\S+)|(start|test)\b)/.exec(command) ?? [];
    return script ?? short ?? [];
  });
  expect(named.length).toBeGreaterThan(1);
  expect(named.filter((name) => manifest.scripts[name] === undefined)).toEqual([]);
});

test('the scripts run without anything installed: plain Node, and files that exist', () => {
  expect(manifest.scripts.start).toBe('node tools/start.mjs');
  expect(manifest.scripts.test).toBe('node tools/test.mjs');
  for (const name of ['start', 'test', 'test:e2e', 'bench']) {
    const [, file] = /^node (\S+\.mjs)$/.exec(manifest.scripts[name]) ?? [];
    expect({ name, file }).toEqual({ name, file: expect.any(String) });
    expect({ name, ...node(['--check', file]) }).toMatchObject({ name, code: 0 });
  }
});

test('.ci/run runs exactly README\'s test command, then the end-to-end tests', () => {
  const stages = read('.ci/run').split('\n').filter((line) => line.startsWith('stage ')).map((line) => /^stage '[^']+' \S+ (.+)$/.exec(line)?.[1]);
  expect(stages).toContain('npm test');
  expect(stages.indexOf('npm run test:e2e')).toBeGreaterThan(stages.indexOf('npm test'));
  accessSync(join(ROOT, '.ci', 'run'), constants.X_OK);
});

test('package.json promises Node 20, from the first on that runs a definition', () => {
  expect(manifest.engines.node).toBe('>= 20.6.0');
});

test.each(['tools/start.mjs', 'tools/test.mjs', 'e2e/run.mjs', 'tools/check-generated.mjs'])('%s --help explains itself and does nothing', (file) => {
  const { code, stdout, stderr } = node([file, '--help']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.split('\n').length).toBeGreaterThan(1);
});

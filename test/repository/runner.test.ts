import { spawn } from 'child_process';
import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { folderWith, node, ROOT, script } from './support';

/** Runs test files with the runner of the end-to-end tests, and gives its totals and what it printed. */
function runFiles(files: { [name: string]: string }, options = '{}') {
  const folder = folderWith(files);
  const paths = Object.keys(files).filter((name) => name.endsWith('.test.mjs')).map((name) => join(folder, name));
  const { stdout, stderr } = script(`
    import { runFiles } from '${ROOT}/e2e/lib/runner.mjs';
    const totals = await runFiles(process.argv.slice(1), ${options});
    console.log('TOTALS ' + JSON.stringify(totals));`, paths);
  const totals = /^TOTALS (.*)$/m.exec(stdout);
  if (!totals) throw new Error(`the runner died: ${stdout}${stderr}`);
  return { ...JSON.parse(totals[1]), stdout };
}

const TEST = "import { before, describe, it, test } from 'node:test';\n";

test('counts tests, not groups', () => {
  const result = runFiles({
    'a.test.mjs': `${TEST}describe('group', () => { it('one', () => {}); it('two', () => {}); describe('inner', () => { it('three', () => {}); }); });`,
    'b.test.mjs': `${TEST}test('parent', async (t) => { await t.test('four', () => {}); await t.test('five', () => {}); }); test('six', () => {});`,
  });
  expect(result).toMatchObject({ passed: 6, failed: 0, skipped: 0 });
});

test('shows each failure with its reason and what its file printed', () => {
  const { passed, failed, skipped, stdout } = runFiles({
    'bad.test.mjs': `${TEST}
      console.log('a hint from the file');
      test('adds', () => { throw new Error('one is not two'); });
      test('parent', async (t) => { await t.test('fine', () => {}); await t.test('child', () => { throw new Error('boom'); }); });
      test('later', { skip: true }, () => {});`,
    'good.test.mjs': `${TEST} console.log('nobody needs this'); test('fine', () => {});`,
  });
  expect({ passed, failed, skipped }).toEqual({ passed: 2, failed: 2, skipped: 1 });
  for (const part of ['bad › adds\nError: one is not two', 'bad › child\nError: boom', 'a hint from the file']) expect(stdout).toContain(part);
  expect(stdout).not.toContain('nobody needs this');
});

test.each([
  ['without a test', 'console.log(1);', 'ran no test (exit status 0)'],
  ['that cannot load', "import './nowhere.mjs';", 'ran no test (exit status 1)'],
  ['that dies after its tests', `${TEST}test('fine', () => {}); process.on('exit', () => { process.exitCode = 3; });`, 'did not come to its end: exit status 3'],
  ['that dies after a failure', `${TEST}test('bad', () => { throw new Error('x'); }); test('killed', async () => { await new Promise((resolve) => setTimeout(resolve, 300)); process.kill(process.pid, 'SIGKILL'); });`, 'did not come to its end: ended by SIGKILL'],
  ['with a broken hook', `${TEST}describe('g', () => { before(() => { throw new Error('hook broke'); }); it('never', () => {}); });`, 'hook broke'],
])('a file %s is a failure', (_, text, reason) => {
  const { failed, stdout } = runFiles({ 'x.test.mjs': text });
  expect(failed).toBeGreaterThan(0);
  expect(stdout).toContain(reason);
});

test('shows what a test wants said, also of one that passed, and not what Node sums up', () => {
  const { passed, failed, stdout } = runFiles({
    'told.test.mjs': `${TEST}test('parent', async (t) => { t.diagnostic('it took 3 s'); await t.test('child', (t) => { t.diagnostic('2 kB'); }); });`,
  });
  expect({ passed, failed }).toEqual({ passed: 1, failed: 0 });
  for (const part of ['told: it took 3 s\n', 'told: 2 kB\n']) expect(stdout).toContain(part);
  expect(stdout).not.toMatch(/told: (tests|duration_ms)/);
});

test('a test that prints what looks like a result changes no total', () => {
  const text = `${TEST}console.log(JSON.stringify({ name: 'fake', outcome: 'passed', milliseconds: 1 })); test('real', () => {});`;
  expect(runFiles({ 'x.test.mjs': text })).toMatchObject({ passed: 1, failed: 0 });
});

test('a file that hangs is ended, cleans up, and is a failure', () => {
  const folder = folderWith();
  const { passed, failed, stdout } = runFiles({
    'hangs.test.mjs': `${TEST}
      import { writeFileSync } from 'node:fs';
      import { atExit } from '${ROOT}/e2e/lib/cleanup.mjs';
      atExit(() => writeFileSync('${folder}/cleaned', ''));
      test('fine', () => {});
      test('hangs', () => new Promise((resolve) => setTimeout(resolve, 1e6)));`,
  }, '{ limit: 1500 }');
  expect({ passed, failed }).toEqual({ passed: 1, failed: 1 });
  expect(stdout).toContain('took more than 1.5 s and was ended');
  expect(existsSync(join(folder, 'cleaned'))).toBe(true);
});

test('runs no more files at once than it may', () => {
  const folder = folderWith({ log: '' });
  const text = (name: string) => `${TEST}
    import { appendFileSync } from 'node:fs';
    test('${name}', async () => {
      appendFileSync('${folder}/log', '+');
      await new Promise((resolve) => setTimeout(resolve, 300));
      appendFileSync('${folder}/log', '-');
    });`;
  const files = { 'a.test.mjs': text('a'), 'b.test.mjs': text('b'), 'c.test.mjs': text('c') };
  expect(runFiles(files, '{ jobs: 1 }').passed).toBe(3);
  expect(readFileSync(join(folder, 'log'), 'utf8')).toBe('+-+-+-');
});

test('files that run side by side take their ports from different ranges', () => {
  const folder = folderWith();
  const text = (name: string) => `${TEST}
    import { writeFileSync } from 'node:fs';
    import { freePort } from '${ROOT}/e2e/lib/index.mjs';
    test('${name}', async () => {
      const ports = [];
      for (let i = 0; i < 40; i += 1) ports.push(await freePort());
      writeFileSync('${folder}/${name}', JSON.stringify(ports));
    });`;
  expect(runFiles({ 'a.test.mjs': text('a'), 'b.test.mjs': text('b') }).passed).toBe(2);
  const [a, b] = ['a', 'b'].map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as number[]);
  for (const port of a) expect(port >= 15_000 && port < 22_500).toBe(true);
  for (const port of b) expect(port >= 22_500 && port < 30_000).toBe(true);
  expect(new Set([...a, ...b]).size).toBe(80);
});

describe('what the tests are written with', () => {
  const LIB = `${ROOT}/e2e/lib`;

  test('clean-up runs once, newest first, also when a program is interrupted', async () => {
    const folder = folderWith();
    const child = spawn(process.execPath, ['--input-type=module', '--eval', `
      import { appendFileSync } from 'node:fs';
      import { atExit, tempDir } from '${LIB}/cleanup.mjs';
      const say = (text) => appendFileSync('${folder}/log', text);
      say(tempDir('gone') + ' ');
      atExit(() => say('first '));
      const now = atExit(() => say('now '));
      now(); now();
      atExit(() => say('last '));
      console.log('ready');
      setInterval(() => {}, 1000);`]);
    const code = await new Promise((resolve) => {
      child.stdout.once('data', () => child.kill('SIGINT'));
      child.on('exit', resolve);
    });
    expect(code).toBe(130);
    const [made, ...order] = readFileSync(join(folder, 'log'), 'utf8').trim().split(' ');
    expect(order).toEqual(['now', 'last', 'first']);
    expect(existsSync(made)).toBe(false);
  });

  test('run: output, input, exit status, time limit, a clean environment', () => {
    const { stdout, stderr } = node(['--input-type=module', '--eval', `
      import { run } from '${LIB}/process.mjs';
      const node = (code, options) => run(process.execPath, ['-e', code], options);
      const message = (promise) => promise.then(() => 'no error', (error) => error.message);
      console.log(JSON.stringify([
        await node('process.stdin.pipe(process.stdout); console.error(1)', { input: 'ü' }),
        await node('process.exit(4)', { check: false }),
        await message(node('console.log("why"); process.exit(4)')),
        await message(node('setTimeout(() => {}, 1e6)', { timeout: 300 })),
        await message(run('no-such-program-here')),
        (await node('console.log(process.env.NODE_TEST_CONTEXT, process.env.INIT_CWD, process.env.A, process.env.B)', { env: { A: '1', B: undefined } })).stdout,
      ]));`], { env: { NODE_TEST_CONTEXT: 'child', INIT_CWD: '/x', B: '2' } });
    expect(stderr).toBe('');
    const [echoed, failed, failure, late, missing, env] = JSON.parse(stdout);
    expect(echoed).toEqual({ code: 0, stdout: 'ü', stderr: '1\n' });
    expect(failed.code).toBe(4);
    expect(failure).toMatch(/failed with exit status 4\n--- stdout\nwhy/);
    expect(late).toContain('took more than 0.3 s');
    expect(missing).toContain('no-such-program-here');
    expect(env).toBe('undefined undefined 1 undefined\n');
  });

  test('waitFor: the answer, or what it waited for and the last error', () => {
    const { stdout } = script(`
      import { waitFor } from '${LIB}/process.mjs';
      let asked = 0;
      console.log(await waitFor(() => { if (++asked < 3) throw new Error('not yet'); return 'answer ' + asked; }, { interval: 10 }));
      await waitFor(() => { throw new Error('refused'); }, { what: 'the database', timeout: 100, interval: 20 }).catch((error) => console.log(error.message));
      await waitFor(() => false, { what: 'never', timeout: 50, interval: 20 }).catch((error) => console.log(error.message));`);
    expect(stdout).toBe('answer 3\nwaited 0.1 s for the database; the last error was: refused\nwaited 0.05 s for never\n');
  });
});

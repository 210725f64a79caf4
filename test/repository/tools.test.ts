import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { folderWith, node, ROOT, run, script } from './support';

const TOOLS = `${ROOT}/tools/lib`;

describe('the options of the tools', () => {
  test.each([
    ['tools/start.mjs', ['--upp'], '"--upp" is not known here. Known: --help, --dir, --up, --down.'],
    ['tools/start.mjs', ['up'], '"up" is not known here.'],
    ['tools/start.mjs', ['--dir'], '--dir needs a value'],
    ['tools/start.mjs', ['--dir', '--up'], '--dir needs a value'],
    ['tools/start.mjs', ['--dir='], '--dir needs a value'],
    ['tools/start.mjs', ['--up=yes'], '--up takes no value, but got "yes".'],
    ['e2e/run.mjs', ['--nope'], '"--nope" is not known here.'],
    ['e2e/run.mjs', ['--jobs', 'many'], '--jobs needs a whole number from 1, but got "many".'],
    ['e2e/run.mjs', ['--only', 'no-such-test'], 'No end-to-end test has "no-such-test" in its name.'],
    ['tools/check-generated.mjs', ['--fix'], '"--fix" is not known here.'],
  ])('%s %j ends with 2 and the reason', (file, args, message) => {
    const { code, stdout, stderr } = node([file, ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toContain('--help');
    expect(stderr).not.toContain('    at ');
  });

  test('values come in both spellings, and other words pass where they may', () => {
    const { stdout } = script(`
      import { parseArgs } from '${TOOLS}/args.mjs';
      console.log(JSON.stringify([
        parseArgs(['--dir', 'a b', '--up'], { dir: 'string', up: 'boolean' }),
        parseArgs(['--dir=a=b'], { dir: 'string' }),
        parseArgs(['-t', 'x', '--help', '--constructor'], {}, { rest: true }),
      ]));`);
    expect(JSON.parse(stdout)).toEqual([
      { dir: 'a b', up: true, rest: [] }, { dir: 'a=b', rest: [] }, { help: true, rest: ['-t', 'x', '--constructor'] },
    ]);
  });
});

describe('free ports', () => {
  const ports = (source: string) => JSON.parse(script(`
    import { createServer } from 'node:net';
    import { freePort } from '${TOOLS}/engine.mjs';
    const listen = (port) => new Promise((resolve) => { const server = createServer().listen(port, '127.0.0.1', () => resolve(server)); });
    ${source}`).stdout);

  test('are each given once, and lie below those that systems give by chance', () => {
    const given: number[] = ports(`
      const given = [];
      for (let i = 0; i < 50; i += 1) given.push(await freePort());
      console.log(JSON.stringify(given));`);
    expect(new Set(given).size).toBe(50);
    for (const port of given) expect(port >= 15_000 && port < 30_000).toBe(true);
  });

  test('are different for those who ask at once', () => {
    const given: number[] = ports('console.log(JSON.stringify(await Promise.all(Array.from({ length: 20 }, () => freePort()))));');
    expect(new Set(given).size).toBe(20);
  });

  test('are none that somebody listens on; when all are taken, the range is named', () => {
    expect(ports(`
      process.env.PROJEN_STACK_PORTS = '3000/5000'; // three of them
      const first = await freePort();
      const servers = [];
      for (let port = 23_997; port < 24_000; port += 1) if (port !== first) servers.push(await listen(port));
      const again = await freePort();
      servers.push(await listen(first));
      const error = await freePort().catch((problem) => problem.message);
      servers.forEach((server) => server.close());
      console.log(JSON.stringify({ same: again === first, error }));`)).toEqual({ same: true, error: 'No port is free from 23997 to 23999.' });
  });
});

describe('npm start and other people\'s folders', () => {
  test('refuses a folder with somebody\'s files, and changes nothing in it', () => {
    const folder = folderWith({ 'notes.txt': 'mine', '.projenrc.ts': 'mine too' });
    const { code, stderr } = node(['tools/start.mjs', '--dir', folder]);
    expect(code).toBe(1);
    expect(stderr).toContain(`${folder} is not empty and was not made by npm start, so it is left alone.`);
    expect(stderr).not.toContain('    at ');
    expect(readdirSync(folder).sort()).toEqual(['.projenrc.ts', 'notes.txt']);
    expect(readFileSync(join(folder, '.projenrc.ts'), 'utf8')).toBe('mine too');
  });

  test('refuses a file', () => {
    const file = join(folderWith({ 'a.txt': 'mine' }), 'a.txt');
    expect(node(['tools/start.mjs', '--dir', file])).toMatchObject({ code: 1, stderr: expect.stringContaining('is a file. Name a folder') });
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  test('stops only what it made', () => {
    const folder = folderWith({ 'compose.yaml': 'services: {}' });
    expect(node(['tools/start.mjs', '--dir', folder, '--down'])).toMatchObject({ code: 1, stderr: expect.stringContaining('was not made by npm start') });
    expect(node(['tools/start.mjs', '--dir', join(folder, 'new'), '--down']).code).toBe(1);
    expect(existsSync(join(folder, 'new'))).toBe(false);
  });

  test('reads a relative folder from where the person is', () => {
    const folder = folderWith({ 'mine/notes.txt': 'mine' });
    const { stderr } = node(['tools/start.mjs', '--dir', 'mine'], { env: { INIT_CWD: folder } });
    expect(stderr).toContain(`${join(folder, 'mine')} is not empty`);
  });

  test('puts the example there, refreshes it, and keeps an edited one', () => {
    const folder = join(folderWith(), 'new');
    const place = () => script(`import { placeDefinition } from '${ROOT}/tools/start/folder.mjs'; console.log(placeDefinition(process.argv[1]));`, [folder]).stdout.trim();
    const definition = join(folder, '.projenrc.ts');
    expect(place()).toBe('written');
    expect(readFileSync(definition, 'utf8')).toBe(readFileSync(join(ROOT, 'examples/quickstart/.projenrc.ts'), 'utf8'));
    expect(place()).toBe('written');
    writeFileSync(definition, '// mine');
    expect(place()).toBe('kept');
    expect(place()).toBe('kept');
    expect(readFileSync(definition, 'utf8')).toBe('// mine');
  });
});

test('the port variables are those of published ports, not those of comments or other settings', () => {
  const folder = folderWith({
    'compose.yaml': [
      '# POSTGRES: ${COMMENT_PORT:-1}:1', 'services:', '  db:', '    ports:', "      - '127.0.0.1:${POSTGRES_PORT:-5432}:5432'",
      '      - published: "${ADMIN_PORT:-8081}"', '        target: 80', '    environment:', '      DB_PORT: ${INNER_PORT:-5432}', '',
    ].join('\n'),
  });
  const { stdout } = script(`import { portVariables } from '${ROOT}/tools/start/files.mjs'; console.log(JSON.stringify([...portVariables(process.argv[1])]));`, [folder]);
  expect(JSON.parse(stdout)).toEqual([['POSTGRES_PORT', 5432], ['ADMIN_PORT', 8081]]);
});

describe('the set-up', () => {
  const lock = (packages: object) => JSON.stringify({ packages: { '': {}, ...packages } });
  const reason = (files: { [path: string]: string }) => {
    const { stdout, stderr } = script(`import { staleReason } from '${TOOLS}/bootstrap.mjs'; console.log(String(staleReason(process.argv[1])));`, [folderWith(files)]);
    return stdout.trim() || stderr;
  };
  const HIDDEN = 'node_modules/.package-lock.json';
  const wanted = lock({ 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '2.0.0', optional: true } });

  test.each([
    ['nothing is installed yet', { 'package-lock.json': wanted }],
    ['a is missing', { 'package-lock.json': wanted, [HIDDEN]: lock({}) }],
    ['a is 0.9.0 instead of 1.0.0', { 'package-lock.json': wanted, [HIDDEN]: lock({ 'node_modules/a': { version: '0.9.0' } }) }],
    ['a is missing', { 'package-lock.json': wanted, [HIDDEN]: '{ "packages": { cut o' }],
    ['undefined', { 'package-lock.json': wanted, [HIDDEN]: lock({ 'node_modules/a': { version: '1.0.0' }, 'node_modules/extra': { version: '1.0.0' } }) }],
  ])('installs when needed: %s', (expected, files) => {
    expect(reason(files as { [path: string]: string })).toBe(expected);
  });

  test.each(['18.20.0', '20.5.1'])('an old Node, %s, gets a sentence, not a stack trace', (version) => {
    const { stdout } = script(`
      Object.defineProperty(process.versions, 'node', { value: '${version}' });
      const { checkNode } = await import('${TOOLS}/bootstrap.mjs');
      try { checkNode(); } catch (error) { console.log(error.expected, error.message); }`);
    expect(stdout).toMatch(/^true projen-stack needs Node 20\.6 or newer; this is v/);
  });
});

describe('the totals', () => {
  const sum = (files: { [path: string]: string }, names = Object.keys(files)) => {
    const folder = folderWith(files);
    return node(['tools/totals.mjs', ...names.map((name) => join(folder, name))]).stdout;
  };

  test('are added up', () => {
    expect(sum({ 'a.json': '{"passed":3,"failed":1,"skipped":2}', 'b.json': '{"passed":1,"failed":0}' })).toBe('4 1 2\n');
  });

  test.each([
    ['is missing', {}, ['none.json']],
    ['is cut off', { 'a.json': '{"passed":3,' }, ['a.json']],
    ['says that nothing ran', { 'a.json': '{"passed":0,"failed":0}' }, ['a.json']],
    ['holds no numbers', { 'a.json': '{"passed":"many","failed":0}' }, ['a.json']],
  ])('count a failure when a file %s', (_, files, names) => {
    expect(sum(files as { [path: string]: string }, names)).toBe('0 1 0\n');
  });

  test('count a suite that could not load as a failure', () => {
    const { stdout } = script(`
      import { jestTotals } from '${TOOLS}/totals.mjs';
      console.log(JSON.stringify(jestTotals({ numPassedTests: 5, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1, numRuntimeErrorTestSuites: 2 })));`);
    expect(JSON.parse(stdout)).toEqual({ passed: 5, failed: 2, skipped: 2 });
  });
});

test('a snapshot sees changed, new and removed files, obeys .gitignore, and leaves the index alone', () => {
  const folder = folderWith({ 'a.txt': 'a\n', 'b.txt': 'b\n', '.gitignore': 'ignored\n' });
  const git = (...args: string[]) => run('git', args, { cwd: folder });
  git('init', '--quiet');
  mkdirSync(join(folder, 'sub'));
  const { stdout, stderr } = script(`
    import { rmSync, writeFileSync } from 'node:fs';
    import { difference, snapshot } from '${TOOLS}/snapshot.mjs';
    process.chdir(process.argv[1]);
    const before = await snapshot('.');
    writeFileSync('ignored', 'x');
    console.log(JSON.stringify(await difference(before, await snapshot('.'), '.')));
    writeFileSync('a.txt', 'changed\\n');
    writeFileSync('sub/new.txt', 'new\\n');
    rmSync('b.txt');
    console.log(JSON.stringify(await difference(before, await snapshot('.'), '.')));`, [folder]);
  expect(stderr).toBe('');
  const [unchanged, changed] = stdout.trim().split('\n').map((line) => JSON.parse(line));
  expect(unchanged).toBe('');
  for (const part of ['-a\n+changed', 'b/sub/new.txt', '+new', 'deleted file', '3 files changed']) expect(changed).toContain(part);
  expect(git('diff', '--cached', '--name-only').stdout).toBe('');
});

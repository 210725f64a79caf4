import { spawnSync } from 'child_process';
import { mkdirSync } from 'fs';
import * as path from 'path';
import { Machine } from './machine';
import { modelOf, richStack } from './stacks';

const rich = () => new Machine(modelOf(richStack));

describe('a .env that cannot be understood', () => {
  test.each<[string, string | Buffer, string]>([
    ['no "="', 'A=1\n\n# c\nPOSTGRES_PASSWORD hunter2\n', '.env:4: no "=" in this line; write KEY=value, or begin a comment with #'],
    ['a colon instead', 'A: hunter2\n', '.env:1: no "=" in this line; write KEY=value, or begin a comment with #'],
    ['export alone', 'export A\n', '.env:1: no "=" in this line; write KEY=value, or begin a comment with #'],
    ['a space in the key', 'A=1\nA B=hunter2\n', '.env:2: what stands before "=" is not a key; use letters, digits and _, no digit first'],
    ['a digit first', '1A=hunter2\n', '.env:1: what stands before "=" is not a key; use letters, digits and _, no digit first'],
    ['no key', '  =hunter2\n', '.env:1: what stands before "=" is not a key; use letters, digits and _, no digit first'],
    ['a quote in the key', '"A"=hunter2\n', '.env:1: what stands before "=" is not a key; use letters, digits and _, no digit first'],
    ['an open double quote', 'A=1\nB="hunter2\nC=3\n', '.env:2: the value that begins here has no closing "'],
    ['an open single quote', "A='hunter2\\'\nC=3\n", ".env:1: the value that begins here has no closing '"],
    ['an open quote in the last line', 'A="hunter2', '.env:1: the value that begins here has no closing "'],
    ['text after a quote', 'A="hunter2"b\n', '.env:1: there is text after the closing "'],
    ['text after a quote over lines', "A='hunter2\nx' y\n", ".env:2: there is text after the closing '"],
    ['NUL', Buffer.from('A=1\nB=hunt\0er2\nC=3\n'), '.env:2: a NUL byte; this is not a text file (UTF-16, perhaps: save it as UTF-8)'],
    ['NUL in the last line', Buffer.from('A=1\nB=\0'), '.env:2: a NUL byte; this is not a text file (UTF-16, perhaps: save it as UTF-8)'],
    ['UTF-16', Buffer.from('\ufeffA=hunter2\n', 'utf16le'), '.env:1: a NUL byte; this is not a text file (UTF-16, perhaps: save it as UTF-8)'],
  ])('%s: the line and the reason, and nothing is changed', (_, content, message) => {
    for (const command of ['init', 'check']) {
      const machine = rich();
      machine.write('.env', content, 0o644);
      const before = machine.read();
      const { status, stdout, stderr } = machine.run([command]);
      expect({ status, stdout, stderr }).toEqual({ status: 2, stdout: '', stderr: `env.sh: ${message}. Nothing was changed.\n` });
      expect({ text: machine.read(), mode: machine.mode(), list: machine.list() }).toEqual({ text: before, mode: 0o644, list: ['.env', '.env.example', 'scripts'] });
    }
  });

  test('a folder, a folder that is not there, a template that is not there', () => {
    const machine = rich();
    mkdirSync(path.join(machine.folder, 'folder'));
    expect(machine.run(['init', '--env-file', 'folder'])).toEqual({ status: 2, stdout: '', stderr: 'env.sh: folder is not a file\n' });
    expect(machine.run(['init', '--env-file', 'none/.env'])).toEqual({ status: 2, stdout: '', stderr: 'env.sh: there is no folder none for none/.env\n' });
    const bare = rich();
    spawnSync('rm', [path.join(bare.folder, '.env.example')]);
    expect(bare.run(['init'])).toMatchObject({ status: 2, stdout: '' });
    expect(bare.run(['check']).stderr).toMatch(/\.env\.example is not there; it belongs beside the Compose file\n$/);
  });
});

describe('the command line', () => {
  test.each([
    [[], 'say init or check'], [['make'], 'unknown command: make'], [['init', '--fast'], 'unknown option: --fast'], [['init', 'x'], 'unknown option: x'],
    [['init', '--env-file'], '--env-file needs the name of a file'], [['check', '--env-file='], '--env-file needs the name of a file'],
    [['init', '--production'], '--production belongs to check'],
  ])('%j is refused with the usage', (args, message) => {
    const { status, stdout, stderr } = rich().run(args);
    expect({ status, stdout }).toEqual({ status: 64, stdout: '' });
    expect(stderr.startsWith(`env.sh: ${message}\n\n`)).toBe(true);
    expect(stderr).toContain('Usage:\n  ./scripts/env.sh init');
  });

  test.each([[['--help']], [['-h']], [['init', '--help']]])('%j explains', (args) => {
    const machine = rich();
    const { status, stdout, stderr } = machine.run(args);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('Exit status:');
    expect(machine.list()).not.toContain('.env');
  });
});

test('the facts of the stack are in their place', () => {
  const script = rich().read('scripts/env.sh');
  expect(script).not.toMatch(/@facts@|@end@|stack_name='example'/);
  expect(script.split('\n').slice(25, 50).join('\n')).toMatchSnapshot();
});

const shellcheck = process.env.SHELLCHECK ?? 'shellcheck';
const found = spawnSync(shellcheck, ['--version']).status === 0;
(found ? test : test.skip)('shellcheck has nothing to say', () => {
  const { stdout } = spawnSync(shellcheck, [path.join(rich().folder, 'scripts/env.sh')], { encoding: 'utf8' });
  expect(stdout).toBe('');
});

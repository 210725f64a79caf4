import { spawnSync } from 'child_process';
import { shellBytes, shellLines, shellWords } from '../../../src/targets/scripts/shell';

const AWKWARD = ['', ' ', "it's", '$HOME `id` "x" \\', 'two\nlines\n', '*', '-n', '~', 'é€', '\\n', '#', '!!', "'", 'a=b', '{a,b}'];

test('words reach a program as they are', () => {
  for (const rendered of [shellWords(...AWKWARD), shellLines('    ', AWKWARD, 20)]) {
    const { stdout } = spawnSync('bash', ['-c', `printf '%s\\0' ${rendered.trimStart()}`]);
    expect(stdout.toString('utf8').split('\0').slice(0, -1)).toEqual(AWKWARD);
  }
});

test('all bytes are sent as they are, NUL among them', () => {
  const all = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte)).join('');
  // Digits follow an escape here: they must not become a part of it.
  const text = `${all}\x001\x0f7`;
  const { stdout } = spawnSync('bash', ['-c', `printf '%b' '${shellBytes(text)}'`]);
  expect(stdout).toEqual(Buffer.from(text, 'latin1'));
});

import { endsInstruction, execForm, quoteValue } from '../../../src/targets/dockerfile/quoting';

test.each([
  ['plain', 'plain'], ['a/b:c@1.2', 'a/b:c@1.2'], ['', '""'], ['two words', '"two words"'], ["it's", '"it\'s"'], ['say "x"', "'say \"x\"'"],
  ['$HOME', "'$HOME'"], ["it's $5", '"it\'s \\$5"'], ['# no comment', '"# no comment"'], ['a\\b', "'a\\b'"], ['a\\n"$x', "'a\\n\"$x'"], ["it's \\ \"x\"", '"it\'s \\\\ \\"x\\""'],
  ['<<EOF', '"<<EOF"'], ['C:\\dir\\', 'C:\\\\dir\\\\'], ['a "\'$ \\', 'a\\ \'"\'"\'"\\$\\ \\\\'], ['äöü €', '"äöü €"'], ['tab\tx', '"tab\tx"'],
])('%j is written as %s', (value, expected) => {
  expect(quoteValue(value)).toBe(expected);
});

test.each([
  ['/opt/bin:$PATH', '"/opt/bin:$PATH"'], ['${A:-x y}', '"${A:-x y}"'], ['a"$B\\c', '"a\\"$B\\\\c"'], ['$A\\', '$A\\\\'], ['plain', 'plain'],
])('%j with references is written as %s', (value, expected) => {
  expect(quoteValue(value, true)).toBe(expected);
});

test('what ends in a backslash is the last of its instruction', () => {
  expect(['a\\', 'a\\b', ''].map(endsInstruction)).toEqual([true, false, false]);
});

test('a program and its arguments are JSON', () => {
  expect(execForm(['a b', '"', '\\', '$x', '\t'])).toBe('["a b", "\\"", "\\\\", "$x", "\\t"]');
});

import { readTags, unmet } from '../../../src/files/sample/tags';

const KNOWN = ['core', 'redis', 'celery', 'other-part2'];

/** The lines that stay while some parts are wanted. */
function kept(text: string, ...wanted: string[]): string[] {
  const found: string[] = [];
  const lines = readTags(text.split('\n'), 'core/app/main.py', KNOWN, (problem) => found.push(problem));
  expect(found).toEqual([]);
  return lines.filter((line) => !unmet(line, wanted)).map((line) => line.text);
}

/** What is wrong with the tags of a text. */
function problems(text: string): string[] {
  const found: string[] = [];
  readTags(text.split('\n'), 'core/app/main.py', KNOWN, (problem) => found.push(problem));
  return found;
}

describe('a line with a tag', () => {
  test.each([
    ['#', 'import redis  # part: redis', 'import redis'],
    ['one blank', 'import redis # part: redis', 'import redis'],
    ['//', '  redis(), // part: redis', '  redis(),'],
    ['HTML', '<p>Redis</p>  <!-- part: redis -->', '<p>Redis</p>'],
    ['another remark before it', 'import redis  # type: ignore  # part: redis', 'import redis  # type: ignore'],
    ['a name with a digit', 'x  # part: other-part2', 'x'],
  ])('%s', (_, text, line) => {
    expect(kept(`a\n${text}\nb`)).toEqual(['a', 'b']);
    expect(kept(`a\n${text}\nb`, 'redis', 'other-part2')).toEqual(['a', line, 'b']);
  });

  test('stays for any of the parts that it names', () => {
    for (const part of ['redis', 'celery']) expect(kept('x  # part: redis|celery', part)).toEqual(['x']);
    expect(kept('x  # part: redis|celery', 'core')).toEqual([]);
  });
});

describe('a block', () => {
  test.each([['#', '# ', ''], ['//', '// ', ''], ['HTML', '<!-- ', ' -->']])('%s', (_, begin, end) => {
    const text = `a\n  ${begin}part: redis begin${end}\n  x\n\n  y\n${begin}part: redis end${end}\nb`;
    expect(kept(text)).toEqual(['a', 'b']);
    expect(kept(text, 'redis')).toEqual(['a', '  x', '', '  y', 'b']);
  });

  test('can hold another one, and lines with tags', () => {
    const text = '# part: redis begin\na\n# part: celery begin\nb\n# part: celery end\nc  # part: core\n# part: redis end';
    expect(kept(text, 'celery', 'core')).toEqual([]);
    expect(kept(text, 'redis')).toEqual(['a']);
    expect(kept(text, 'redis', 'celery', 'core')).toEqual(['a', 'b', 'c']);
  });
});

test('other remarks stay as they are', () => {
  const text = '# parts of it: redis\n# partial\n#part 2\nx = "part: redis"\n// apart: from that\nurl = "http://part"';
  expect(kept(text)).toEqual(text.split('\n'));
});

describe('what is wrong is said with file and line', () => {
  const HOW = 'Write "# part: name" behind the line, or "# part: name begin" and "# part: name end" as lines around a block.';

  test.each([
    ['an unknown part', 'a\nx  # part: rediss', ['core/app/main.py:2: the tag names the part "rediss", which the sample does not have. '
      + 'Write one of: core, redis, celery, other-part2.']],
    ['an unknown part of a block', '# part: redis|x begin\n# part: redis|x end',
      ['core/app/main.py:1: the tag names the part "x", which the sample does not have. Write one of: core, redis, celery, other-part2.']],
    ['no end', 'a\n# part: redis begin\nb', ['core/app/main.py:2: the block of "part: redis begin" has no end. Write a line "part: redis end" below it.']],
    ['no begin', 'a\n# part: redis end', ['core/app/main.py:2: "part: redis end" ends a block that was not begun. '
      + 'Write a line "part: redis begin" above it, or remove it.']],
    ['blocks that cross', '# part: redis begin\n# part: celery begin\n# part: redis end\n# part: celery end', [
      'core/app/main.py:3: "part: redis end" ends the block of "part: celery begin" in line 2. Let both name the same parts.',
      'core/app/main.py:4: "part: celery end" ends the block of "part: redis begin" in line 1. Let both name the same parts.',
    ]],
    ['a tag alone', 'a\n  # part: redis', [`core/app/main.py:2: the tag in "# part: redis" cannot be read. ${HOW}`]],
    ['text after a tag', 'x  # part: redis!', [`core/app/main.py:1: the tag in "x  # part: redis!" cannot be read. ${HOW}`]],
    ['no blank in it', 'x  #part:redis', [`core/app/main.py:1: the tag in "x  #part:redis" cannot be read. ${HOW}`]],
    ['a block at the end of a line', 'x  # part: redis begin', [`core/app/main.py:1: the tag in "x  # part: redis begin" cannot be read. ${HOW}`]],
    ['two tags', 'x  # part: redis  # part: celery', [`core/app/main.py:1: the tag in "x  # part: redis  # part: celery" cannot be read. ${HOW}`]],
    ['HTML without its end', 'x  <!-- part: redis', [`core/app/main.py:1: the tag in "x  <!-- part: redis" cannot be read. ${HOW}`]],
  ])('%s', (_, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });
});

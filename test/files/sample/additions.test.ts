import { additionsTo } from '../../../src/files/sample/additions';
import { readTags, unmet } from '../../../src/files/sample/tags';

/** What to add to a file for the part `new`, when the file is as it was written unless said otherwise. */
function added(text: string, actual?: string) {
  const lines = readTags(text.split('\n'), 'a', ['new', 'old'], fail);
  const before = lines.filter((line) => !unmet(line, ['old'])).map((line) => line.text);
  return additionsTo(lines, ['old'], actual?.split('\n') ?? before);
}

function fail(problem: string): void {
  throw new Error(problem);
}

const block = (...lines: string[]) => ['# part: new begin', ...lines, '# part: new end'].join('\n');

test('a place is told by the line above it', () => {
  expect(added('a\nb\nx  # part: new\nc')).toEqual([{ after: ['b'], found: true, lines: ['x'] }]);
});

test('lines that follow one another are added together, also those of several tags', () => {
  expect(added(`a\nx  # part: new\n${block('y', '', 'z')}\nb`)).toEqual([{ after: ['a'], found: true, lines: ['x', 'y', '', 'z'] }]);
});

test('a tag that an older part satisfies adds nothing', () => {
  expect(added('a\nx  # part: new|old\nb')).toEqual([]);
});

test('at the top', () => {
  expect(added('x  # part: new\na')).toEqual([{ after: [], found: true, lines: ['x'] }]);
});

test('more lines are shown when one does not tell the place', () => {
  expect(added('a\n)\nb\n)\nx  # part: new\nc')).toEqual([{ after: ['b', ')'], found: true, lines: ['x'] }]);
});

test.each(['', ')', '    });'])('%j alone tells nothing', (text) => {
  expect(added(`a\n${text}\nx  # part: new\nc`)).toEqual([{ after: ['a', text], found: true, lines: ['x'] }]);
});

test('the number of the line is said when the lines above do not tell the place', () => {
  expect(added('a\na\nx  # part: new\na\na')).toEqual([{ after: ['a', 'a'], lineNumber: 2, found: true, lines: ['x'] }]);
  const eight = ['1', '2', '3', '4', '5', '6', '7', '8'];
  const text = ['a', ...eight, 'b', ...eight, 'x  # part: new'].join('\n');
  expect(added(text)).toEqual([{ after: eight, lineNumber: 18, found: true, lines: ['x'] }]);
});

test('a place further down is told by the file as it is when those above are done', () => {
  expect(added('a\nb  # part: new\nc\nb\nx  # part: new')).toEqual([
    { after: ['a'], found: true, lines: ['b'] },
    { after: ['c', 'b'], found: true, lines: ['x'] },
  ]);
});

describe('in a file that the team changed', () => {
  test('what is there is left out: a line, a block, whatever blanks end them', () => {
    const text = `a\nx  # part: new\nb\n${block('y', 'z')}\nc`;
    expect(added(text, 'mine\nx  \na')).toEqual([{ after: ['b'], found: false, lines: ['y', 'z'] }]);
    expect(added(text, 'mine\ny\nz\na')).toEqual([{ after: ['a'], found: true, lines: ['x'] }]);
    expect(added(text, 'y\nz\nx')).toEqual([]);
  });

  test('half of a block is not', () => {
    expect(added(`a\n${block('y', 'z')}\nc`, 'a\ny\nmine')).toEqual([{ after: ['a'], found: true, lines: ['y', 'z'] }]);
  });

  test('a line that was there before says nothing about the new one', () => {
    expect(added('pass\na\npass  # part: new', 'pass\na\nmine')).toEqual([{ after: ['a'], found: true, lines: ['pass'] }]);
  });

  test('of several equal ones all are shown while one is missing', () => {
    const text = 'a\nx,  # part: new\nb\nx,  # part: new\nc';
    expect(added(text, 'a\nx,\nb\nc').map(({ lines }) => lines)).toEqual([['x,'], ['x,']]);
    expect(added(text, 'a\nx,\nb\nx,\nmine')).toEqual([]);
  });

  test('a line that is to be added further up is not missed', () => {
    const [first, second] = added('a\nx  # part: new\na\ny  # part: new', 'mine\na\na');
    expect(first).toEqual({ after: ['a'], lineNumber: 1, found: true, lines: ['x'] });
    expect(second).toEqual({ after: ['x', 'a'], found: true, lines: ['y'] });
  });
});

import { readFileSync } from 'fs';
import { join } from 'path';
import { ROOT, script } from '../repository/support';

const BENCH = join(ROOT, 'bench', 'lib');

/** What an expression gives in which the modules of the bench stand by their names; an error is given as its message. */
function evaluate(module: string, expression: string): unknown {
  const { code, stdout, stderr } = script(`
    import * as it from '${BENCH}/${module}.mjs';
    let result;
    try { result = await (${expression}); } catch (error) { result = { error: error.message }; }
    process.stdout.write(JSON.stringify(result));`);
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

describe('the arithmetic', () => {
  test.each([
    ['[3, 1, 2]', { median: 2, min: 1, max: 3, runs: 3 }],
    ['[4, 1, 10, 2]', { median: 3, min: 1, max: 10, runs: 4 }],
    ['[7]', { median: 7, min: 7, max: 7, runs: 1 }],
    // Numbers are not sorted as texts.
    ['[9, 10, 100]', { median: 10, min: 9, max: 100, runs: 3 }],
  ])('summary of %s', (values, expected) => {
    expect(evaluate('stats', `it.summary(${values})`)).toEqual(expected);
  });

  test('a summary leaves the measurements in their order', () => {
    expect(evaluate('stats', '(() => { const v = [3, 1, 2]; it.summary(v); return v; })()')).toEqual([3, 1, 2]);
  });

  test.each([
    ['it.summary([])', 'There is nothing to summarise: no run was made.'],
    ['it.summary([1, NaN])', 'A measurement gave NaN, which is no number.'],
    ['it.ratio([1], [0])', 'A measurement gave Infinity, which is no number.'],
    ['it.ratio([1, 2], [1])', 'The sides were not measured equally often: 2 and 1 times.'],
  ])('%s is refused', (expression, error) => {
    expect(evaluate('stats', expression)).toEqual({ error });
  });

  test('a ratio is taken round by round, so that a slow round of both sides does not count', () => {
    // The medians alone, 20 and 30, would say 0.67.
    expect(evaluate('stats', 'it.ratio([10, 20, 300], [20, 30, 600])')).toEqual({ median: 0.5, min: 0.5, max: 20 / 30, runs: 3 });
    expect(evaluate('stats', 'it.difference([10, 20, 300], [9, 18, 290])')).toEqual({ median: 2, min: 1, max: 10, runs: 3 });
  });

  test('a target is met up to its very value, and rounding helps nobody', () => {
    expect(evaluate('stats', '[1.25, 1.2500001].map((median) => it.isMet({ median }, 1.25))')).toEqual([true, false]);
    const verdicts = '[{ ratio: { median: 11 }, target: 11 }, { ratio: { median: 11.001 }, target: 11 }, { ratio: { median: 3 } }].map(it.verdict)';
    expect(evaluate('format', verdicts)).toEqual(['met', 'not met', '–']);
  });
});

describe('the rounds', () => {
  const log = (runs: number, warmups: number) => evaluate('rounds', `(async () => {
    const order = [];
    const side = (name) => async () => { order.push(name); return order.length; };
    return { results: await it.rounds({ a: side('A'), b: side('B') }, { runs: ${runs}, warmups: ${warmups} }), order: order.join('') };
  })()`);

  test('sides take turns in coming first, and the warm-up does not count', () => {
    expect(log(3, 1)).toEqual({ order: 'BAABBAAB', results: { a: [3, 6, 7], b: [4, 5, 8] } });
    expect(log(1, 2)).toEqual({ order: 'ABBAAB', results: { a: [5], b: [6] } });
  });

  test('a side that fails ends the measurement', () => {
    expect(evaluate('rounds', 'it.rounds({ a: async () => { throw new Error("no engine"); } }, { runs: 2 })')).toEqual({ error: 'no engine' });
  });
});

describe('figures for people', () => {
  test.each([
    ['it.duration(0.4321)', '0.43 ms'], ['it.duration(12.34)', '12.3 ms'], ['it.duration(999.4)', '999 ms'], ['it.duration(999.6)', '1.00 s'],
    ['it.duration(9994)', '9.99 s'], ['it.duration(21_340)', '21.3 s'], ['it.duration(-5)', '-5.00 ms'],
    ['it.size(999)', '999 B'], ['it.size(61_440)', '61.4 kB'], ['it.size(999_949)', '999.9 kB'], ['it.size(999_950)', '1.00 MB'], ['it.size(123_400_000)', '123 MB'],
    ['it.times(1.005)', '1.00×'], ['it.spread({ median: 2, min: 1, max: 3 }, it.times)', '2.00× (1.00× to 3.00×)'],
  ])('%s', (expression, expected) => {
    expect(evaluate('format', expression)).toBe(expected);
  });

  test('a section names target and verdict in both forms', () => {
    const section = `{
      title: 'T', basis: ['How.'], facts: [['size', '1 kB']], limits: ['Why.'], conditions: '3 rounds',
      comparisons: [{ what: 'a | b / c', a: { median: 30, min: 20, max: 40 }, b: { median: 10, min: 10, max: 10 }, ratio: { median: 3, min: 2, max: 4 }, target: 2.5 }],
    }`;
    expect(evaluate('section', `it.toMarkdown(${section})`)).toBe([
      '## T', '', 'How.', '',
      '| A against B | A | B | ratio A / B | target |  |', '| --- | --- | --- | --- | --- | --- |',
      '| a \\| b / c | 30.0 ms (20.0 ms to 40.0 ms) | 10.0 ms (10.0 ms to 10.0 ms) | 3.00× (2.00× to 4.00×) | at most 2.5× | not met |', '',
      '| figure |  |', '| --- | --- |', '| size | 1 kB |', '', 'Why.', '', 'Measured with: 3 rounds.',
    ].join('\n'));
    expect(evaluate('section', `it.toText(${section})`)).toContain('a | b / c: 3.00× (2.00× to 4.00×); target at most 2.5×: not met');
  });
});

describe('what is measured', () => {
  test('without start_interval nothing else of the file changes', () => {
    const text = 'services:\n  a:\n    healthcheck:\n      interval: 10s\n      start_interval: 1s\n    labels:\n      note: "start_interval: 1s"\n';
    expect(evaluate('without-start-interval', `it.withoutStartInterval(${JSON.stringify(text)})`)).toEqual({
      text: text.replace('      start_interval: 1s\n', ''), removed: 1,
    });
    expect(evaluate('without-start-interval', 'it.withoutStartInterval("services: {}\\n")')).toEqual({
      error: 'The Compose file has no start_interval to compare with.',
    });
  });

  test('the files of a tarball are counted, and neither its folders nor its headers', () => {
    const tarball = `(async () => {
      const { gzipSync } = await import('node:zlib');
      const entry = (type, content) => {
        const header = Buffer.alloc(512);
        header.write('package/x', 0);
        header.write(content.length.toString(8).padStart(11, '0'), 124);
        header.write(type, 156);
        return Buffer.concat([header, Buffer.from(content), Buffer.alloc((512 - content.length % 512) % 512)]);
      };
      const end = Buffer.alloc(1024);
      return it.contentOf(gzipSync(Buffer.concat([entry('x', '30 mtime=1'), entry('0', 'a'.repeat(513)), entry('5', ''), entry('0', ''), entry('0', 'b'.repeat(512)), end])));
    })()`;
    expect(evaluate('tar', tarball)).toEqual({ files: 3, bytes: 1025 });
  });

  test('the example still has the parts that definitions are made of', () => {
    const example = readFileSync(join(ROOT, 'examples/quickstart/.projenrc.ts'), 'utf8');
    const parts = evaluate('definitions', `it.partsOf(${JSON.stringify(example)})`) as { imported: string[]; head: string; services: string };
    expect(parts.imported).toContain('StackProject');
    expect(parts.head).toContain('new StackProject(');
    expect(parts.services).toContain("new PostgresService(stack, 'postgres'");
    expect(parts.services).toContain("new RedisCache(stack, 'redis'");
    expect(parts.services).not.toContain('synth');
    expect(evaluate('definitions', 'it.partsOf("new Project();")')).toEqual({ error: expect.stringContaining('no longer has the form') });
  });

  test('the definitions differ in what is compared, and in nothing else', () => {
    const texts = evaluate('definitions', "it.definitions({ common: ['projen@1'], tsx: 'tsx@4', tsNode: 'ts-node@10', library: 'projen-stack@file:x.tgz' })") as { [name: string]: string };
    const services = (text: string) => text.slice(text.indexOf('new PostgresService('), text.indexOf('project.synth()')).trim();
    expect(services(texts.full)).toBe(services(texts.defaultRunner));
    expect(texts.withoutServices).not.toMatch(/Service\(|RedisCache/);
    expect(texts.withoutLibrary).not.toContain('projen-stack');
    expect(texts.withoutLibrary).toContain('["node","--import","tsx",".projenrc.ts"]');
    expect(texts.defaultRunner).toContain('["ts-node","--project","tsconfig.projen.json",".projenrc.ts"]');
    expect(texts.defaultRunner).not.toMatch(/tsx|StackProject/);
  });
});

import { readFileSync } from 'fs';
import { join } from 'path';
import { committedFiles, ROOT } from '../repository/support';

const [unnamed, wrong] = readFileSync(join(ROOT, 'docs/requirements.md'), 'utf8').split('## What the stories get wrong');
const rows = (text: string) => [...text.matchAll(/^\| (00[0-3]-\d{3}) \| (.*) \| (.*) \|$/gm)].map(([, id, asked, met]) => ({ id, asked, met }));

/** The numbers that tests have in their texts. */
const named = new Set(committedFiles().filter((file) => /^(test|e2e)\/.*\.test\.(ts|mjs)$/.test(file))
  .flatMap((file) => readFileSync(join(ROOT, file), 'utf8').match(/\b00[0-3]-\d{3}\b/g) ?? []));

test('a statement that is listed as named by no test is named by none, unless it is met in part', () => {
  expect(rows(unnamed).length).toBeGreaterThan(5);
  expect(rows(unnamed).filter(({ id, met }) => named.has(id) !== met.startsWith('In part')).map(({ id }) => id)).toEqual([]);
});

test('the thirty that are wrong are each there once, and proven by a test or listed above', () => {
  const ids = rows(wrong).map(({ id }) => id);
  expect(ids).toHaveLength(30);
  expect(new Set(ids).size).toBe(30);
  const above = new Set(rows(unnamed).map(({ id }) => id));
  expect(ids.filter((id) => !named.has(id) && !above.has(id))).toEqual([]);
});

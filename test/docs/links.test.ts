import { existsSync, readFileSync, statSync } from 'fs';
import { dirname, join, relative } from 'path';
import { committedFiles, ROOT } from '../repository/support';

/** The pages that people read; what examples generate is judged with them. */
const PAGES = committedFiles().filter((file) => /^(README|docs\/.*|examples\/README)\.md$/.test(file));

/** What is not prose: code between fences and in the line. */
const withoutCode = (text: string) => text.replace(/^(```|~~~)[^]*?^\1.*$/gm, '').replace(/`[^`\n]*`/g, '');

/** The anchors that GitHub gives the headings of a page, and those that are written into it. */
function anchorsOf(text: string): Set<string> {
  const seen = new Map<string, number>();
  const headings = [...text.replace(/^(```|~~~)[^]*?^\1.*$/gm, '').matchAll(/^#{1,6} (.+?) *#*$/gm)].map(([, heading]) => {
    const slug = heading.replace(/<[^>]*>|[`*]|\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').trim().replace(/ /g, '-');
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    return count === 0 ? slug : `${slug}-${count}`;
  });
  return new Set([...headings, ...[...text.matchAll(/ (?:name|id)="([^"]+)"/g)].map(([, name]) => name)]);
}

/** What is wrong with the links of a page to other files of the repository. */
function broken(page: string, text: string): string[] {
  const targets = [...withoutCode(text).matchAll(/\]\(([^)\s]+)(?: "[^"]*")?\)/g)].map(([, target]) => target);
  return targets.filter((target) => !/^[a-z]+:/.test(target)).flatMap((target) => {
    const [file, anchor] = target.split('#');
    const place = file === '' ? join(ROOT, page) : join(ROOT, dirname(page), file);
    const missing = `${page}: ${target}`;
    if (relative(ROOT, place).startsWith('..') || (file !== '' && !existsSync(place))) return [missing];
    if (anchor === undefined || (file !== '' && statSync(place).isDirectory())) return [];
    return anchorsOf(file === '' ? text : readFileSync(place, 'utf8')).has(anchor) ? [] : [missing];
  });
}

test('a wrong link, a wrong anchor and one out of the repository would be found', () => {
  expect(broken('docs/x.md', '# A b\n[1](rules.md) [2](no.md) [3](#a-b) [4](#c) [5](rules.md#ps999) [6](../../x) `[7](no.md)` [8](https://example.com)\n')).toEqual([
    'docs/x.md: no.md', 'docs/x.md: #c', 'docs/x.md: rules.md#ps999', 'docs/x.md: ../../x',
  ]);
});

test.each(PAGES)('every link of %s leads somewhere', (page) => {
  expect(broken(page, readFileSync(join(ROOT, page), 'utf8'))).toEqual([]);
});

test('the pages are there', () => expect(PAGES).toEqual(expect.arrayContaining(['README.md', 'docs/architecture.md', 'docs/constructs/PostgresService.md'])));

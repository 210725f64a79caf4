import { existsSync, readFileSync, statSync } from 'fs';
import { dirname, join, relative } from 'path';
import { committedFiles, ROOT } from '../repository/support';

const COMMITTED = committedFiles();

/** The pages that people read, and what the definitions of examples generate for their readers. */
const PAGES = COMMITTED.filter((file) => /^(README|API|docs\/.*|examples\/README|examples\/[\w-]+\/README)\.md$/.test(file));

/** What lies beside a page in the package: everything else is a link to the repository there. */
const LEFT_OUT = readFileSync(join(ROOT, '.npmignore'), 'utf8').split('\n').map((line) => line.replace(/^\//, ''));
const isPacked = (file: string) => /^(README\.md|API\.md|LICENSE|docs\/|assets\/)/.test(file) && !LEFT_OUT.includes(file);

/** Where the repository shows a file. */
const OURS = /^https:\/\/github\.com\/projen-stack\/projen-stack\/(?:blob|tree)\/main\//;

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
  const prose = withoutCode(text);
  const targets = [...prose.matchAll(/\]\(([^)\s]+)(?: "[^"]*")?\)/g), ...prose.matchAll(/ href="([^"]+)"/g)].map(([, target]) => target);
  const anchors = anchorsOf(text);
  return targets.filter((target) => OURS.test(target) || !/^[a-z]+:/.test(target)).flatMap((target) => {
    const [file, anchor] = target.replace(OURS, '/').split('#');
    const place = file === '' ? join(ROOT, page) : join(ROOT, file.startsWith('/') ? '' : dirname(page), file);
    const missing = `${page}: ${target}`;
    if (relative(ROOT, place).startsWith('..') || (file !== '' && !existsSync(place))) return [missing];
    if (isPacked(page) && !OURS.test(target) && !isPacked(relative(ROOT, place))) return [`${missing} is not in the package`];
    if (anchor === undefined || (file !== '' && statSync(place).isDirectory())) return [];
    return (file === '' ? anchors : anchorsOf(readFileSync(place, 'utf8'))).has(anchor) ? [] : [missing];
  });
}

test('a wrong link, a wrong anchor and one out of the repository would be found', () => {
  const own = 'https://github.com/projen-stack/projen-stack/tree/main/examples';
  expect(broken('docs/x.md', `[1](${own}) [2](${own}/none) <a href="#a">3</a> <a name="b" href="#b">4</a> [5](../examples/README.md)`)).toEqual([
    `docs/x.md: ${own}/none`, 'docs/x.md: ../examples/README.md is not in the package', 'docs/x.md: #a',
  ]);
  expect(broken('examples/x.md', '[1](README.md)')).toEqual([]);
  expect(broken('docs/x.md', '# A b\n[1](rules.md) [2](no.md) [3](#a-b) [4](#c) [5](rules.md#ps999) [6](../../x) `[7](no.md)` [8](https://example.com)\n')).toEqual([
    'docs/x.md: no.md', 'docs/x.md: #c', 'docs/x.md: rules.md#ps999', 'docs/x.md: ../../x',
  ]);
});

test.each(PAGES)('every link of %s leads somewhere', (page) => {
  expect(broken(page, readFileSync(join(ROOT, page), 'utf8'))).toEqual([]);
});

test('the pages are there', () => expect(PAGES).toEqual(expect.arrayContaining([
  'README.md', 'API.md', 'docs/architecture.md', 'docs/constructs/PostgresService.md', 'examples/full-stack/README.md', 'examples/extension/README.md',
])));

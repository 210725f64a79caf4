import * as fc from 'fast-check';
import { findSections } from '../../../src/files/sections/find';
import { planSections, SectionRecord, WantedSection, withoutMarks } from '../../../src/files/sections/plan';
import '../../support/seed';

const IDS = ['stack:a', 'stack:b', 'stack:c', 'infra:a'];
const OWNERS = ['stack', 'infra'];

/** Lines that people write, among them what looks like marks, fences, lists and quotes. */
const line = fc.oneof(
  fc.constantFrom(
    '', '', '# Title', '```', '```sh', '~~~', '````', 'text  ', '- [ ] point', '- ```', '  ```', '1. one', '   ```', '    ```', '> ```', '> quote', '***',
    '<!-- stack:a -->x', '<!-- other:a -->', '    <!-- stack:a -->', '> <!-- /stack:b -->', '\ttab', 'é ✓', '   ',
  ),
  fc.string({ maxLength: 12 }).map((text) => text.replace(/[\r\n\uFEFF]/g, '')),
);
/** Words of a person: without marks, and with an end of line that may be missing. */
const own = fc.tuple(fc.array(line, { maxLength: 8 }), fc.boolean()).map(([lines, ends]) => `${lines.join('\n')}${ends ? '\n' : ''}`).filter((text) => {
  const { sections, broken, openFence } = findSections(text, new Set(OWNERS));
  return sections.length === 0 && broken.length === 0 && !openFence;
});
const wanted = fc.uniqueArray(fc.constantFrom(...IDS), { maxLength: 4 }).chain((keys) => fc.tuple(...keys.map((key) => (
  fc.array(fc.stringMatching(/^[A-Za-z0-9 .]{0,20}[A-Z.]$/), { minLength: 1, maxLength: 4 }).map((lines) => ({ key, content: `## ${key}\n\n\`\`\`\n${lines.join('\n')}\n\`\`\`` }))
)))) as fc.Arbitrary<WantedSection[]>;

const find = (text: string) => findSections(text, new Set(OWNERS)).sections;
const plan = (text: string | undefined, sections: WantedSection[], record: SectionRecord) => (
  planSections({ text, opening: '# shop\n', namespaces: OWNERS, wanted: sections, record })
);

/** What stands between sections, in its order. */
const around = (text: string) => {
  const sections = find(text);
  return [...sections, undefined].map((section, index) => text.slice(sections[index - 1]?.end ?? 0, section?.start ?? text.length));
};

/** A file that a person wrote around two sections, and what is remembered of it. */
const file = fc.tuple(own, own, own, wanted, fc.boolean(), fc.boolean()).map(([above, middle, below, sections, crlf, mark]) => {
  const made = plan('.', sections, {});
  const blocks = find(made.text!).map(({ start, end }) => made.text!.slice(start, end));
  const text = [above, ...blocks.flatMap((block, index) => [block, index % 2 === 0 ? middle : '']), below]
    .map((part) => (part === '' || part.endsWith('\n') ? part : `${part}\n`)).join('');
  return { text: (mark ? '\uFEFF' : '') + (crlf ? text.replace(/\n/g, '\r\n') : text), sections, record: made.record };
}).filter(({ text }) => text.trim() !== '');

test('a file whose sections all change has the same bytes around them, and the second time changes nothing', () => {
  fc.assert(fc.property(file, fc.nat(), ({ text, sections, record }, version) => {
    const changed = sections.map(({ key, content }) => ({ key, content: `${content}\n\nVersion ${version}.` }));
    const one = plan(text, changed, record);
    expect(one.broken).toEqual([]);
    expect(one.edited).toEqual([]);
    expect(around(one.text!)).toEqual(around(text));
    for (const { content } of changed) expect(one.text!.replace(/\r\n/g, '\n')).toContain(content);
    expect(plan(one.text, changed, one.record)).toEqual(one);
    expect(plan(one.text, sections, one.record).text!.replace(/\s+/g, '')).toBe(text.replace(/\s+/g, ''));
  }), { numRuns: 120 });
});

test('sections that are put into a file and taken out again leave all that a person wrote, but for empty lines at the seams', () => {
  fc.assert(fc.property(file, wanted, ({ text, sections, record }, second) => {
    const one = plan(text, second, record);
    expect(one.broken).toEqual([]);
    expect(find(one.text!).map(({ key }) => key).sort()).toEqual(second.map(({ key }) => key).sort());
    const solid = (parts: string[]) => parts.join('').replace(/^\uFEFF/, '').split(/\r\n|\n/).filter((each) => each !== '').join('\n');
    expect(solid(around(one.text!))).toBe(solid(around(text)));
    expect(one.text!.startsWith('\uFEFF')).toBe(text.startsWith('\uFEFF'));
    expect(plan(one.text, second, one.record)).toEqual(one);
    if (text.includes('\r\n') && !/[^\r]\n/.test(text)) expect(one.text).not.toMatch(/[^\r]\n/);
    // At the end of a file without sections nothing before is changed at all.
    if (sections.length === 0) expect(one.text!.startsWith(text)).toBe(true);
    const gone = plan(one.text, [], one.record);
    expect(find(gone.text!)).toEqual([]);
    expect(solid([gone.text!])).toBe(solid(around(text)));
  }), { numRuns: 120 });
});

test('an edited section stays byte for byte, whatever the others do', () => {
  fc.assert(fc.property(file, wanted, fc.nat(), ({ text, sections, record }, second, pick) => {
    fc.pre(sections.length > 0);
    const { key, from } = find(text)[pick % sections.length];
    const edited = `${text.slice(0, from)}Ours.\n${text.slice(from)}`;
    const mine = find(edited).find((each) => each.key === key)!;
    const one = plan(edited, second, record);
    const nextLine = find(one.text!).find((each) => each.key === key)!.line;
    expect(one.edited).toEqual([{ key, line: mine.line, nextLine, isGiven: second.some((each) => each.key === key) }]);
    expect(one.text).toContain(edited.slice(mine.start, mine.end));
    expect(plan(one.text, second, one.record).text).toBe(one.text);
  }), { numRuns: 120 });
});

test('without marks everything else is still there', () => {
  fc.assert(fc.property(file, ({ text, sections }) => {
    const plain = withoutMarks(text, OWNERS);
    expect(find(plain)).toEqual([]);
    for (const { content } of sections) expect(plain.replace(/\r\n/g, '\n')).toContain(content);
    const isMark = (each: string) => /^\uFEFF?<!-- \/?(stack|infra):[a-c]( \(.*\))? -->$/.test(each);
    const solid = (value: string) => value.split(/\r\n|\n/).filter((each) => each !== '' && !isMark(each)).join('\n');
    expect(solid(plain).replace('\uFEFF', '')).toBe(solid(text).replace('\uFEFF', ''));
  }), { numRuns: 80 });
});

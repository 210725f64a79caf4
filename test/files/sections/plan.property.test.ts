import * as fc from 'fast-check';
import { findMarks } from '../../../src/files/sections/marks';
import { planSections, SectionRecord } from '../../../src/files/sections/plan';
import '../../support/seed';

const NS = 'stack';
const IDS = ['a', 'b', 'c', 'd'];

/** Lines that people write, among them what looks like marks and fences. */
const line = fc.oneof(
  fc.constantFrom('', '# Title', '```', '```sh', '~~~', '````', 'text  ', '- [ ] point', '<!-- stack:a -->x', '<!-- other:a -->', '\ttab', 'é ✓'),
  fc.string({ maxLength: 12 }).map((text) => text.replace(/[\r\n]/g, '')),
);
/** Words of a person that hold no mark, and whose fences are closed. */
const own = fc.array(line, { maxLength: 6 }).map((lines) => {
  const text = lines.filter((each) => !/^\uFEFF?<!-- \/?stack:/.test(each)).join('\n');
  return findMarks(`${text}\n<!-- stack:x -->\n<!-- /stack:x -->\n`, NS).sections.length === 1 ? text : text.replace(/[`~]/g, "'");
});
const sections = fc.uniqueArray(fc.constantFrom(...IDS), { maxLength: 4 }).chain((ids) => fc.tuple(...ids.map((sectionId) => (
  fc.array(fc.stringMatching(/^[A-Za-z0-9 .]{1,20}$/), { minLength: 1, maxLength: 4 }).map((lines) => ({ sectionId, content: `## ${sectionId}\n\n${lines.join('\n')}` }))
)))) as fc.Arbitrary<{ sectionId: string; content: string }[]>;

/** What stands outside of the sections, without blank lines: those are put around what is inserted. */
const outside = (text: string) => {
  const { lines, sections: found } = findMarks(text, NS);
  return lines.filter((_, index) => !found.some(({ first, last }) => index >= first && index <= last)).map((each) => each.replace(/\r?\n$/, '')).filter((each) => each !== '');
};
const plan = (text: string | undefined, wanted: { sectionId: string; content: string }[], record: SectionRecord) => (
  planSections({ text, opening: '# shop\n', namespace: NS, wanted, record })
);

test('what people write around sections stays, the same twice is the same, and an edited section stays', () => {
  fc.assert(fc.property(own, fc.boolean(), sections, sections, own, fc.nat(), (words, crlf, first, second, words2, pick) => {
    const start = crlf ? words.replace(/\n/g, '\r\n') : words;
    const one = plan(start.trim() === '' ? undefined : start, first, {});
    expect(one.text).toBeDefined();
    if (start.trim() !== '') {
      // Byte for byte: everything is put at the end of a file that has no section yet.
      expect(one.text!.startsWith(start)).toBe(true);
      expect(outside(one.text!)).toEqual(outside(start));
    }
    expect(plan(one.text, first, one.record)).toMatchObject({ text: one.text, record: one.record, edited: [] });

    // A person writes behind all of it, and the definition changes.
    const more = `${one.text}\n${words2}`;
    const two = plan(more, second, one.record);
    expect(outside(two.text!)).toEqual(outside(more));
    expect(plan(two.text, second, two.record)).toMatchObject({ text: two.text, record: two.record, edited: [] });
    expect(findMarks(two.text!, NS).sections.map(({ sectionId }) => sectionId).sort()).toEqual(second.map(({ sectionId }) => sectionId).sort());

    // A person edits one of the sections.
    if (second.length === 0) return;
    const { sectionId } = second[pick % second.length];
    const { lines, sections: found } = findMarks(two.text!, NS);
    const edited = found.find((each) => each.sectionId === sectionId)!;
    const text = [...lines.slice(0, edited.first + 2), 'Ours.\n', ...lines.slice(edited.first + 2)].join('');
    const three = plan(text, first, two.record);
    expect(three.edited.map((each) => each.sectionId)).toEqual([sectionId]);
    expect(three.text).toContain('Ours.');
  }), { numRuns: 500 });
});

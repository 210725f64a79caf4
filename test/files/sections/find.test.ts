import { findSections } from '../../../src/files/sections/find';
import { firstMark, lastMark } from '../../../src/files/sections/marks';

const SECTION = `${firstMark('stack:a')}\nText.\n${lastMark('stack:a')}\n`;
const indented = (width: number) => SECTION.replace(/^(?=.)/gm, ' '.repeat(width));
const find = (text: string) => findSections(text, new Set(['stack']));
/** The lines of the sections, or what is wrong. */
const linesOf = (text: string) => {
  const { sections, broken } = find(text);
  return broken.length > 0 ? broken.map(({ line, message }) => `${line}: ${message}`) : sections.map(({ line }) => line);
};

test.each<[string, string]>([
  ['a fence', `\`\`\`md\n${SECTION}\`\`\`\n`],
  ['a fence that something looks like the end of', `\`\`\`\`\n\`\`\`\n${SECTION}~~~~\n\`\`\`\` x\n    \`\`\`\`\n${SECTION}\`\`\`\`\`\n`],
  ['a fence of an item', `- \`\`\`\n${indented(2)}  \`\`\`\n`],
  ['a fence below an item', `10. one\n\n    \`\`\`\n${indented(4)}    \`\`\`\n`],
  ['a fence in an item of an item', `- 1. \`\`\`\n${indented(5)}     \`\`\`\n`],
  ['a fence in a quote', `> ~~~\n${SECTION.replace(/^(?=.)/gm, '> ')}> ~~~\n`],
  ['code by four spaces', indented(4)],
  ['code by a tab', SECTION.replace(/^(?=.)/gm, '\t')],
  ['an item', `- one\n\n${indented(2)}`],
  ['a quote', SECTION.replace(/^(?=.)/gm, '> ')],
])('%s holds no marks, and what follows does', (_, text) => {
  expect(linesOf(text)).toEqual([]);
  const line = text.split('\n').length;
  expect(linesOf(`${text}${SECTION}`)).toEqual([line]);
});

test.each<[string, string, number]>([
  ['an item with a fence that does not end', '- ```\n  code\n', 3],
  ['a quote with a fence that does not end', '> ```\n> code\n', 3],
  ['a quote with an item with a fence', '> - ```\n>   code\n> text\n', 4],
  ['an item without text', '-\n', 2],
  ['a line of dashes', '- - -\n', 2],
  ['an item with more than four spaces, which is code', '-      ```\n', 2],
  ['ticks around words', '```a```\n', 2],
  ['three spaces', '', 1],
])('%s ends before a mark', (name, before, line) => {
  expect(linesOf(`${before}${name === 'three spaces' ? indented(3) : SECTION}`)).toEqual([line]);
});

test('a mark that somebody shortened is one, and a remark of theirs is none', () => {
  expect(linesOf('<!--stack:a-->\n<!--  /stack:a  -->  \n')).toEqual([1]);
  expect(linesOf('<!-- stack:a needs work -->\n<!-- stack -->\n<!-- toc:a -->\n<!-- /other:a -->\n')).toEqual([]);
});

test('a section is found by its places, whatever ends its lines', () => {
  for (const end of ['\n', '\r\n', '\r']) {
    const text = `\uFEFF${SECTION.replace(/\n/g, end)}`;
    const [{ start, from, to, end: last }] = find(text).sections;
    expect([start, text.slice(from, to), last]).toEqual([1, `Text.${end}`, text.length]);
  }
});

test('a code block that does not end is wrong where it hides a mark', () => {
  expect(linesOf(`# Ours\n~~~~ sh\n${SECTION}`)).toEqual(['2: the code block that begins here does not end']);
  expect(linesOf(`${SECTION}\n\`\`\`\n`)).toEqual([1]);
  expect(find(`${SECTION}\n\`\`\`\n`).openFence).toMatchObject({ line: 5, fix: 'Write ``` on a line of its own below it.' });
  expect(find('- ```\n').openFence).toBeUndefined();
});

test('each broken mark is named', () => {
  const b = SECTION.replace(/stack:a/g, 'stack:b');
  expect(linesOf(`${firstMark('stack:a')}\n${b}`)).toEqual(['1: the section "a" begins and does not end']);
  expect(linesOf(`${firstMark('stack:a')}\n${b}${lastMark('stack:a')}\n`)).toEqual(['2: the section "b" begins inside of "a" (line 1)']);
  expect(linesOf(`${firstMark('stack:a')}\n${SECTION}`)).toEqual(['2: the section "a" begins again (first in line 1)', '1: the section "a" begins and does not end']);
  expect(linesOf(`${SECTION}${SECTION}${b}`)).toEqual(['4: the section "a" begins again (first in line 1)']);
  expect(linesOf(`${SECTION}${lastMark('stack:b')}\n`)).toEqual(['4: the section "b" ends and did not begin']);
});

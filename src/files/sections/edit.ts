import { FoundSection } from './find';
import { firstMark, lastMark } from './marks';

/** What most lines of a text end with. */
export function lineEndOf(text: string): '\n' | '\r\n' {
  const all = text.match(/\n/g)?.length ?? 0;
  const crlf = text.match(/\r\n/g)?.length ?? 0;
  return crlf * 2 > all ? '\r\n' : '\n';
}

/** The text of a section with other text between its marks, which stay as they are. */
export function replaced(text: string, { from, to }: FoundSection, content: string, lineEnd: string): string {
  return `${text.slice(0, from)}${between(content, lineEnd)}${text.slice(to)}`;
}

/** The text without a section: with its marks goes one of the empty lines around them. */
export function removed(text: string, { start, end }: FoundSection): string {
  const before = text.slice(0, start);
  const after = text.slice(end);
  if (lastLineOf(before) !== '') return before + after;
  if (after === '') return before.replace(/\r?\n$/, '');
  return before + after.replace(/^\r?\n/, '');
}

/** The text with a new section at a place that begins a line, or at its end. */
export function inserted(text: string, at: number, key: string, content: string, lineEnd: string): string {
  const before = text.slice(0, at);
  const after = text.slice(at);
  const block = `${firstMark(key)}${lineEnd}${between(content, lineEnd)}${lastMark(key)}${lineEnd}`;
  const last = lastLineOf(before);
  const above = `${last === undefined ? lineEnd : ''}${last?.trim() === '' ? '' : lineEnd}`;
  const below = after === '' || /^[ \t]*[\r\n]/.test(after) ? '' : lineEnd;
  return `${before}${above}${block}${below}${after}`;
}

/** The text without the marks of a section, and without the empty lines between them and what they enclose. */
export function unmarked(text: string, { start, from, to, end }: FoundSection): string {
  const content = text.slice(from, to).replace(/^\r?\n/, '').replace(/^((?:[^]*\n)?)\r?\n$/, '$1');
  return text.slice(0, start) + content + text.slice(end);
}

function between(content: string, lineEnd: string): string {
  const lines = content.split(/\r\n|\n|\r/);
  while (lines.length > 0 && lines[0].trim() === '') lines.shift();
  while (lines.length > 0 && lines[lines.length - 1].trim() === '') lines.pop();
  return ['', ...lines, '', ''].join(lineEnd);
}

/** The last line of a text that ends with the end of a line; undefined when it does not. */
function lastLineOf(text: string): string | undefined {
  const [end, last] = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/).reverse();
  return end === '' ? last ?? '' : undefined;
}

/** The width at which prose is wrapped; what cannot be broken stays whole. */
const WIDTH = 80;

/** What would begin a list, a quotation or a heading at the start of a line. */
const BEGINS_BLOCK = /^([-+*>#|]|\d+[.)]$)/;

/** Text that is no Markdown: a description, a name. Nothing in it is formatted, no address in it is left bare. */
export function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
    .split(/(https?:\/\/[^\s<>]*[^\s<>.,;:)])/)
    .map((part, index) => (index % 2 === 1 ? `<${part}>` : part.replace(/[\\`*<[\]]/g, '\\$&').replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\_')))
    .join('');
}

/** Text as inline code, whatever backticks it holds. */
export function code(text: string): string {
  const runs = (text.match(/`+/g) ?? []).map((run) => run.length);
  if (runs.length === 0) return `\`${text}\``;
  const mark = '`'.repeat(Math.max(...runs) + 1);
  return `${mark} ${text} ${mark}`;
}

/** Several things in a sentence: `a, b and c`. */
export function enumeration(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;
}

/** The words of a text; inline code and the address of a link are not broken. */
function words(text: string): string[] {
  return text.trim().match(/(?:(`+)(?!`)[\s\S]*?[^`]\1(?!`)|\]\([^)]*\)|\S)+/g) ?? [];
}

/** Prose, wrapped; blank lines in it separate paragraphs, and lines of a list stay what they are. */
export function prose(text: string): string {
  return text.trim().split(/\n\s*\n/).map((part) => (
    /^\s*([-*]|\d+\.) /.test(part)
      ? part.split(/\n(?=\s*(?:[-*]|\d+\.) )/).map((item) => wrap(item, '  ')).join('\n')
      : wrap(part)
  )).join('\n\n');
}

function wrap(text: string, indent = ''): string {
  const lines = [''];
  for (const [index, word] of words(text).entries()) {
    const line = lines[lines.length - 1];
    if (index > 0 && line.length + 1 + word.length > WIDTH && !BEGINS_BLOCK.test(word)) lines.push(indent + word);
    else lines[lines.length - 1] = index === 0 ? word : `${line} ${word}`;
  }
  return lines.join('\n');
}

/** A list, one item a line or more. */
export function list(items: readonly string[]): string {
  return items.map((item) => wrap(`- ${item}`, '  ')).join('\n');
}

/** Points to be ticked off. */
export function boxes(items: readonly string[]): string {
  return items.map((item) => wrap(`- [ ] ${item}`, '  ')).join('\n');
}

/** Numbered steps, each of one block or more. */
export function steps(items: readonly (readonly string[])[]): string {
  return items.map((blocks, index) => {
    const mark = `${index + 1}. `;
    return indented(blocks.join('\n\n'), ' '.repeat(mark.length)).replace(/^\s*/, mark);
  }).join('\n\n');
}

function indented(text: string, indent: string): string {
  return text.split('\n').map((line) => (line ? indent + line : line)).join('\n');
}

/** A table; the cells are Markdown. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `|${cells.map((cell) => (cell ? ` ${cell.replace(/\s+/g, ' ').replace(/\|/g, '\\|').trim()} |` : ' |')).join('')}`;
  return [line(heads), `|${heads.map(() => ' --- |').join('')}`, ...rows.map(line)].join('\n');
}

/** A block of code, fenced by more backticks than any run in it. */
export function fence(info: string, lines: readonly string[]): string {
  const text = lines.join('\n');
  const longest = Math.max(2, ...(text.match(/^\s*`{3,}/gm) ?? []).map((run) => run.trim().length));
  const mark = '`'.repeat(longest + 1);
  return `${mark}${info}\n${text}\n${mark}`;
}

/** A heading of a level. */
export function heading(level: number, text: string): string {
  return `${'#'.repeat(level)} ${text}`;
}

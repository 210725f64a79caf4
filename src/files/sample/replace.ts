import { LoadedFile } from './folder';
import { Replacement } from './source';
import { TaggedLine } from './tags';

/** A file of text whose lines are still to be changed. */
export interface Text {
  readonly file: LoadedFile;
  readonly lines: readonly TaggedLine[];
}

/**
 * Applies replacements to lines, in their order.
 *
 * @param texts the texts; their paths are those in the parts
 * @param paths the paths of all files, text or not
 * @param replacements what differs
 * @param report takes those that found something else than they expect
 */
export function replaceLines(
  texts: readonly Text[], paths: readonly string[], replacements: readonly Replacement[], report: (problem: string) => void,
): Text[] {
  return replacements.reduce((current: readonly Text[], replacement) => apply(current, paths, replacement, report), texts) as Text[];
}

/** Where a file is written. */
export function renamed(file: string, replacements: readonly Replacement[]): string {
  return replacements.filter(({ kind }) => kind === 'folder')
    .reduce((current, { search, replacement }) => (isBelow(current, search) ? replacement + current.slice(search.length) : current), file);
}

/** What a replacement is called in the memory and in messages. */
export function keyOf({ kind, file, search }: Replacement): string {
  return kind === 'folder' ? `folder ${search}` : `${kind} ${file ?? '*'}: ${search}`;
}

/** The replacement of a key that changes nothing; undefined when the key is none. */
export function replacementOf(key: string): Replacement | undefined {
  const [, folder] = /^folder (.+)$/.exec(key) ?? [];
  if (folder !== undefined) return { kind: 'folder', search: folder, replacement: folder };
  const [, kind, file, search] = /^(line|text) (\S+): (.*)$/.exec(key) ?? [];
  return kind === undefined ? undefined : { kind, search, replacement: search, file: file === '*' ? undefined : file };
}

function apply(texts: readonly Text[], paths: readonly string[], replacement: Replacement, report: (problem: string) => void): readonly Text[] {
  const { kind, file, search, count, references = [] } = replacement;
  const complain = (what: string, found: number, expected?: number) => report(`The replacement "${keyOf(replacement)}": ${what} is found `
    + `${times(found)} in the parts that are wanted, not ${expected === undefined ? 'at least once' : times(expected)}.`);

  if (kind === 'folder') {
    if (!paths.some((each) => isBelow(each, search))) complain(`the folder ${search}`, 0);
    return references.reduce((current, reference) => {
      let expression: RegExp;
      try {
        expression = new RegExp(reference, 'g');
      } catch (error) {
        report(`The replacement "${keyOf(replacement)}": ${(error as Error).message}.`);
        return current;
      }
      const [changed, found] = change(current, replacement, (line) => {
        let inLine = 0;
        const text = line.replace(expression, (match: string) => {
          if (!match.includes(search)) return match;
          inLine += 1;
          return match.split(search).join(replacement.replacement);
        });
        return [text, inLine];
      });
      if (found === 0) complain(`the reference ${reference}`, 0);
      return changed;
    }, texts);
  }

  if (file !== undefined && !texts.some((text) => text.file.path === file)) {
    report(`The replacement "${keyOf(replacement)}": the parts that are wanted have no text file ${file}.`);
    return texts;
  }
  const [changed, found] = change(texts, replacement, (line) => {
    if (kind === 'line') return line.trim() === search ? [line.slice(0, line.length - line.trimStart().length) + replacement.replacement, 1] : [line, 0];
    const pieces = line.split(search);
    return [pieces.join(replacement.replacement), pieces.length - 1];
  });
  if (count === undefined ? found === 0 : found !== count) complain(`the ${kind}`, found, count);
  return changed;
}

/** Changes the lines of the files that a replacement looks at, and counts. */
function change(texts: readonly Text[], { file, extensions }: Replacement, line: (text: string) => [string, number]): [Text[], number] {
  let total = 0;
  const changed = texts.map((text) => {
    if (file !== undefined && text.file.path !== file) return text;
    if (extensions !== undefined && !extensions.some((extension) => text.file.path.endsWith(extension))) return text;
    const lines = text.lines.map((each) => {
      const [replaced, found] = line(each.text);
      total += found;
      return found === 0 ? each : { ...each, text: replaced };
    });
    return { ...text, lines };
  });
  return [changed, total];
}

function isBelow(file: string, folder: string): boolean {
  return file.startsWith(`${folder}/`);
}

function times(count: number): string {
  return count === 0 ? 'nowhere' : count === 1 ? 'once' : `${count} times`;
}

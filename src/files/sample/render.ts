import { listPart, loadFile, SourceFile } from './folder';
import { renamed, replaceLines } from './replace';
import { SampleError, SampleSource, SourcePart, wantedParts } from './source';
import { isPartName, readTags, TaggedLine, unmet } from './tags';

/** A file as it is written. */
export interface RenderedFile {
  /** The path in the folder of the sample. */
  readonly path: string;
  /** The part that it belongs to. */
  readonly part: string;
  readonly executable: boolean;
  /** The lines without their tags, and what keeps each; undefined when it is not text. */
  readonly lines?: readonly TaggedLine[];
  /** What is written. */
  readonly content: Buffer;
}

/**
 * What the wanted parts of a sample come to, in the order of their paths.
 *
 * @throws SampleError with everything that is wrong with the parts, or with the replacements
 */
export function renderSample(source: SampleSource): RenderedFile[] {
  const problems: string[] = [];
  const report = (problem: string) => problems.push(problem);
  const replacements = source.replacements ?? [];
  const parts = wantedParts(source);
  const wanted = parts.map((part) => part.partName);
  const files = readParts(source, parts, report).map(({ file, lines }) => ({ file, lines: lines?.filter((line) => !unmet(line, wanted)) }));
  const texts = files.flatMap(({ file, lines }) => (lines ? [{ file, lines }] : []));
  const replaced = new Map(replaceLines(texts, files.map(({ file }) => file.path), replacements, report).map((text) => [text.file.path, text.lines]));
  const rendered = files.map(({ file }): RenderedFile => {
    const lines = replaced.get(file.path);
    return {
      path: renamed(file.path, replacements),
      part: file.part,
      executable: file.executable,
      lines,
      content: lines ? Buffer.from(lines.map((line) => line.text).join('\n')) : file.bytes!,
    };
  });
  if (problems.length === 0) checkPaths(rendered.map((file) => ({ path: file.path, label: `${file.part}/${file.path}` })), report);
  if (problems.length > 0) throw new SampleError([...new Set(problems)]);
  return rendered.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * The paths that the wanted parts are written to, without reading what the files hold.
 */
export function listSample(source: SampleSource): string[] {
  return wantedParts(source).flatMap((part) => listPart(part, () => undefined)).map((file) => renamed(file.path, source.replacements ?? []));
}

/**
 * What is wrong with the parts of a sample, wanted or not: tags, names, files that are in two parts.
 */
export function checkSample(source: SampleSource): string[] {
  const problems: string[] = [];
  readParts(source, source.parts, (problem) => problems.push(problem));
  return [...new Set(problems)];
}

function readParts(source: SampleSource, parts: readonly SourcePart[], report: (problem: string) => void) {
  const known = source.parts.map((part) => part.partName);
  for (const name of known.filter((each) => !isPartName(each))) {
    report(`The part ${JSON.stringify(name)} cannot be named in a tag. Write lower-case letters, digits and "-", and begin with a letter.`);
  }
  for (const name of known.filter((each, index) => known.indexOf(each) !== index)) report(`Two parts are called ${name}.`);
  const files = parts.flatMap((part) => listPart(part, report));
  checkPaths(files, report);
  return files.map(loadFile).map((file) => ({ file, lines: file.lines && ended(readTags(file.lines, file.label, known, report), file.lines) }));
}

/** A text with tags ends with a line break: lines can be added to it then, also when none was left. */
function ended(read: readonly TaggedLine[], lines: readonly string[]): readonly TaggedLine[] {
  const hasTags = read.length < lines.length || read.some((line) => line.conditions.length > 0);
  return hasTags && lines[lines.length - 1] !== '' ? [...read, { text: '', conditions: [] }] : read;
}

/** A path belongs to one file, and is not a folder too. */
function checkPaths(files: readonly Pick<SourceFile, 'path' | 'label'>[], report: (problem: string) => void): void {
  const byPath = new Map<string, string>();
  for (const { path, label } of files) {
    const other = byPath.get(path);
    if (other !== undefined) report(`${label}: ${other} is written to ${path} too. A file belongs to exactly one part; mark its lines with tags.`);
    byPath.set(path, other ?? label);
  }
  for (const { path, label } of files) {
    const parents = path.split('/').slice(0, -1).map((_, index, names) => names.slice(0, index + 1).join('/'));
    const blocking = parents.find((parent) => byPath.has(parent));
    if (blocking !== undefined) report(`${label}: ${byPath.get(blocking)} is a file where a folder is needed.`);
  }
}

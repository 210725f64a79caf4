import { additionsTo } from './additions';
import { FolderOnDisk } from './folder-on-disk';
import { addedNote, ownAddedNote, ownNote, rememberedNote, unusedNote, writtenNote } from './notes';
import { SampleRecord } from './record';
import { listSample, RenderedFile, renderSample } from './render';
import { keyOf, renamed } from './replace';
import { Replacement, SampleError, SampleSource, SourcePart, wantedNames } from './source';
import { compareValues, Difference } from './values';
import { NewFile } from './write';

/** A sample and where it belongs. */
export interface Sample extends SampleSource {
  readonly sampleName: string;
  /** Paths that say that the team has its own application. */
  readonly unless: readonly string[];
  /** Files that a command makes from others. */
  readonly derived: readonly string[];
  /** Where the memory knows it, for people who want it forgotten. */
  readonly memoryPath: string;
}

/** What is to be done about a sample in a synthesis. */
export interface SamplePlan {
  /** What to remember when it was done; undefined when the sample is broken and nothing is done. */
  readonly record?: SampleRecord;
  /** The files to write. */
  readonly files: readonly NewFile[];
  /** What to say, once. */
  readonly notes: readonly string[];
  /** What is wrong with the sample itself. */
  readonly problems: readonly string[];
  /** What cannot be written, and why, as sentences. */
  readonly obstacles: readonly string[];
  /** What the definition says differently from what was written. */
  readonly differences: readonly Difference[];
}

const NOTHING = { files: [], notes: [], problems: [], obstacles: [], differences: [] };

/**
 * Decides what a synthesis does about a sample, from what is wanted, what is remembered and what is on the disk. Changes nothing.
 *
 * @param sample what is wanted
 * @param remembered what earlier syntheses wrote; undefined when nobody remembers
 * @param folder the folder as it is
 */
export function planSample(sample: Sample, remembered: SampleRecord | undefined, folder: FolderOnDisk): SamplePlan {
  try {
    return remembered?.own ? planOwn(sample, remembered, folder) : plan(sample, remembered, folder);
  } catch (error) {
    if (error instanceof SampleError) return { ...NOTHING, problems: error.problems };
    throw error;
  }
}

/** An application of the team's own: nothing is written, and each part is spoken of once. */
function planOwn(sample: Sample, remembered: SampleRecord, folder: FolderOnDisk): SamplePlan {
  const parts = wantedNames(sample);
  const added = parts.filter((part) => !remembered.parts.includes(part));
  const notes = added.length > 0 ? [ownAddedNote(sample.sampleName, added, folder.folderLabel)] : [];
  return { ...NOTHING, record: { ...remembered, parts }, notes };
}

function plan(sample: Sample, remembered: SampleRecord | undefined, folder: FolderOnDisk): SamplePlan {
  const parts = wantedNames(sample);
  if (remembered === undefined) {
    const files = renderSample(sample);
    const found = partsFound(files, parts, folder);
    if (found !== undefined) {
      // Their values are whatever is there; `compareValues` takes up those that are as the definition says.
      const taken = planKnown(sample, { own: false, parts: found, replacements: {} }, folder);
      return { ...taken, notes: [rememberedNote(sample.sampleName, found, folder.folderLabel), ...taken.notes] };
    }
    const own = sample.unless.find((each) => folder.has(each));
    if (own !== undefined) {
      const left = files.filter((file) => folder.has(file.path)).map((file) => folder.labelOf(file.path));
      const note = ownNote(sample.sampleName, parts, folder.folderLabel, folder.labelOf(own), sample.memoryPath, left);
      return { ...NOTHING, record: { own: true, parts, replacements: {} }, notes: [note] };
    }
    return planFirst(sample, files, folder);
  }
  return remembered.parts.length === 0 ? planFirst(sample, renderSample(sample), folder) : planKnown(sample, remembered, folder);
}

/**
 * The parts that were written when nobody remembers it: more than half of all files are there. Then each part of which a file is
 * there was written; and one without files of its own, which nobody can tell, as well.
 */
function partsFound(files: readonly RenderedFile[], parts: readonly string[], folder: FolderOnDisk): string[] | undefined {
  const there = files.filter((file) => !folder.generates(file.path) && folder.has(file.path));
  if (there.length * 2 <= files.length) return undefined;
  return parts.filter((part) => there.some((file) => file.part === part) || !files.some((file) => file.part === part));
}

function planFirst(sample: Sample, files: readonly RenderedFile[], folder: FolderOnDisk): SamplePlan {
  const parts = wantedNames(sample);
  if (parts.length === 0) return { ...NOTHING, record: { own: false, parts, replacements: {} } };
  const { write, left, obstacles } = sortFiles(files, folder);
  return {
    ...NOTHING,
    record: { own: false, parts, replacements: Object.fromEntries((sample.replacements ?? []).map((each) => [keyOf(each), each.replacement])) },
    files: write,
    obstacles,
    notes: [writtenNote(sample.sampleName, parts, folder.folderLabel, write.length, left)],
  };
}

/** Some parts are there: the others are added to them, with the values that those were written with. */
function planKnown(sample: Sample, remembered: SampleRecord, folder: FolderOnDisk): SamplePlan {
  const parts = wantedNames(sample);
  const before = parts.filter((part) => remembered.parts.includes(part));
  const added = parts.filter((part) => !remembered.parts.includes(part));
  const values = compareValues(sample.replacements ?? [], remembered.replacements, (replacements) => listSample({ ...sample, replacements }), folder);
  const written: SampleSource = { ...sample, replacements: values.written };
  const files = added.length > 0 ? renderSample(written) : [];
  const { write, left, obstacles } = sortFiles(files.filter((file) => added.includes(file.part)), folder);
  const removed = remembered.parts.filter((part) => !parts.includes(part));
  return {
    record: { own: false, parts, replacements: { ...valuesOfNewFiles(values.written, files, added), ...values.remember } },
    files: write,
    notes: [
      ...removed.map((part) => unused(written, part, folder, sample.sampleName)),
      ...(added.length > 0 ? [addedNote(
        sample.sampleName, added, folder.folderLabel, write.map((file) => file.label), left,
        files.filter((file) => !added.includes(file.part) && !sample.derived.includes(file.path)).flatMap((file) => additions(file, before, folder)),
        [...new Set(sample.parts.filter((part) => added.includes(part.partName)).flatMap((part) => part.instructions ?? []))],
      )] : []),
      ...values.notes,
    ],
    problems: [],
    obstacles,
    differences: values.differences,
  };
}

/** What the files that are written now are written with: it is remembered too, unless more is known. */
function valuesOfNewFiles(replacements: readonly Replacement[], files: readonly RenderedFile[], added: readonly string[]): SampleRecord['replacements'] {
  const paths = files.filter((file) => added.includes(file.part)).map((file) => file.path);
  const fresh = replacements.filter((each) => each.file !== undefined && paths.includes(renamed(each.file, replacements)));
  return Object.fromEntries(fresh.map((each) => [keyOf(each), each.replacement]));
}

/** What to write of some files, and what is there already or is written by somebody else. */
function sortFiles(files: readonly RenderedFile[], folder: FolderOnDisk) {
  const write: NewFile[] = [];
  const left: string[] = [];
  const obstacles: string[] = [];
  for (const file of files) {
    const label = folder.labelOf(file.path);
    const obstacle = folder.generates(file.path) ? undefined : folder.obstacle(file.path);
    if (obstacle !== undefined) obstacles.push(`${label} cannot be written: ${obstacle}.`);
    else if (folder.generates(file.path) || folder.has(file.path)) left.push(label);
    else write.push({ absolute: folder.pathOf(file.path), label, content: file.content, executable: file.executable });
  }
  return { write, left, obstacles };
}

/** What is missing in a file that other parts brought, when the team still has it. */
function additions(file: RenderedFile, before: readonly string[], folder: FolderOnDisk) {
  const actual = file.lines && folder.lines(file.path);
  const found = actual ? additionsTo(file.lines!, before, actual) : [];
  return found.length > 0 ? [{ label: folder.labelOf(file.path), additions: found }] : [];
}

/** What is unused without a part: its files, and its lines that are in files of others. */
function unused(written: SampleSource, part: string, folder: FolderOnDisk, sampleName: string): string {
  const known = written.parts.some((each) => each.partName === part);
  if (!known) return unusedNote(sampleName, part, folder.folderLabel, [], []);
  const others = wantedNames(written);
  const wanting = (each: SourcePart) => ({ ...each, wanted: true });
  const alone = (name: string) => listSample({ ...written, parts: written.parts.filter((each) => each.partName === name).map(wanting) });
  // One that took its place writes the same files: they are not unused.
  const successors = others.filter((name) => alone(name).some((file) => alone(part).includes(file)));
  const parts = written.parts.filter((each) => !successors.includes(each.partName)).map((each) => (each.partName === part ? wanting(each) : each));
  const taken = new Set(successors.flatMap(alone));
  const files = renderSample({ ...written, parts }).filter((file) => !taken.has(file.path));
  const own = files.filter((file) => file.part === part && folder.has(file.path)).map((file) => folder.labelOf(file.path));
  const shared = files.filter((file) => file.part !== part && file.lines !== undefined).filter((file) => {
    const actual = folder.lines(file.path);
    const blocks = additionsTo(file.lines!, others, []).length;
    return actual !== undefined && blocks > 0 && additionsTo(file.lines!, others, actual).length < blocks;
  });
  return unusedNote(sampleName, part, folder.folderLabel, own, shared.map((file) => folder.labelOf(file.path)));
}

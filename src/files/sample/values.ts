import { FolderOnDisk } from './folder-on-disk';
import { SampleRecord } from './record';
import { keyOf, renamed, replacementOf } from './replace';
import { Replacement } from './source';

/** A value that the sample was written with, and that the definition says differently now. */
export interface Difference {
  /** What is wrong, as a sentence. */
  readonly message: string;
  /** What to do, as a sentence. */
  readonly fix: string;
}

/** What became of the values that a sample was written with. */
export interface Values {
  /** What to remember. */
  readonly remember: SampleRecord['replacements'];
  /** The replacements as the sample was written: what is added to it is written like that too. */
  readonly written: readonly Replacement[];
  /** What to say as long as it differs. */
  readonly differences: readonly Difference[];
  /** What to say once. */
  readonly notes: readonly string[];
}

type State = 'new' | 'old' | 'neither' | 'gone';

/**
 * Compares the values of the definition with those that a sample was written with. Nothing is rewritten: who writes the new value by
 * hand is believed, and it is remembered.
 *
 * @param replacements what the definition says
 * @param remembered what was written; what is not in there was written as it stands in the parts
 * @param files the paths of the sample's files for some replacements: for texts that may be in any
 * @param folder where the sample is
 */
export function compareValues(
  replacements: readonly Replacement[], remembered: SampleRecord['replacements'], files: (replacements: readonly Replacement[]) => readonly string[],
  folder: FolderOnDisk,
): Values {
  const remember: { [key: string]: string } = {};
  const written: Replacement[] = [];
  const differences: Difference[] = [];
  const notes: string[] = [];
  // What the definition replaces no more is to be as it stands in the parts.
  const said = replacements.map(keyOf);
  const dropped = Object.keys(remembered).filter((key) => !said.includes(key)).flatMap((key) => replacementOf(key) ?? []);
  // Folders first: the other files are in them.
  const all = [...replacements, ...dropped].sort((a, b) => Number(b.kind === 'folder') - Number(a.kind === 'folder'));
  for (const replacement of all) {
    const key = keyOf(replacement);
    const known: string | undefined = remembered[key];
    const old = known ?? replacement.search;
    const now = replacement.replacement;
    const where = old === now ? [] : replacement.file === undefined ? files(written) : [renamed(replacement.file, written)];
    const state = old === now ? 'new' : stateOf(replacement, old, where, folder);
    // What nobody remembers and nobody finds is the team's own by now, or came with a later version of the sample.
    const forgotten = (state === 'neither' || state === 'gone') && (known === undefined || dropped.includes(replacement));
    const takenUp = state === 'new' || state === 'gone' || forgotten;
    if (!dropped.includes(replacement)) written.push({ ...replacement, replacement: takenUp ? now : old });
    if (forgotten || (dropped.includes(replacement) && takenUp)) continue;
    remember[key] = takenUp ? now : old;
    if (state === 'gone') notes.push(goneNote(old, now, where, folder));
    else if (!takenUp) differences.push(difference({ replacement, old, state, where, folder }));
  }
  written.sort((a, b) => said.indexOf(keyOf(a)) - said.indexOf(keyOf(b)));
  return { remember, written, differences, notes };
}

/** What the disk holds of a replacement. */
function stateOf({ kind, replacement: now, file }: Replacement, old: string, files: readonly string[], folder: FolderOnDisk): State {
  if (kind === 'folder') return folder.has(old) ? 'old' : folder.has(now) ? 'new' : 'neither';
  const lines = files.flatMap((each) => folder.lines(each) ?? []);
  // A new value may contain the old one.
  const holdsOld = (line: string) => (kind === 'line' ? line.trim() === old : (now === '' ? line : line.split(now).join('\n')).includes(old));
  if (old !== '' && lines.some(holdsOld)) return 'old';
  if (lines.some((line) => (kind === 'line' ? line.trim() === now : line.includes(now)))) return 'new';
  return file !== undefined && !folder.has(files[0]) ? 'gone' : 'neither';
}

interface Differing {
  readonly replacement: Replacement;
  readonly old: string;
  readonly state: State;
  readonly where: readonly string[];
  readonly folder: FolderOnDisk;
}

function difference({ replacement, old, state, where, folder }: Differing): Difference {
  const now = replacement.replacement;
  if (replacement.kind === 'folder') {
    return {
      message: `The sample in ${folder.folderLabel} was written with the folder ${old}, and the definition says ${now}. It is the team's, so nothing is renamed.`,
      fix: `Rename ${folder.labelOf(old)} to ${folder.labelOf(now)} and what names it, or write ${old} in the definition.`,
    };
  }
  const file = replacement.file === undefined ? `the sample in ${folder.folderLabel}` : folder.labelOf(where[0]);
  const begin = `${file.replace(/^the/, 'The')} was written with ${quoted(old)}`;
  return state === 'old'
    ? { message: `${begin}, and the definition says ${quoted(now)}. It is the team's, so nothing is rewritten.`, fix: `Change it to ${quoted(now)} in ${file}.` }
    : { message: `${begin}, which is no longer there, nor is ${quoted(now)}, which the definition says.`, fix: `Write ${quoted(now)} in ${file}.` };
}

function goneNote(old: string, now: string, where: readonly string[], folder: FolderOnDisk): string {
  return `${folder.labelOf(where[0])} is gone, where ${quoted(old)} was written. The definition says ${quoted(now)} now: change it where it is today.`;
}

function quoted(text: string): string {
  return `\`${text}\``;
}

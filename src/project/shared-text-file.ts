import { existsSync, readFileSync } from 'fs';
import * as path from 'path';
import { FileBase, IResolver, Project } from 'projen';
import { PROJEN_MARKER } from './package-manifest';

const BEGIN = `# ${PROJEN_MARKER}`;
const END = '# ~~ End of the generated part. What stands above and below it is yours, and stays.';

interface Readable {
  synthesizeContent(resolver: IResolver): string | undefined;
}

/** What people have written into a shared file, around the generated part. */
export interface PeoplesText {
  readonly above: string;
  readonly below: string;
}

/**
 * Reads what people have written into a shared file.
 *
 * @param text what stands in the file; undefined when there is none
 * @param file its name, for the messages
 * @param wasShared whether a synthesis of `StackProject` has written it: then both marks must stand there
 * @param report takes what cannot be shared, each with what to do
 */
export function readPeoplesText(text: string | undefined, file: string, wasShared: boolean, report: (problem: string) => void): PeoplesText {
  const lines = (text ?? '').split(/(?<=\n)/);
  const begins = lines.flatMap((line, index) => line.startsWith(BEGIN) ? [index] : []);
  const ends = lines.flatMap((line, index) => line.trimEnd() === END ? [index] : []);
  if (begins.length === 0 && ends.length === 0) return { above: lines.join(''), below: '' };
  if (begins.length === 1 && ends.length === 1 && begins[0] < ends[0]) {
    return { above: lines.slice(0, begins[0]).join(''), below: lines.slice(ends[0] + 1).join('') };
  }
  // Another project type of projen wrote it, as a whole.
  if (begins.length === 1 && ends.length === 0 && !wasShared) return { above: lines.slice(0, begins[0]).join(''), below: '' };
  report(`${file}: the generated part has ${begins.length} first and ${ends.length} last lines, so that yours cannot be told from it. ` +
    `Let it begin with one line "${BEGIN}" and end with one line "${END}", or delete everything that is not yours.`);
  return { above: lines.join(''), below: '' };
}

/**
 * A text file of projen's in which people write too.
 *
 * It takes the place of projen's own file, which goes on collecting entries, and writes these between two marks.
 */
export class SharedTextFile extends FileBase {
  constructor(project: Project, private readonly generated: FileBase, private readonly peoples: PeoplesText) {
    project.node.tryRemoveChild(generated.node.id);
    super(project, generated.path, { editGitignore: false, readonly: false });
  }

  public override preSynthesize(): void {
    this.generated.preSynthesize();
  }

  protected synthesizeContent(resolver: IResolver): string | undefined {
    // Protected in projen; there is no other way to its lines.
    const generated = (this.generated as unknown as Readable).synthesizeContent(resolver);
    const { above, below } = this.peoples;
    if (generated === undefined) return above + below || undefined;
    const text = generated.endsWith('\n') ? generated : `${generated}\n`;
    // Without marks (an ejected project) nobody will look for the part again.
    return withGap(above) + text + (this.marker === undefined ? '' : `${END}\n`) + below;
  }
}

/** People's lines, a blank line, and the generated part: the blank line is added once, and then stands there. */
function withGap(above: string): string {
  if (above === '' || /\n\r?\n$/.test(above)) return above;
  return above.endsWith('\n') ? `${above}\n` : `${above}\n\n`;
}

/** What stands in a file; undefined when there is none. A folder in its place is reported. */
export function readText(outdir: string, file: string, report: (problem: string) => void): string | undefined {
  const absolute = path.join(outdir, file);
  if (!existsSync(absolute)) return undefined;
  try {
    return readFileSync(absolute, 'utf8');
  } catch (error) {
    report(`${file}: it cannot be read (${(error as NodeJS.ErrnoException).code}). Make it a file that you may read, or remove it.`);
    return undefined;
  }
}

import { accessSync, constants, existsSync, lstatSync, readFileSync, statSync } from 'fs';
import * as path from 'path';
import { splitLines } from './folder';

/** The folder that a sample is in, as it is before a synthesis. */
export class FolderOnDisk {
  /**
   * @param absolute the folder on this machine
   * @param label what the folder is called in messages, without a slash at its end; empty for the project's own
   * @param generated the files that this synthesis writes by itself
   */
  constructor(private readonly absolute: string, private readonly label: string, private readonly generated: ReadonlySet<string>) {}

  /** Where a file of the sample is on this machine. */
  public pathOf(file: string): string {
    return path.join(this.absolute, file);
  }

  /** What a file of the sample is called in messages. */
  public labelOf(file: string): string {
    return this.label === '' ? file : `${this.label}/${file}`;
  }

  /** What the folder itself is called in messages. */
  public get folderLabel(): string {
    return this.label === '' ? 'the project\'s folder' : `${this.label}/`;
  }

  /** Whether something is at a path: a file, a folder, or a link that may lead nowhere. */
  public has(file: string): boolean {
    return exists(this.pathOf(file));
  }

  /** Whether this synthesis writes the file by itself. */
  public generates(file: string): boolean {
    return this.generated.has(this.pathOf(file));
  }

  /** The lines of a file; undefined when it is none that can be read. */
  public lines(file: string): string[] | undefined {
    try {
      return splitLines(readFileSync(this.pathOf(file), 'utf8'));
    } catch {
      return undefined;
    }
  }

  /** Why a file cannot be written where nothing is, as the end of a sentence; undefined when it can. */
  public obstacle(file: string): string | undefined {
    if (this.has(file) && lstatSync(this.pathOf(file)).isDirectory()) return 'a folder has that name';
    let above = path.dirname(file);
    while (above !== '.' && !this.has(above)) above = path.dirname(above);
    const folder = nearestFolder(this.pathOf(above));
    if (!existsSync(folder) || !statSync(folder).isDirectory()) return `${above === '.' ? this.folderLabel : this.labelOf(above)} is no folder`;
    try {
      accessSync(folder, constants.W_OK);
      return undefined;
    } catch {
      return `nobody may write into ${above === '.' ? this.folderLabel : `${this.labelOf(above)}/`}`;
    }
  }
}

/** The path itself, or the folder above it that will hold it. */
function nearestFolder(absolute: string): string {
  let current = absolute;
  while (!exists(current) && path.dirname(current) !== current) current = path.dirname(current);
  return current;
}

/** Whether something is there, even a link that leads nowhere. */
function exists(absolute: string): boolean {
  try {
    lstatSync(absolute);
    return true;
  } catch {
    return false;
  }
}

import { chmodSync } from 'fs';
import { IConstruct } from 'constructs';
import { FileBase, IResolver, Project } from 'projen';

/** How a `ManagedFile` reaches the disk. */
export interface ManagedFileOptions {
  /** What begins a comment line in this format; empty for a file without a header. */
  readonly commentPrefix: string;
  /** Whether the file can be executed. */
  readonly executable: boolean;
  /** Whether people copy the file: then it is not read-only, since a copy keeps the permissions. */
  readonly copied: boolean;
}

/** What the header of a project's files says: projen looks through all components of the project each time it is asked. */
const MARKERS = new WeakMap<Project, string>();

/**
 * A file that is written again at every synthesis and says so in one line at its top.
 */
export class ManagedFile extends FileBase {
  /** The text without its header; undefined removes the file. */
  public content?: string;

  private readonly commentPrefix: string;
  private readonly copied: boolean;

  constructor(scope: IConstruct, filePath: string, options: ManagedFileOptions) {
    super(scope, filePath, { executable: options.executable });
    this.commentPrefix = options.commentPrefix;
    this.copied = options.copied;
  }

  public get marker(): string | undefined {
    if (this.project.ejected) return super.marker;
    const known = MARKERS.get(this.project) ?? super.marker;
    if (known !== undefined) MARKERS.set(this.project, known);
    return known;
  }

  public synthesize(): void {
    super.synthesize();
    // Not by projen's `readonly: false`: such a file is not in its list, so it would never be removed.
    if (this.copied && this.content !== undefined) chmodSync(this.absolutePath, 0o644);
  }

  protected synthesizeContent(_resolver: IResolver): string | undefined {
    if (this.content === undefined || !this.marker || !this.commentPrefix) return this.content;
    const header = `${this.commentPrefix} ${this.marker}\n`;
    // What readers look for in the very first line: an interpreter, or the image that reads a Dockerfile.
    const [first] = /^(?:#!.*\n|# syntax=.*\n)?/.exec(this.content)!;
    return first + header + this.content.slice(first.length);
  }
}

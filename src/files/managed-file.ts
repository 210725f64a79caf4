import { IConstruct } from 'constructs';
import { FileBase, IResolver } from 'projen';

/** How a `ManagedFile` reaches the disk. */
export interface ManagedFileOptions {
  /** What begins a comment line in this format; empty for a file without a header. */
  readonly commentPrefix: string;
  /** Whether the file can be executed. */
  readonly executable: boolean;
  /** Whether people copy the file: then it is not read-only, since a copy keeps the permissions. */
  readonly copied: boolean;
}

/**
 * A file that is written again at every synthesis and says so in one line at its top.
 */
export class ManagedFile extends FileBase {
  /** The text without its header; undefined removes the file. */
  public content?: string;

  private readonly commentPrefix: string;

  constructor(scope: IConstruct, filePath: string, options: ManagedFileOptions) {
    super(scope, filePath, { executable: options.executable, readonly: !options.copied });
    this.commentPrefix = options.commentPrefix;
  }

  protected synthesizeContent(_resolver: IResolver): string | undefined {
    if (this.content === undefined || !this.marker || !this.commentPrefix) return this.content;
    const header = `${this.commentPrefix} ${this.marker}\n`;
    const shebang = /^#!.*\n/.exec(this.content)?.[0] ?? '';
    return shebang + header + this.content.slice(shebang.length);
  }
}

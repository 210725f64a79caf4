/**
 * A part of a sample: a folder of real files that is laid over those of the other parts. A file belongs to exactly one part.
 *
 * Lines that a part needs in a file of another part stand there with a tag. A line that ends in `  # part: redis` (or
 * `# part: redis|celery`, for any of them) is kept without the tag when the part is wanted, and dropped otherwise; so are the lines
 * between `# part: redis begin` and `# part: redis end`. Tags also begin with `//`, or are `<!-- part: redis -->`.
 *
 * Files that git or npm would obey in the folder have neutral names: `_gitignore` is written as `.gitignore`.
 */
export interface SamplePart {
  /** The name: lower-case letters, digits and `-`, beginning with a letter. Tags and `.projen/stack.json` know the part by it. */
  readonly partName: string;

  /** The folder of its files, as an absolute path. */
  readonly source: string;

  /**
   * Whether it is written. A part that is not wanted is named all the same, so that tags may name it, and so that people hear
   * what is unused when it was wanted before.
   *
   * @default true
   */
  readonly wanted?: boolean;

  /**
   * What else is to be done when the part is added to an application that was written without it, as sentences.
   *
   * @default - nothing
   */
  readonly instructions?: string[];
}

import { carry, understood } from '../given';

/**
 * How a folder is renamed.
 */
export interface FolderRenameOptions {
  /**
   * Regular expressions for the places in the texts that name the folder; what they match contains its name, which is replaced
   * there. Each must match at least once.
   *
   * @default - none: only the folder is renamed
   */
  readonly references?: string[];

  /**
   * The ends of the names of the files that the references are looked for in, such as `.py`.
   *
   * @default - every text file
   */
  readonly extensions?: string[];
}

/**
 * Where a text is replaced, and how often.
 */
export interface TextReplacementOptions {
  /**
   * The file, as a path in the parts, before any folder is renamed.
   *
   * @default - every text file
   */
  readonly file?: string;

  /**
   * The ends of the names of the files that the text is looked for in, such as `.py`.
   *
   * @default - every text file
   */
  readonly extensions?: string[];

  /**
   * How often the text stands there.
   *
   * @default 1
   */
  readonly count?: number;
}

/**
 * What differs between a sample as it stands in its parts and as it is written. Each is checked: one that finds nothing, or more
 * than it expects, is an error.
 *
 * The value is remembered when the sample is written. When it changes later nothing is rewritten, and a warning says what to change.
 */
export class SampleReplacement {
  /**
   * Renames a folder of the sample, and what names it.
   *
   * @param folder the folder as it is called in the parts, such as `app`
   * @param replacement what it is called when it is written, such as `src`
   * @param options the places in the texts that name it
   */
  public static renameFolder(folder: string, replacement: string, options: FolderRenameOptions = {}): SampleReplacement {
    const given = understood('FolderRenameOptions', options);
    return carry(given, new SampleReplacement('folder', folder, replacement, undefined, given.extensions, given.references ?? [], undefined));
  }

  /**
   * Replaces one whole line of one file, which stands there exactly once. Its indentation stays.
   *
   * @param file the file, as a path in the parts, before any folder is renamed
   * @param line the line as it stands in the parts, without its indentation
   * @param replacement the line as it is written, without its indentation
   */
  public static line(file: string, line: string, replacement: string): SampleReplacement {
    return new SampleReplacement('line', line, replacement, file, undefined, [], 1);
  }

  /**
   * Replaces a text wherever it stands in a line.
   *
   * @param search the text, without line breaks
   * @param replacement the text as it is written
   * @param options where, and how often
   */
  public static text(search: string, replacement: string, options: TextReplacementOptions = {}): SampleReplacement {
    const given = understood('TextReplacementOptions', options);
    return carry(given, new SampleReplacement('text', search, replacement, given.file, given.extensions, [], given.count ?? 1));
  }

  private constructor(
    /** What is replaced: a `folder`, a `line` or a `text`. */
    public readonly kind: string,
    /** What stands in the parts. */
    public readonly search: string,
    /** What is written. */
    public readonly replacement: string,
    /** The only file that is looked at, when there is one. */
    public readonly file: string | undefined,
    /** The ends of the names of the files that are looked at, when not all are. */
    public readonly extensions: string[] | undefined,
    /** For a folder: the regular expressions for the places that name it. */
    public readonly references: string[],
    /** How often it must stand there, when that is known. */
    public readonly count: number | undefined,
  ) {}
}

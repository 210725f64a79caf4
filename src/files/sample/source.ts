/** A part of a sample as the disk sees it: a folder of real files. */
export interface SourcePart {
  readonly partName: string;
  /** The folder of its files, as an absolute path. */
  readonly source: string;
  /** Whether it is written; by default it is. */
  readonly wanted?: boolean;
  /** What else is to be done when it is added later. */
  readonly instructions?: readonly string[];
}

/** Something that differs between the parts and what is written. */
export interface Replacement {
  /** `folder`, `line` or `text`. */
  readonly kind: string;
  readonly search: string;
  readonly replacement: string;
  /** The only file that is looked at, as a path in the parts. */
  readonly file?: string;
  /** The ends of the names of the files that are looked at. */
  readonly extensions?: readonly string[];
  /** For a folder: regular expressions for the places that name it. */
  readonly references?: readonly string[];
  /** How often it must stand there; at least once when undefined. */
  readonly count?: number;
}

/** A sample: its parts, the first ones first, and what differs between them and what is written. */
export interface SampleSource {
  readonly parts: readonly SourcePart[];
  readonly replacements?: readonly Replacement[];
}

/** Something is wrong with a sample itself: each problem names a file of a part and, where there is one, the line. */
export class SampleError extends Error {
  constructor(public readonly problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'SampleError';
  }
}

/** The parts that are written. */
export function wantedParts(source: SampleSource): SourcePart[] {
  return source.parts.filter((part) => part.wanted ?? true);
}

/** Their names. */
export function wantedNames(source: SampleSource): string[] {
  return wantedParts(source).map((part) => part.partName);
}

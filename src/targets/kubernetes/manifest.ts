import type { Workload } from './plan';
import { Entry } from './quantities';

/** A manifest and the file that it stands in, relative to the folder of the overlay or the base. */
export interface Manifest {
  readonly filePath: string;
  readonly content: Entry;
  /** The workload that it belongs to. */
  readonly workload?: Workload;
}

import { readFileSync } from 'fs';
import * as path from 'path';

/** The scripts themselves, real ones that are linted as they stand. They lie as deep under `src` as under `lib`. */
const ASSETS = path.join(__dirname, '..', '..', 'assets');

/**
 * A script of `assets/`, with what is known of a stack in the place of its example's facts.
 *
 * @param asset the path in `assets/`
 * @param facts the marked part, with its marks
 */
export function scriptWithFacts(asset: string, facts: string): string {
  return readFileSync(path.join(ASSETS, asset), 'utf8').replace(/^# @facts@[^]*?^# @end@\n/m, () => facts);
}

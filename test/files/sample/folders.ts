import { chmodSync, mkdirSync, writeFileSync } from 'fs';
import * as path from 'path';
import { tempFolder } from '../../support/synth';

/** The texts or bytes of files, by path. */
export interface Files {
  readonly [file: string]: string | Buffer;
}

/** Writes files below a folder; one whose text begins with `#!` can be executed. */
export function put(folder: string, files: Files): string {
  for (const [file, content] of Object.entries(files)) {
    const absolute = path.join(folder, file);
    mkdirSync(path.dirname(absolute), { recursive: true });
    writeFileSync(absolute, content);
    if (content.toString().startsWith('#!')) chmodSync(absolute, 0o755);
  }
  return folder;
}

/** Parts of a sample in new folders, all of them wanted unless said otherwise. */
export function partsOf(files: { [partName: string]: Files }, wanted?: readonly string[]) {
  return Object.entries(files).map(([partName, content]) => ({
    partName, source: put(tempFolder(), content), wanted: wanted?.includes(partName) ?? true,
  }));
}

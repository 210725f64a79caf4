import * as path from 'path';
import { renderSample } from './render';
import { SampleSource } from './source';
import { writeNewFiles } from './write';

export { checkSample, listSample, renderSample } from './render';
export type { RenderedFile } from './render';
export { SampleError } from './source';
export type { Replacement, SampleSource, SourcePart } from './source';

/**
 * Writes what a combination of parts comes to into a folder, without a project and without a memory: for tests of the parts.
 *
 * In the packed library it is `projen-stack/lib/files/sample/materialise.js`; `SampleReplacement`s of the public API and plain objects
 * are both taken as replacements.
 *
 * @param source all parts, those with `wanted: false` left out, and the replacements
 * @param folder the folder; it is made when it does not exist
 * @returns the paths that were written, in their order
 * @throws SampleError when something is wrong with the parts or the replacements
 */
export function materialise(source: SampleSource, folder: string): string[] {
  const files = renderSample(source);
  writeNewFiles(files.map((file) => ({
    absolute: path.join(folder, file.path), label: file.path, content: file.content, executable: file.executable,
  })));
  return files.map((file) => file.path);
}

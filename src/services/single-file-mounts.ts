import { posix } from 'path';
import { Mount } from '../model/mount';

/**
 * Single files of an application that its development container may read.
 *
 * @param files the files, relative to the folder of the application
 * @param sourceOf the path on the host of one of them
 * @param workDir the folder of the application in the container
 */
export function singleFileMounts(files: readonly string[] | undefined, sourceOf: (file: string) => string, workDir: string): Mount[] {
  return (files ?? []).map((file) => Mount.bind(sourceOf(file), posix.join(workDir, file), {
    readOnly: true, note: 'A single file: goes stale when an editor replaces it; restart the service then.',
  }));
}

import { posix } from 'path';
import { Stage } from './stage';

/** A path as it is matched: without a dot in front or a slash behind. */
export function tidyPath(path: string): string {
  return posix.normalize(path).replace(/(?<=.)\/+$/, '');
}

/** The paths of the context that the steps of a stage read. */
export function pathsReadBy(stage: Stage): string[] {
  return stage._content().steps.flatMap((step) => {
    if (step.kind === 'copy') return isFromContext(step.options) ? step.sources : [];
    return step.kind === 'run' ? (step.options.bindMounts ?? []).filter(isFromContext).map(({ source }) => source) : [];
  });
}

/** Whether what a step reads is a file of the repository. */
export function isFromContext({ fromStage, fromImage }: { readonly fromStage?: string; readonly fromImage?: string }): boolean {
  return fromStage === undefined && fromImage === undefined;
}

/** Paths in a stable order, each once, without those that lie in another one; `.` is everything that is allowed anyway. */
export function allowedPaths(paths: readonly string[]): string[] {
  const all = [...new Set(paths.map(tidyPath))].filter((path) => path !== '.').sort();
  return all.filter((path) => !all.some((other) => path.startsWith(`${other}/`)));
}

import { posix } from 'path';
import { CopyStep, Step } from '../../model/dockerfile/content';
import { allowedPaths, tidyPath } from '../../model/dockerfile/context-paths';

/**
 * A copy of `.` that leaves something out, as copies of what is left: patterns of one folder together, and each path by itself, since of a
 * folder that stands among others only the content would be copied. Every other step is as it was.
 */
export function namedCopies(step: Step, allowed: readonly string[]): Step[] {
  const excluded = step.kind === 'copy' ? step.options.exclude?.map(tidyPath) : undefined;
  if (step.kind !== 'copy' || !excluded) return [step];
  const names = allowedPaths(allowed).filter((path) => !excluded.includes(path));
  if (names.some((name) => !isNameable(name))) return [step];
  const folders = [...new Set(names.filter(isPattern).map((name) => posix.dirname(name)))];
  const copies = [
    ...folders.map((folder) => ({ sources: names.filter((name) => isPattern(name) && posix.dirname(name) === folder), into: `${folder}/` })),
    ...names.filter((name) => !isPattern(name)).map((name) => ({ sources: [name], into: name })),
  ];
  return copies.map(({ sources, into }, index): CopyStep => ({
    ...step, sources, target: beneath(step.target, into), note: index === 0 ? step.note : undefined,
  }));
}

const isPattern = (path: string) => /[*?[]/.test(path);

/** What can be copied by name: a path, or a pattern that only files match, as their names have a dot. */
const isNameable = (path: string) => !isPattern(path) || (!isPattern(posix.dirname(path)) && posix.basename(path).includes('.'));

function beneath(target: string, path: string): string {
  const joined = posix.join(target, path);
  return posix.isAbsolute(joined) ? joined : `./${joined.replace(/^\.\//, '')}`;
}

import * as path from 'path';
import { IConstruct } from 'constructs';
import { EXTENSION_VERSION, SINGLE_COPY } from './rules';
import { isInRange } from './version-range';
import { Finding } from '../../model/finding';
import { LibraryCopy, loadedCopies, originOf, PackageOnDisk, packageOf, THIS_COPY, UNRELEASED } from '../../model/origin';

/** Something of a stack that a class of this library, or of an extension, made. */
export interface Part {
  readonly object: object;
  /** The path of the construct, or of the stack that a rule or a target was given to. */
  readonly at: string;
  /** How people call it. */
  readonly label: string;
  readonly location?: string;
}

/** Parts that another copy of this library made. Each copy is named once, with the first of its parts. */
export function copyFindings(parts: readonly Part[]): Finding[] {
  const others = new Map<string, Part[]>();
  for (const part of parts) {
    const copy = originOf(part.object)?.copy;
    if (copy && copy.folder !== THIS_COPY.folder) others.set(copy.folder, [...others.get(copy.folder) ?? [], part]);
  }
  return [...others.values()].map((made): Finding => {
    const { copy } = originOf(made[0].object)!;
    const named = made.slice(0, 3).map(({ label }) => label).join(', ') + (made.length > 3 ? ` and ${made.length - 3} more` : '');
    return {
      rule: SINGLE_COPY,
      path: made[0].at,
      location: made[0].location,
      message: `Two copies of projen-stack are in use: ${nameOf(THIS_COPY)}, and ${nameOf(copy)}, which made ${named}.`,
      fix: adviceOf(copy),
    };
  });
}

/** That another copy is loaded though it made nothing here, as one line each. */
export function copyNotes(): string[] {
  return loadedCopies().filter((copy) => copy.folder !== THIS_COPY.folder).map((copy) => (
    `A second copy of projen-stack is loaded: ${nameOf(copy)}, beside ${nameOf(THIS_COPY)}; what it makes could not stand in this stack.`
  ));
}

/** Extensions that say they are made for another version of this library. Each package is named once. */
export function versionFindings(parts: readonly Part[], version: string = THIS_COPY.version): Finding[] {
  // A checkout of this library has no version yet, and fits whatever is developed beside it.
  if (version === UNRELEASED) return [];
  const seen = new Set<string>();
  return parts.flatMap((part): Finding[] => (originOf(part.object)?.files ?? []).flatMap((file): Finding[] => {
    const found = packageOf(file);
    if (!found?.wants || seen.has(found.folder)) return [];
    seen.add(found.folder);
    return isInRange(version, found.wants) === false ? [versionFinding(part, found, found.wants, version)] : [];
  }));
}

function versionFinding({ at, label, location }: Part, extension: PackageOnDisk, wants: string, version: string): Finding {
  return {
    rule: EXTENSION_VERSION,
    path: at,
    location,
    message: `${extension.name} ${extension.version} (${fromHere(extension.folder)}), which made ${label}, is built for projen-stack ${wants}, and this is ${version}.`,
    fix: `Install a version of ${extension.name} whose peerDependencies take projen-stack ${version}, or write "projen-stack": "${wants}" in package.json.`,
  };
}

/** What to do about a copy, by the place where it is. */
function adviceOf({ folder }: LibraryCopy): string {
  const [owner] = /(?:@[^/]+\/)?[^/]+(?=\/node_modules\/[^/]+$)/.exec(folder.split(path.sep).join('/')) ?? [];
  const from = owner ? `in package.json of ${owner}` : 'in package.json of the package that brings it';
  return `Make it one: ${from}, name projen-stack under peerDependencies and not under dependencies. Then "npm dedupe"; "npm ls projen-stack" shows what is left.`;
}

function nameOf({ folder, version }: LibraryCopy): string {
  return `${version} in ${fromHere(folder)}`;
}

/** A path as whoever synthesizes sees it. */
export function fromHere(file: string): string {
  const relative = path.relative(process.cwd(), file);
  return (relative.startsWith('..') || path.isAbsolute(relative) ? file : relative || '.').split(path.sep).join('/');
}

/** A construct as a part. */
export function partOf(construct: IConstruct, at: string): Part {
  const { sourceLocation } = construct as { readonly sourceLocation?: string };
  return { object: construct, at, label: at, location: sourceLocation };
}

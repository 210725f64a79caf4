import { existsSync, readFileSync } from 'fs';
import * as path from 'path';
import { callerFiles } from './location';

/** A copy of this library on this machine. */
export interface LibraryCopy {
  /** The folder of its package.json. */
  readonly folder: string;
  /** Its version. */
  readonly version: string;
}

/** Where something comes from. */
export interface Origin {
  /** The copy of this library that its class extends. */
  readonly copy: LibraryCopy;
  /** The files whose code made it, nearest first: among them those of the package that brings the class. */
  readonly files: readonly string[];
}

/** These two names are kept for ever: versions that know nothing else of each other find each other by them. */
const ORIGIN = Symbol.for('projen-stack.Origin');
const COPIES = Symbol.for('projen-stack.Copies');

/** Released versions have another one. */
export const UNRELEASED = '0.0.0';

/** The copy that this file belongs to. */
export const THIS_COPY: LibraryCopy = thisCopy();

/** Remembers where an object comes from. To be called in the constructor of what others extend or put into a stack. */
export function markOrigin(object: object): void {
  const origin: Origin = { copy: THIS_COPY, files: callerFiles() };
  Object.defineProperty(object, ORIGIN, { value: origin });
}

/** Where an object comes from; undefined for what is not of this library, in any copy. */
export function originOf(object: object): Origin | undefined {
  return (object as { readonly [ORIGIN]?: Origin })[ORIGIN];
}

/** The copies that were loaded, this one among them. */
export function loadedCopies(): LibraryCopy[] {
  return [...registry().values()];
}

function thisCopy(): LibraryCopy {
  const folder = path.resolve(__dirname, '..', '..');
  const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as { version: string };
  const copy = { folder, version };
  registry().set(folder, copy);
  return copy;
}

function registry(): Map<string, LibraryCopy> {
  const shared = globalThis as { [COPIES]?: Map<string, LibraryCopy> };
  return shared[COPIES] ??= new Map<string, LibraryCopy>();
}

/** A package on this machine. */
export interface PackageOnDisk {
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  /** The versions of this library that it says it is made for. */
  readonly wants?: string;
}

const PACKAGES = new Map<string, PackageOnDisk | undefined>();

/**
 * The package that a file belongs to: the nearest folder above it with a package.json that has a name.
 *
 * @param file an absolute path
 * @param library the name of this library
 */
export function packageOf(file: string, library: string = 'projen-stack'): PackageOnDisk | undefined {
  const folder = path.dirname(file);
  if (folder === file) return undefined;
  if (!PACKAGES.has(folder)) PACKAGES.set(folder, readPackage(folder, library) ?? packageOf(folder, library));
  return PACKAGES.get(folder);
}

function readPackage(folder: string, library: string): PackageOnDisk | undefined {
  const file = path.join(folder, 'package.json');
  if (!existsSync(file)) return undefined;
  try {
    const { name, version = UNRELEASED, peerDependencies = {} } = JSON.parse(readFileSync(file, 'utf8')) as { [field: string]: any };
    return typeof name === 'string' ? { folder, name, version: String(version), wants: peerDependencies[library] } : undefined;
  } catch {
    // What cannot be read says nothing; its own package manager will.
    return undefined;
  }
}

import { existsSync, readFileSync } from 'fs';
import * as path from 'path';
import { Section } from './package-manifest';
import { isObject, Json } from './three-way';

/**
 * What the definition said about package.json at the last synthesis, in a committed file.
 *
 * When it is lost, nothing breaks: entries that the definition no longer names are then taken for people's, and stay.
 */
export class Memory {
  /** Relative to the project. */
  public readonly path = '.projen/shared.json';

  private readonly last: Json;
  private fields?: () => Json;
  private deps?: () => { [section: string]: readonly string[] };

  constructor(outdir: string) {
    this.last = readMemory(path.join(outdir, this.path));
  }

  /** Whether there was a synthesis before. */
  public get exists(): boolean {
    return Object.keys(this.last).length > 0;
  }

  /** What is written now. */
  public get content(): Json {
    return { 'package.json': { fields: this.fields?.(), ...this.deps?.() } };
  }

  /** What the definition said about a field. */
  public field(field: string): unknown {
    return isObject(this.last.fields) ? this.last.fields[field] : undefined;
  }

  /** The dependencies that the definition put into a section. */
  public dependencies(section: Section): readonly string[] {
    const names = this.last[section];
    return Array.isArray(names) ? names : [];
  }

  /** Remembers fields. */
  public setFields(fields: () => Json): void {
    this.fields = fields;
  }

  /** Remembers the names of dependencies. */
  public setDependencies(deps: () => { [section: string]: readonly string[] }): void {
    this.deps = deps;
  }
}

function readMemory(file: string): Json {
  if (!existsSync(file)) return {};
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isObject(content) && isObject(content['package.json']) ? content['package.json'] : {};
  } catch {
    // A merge conflict, say. Forgetting keeps more than it should, which loses nothing.
    return {};
  }
}

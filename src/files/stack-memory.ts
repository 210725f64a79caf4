import { existsSync, readFileSync } from 'fs';
import * as path from 'path';
import { Component, IResolver, JsonFile, Project } from 'projen';

const MEMORY = Symbol.for('projen-stack.StackMemory');
const FILE = '.projen/stack.json';

type Json = { [key: string]: unknown };

/**
 * What earlier syntheses did once and must not do again: `.projen/stack.json`, which is committed. One for a project.
 *
 * It has sections, each a map whose keys and values are those of its owner. What no owner asks for is kept. When the file is lost or
 * cannot be read (a merge conflict, say) everything is forgotten, so its owners must do no harm then.
 */
export class StackMemory extends Component {
  /** The one of a project. */
  public static of(project: Project): StackMemory {
    const found = project.node.children.find((child): child is StackMemory => MEMORY in child);
    return found ?? new StackMemory(project);
  }

  private sections: Json = {};
  private actions: (() => void)[] = [];
  private file?: MemoryFile;

  private constructor(project: Project) {
    super(project, 'StackMemory');
    Object.defineProperty(this, MEMORY, { value: true });
  }

  /** Reads what the last synthesis left, and forgets what one that failed was about to do. */
  public load(): void {
    this.actions = [];
    this.sections = readMemory(this.project);
  }

  /**
   * A copy of what a section holds.
   *
   * @param name the section
   */
  public section(name: string): Json {
    const section = this.sections[name];
    return isJson(section) ? structuredClone(section) : {};
  }

  /**
   * Remembers a section.
   *
   * @param name the section
   * @param content what it holds now; the section is gone when this is empty
   */
  public setSection(name: string, content: Json): void {
    if (Object.keys(content).length > 0) this.sections[name] = content;
    else delete this.sections[name];
  }

  /**
   * Does something while the project is written, before it is remembered; when it fails, nothing is remembered.
   *
   * @param action what to do once
   */
  public beforeSave(action: () => void): void {
    this.actions.push(action);
  }

  /** Makes the file when there is something to remember. To be called before projen removes files that nobody writes any more. */
  public prepare(): void {
    if (Object.keys(this.sections).length === 0 || this.project.ejected) return;
    this.file ??= new MemoryFile(this, FILE, { obj: () => sorted(this.sections) });
  }

  public synthesize(): void {
    for (const action of this.actions.splice(0)) action();
  }
}

/** What the last synthesis of a project remembered, by its sections. */
export function readMemory(project: Project): Json {
  const { '//': _marker, ...sections } = readJson(path.join(project.outdir, FILE));
  return sections;
}

/** The file itself; it stands below the memory, so it is written after what is done before. */
class MemoryFile extends JsonFile {
  protected synthesizeContent(resolver: IResolver): string | undefined {
    const { '//': _marker, ...sections } = JSON.parse(super.synthesizeContent(resolver) ?? '{}') as Json;
    return Object.keys(sections).length === 0 ? undefined : super.synthesizeContent(resolver);
  }
}

function readJson(file: string): Json {
  if (!existsSync(file)) return {};
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isJson(content) ? content : {};
  } catch {
    return {};
  }
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** With the keys of all maps in order, so that two branches that remember different things seldom conflict. */
function sorted(value: unknown): any {
  if (!isJson(value)) return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
}

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'fs';
import * as path from 'path';
import { FileBase, Project } from 'projen';
import { absolutePathOf, filePathOf, FOREIGN_FILE, Rendered } from './collisions';
import { planSections, SectionRecord, SectionsPlan, withoutMarks } from './files/sections/plan';
import { StackMemory } from './files/stack-memory';
import { Finding, RuleInfo, Severity } from './model/finding';
import { pathOf } from './model/path';
import { SectionedFile } from './model/target';
import type { Stack } from './stack';

/** A section that a person has edited is theirs until they say otherwise. */
const SECTION_EDITED: RuleInfo = {
  ruleId: 'PS080',
  severity: Severity.WARNING,
  title: 'A generated section is as it was generated',
  reason: 'What a person wrote is never overwritten, so the section stays behind the definition. In CI this is an error.',
};

/** The marks around sections belong together. */
const SECTION_MARKS: RuleInfo = {
  ruleId: 'PS081',
  severity: Severity.ERROR,
  title: 'The marks around a generated section belong together',
  reason: 'Without its second half nobody can say where a section ends, and what a person wrote would be overwritten.',
};

/** What is found out about sections, in the order of the IDs. */
export const SECTION_RULES: readonly RuleInfo[] = [SECTION_EDITED, SECTION_MARKS];

/** The part of the memory: by file and section, what was written last. */
const MEMORY = 'sections';

interface Planned {
  readonly stack: Stack;
  readonly file: SectionedFile;
  readonly absolute: string;
  /** What was remembered when the synthesis began. */
  readonly record: SectionRecord;
  readonly plan: SectionsPlan;
}

/**
 * What a synthesis does about the sections of files that belong to the team.
 */
export class Sections {
  private readonly planned: Planned[];

  /**
   * Reads the disk and decides; changes nothing. The memories of the projects have been loaded.
   *
   * @param rendered the stacks and what they come to
   * @param root the root project
   */
  constructor(rendered: readonly Rendered[], private readonly root: Project) {
    this.planned = rendered.flatMap(({ stack, outcome }) => outcome.outputs.flatMap((output) => output.sectionedFiles ?? []).map((file) => {
      const absolute = absolutePathOf(stack, file.filePath);
      const record = recordOf(stack, file);
      return { stack, file, absolute, record, plan: planOf(stack, file, absolute, record) };
    }));
  }

  /** What can be accepted: sections that stay as a person left them. */
  public warnings(stack: Stack): Finding[] {
    const rule = process.env.CI ? { ...SECTION_EDITED, severity: Severity.ERROR } : SECTION_EDITED;
    return this.of(stack).flatMap(({ file, plan }) => plan.edited.map(({ sectionId, line, isGiven }) => {
      const [also, again] = isGiven ? ['', ', to have it generated again'] : [', although the stack has nothing more to say there', ''];
      return finding(
        stack, rule, `${filePathOf(stack, file.filePath)}:${line}: the section "${sectionId}" was edited, so it is left as it is${also}.`,
        `Move what you wrote outside of its marks and delete the text between them${again}; or remove both marks, to keep it as yours.`,
      );
    }));
  }

  /** What cannot be accepted, since something of a person's could be lost. */
  public errors(stack: Stack): Finding[] {
    return this.of(stack).flatMap(({ file, absolute, plan }) => {
      const filePath = filePathOf(stack, file.filePath);
      const other = this.root.node.findAll().find((each): each is FileBase => each instanceof FileBase && each.absolutePath === absolute);
      return [
        ...plan.broken.map(({ line, message, fix }) => finding(stack, SECTION_MARKS, `${filePath}:${line}: ${message}.`, fix)),
        ...(other ? [finding(
          stack, FOREIGN_FILE, `Sections of ${filePath} are kept up to date, and ${pathOf(other)} writes the whole file.`,
          'Remove that file, or write another one for the sections: readme: { file: \'docs/stack.md\' } in the properties of the stack.',
        )] : []),
      ];
    });
  }

  /** Lets the projects write what was decided, when they write everything else. To be called before the memories are prepared. */
  public commit(): void {
    const projects = new Map(this.planned.map(({ stack }) => [stack.project.node.path, stack.project]));
    for (const project of projects.values()) {
      const mine = this.planned.filter(({ stack }) => stack.project === project);
      const memory = StackMemory.of(project);
      const remembered: { [file: string]: { [key: string]: string } } = {};
      for (const { stack, file, plan } of mine) {
        const records = remembered[filePathOf(stack, file.filePath)] ??= {};
        for (const [sectionId, digest] of Object.entries(plan.record)) records[`${namespaceOf(stack)}:${sectionId}`] = digest;
      }
      memory.setSection(MEMORY, remembered);
      memory.beforeSave(() => mine.forEach(write));
    }
  }

  private of(stack: Stack): Planned[] {
    return this.planned.filter((each) => each.stack === stack);
  }
}

function finding(stack: Stack, rule: RuleInfo, message: string, fix: string): Finding {
  return { rule, path: pathOf(stack), location: stack.sourceLocation, message, fix };
}

/** What the marks of a stack begin with: two stacks can share a file. */
function namespaceOf(stack: Stack): string {
  return stack.node.id.toLowerCase().replace(/[^a-z0-9-]+/g, '-');
}

/** The text of a file; undefined when there is none. */
function read(absolute: string): string | undefined {
  return existsSync(absolute) ? readFileSync(absolute, 'utf8') : undefined;
}

/** What is remembered of the sections of a file. */
function recordOf(stack: Stack, file: SectionedFile): SectionRecord {
  const prefix = `${namespaceOf(stack)}:`;
  const all = StackMemory.of(stack.project).section(MEMORY)[filePathOf(stack, file.filePath)];
  const entries = Object.entries(typeof all === 'object' && all !== null ? all : {});
  const mine = entries.filter(([key, value]) => key.startsWith(prefix) && typeof value === 'string');
  return Object.fromEntries(mine.map(([key, value]) => [key.slice(prefix.length), value]));
}

function planOf(stack: Stack, file: SectionedFile, absolute: string, record: SectionRecord): SectionsPlan {
  return planSections({ text: read(absolute), opening: file.opening, namespace: namespaceOf(stack), wanted: file.sections, record });
}

/** Writes a file when something about it changes. It is read again: what came into being since (a sample of projen's) is kept. */
function write({ stack, file, absolute, record }: Planned): void {
  const before = read(absolute);
  const text = stack.project.ejected ? before && withoutMarks(before, namespaceOf(stack)) : planOf(stack, file, absolute, record).text;
  if (text === undefined || text === before) return;
  mkdirSync(path.dirname(absolute), { recursive: true });
  writeFileSync(absolute, text);
}

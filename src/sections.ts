import * as path from 'path';
import { FileBase, Project } from 'projen';
import { absolutePathOf, filePathOf, FOREIGN_FILE, Rendered } from './collisions';
import { ManagedFile } from './files/managed-file';
import { parseKey } from './files/sections/marks';
import { planSections, SectionRecord, SectionsPlan, WantedSection, withoutMarks } from './files/sections/plan';
import { readTeamFile, writeTeamFile } from './files/sections/team-file';
import { unsoundSections } from './files/sections/unsound';
import { StackMemory } from './files/stack-memory';
import { Finding, RuleInfo, Severity } from './model/finding';
import { pathOf } from './model/path';
import { editedRule, SECTION_MARKS, SECTION_PLACE, SECTION_SOUND } from './section-rules';
import type { Stack } from './stack';

/** The part of the memory: by file and section, what was written last. */
const MEMORY = 'sections';

/** A file of a project, with what all its stacks have to say in it. */
interface Planned {
  readonly project: Project;
  /** Relative to the project. */
  readonly filePath: string;
  readonly absolute: string;
  /** What it is called in messages. */
  readonly label: string;
  readonly opening: string;
  readonly namespaces: readonly string[];
  readonly wanted: readonly (WantedSection & { readonly stack: Stack })[];
  /** Who is told what concerns no section of anybody. */
  readonly stack: Stack;
  /** What was remembered when the synthesis began. */
  readonly record: SectionRecord;
  readonly plan: SectionsPlan;
  readonly obstacle?: string;
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
  constructor(private readonly rendered: readonly Rendered[], private readonly root: Project) {
    const projects = [...new Set(rendered.map(({ stack }) => stack.project))];
    this.planned = projects.flatMap((project) => {
      const mine = rendered.filter(({ stack }) => stack.project === project);
      // Of a stack that is broken nobody knows what it would say.
      return mine.some(({ outcome }) => outcome.outputs.length === 0) ? [] : plannedIn(project, mine, root);
    });
  }

  /** What can be accepted: sections that stay as a person left them. */
  public warnings(stack: Stack): Finding[] {
    return this.planned.filter(({ project }) => !project.ejected).flatMap((each) => each.plan.edited.flatMap(({ key, line, nextLine, isGiven }) => {
      const owner = each.wanted.find((one) => one.key === key)?.stack ?? each.stack;
      if (owner !== stack) return [];
      const [also, again] = isGiven ? ['', ', to have it generated again'] : [', although the stack has nothing more to say there', ''];
      const rule = editedRule();
      return [finding(
        stack, rule, `${each.label}:${rule.severity === Severity.ERROR ? line : nextLine}: the section "${parseKey(key).sectionId}" was edited, so it is left as it is${also}.`,
        `Move what you wrote outside of its marks and delete the text between them${again}; or remove both marks, to keep it as yours.`,
      )];
    }));
  }

  /** What cannot be accepted, since something of a person's could be lost. */
  public errors(stack: Stack): Finding[] {
    return this.planned.filter((each) => each.stack === stack).flatMap((each) => [
      ...each.plan.broken.map(({ line, message, fix }) => finding(stack, SECTION_MARKS, `${each.label}:${line}: ${message}.`, fix)),
      ...(each.obstacle === undefined ? [] : [finding(
        stack, SECTION_PLACE, `Sections of ${each.label} cannot be written: ${each.obstacle}.`,
        'Rename what is in the way, save the file as UTF-8, or give the permission; or write another path in the target that gives the sections.',
      )]),
      ...unsoundSections(each.wanted).map((message) => finding(stack, SECTION_SOUND, `${each.label}: ${message}.`, 'Correct the target that gives the section.')),
      ...this.collisions(each),
    ]);
  }

  /** Lets the projects write what was decided, when they write everything else. To be called before the memories are prepared. */
  public commit(): void {
    for (const project of new Set(this.rendered.map(({ stack }) => stack.project))) {
      const mine = this.planned.filter((each) => each.project === project);
      const records = mine.map(({ filePath, plan }) => [filePath, plan.record] as const).filter(([, record]) => Object.keys(record).length > 0);
      const memory = StackMemory.of(project);
      memory.setSection(MEMORY, Object.fromEntries(records));
      memory.beforeSave(() => mine.forEach(write));
    }
  }

  /** Who else would write the file as a whole, or sections that this project does not know of. */
  private collisions({ stack, project, absolute, label, wanted }: Planned): Finding[] {
    if (wanted.length === 0) return [];
    const another = 'write another one for the sections: readme: { file: \'docs/stack.md\' } in the properties of the stack';
    const file = this.root.node.findAll().find((each): each is FileBase => (
      each instanceof FileBase && !(each instanceof ManagedFile) && each.absolutePath === absolute
    ));
    const target = this.rendered.find((each) => each.outcome.outputs.some(({ files }) => (
      files.some(({ filePath }) => absolutePathOf(each.stack, filePath) === absolute)
    )));
    const whole = file ? pathOf(file) : target && `a target of ${pathOf(target.stack)}`;
    const other = this.planned.find((each) => each.project !== project && each.absolute === absolute && each.wanted.length > 0);
    return [
      ...(whole === undefined ? [] : [finding(
        stack, FOREIGN_FILE, `Sections of ${label} are kept up to date, and ${whole} writes the whole file.`, `Remove that file, or ${another}.`,
      )]),
      ...(other === undefined ? [] : [finding(
        stack, FOREIGN_FILE, `Sections of ${label} are also written by ${pathOf(other.stack)}, which is of another project.`, `In one of the two, ${another}.`,
      )]),
    ];
  }
}

/** The files of a project in which its stacks have something to say, or had. */
function plannedIn(project: Project, rendered: readonly Rendered[], root: Project): Planned[] {
  const memory = StackMemory.of(project).section(MEMORY);
  const namespaces = [...new Set(rendered.map(({ stack }) => namespaceOf(stack)))];
  const given = rendered.flatMap(({ stack, outcome }) => outcome.outputs.flatMap((output) => output.sectionedFiles ?? []).map((file) => (
    { stack, file, filePath: filePathOf(stack, file.filePath) }
  )));
  return [...new Set([...given.map(({ filePath }) => filePath), ...Object.keys(memory)])].map((filePath) => {
    const here = given.filter((each) => each.filePath === filePath);
    const wanted = here.flatMap(({ stack, file }) => file.sections.filter(({ content }) => content.trim() !== '').map(({ sectionId, content }) => (
      { stack, key: `${namespaceOf(stack)}:${sectionId}`, content }
    )));
    const absolute = path.join(project.outdir, filePath);
    const isOutside = path.posix.normalize(filePath).split('/')[0] === '..';
    // What is remembered and lies elsewhere was not written by a synthesis.
    const { text, isLocked, obstacle = isOutside ? 'it lies outside of the project' : undefined } = isOutside ? {} : readTeamFile(absolute);
    // A file that is gone begins anew, also when a sample of projen's has written it by the time that this is written.
    const record = obstacle === undefined && !isOutside && !text?.trim() ? {} : recordOf(memory[filePath]);
    const question = { opening: here[0]?.file.opening ?? '', namespaces, wanted, record };
    const plan = obstacle === undefined ? planSections({ text, ...question }) : { record, edited: [], broken: [] };
    const isChanged = plan.text !== undefined && plan.text !== text;
    return {
      ...question,
      project,
      filePath,
      absolute,
      plan,
      stack: here[0]?.stack ?? rendered[0].stack,
      label: path.relative(root.outdir, absolute).split(path.sep).join('/'),
      obstacle: isLocked && isChanged ? 'it is read-only' : wanted.length > 0 ? obstacle : undefined,
    };
  });
}

/** Writes a file when something about it changes. It is read again: what came into being since (a sample of projen's) is kept. */
function write({ project, absolute, label, plan, ...question }: Planned): void {
  if (plan.text === undefined) return;
  const { text: before, obstacle } = readTeamFile(absolute);
  const { text, broken } = planSections({ ...question, text: before });
  if (obstacle !== undefined || text === undefined) {
    throw new Error(`Sections of ${label} cannot be written: ${obstacle ?? broken.map(({ line, message }) => `line ${line}: ${message}`).join('; ')}. `
      + 'The file has changed since the synthesis began. Synthesize again.');
  }
  const keys = [...question.wanted.map(({ key }) => key), ...Object.keys(question.record)];
  const final = project.ejected ? withoutMarks(text, [...question.namespaces, ...keys.map((key) => parseKey(key).namespace)]) : text;
  if (final !== before) writeTeamFile(absolute, final);
}

function finding(stack: Stack, rule: RuleInfo, message: string, fix: string): Finding {
  return { rule, path: pathOf(stack), location: stack.sourceLocation, message, fix };
}

/** What the marks of a stack begin with: two stacks can share a file. */
function namespaceOf(stack: Stack): string {
  return stack.node.id.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'stack';
}

/** What is remembered of the sections of a file, as far as it can be read. */
function recordOf(value: unknown): SectionRecord {
  const entries = Object.entries(typeof value === 'object' && value !== null ? value : {});
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => /^[a-z0-9-]+:[a-z0-9-]+$/.test(entry[0]) && typeof entry[1] === 'string'));
}

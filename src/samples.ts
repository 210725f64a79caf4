import * as path from 'path';
import { FileBase, Project } from 'projen';
import { absolutePathOf, filePathOf, Rendered } from './collisions';
import { FolderOnDisk } from './files/sample/folder-on-disk';
import { goneNote } from './files/sample/notes';
import { planSample, SamplePlan } from './files/sample/plan';
import { readRecord, writeRecord } from './files/sample/record';
import { listSample } from './files/sample/render';
import { writeNewFiles } from './files/sample/write';
import { readMemory, StackMemory } from './files/stack-memory';
import { Finding, RuleInfo, Severity } from './model/finding';
import { pathOf } from './model/path';
import { SampleTree } from './model/sample';
import type { Stack } from './stack';

/** A file of a sample belongs to one sample. */
export const SAMPLE_OVERLAP: RuleInfo = {
  ruleId: 'PS064',
  severity: Severity.ERROR,
  title: 'A file is written by one sample only',
  reason: 'Which of two samples wrote a file would depend on their order, and nobody could say whose parts it has.',
};

/** What was written once agrees with the definition. */
export const SAMPLE_VALUE: RuleInfo = {
  ruleId: 'PS065',
  severity: Severity.WARNING,
  title: 'The code of a sample has the values of the definition',
  reason: 'What was written is the team\'s and is not rewritten, so a value that changes in the definition must be changed there by hand.',
};

/** A file of a sample can be written. */
export const SAMPLE_PLACE: RuleInfo = {
  ruleId: 'PS066',
  severity: Severity.ERROR,
  title: 'A file of a sample can be written where it belongs',
  reason: 'Half an application would be taken for the team\'s own at the next synthesis.',
};

/** The parts of a sample are sound. */
export const SAMPLE_SOUND: RuleInfo = {
  ruleId: 'PS067',
  severity: Severity.ERROR,
  title: 'The parts of a sample fit together',
  reason: 'A tag that is not closed, or a replacement that finds nothing, would write code that does not run.',
};

/** The section of the memory: by folder and name, what was written. */
const SECTION = 'samples';

interface Planned {
  readonly stack: Stack;
  readonly tree: SampleTree;
  readonly plan: SamplePlan;
}

/**
 * What a synthesis does about the samples of all stacks of a tree of projects.
 */
export class Samples {
  private readonly planned: Planned[];
  private readonly memories = new Map<Project, StackMemory>();

  /**
   * Reads the disk and decides; changes nothing.
   *
   * @param rendered the stacks and what they come to
   * @param root the root project
   */
  constructor(rendered: readonly Rendered[], private readonly root: Project) {
    for (const { stack } of rendered) this.memories.set(stack.project, StackMemory.of(stack.project));
    for (const memory of this.memories.values()) memory.load();
    const generated = generatedFiles(rendered, root);
    this.planned = rendered.flatMap(({ stack }) => SampleTree.treesOf(stack).map((tree) => {
      const { directory, sampleName } = tree;
      const key = keyOf(stack, tree);
      const sample = {
        parts: tree.parts,
        replacements: tree.replacements,
        unless: tree.unless,
        derived: tree.derived,
        sampleName,
        memoryPath: `"${sampleName}" of "${key}" from .projen/stack.json`,
      };
      const absolute = absolutePathOf(stack, directory);
      const folder = new FolderOnDisk(absolute, labelOf(absolute, root), generated);
      return { stack, tree, plan: planSample(sample, readRecord(this.recordsIn(stack.project, key)[sampleName]), folder) };
    }));
  }

  /** What can be accepted: the files are written, and somebody must know. */
  public warnings(stack: Stack): Finding[] {
    return this.of(stack).flatMap(({ tree, plan }) => plan.differences.map(({ message, fix }) => finding(SAMPLE_VALUE, tree, message, fix)));
  }

  /** What cannot be accepted, since there would be nothing sound to write. */
  public errors(stack: Stack): Finding[] {
    return this.of(stack).flatMap((planned) => [
      ...this.overlaps(planned),
      ...planned.plan.problems.map((problem) => finding(SAMPLE_SOUND, planned.tree, problem, 'Correct the sample.')),
      ...planned.plan.obstacles.map((obstacle) => finding(
        SAMPLE_PLACE, planned.tree, obstacle, 'Rename what is in the way, or give the permission; or write another directory in the definition.',
      )),
    ]);
  }

  /**
   * Lets the projects write what was decided, when they write everything else.
   *
   * @param say takes what is said once it was written
   */
  public commit(say: (note: string) => void): void {
    for (const [project, memory] of this.memories) {
      const mine = this.planned.filter((each) => each.stack.project === project);
      const section: { [key: string]: { [sampleName: string]: unknown } } = {};
      for (const { stack, tree, plan } of mine) {
        const key = keyOf(stack, tree);
        section[key] = { ...section[key], [tree.sampleName]: plan.record && writeRecord(plan.record) };
      }
      const notes = [...mine.flatMap(({ plan }) => plan.notes), ...this.gone(project, section)];
      memory.setSection(SECTION, section);
      memory.beforeSave(() => {
        writeNewFiles(mine.flatMap(({ plan }) => plan.files));
        notes.forEach(say);
      });
    }
    for (const memory of this.memories.values()) memory.prepare();
  }

  private of(stack: Stack): Planned[] {
    return this.planned.filter((each) => each.stack === stack);
  }

  /** What the memory knows below a folder. */
  private recordsIn(project: Project, key: string): { [sampleName: string]: unknown } {
    const records = this.memories.get(project)!.section(SECTION)[key];
    return typeof records === 'object' && records !== null ? { ...records } : {};
  }

  /** What to say of samples that are remembered and not defined any more. */
  private gone(project: Project, section: { [key: string]: object }): string[] {
    return Object.keys(this.memories.get(project)!.section(SECTION)).sort().flatMap((key) => {
      const absolute = path.join(project.outdir, key);
      const folder = new FolderOnDisk(absolute, labelOf(absolute, this.root), new Set());
      if (!folder.has('')) return [];
      return Object.entries(this.recordsIn(project, key))
        .filter(([sampleName, record]) => !(sampleName in (section[key] ?? {})) && readRecord(record)?.own === false)
        .map(([sampleName]) => goneNote(sampleName, folder.folderLabel));
    });
  }

  /** Other samples that were defined earlier and write the same. */
  private overlaps({ stack, tree }: Planned): Finding[] {
    const filesOf = (each: Planned) => listSample({ parts: each.tree.parts, replacements: each.tree.replacements })
      .map((file) => path.join(absolutePathOf(each.stack, each.tree.directory), file));
    const index = this.planned.findIndex((each) => each.tree === tree);
    const folder = absolutePathOf(stack, tree.directory);
    return this.planned.slice(0, index).flatMap((other): Finding[] => {
      const theirs = absolutePathOf(other.stack, other.tree.directory);
      const isSame = stack.project === other.stack.project && folder === theirs && tree.sampleName === other.tree.sampleName;
      if (isSame) {
        return [finding(SAMPLE_OVERLAP, tree, `The sample ${pathOf(other.tree)} is called "${tree.sampleName}" in that folder too.`,
          'Write another sampleName or another directory in one of the two.')];
      }
      if (!isWithin(folder, theirs) && !isWithin(theirs, folder)) return [];
      const files = new Set(filesOf(other));
      const both = filesOf(this.planned[index]).filter((file) => files.has(file)).map((file) => labelOf(file, this.root));
      if (both.length === 0) return [];
      const named = both.length > 3 ? `${both.slice(0, 3).join(', ')} and ${both.length - 3} more are` : `${both.join(', ')} ${both.length > 1 ? 'are' : 'is'}`;
      return [finding(SAMPLE_OVERLAP, tree, `${named} also written by the sample ${pathOf(other.tree)}.`, 'Write another directory in one of the two.')];
    });
  }
}

/** What the last synthesis remembered of the samples in a folder of a project, by their names. */
export function rememberedSamples(project: Project, directory: string): { readonly [sampleName: string]: unknown } {
  const records = readMemory(project)[SECTION] as { readonly [key: string]: unknown } | undefined;
  const found = records?.[path.posix.normalize(directory || '.').replace(/\/$/, '')];
  return typeof found === 'object' && found !== null ? { ...found } : {};
}

/** The folder of a sample as the memory of its project knows it. */
function keyOf(stack: Stack, tree: SampleTree): string {
  return filePathOf(stack, tree.directory || '.').replace(/\/$/, '') || '.';
}

/** A path as whoever synthesizes sees it; empty for the root project's own folder. */
function labelOf(absolute: string, root: Project): string {
  return path.relative(root.outdir, absolute).split(path.sep).join('/');
}

function isWithin(file: string, folder: string): boolean {
  return !path.relative(folder, file).split(path.sep).includes('..');
}

/** What this synthesis writes by itself, samples apart. */
function generatedFiles(rendered: readonly Rendered[], root: Project): Set<string> {
  const projects = root.node.findAll().flatMap((construct) => (construct instanceof FileBase ? [construct.absolutePath] : []));
  const stacks = rendered.flatMap(({ stack, outcome }) => (
    outcome.outputs.flatMap((output) => output.files.map((file) => absolutePathOf(stack, file.filePath)))
  ));
  return new Set([...projects, ...stacks]);
}

function finding(rule: RuleInfo, tree: SampleTree, message: string, fix: string): Finding {
  return { rule, path: pathOf(tree), location: tree.sourceLocation, message, fix };
}

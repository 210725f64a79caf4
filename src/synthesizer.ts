import * as path from 'path';
import { Component, Project } from 'projen';
import { isForeignFile } from './files/foreign-file';
import { ManagedFile } from './files/managed-file';
import { Finding, formatFinding, RuleInfo, Severity } from './model/finding';
import { isStack } from './model/group';
import { pathOf } from './model/path';
import { OutputFile, OutputTask } from './model/target';
import type { Stack, StackOutcome } from './stack';

const SYNTHESIZER = Symbol.for('projen-stack.Synthesizer');

/** Nobody's work is overwritten. */
export const FOREIGN_FILE: RuleInfo = {
  ruleId: 'PS060',
  severity: Severity.ERROR,
  title: 'A file that is to be written is not somebody else\'s',
  reason: 'What a person wrote, or another part of the project writes, is never overwritten.',
};

/** A task of the project is not taken. */
export const TASK_TAKEN: RuleInfo = {
  ruleId: 'PS061',
  severity: Severity.WARNING,
  title: 'A task that the stack brings has a name of its own',
  reason: 'The project\'s own task of that name stays as it is, so the stack\'s is missing.',
};

interface Rendered {
  readonly stack: Stack;
  readonly outcome: StackOutcome;
}

/**
 * Renders all stacks of a tree of projects before the first file is written.
 *
 * It stands on the root project because only there nothing has been deleted yet: the root's clean-up runs before a subproject
 * is asked anything. What follows only writes finished text.
 */
export class Synthesizer extends Component {
  /** The one of a tree; made when the first stack is. */
  public static of(root: Project): Synthesizer {
    const found = root.node.children.find((child): child is Synthesizer => SYNTHESIZER in child);
    return found ?? new Synthesizer(root);
  }

  private readonly files = new Map<string, ManagedFile>();
  private readonly tasks = new Set<string>();

  private constructor(root: Project) {
    super(root, 'StackSynthesizer');
    Object.defineProperty(this, SYNTHESIZER, { value: true });
  }

  public preSynthesize(): void {
    const stacks = this.project.root.node.findAll().filter((construct): construct is Stack => isStack(construct));
    const rendered = stacks.map((stack) => ({ stack, outcome: stack.evaluate() }));
    const findings = rendered.flatMap((each) => [...each.outcome.findings, ...this.collisions(each, rendered)]);

    const errors = findings.filter((finding) => finding.rule.severity === Severity.ERROR);
    if (errors.length > 0) throw new Error(report(errors, findings.filter((finding) => !errors.includes(finding))));

    for (const finding of findings) this.project.logger.warn(formatFinding(finding));
    for (const file of this.files.values()) file.content = undefined;
    for (const { stack, outcome } of rendered) {
      for (const output of outcome.outputs) {
        for (const file of output.files) this.write(stack, file);
        for (const task of output.tasks ?? []) this.addTask(stack, task);
        for (const pattern of output.gitIgnore ?? []) stack.project.addGitIgnore(inDirectory(stack, pattern));
        for (const note of output.notes ?? []) this.project.logger.info(note);
      }
    }
  }

  /** Files and tasks of a stack that somebody else has. */
  private collisions({ stack, outcome }: Rendered, all: readonly Rendered[]): Finding[] {
    const at = { path: pathOf(stack), location: stack.model().location };
    const files = outcome.outputs.flatMap((output) => output.files).flatMap((file, index, own): Finding[] => {
      const filePath = path.posix.join(stack.directory, file.filePath);
      const absolute = path.join(stack.project.outdir, filePath);
      const other = all.find((each) => each.stack !== stack && each.outcome.outputs.some((output) => output.files.some(
        (candidate) => path.join(each.stack.project.outdir, each.stack.directory, candidate.filePath) === absolute,
      )));
      const way = `Write: directory: '${stack.node.id}' (or another folder) in the properties of this stack`;
      if (other) return [{ ...at, rule: FOREIGN_FILE, message: `${filePath} is also written by the stack ${pathOf(other.stack)}.`, fix: `${way}.` }];
      if (own.findIndex((each) => path.posix.normalize(each.filePath) === path.posix.normalize(file.filePath)) < index) {
        return [{ ...at, rule: FOREIGN_FILE, message: `${filePath} is written twice by the targets of this stack.`, fix: 'Write another path in one of the targets.' }];
      }
      const inProject = this.project.root.tryFindFile(absolute);
      if (inProject && !(inProject instanceof ManagedFile)) {
        return [{ ...at, rule: FOREIGN_FILE, message: `${filePath} is also written by ${pathOf(inProject)}.`, fix: `${way}, or remove that file.` }];
      }
      if (isForeignFile(stack.project, filePath)) {
        return [{ ...at, rule: FOREIGN_FILE, message: `${filePath} exists and was not generated.`, fix: `Rename or delete it, or write another folder: ${way}.` }];
      }
      return [];
    });
    const tasks = outcome.outputs.flatMap((output) => output.tasks ?? []).flatMap((task, index, own): Finding[] => {
      if (own.findIndex((each) => each.taskName === task.taskName) < index) {
        return [{ ...at, rule: TASK_TAKEN, message: `Two tasks of the stack are called ${task.taskName}; the first one stays.`, fix: 'Rename one of the two to have both.' }];
      }
      if (this.tasks.has(`${stack.project.node.path}:${task.taskName}`) || !stack.project.tasks.tryFind(task.taskName)) return [];
      return [{ ...at, rule: TASK_TAKEN, message: `The project has a task ${task.taskName} of its own, which stays.`, fix: 'Rename one of the two to have both.' }];
    });
    return [...files, ...tasks];
  }

  private write(stack: Stack, file: OutputFile): void {
    const filePath = path.posix.join(stack.directory, file.filePath);
    const absolute = path.join(stack.project.outdir, filePath);
    const managed = this.files.get(absolute) ?? new ManagedFile(stack.project, filePath, {
      commentPrefix: file.commentPrefix ?? '#',
      executable: file.executable ?? false,
      copied: file.copied ?? false,
    });
    this.files.set(absolute, managed);
    managed.content = file.content;
  }

  private addTask(stack: Stack, task: OutputTask): void {
    if (stack.project.tasks.tryFind(task.taskName)) return;
    this.tasks.add(`${stack.project.node.path}:${task.taskName}`);
    stack.project.addTask(task.taskName, {
      description: task.description,
      cwd: stack.directory || undefined,
      execArgs: task.command,
      receiveArgs: true,
    });
  }
}

/** A pattern of `.gitignore` that is meant from the stack's folder. */
function inDirectory(stack: Stack, pattern: string): string {
  const [, negation, body] = /^(!?)(.*)$/.exec(pattern)!;
  return stack.directory ? `${negation}/${path.posix.join(stack.directory, body)}` : pattern;
}

function report(errors: readonly Finding[], warnings: readonly Finding[]): string {
  const count = errors.length === 1 ? '1 error' : `${errors.length} errors`;
  return [
    `The stack was not synthesized and no file was written: ${count}.`,
    ...errors.map((finding) => `  ${formatFinding(finding)}`),
    ...warnings.map((finding) => `  ${formatFinding(finding)}`),
    'Each rule is explained in docs/rules.md of projen-stack; stack.accept(\'PS…\', { at, because }) takes one finding as it is.',
  ].join('\n');
}

import * as path from 'path';
import { Component, Project } from 'projen';
import { absolutePathOf, fileCollisions, filePathOf, isElsewhere, settingsCollisions, taskCollisions } from './collisions';
import { DataFormats } from './data-formats';
import { ManagedFile } from './files/managed-file';
import { StackElement } from './model/element';
import { Finding, formatFinding, Severity } from './model/finding';
import { isStack } from './model/group';
import { locationAdvice } from './model/location';
import { pathOf } from './model/path';
import { OutputFile, OutputTask } from './model/target';
import { Samples } from './samples';
import { Sections } from './sections';
import type { Stack } from './stack';
import { copyFindings, copyNotes, partOf } from './validation/extensions/check-origins';

const SYNTHESIZER = Symbol.for('projen-stack.Synthesizer');

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
    const strangers = copyFindings(stacks.map((stack) => partOf(stack, pathOf(stack))));
    if (strangers.length > 0) throw refusal(report(strangers, []));
    const rendered = stacks.map((stack) => ({ stack, outcome: stack._render() }));
    const samples = new Samples(rendered, this.project.root);
    const sections = new Sections(rendered, this.project.root);
    const formats = new DataFormats(rendered);
    const findings = rendered.flatMap((each) => [
      ...each.stack._unaccepted([
        ...each.outcome.findings,
        ...taskCollisions(each, (name) => this.tasks.has(taskKey(each.stack, name))),
        ...samples.warnings(each.stack),
        ...sections.warnings(each.stack),
      ]),
      // These cannot be accepted: what a person wrote, or what the stack keeps, would be lost.
      ...fileCollisions(each, rendered, this.project.root),
      ...settingsCollisions(each.stack),
      ...samples.errors(each.stack),
      ...sections.errors(each.stack),
      ...formats.errors(each.stack),
    ]);

    const errors = findings.filter((finding) => finding.rule.severity === Severity.ERROR);
    if (errors.length > 0) throw refusal(report(errors, findings.filter((finding) => !errors.includes(finding))));

    for (const note of copyNotes()) this.project.logger.warn(note);
    for (const finding of findings) this.project.logger.warn(formatFinding(finding));
    for (const file of this.files.values()) file.content = undefined;
    sections.commit();
    formats.commit();
    samples.commit((note) => this.project.logger.info(note));
    for (const { stack, outcome } of rendered) {
      for (const pattern of new Set(StackElement.elementsOf(stack).flatMap((element) => element.gitIgnore()))) {
        stack.project.addGitIgnore(inDirectory(stack, pattern));
      }
      // All files first: an object that is synthesized again has them all already, and their lines of .gitignore.
      for (const file of outcome.outputs.flatMap((output) => output.files)) this.write(stack, file);
      for (const output of outcome.outputs) {
        for (const task of output.tasks ?? []) this.addTask(stack, task);
        for (const pattern of output.gitIgnore ?? []) stack.project.addGitIgnore(inDirectory(stack, pattern));
        for (const note of output.notes ?? []) this.project.logger.info(note);
      }
    }
  }

  private write(stack: Stack, file: OutputFile): void {
    const absolute = absolutePathOf(stack, file.filePath);
    if (file.givesWay && (this.files.get(absolute)?.content !== undefined || isElsewhere(stack, file, this.project.root))) {
      return this.project.logger.info(`${filePathOf(stack, file.filePath)} is written by somebody else, so that of ${pathOf(stack)} was left out.`);
    }
    const managed = this.files.get(absolute) ?? new ManagedFile(stack.project, filePathOf(stack, file.filePath), {
      commentPrefix: file.commentPrefix ?? '#',
      executable: file.executable ?? false,
      copied: file.copied ?? false,
    });
    this.files.set(absolute, managed);
    managed.content = file.content;
    // A shell cannot read a script whose lines end as Windows would check them out.
    if (file.executable && file.filePath.endsWith('.sh')) {
      stack.project.gitattributes.addAttributes(`/${path.posix.join(path.posix.dirname(filePathOf(stack, file.filePath)), '*.sh')}`, 'eol=lf');
    }
  }

  private addTask(stack: Stack, task: OutputTask): void {
    if (stack.project.tasks.tryFind(task.taskName)) return;
    this.tasks.add(taskKey(stack, task.taskName));
    stack.project.addTask(task.taskName, {
      description: task.description,
      cwd: stack.directory || undefined,
      execArgs: task.command,
      receiveArgs: true,
    });
  }
}

/** A task of a stack's project, among the tasks of all projects. */
function taskKey(stack: Stack, taskName: string): string {
  return `${stack.project.node.path}:${taskName}`;
}

/** A pattern of `.gitignore` that is meant from the stack's folder. */
function inDirectory(stack: Stack, pattern: string): string {
  const [, negation, body] = /^(!?)(.*)$/.exec(pattern)!;
  return stack.directory ? `${negation}/${path.posix.join(stack.directory, body)}` : pattern;
}

/** An error about a definition: the places in it are in the message, and those in this library would only hide them. */
function refusal(message: string): Error {
  const error = new Error(message);
  error.stack = `Error: ${message}`;
  return error;
}

function report(errors: readonly Finding[], warnings: readonly Finding[]): string {
  const count = errors.length === 1 ? '1 error' : `${errors.length} errors`;
  const advice = [...errors, ...warnings].some(({ location }) => location) ? undefined : locationAdvice();
  return [
    `The stack was not synthesized and no file was written: ${count}.`,
    ...errors.map((finding) => `  ${formatFinding(finding)}`),
    ...warnings.map((finding) => `  ${formatFinding(finding)}`),
    'Each rule is explained in docs/rules.md of projen-stack; stack.accept(\'PS…\', { at, because }) takes one finding as it is.',
    ...(advice ? [advice] : []),
  ].join('\n');
}

import { posix } from 'path';
import { renderSample } from './files/sample/render';
import { formatFinding, Severity } from './model/finding';
import { problemsOf } from './model/given';
import { SampleTree } from './model/sample';
import { TargetOutput } from './model/target';
import type { Stack } from './stack';

/**
 * What `StackTesting.synth` gives.
 */
export interface StackTestingOptions {
  /**
   * Whether the code that is written once (the application of a backend, say) is among it, as in an empty folder.
   *
   * @default false
   */
  readonly samples?: boolean;

  /**
   * Whether files of which only sections are kept up to date (README.md) are among it, as they are made where there is none, without
   * the marks around the sections.
   *
   * @default false
   */
  readonly sections?: boolean;
}

/**
 * What a definition comes to, for whoever tests one: nothing is written, and no test runner is needed.
 *
 * The findings are asked with `stack.findings()`.
 */
export class StackTesting {
  /**
   * The text of every file that the stack writes as a whole, by its path in the project.
   *
   * The line that says who wrote a file is left out, since it depends on the project. So are files that other parts of the project write,
   * too (`.gitignore`, package.json), and `.projen/stack.json`, which is a memory.
   *
   * @param stack the stack
   * @param options whether code that is written once, and files with sections, are among it
   * @throws when an error is found that was not accepted, with all of them
   */
  public static synth(stack: Stack, options: StackTestingOptions = {}): { [path: string]: string } {
    const problems = problemsOf('StackTestingOptions', options);
    if (problems.length > 0) throw new Error(problems.join('\n'));
    const within = (path: string) => posix.join(stack.directory, path);
    const outputs = outputsOf(stack);
    const files = outputs.flatMap((output) => output.files).map(({ filePath, content }) => [within(filePath), content]);
    const sectioned = options.sections ? sectionedFiles(outputs).map(([path, content]) => [within(path), content]) : [];
    const samples = options.samples ? samplesOf(stack).map(([path, content]) => [within(path), content]) : [];
    const sorted = [...samples, ...sectioned, ...files].sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(sorted) as { [path: string]: string };
  }

  /**
   * The commands of the tasks that the stack adds to its project, by the tasks' names.
   *
   * @param stack the stack
   * @throws when an error is found that was not accepted, with all of them
   */
  public static tasks(stack: Stack): { [taskName: string]: string[] } {
    const tasks = outputsOf(stack).flatMap((output) => output.tasks ?? []);
    return Object.fromEntries(tasks.reverse().map(({ taskName, command }) => [taskName, [...command]]));
  }

  private constructor() {
    // Only static members.
  }
}

function outputsOf(stack: Stack): TargetOutput[] {
  const { findings, outputs } = stack.evaluate();
  const errors = findings.filter(({ rule }) => rule.severity === Severity.ERROR);
  if (errors.length > 0) throw new Error(`The stack cannot be synthesized:\n${errors.map((finding) => `  ${formatFinding(finding)}`).join('\n')}`);
  return outputs;
}

/** Files with sections, each once, with the sections that all targets give. */
function sectionedFiles(outputs: readonly TargetOutput[]): [string, string][] {
  const texts = new Map<string, string[]>();
  for (const { filePath, opening, sections } of outputs.flatMap((output) => output.sectionedFiles ?? [])) {
    if (sections.length === 0) continue;
    texts.set(filePath, [...texts.get(filePath) ?? [opening], ...sections.map(({ content }) => content)]);
  }
  return [...texts].map(([filePath, parts]) => [filePath, `${parts.map((part) => part.trim()).filter(Boolean).join('\n\n')}\n`]);
}

function samplesOf(stack: Stack): [string, string][] {
  return SampleTree.treesOf(stack).flatMap(({ directory, parts, replacements }) => (
    renderSample({ parts, replacements }).map((file): [string, string] => [posix.join(directory, file.path), file.content.toString('utf8')])
  ));
}

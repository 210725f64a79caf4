import { statSync } from 'fs';
import * as path from 'path';
import { Project } from 'projen';
import { isForeignFile } from './files/foreign-file';
import { ManagedFile } from './files/managed-file';
import { Finding, RuleInfo, Severity } from './model/finding';
import { pathOf } from './model/path';
import { OutputFile } from './model/target';
import type { Stack } from './stack';
import { StackOutcome } from './stack-props';

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

/** Compose's settings have their place for themselves. */
export const SETTINGS_PLACE: RuleInfo = {
  ruleId: 'PS087',
  severity: Severity.ERROR,
  title: 'The settings of the stack have .env for themselves',
  reason: 'Compose reads a file of that name beside its own, and stops when it is a folder. projen\'s Python projects keep their virtual environment '
    + 'there unless they are told otherwise.',
};

/** A stack and what it came to. */
export interface Rendered {
  readonly stack: Stack;
  readonly outcome: StackOutcome;
}

/** Where a file of a stack goes, relative to its project. */
export function filePathOf(stack: Stack, filePath: string): string {
  return path.posix.join(stack.directory, filePath);
}

/** Where a file of a stack goes, on this machine. */
export function absolutePathOf(stack: Stack, filePath: string): string {
  return path.join(stack.project.outdir, filePathOf(stack, filePath));
}

/** Whether a file is written by another part of the project, or was by a person: one that gives way is left out then. */
export function isElsewhere(stack: Stack, { filePath }: OutputFile, root: Project): boolean {
  const inProject = root.tryFindFile(absolutePathOf(stack, filePath));
  return (inProject !== undefined && !(inProject instanceof ManagedFile)) || isForeignFile(stack.project, filePathOf(stack, filePath));
}

/**
 * Files that somebody else writes or wrote: another stack, another target, another part of the project, a person.
 */
export function fileCollisions({ stack, outcome }: Rendered, all: readonly Rendered[], root: Project): Finding[] {
  const elsewhere = `Write: directory: '${stack.node.id}' (or another folder) in the properties of this stack`;
  const finding = (message: string, fix: string): Finding[] => (
    [{ rule: FOREIGN_FILE, path: pathOf(stack), location: stack.sourceLocation, message, fix }]
  );
  const written = new Set<string>();
  return outcome.outputs.flatMap((output) => output.files).flatMap((file): Finding[] => {
    if (file.givesWay) return [];
    const filePath = filePathOf(stack, file.filePath);
    const absolute = absolutePathOf(stack, file.filePath);
    if (written.has(absolute)) return finding(`${filePath} is written twice by the targets of this stack.`, 'Write another path in one of the targets.');
    written.add(absolute);

    const other = all.find((each) => each.stack !== stack && each.outcome.outputs.some((output) => (
      output.files.some((candidate) => absolutePathOf(each.stack, candidate.filePath) === absolute)
    )));
    if (other) return finding(`${filePath} is also written by the stack ${pathOf(other.stack)}.`, `${elsewhere}.`);

    const inProject = root.tryFindFile(absolute);
    if (inProject && !(inProject instanceof ManagedFile)) {
      return finding(`${filePath} is also written by ${pathOf(inProject)}.`, `${elsewhere}, or remove that file.`);
    }
    if (isForeignFile(stack.project, filePath)) {
      return finding(`${filePath} exists and was not generated.`, `Rename or delete it, or write another folder: ${elsewhere}.`);
    }
    return [];
  });
}

/**
 * A folder in the place of the settings: the virtual environment of a Python project, or what such a project has left there.
 */
export function settingsCollisions(stack: Stack): Finding[] {
  const place = filePathOf(stack, '.env');
  const finding = (message: string, fix: string): Finding => (
    { rule: SETTINGS_PLACE, path: pathOf(stack), location: stack.sourceLocation, message, fix }
  );
  const { envManager } = stack.project as { readonly envManager?: { readonly envdir?: unknown } };
  if (typeof envManager?.envdir === 'string' && path.posix.normalize(envManager.envdir) === place) {
    return [finding(
      `${pathOf(stack.project)} keeps its virtual environment in a folder ${place}, where Compose reads the settings of the stack from a file.`,
      `Write in the options of the project: venvOptions: { envdir: '.venv' } (in Python: venv_options=VenvOptions(envdir=".venv")), and delete the folder ${place}.`,
    )];
  }
  if (!statSync(absolutePathOf(stack, '.env'), { throwIfNoEntry: false })?.isDirectory()) return [];
  return [finding(
    `${place} is a folder, and Compose reads the settings of the stack from a file of that name.`,
    `Delete it if it is an old virtual environment (rm -r ${place}), or rename it.`,
  )];
}

/**
 * Tasks whose names are taken, by the project or by another task of the stack.
 *
 * @param isOurs whether a task of the project was added by an earlier synthesis of this stack
 */
export function taskCollisions({ stack, outcome }: Rendered, isOurs: (taskName: string) => boolean): Finding[] {
  const at = { rule: TASK_TAKEN, path: pathOf(stack), location: stack.sourceLocation, fix: 'Rename one of the two to have both.' };
  const seen = new Set<string>();
  return outcome.outputs.flatMap((output) => output.tasks ?? []).flatMap(({ taskName }): Finding[] => {
    if (seen.has(taskName)) return [{ ...at, message: `Two tasks of the stack are called ${taskName}; the first one stays.` }];
    seen.add(taskName);
    if (isOurs(taskName) || !stack.project.tasks.tryFind(taskName)) return [];
    return [{ ...at, message: `The project has a task ${taskName} of its own, which stays.` }];
  });
}

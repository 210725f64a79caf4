import { IConstruct } from 'constructs';
import { Project, python } from 'projen';

/** What projen says of a project that was told nothing else: the command of those who have Node's package manager. */
const USUAL = 'npx projen';

/**
 * What people type before the name of a task, for whoever tells them what to run: texts of a README, instructions, errors.
 *
 * Where the definition is written in Python, projen is a program of its environment, and there is no package.json for `npx`. An
 * environment that uv or Poetry keeps is not activated by hand, so they are asked for it.
 *
 * @param construct any construct of the project
 */
export function taskCommandOf(construct: IConstruct): string {
  const project = Project.of(construct);
  // Somebody said it, or projen was left.
  if (project.projenCommand !== USUAL) return project.projenCommand;
  for (let at: Project | undefined = project; at; at = at.parent) {
    if (!at.node.children.some((child) => child instanceof python.Projenrc)) continue;
    const manager = at instanceof python.PythonProject ? at.depsManager : undefined;
    if (manager instanceof python.Uv) return 'uv run projen';
    return manager instanceof python.Poetry ? 'poetry run projen' : 'projen';
  }
  return USUAL;
}

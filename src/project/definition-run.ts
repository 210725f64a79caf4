import { posix } from 'path';
import { javascript, Project, python } from 'projen';
import { DefinitionRun } from '../targets/workflow/definition-run';

/** A version of Python that packages have wheels for; uv takes the one that the project asks for. */
const PYTHON_VERSION = '3.13';

/** The programs that install a Python project, at versions that were tried. */
const UV = 'uv==0.13.8';
const POETRY = 'poetry==2.5.1';

/**
 * How the definition of a project is run on a machine that has nothing yet.
 *
 * @returns undefined when nobody can know: the project is being ejected and has no definition any more, or its definition is in a
 * language whose packages it does not manage
 */
export function definitionRunOf(project: Project): DefinitionRun | undefined {
  if (project.ejected) return undefined;
  const node = project.node.children.find((child): child is javascript.NodePackage => child instanceof javascript.NodePackage);
  if (node) return { installCommands: nodeCommands(node), synthesizeCommand: project.projenCommand, nodeVersion: nodeVersionOf(project, node) };
  const definition = project.node.children.find((child): child is python.Projenrc => child instanceof python.Projenrc);
  return definition && project instanceof python.PythonProject ? pythonRun(project, definition.filePath) : undefined;
}

function nodeCommands({ packageManager, installCommand }: javascript.NodePackage): string[] {
  if (packageManager === javascript.NodePackageManager.NPM) return [installCommand];
  return [packageManager === javascript.NodePackageManager.BUN ? 'npm install --global bun' : 'corepack enable', installCommand];
}

/** The version of the project's other workflows, or the oldest that it promises to work with. */
function nodeVersionOf(project: Project, node: javascript.NodePackage): string | undefined {
  // projen shows it to subclasses only.
  const { nodeVersion } = project as unknown as { readonly nodeVersion?: string };
  return nodeVersion ?? node.minNodeVersion;
}

function pythonRun(project: python.PythonProject, file: string): DefinitionRun | undefined {
  const { depsManager, envManager } = project;
  // What projen does after a synthesis (make the environment anew, install into it) would change the one that runs the definition.
  const synthesize = (interpreter: string) => `PROJEN_DISABLE_POST=true ${interpreter} ${file}`;
  if (depsManager instanceof python.Uv) {
    return {
      installCommands: [`pipx install ${UV}`, 'uv sync --locked --no-install-project'],
      synthesizeCommand: synthesize('uv run --no-sync python'),
      pythonVersion: PYTHON_VERSION,
      packageEcosystem: 'uv',
    };
  }
  if (depsManager instanceof python.Poetry) {
    return {
      installCommands: [`pipx install ${POETRY}`, 'poetry install --no-root'],
      synthesizeCommand: synthesize('poetry run python'),
      pythonVersion: PYTHON_VERSION,
      packageEcosystem: 'pip',
    };
  }
  const { envdir } = envManager as { readonly envdir?: unknown };
  if (!(depsManager instanceof python.Pip) || typeof envdir !== 'string') return undefined;
  const program = (name: string) => posix.join(envdir, 'bin', name);
  return {
    installCommands: [`python -m venv ${envdir}`, `${program('pip')} install -r requirements.txt -r requirements-dev.txt`],
    synthesizeCommand: synthesize(program('python')),
    pythonVersion: PYTHON_VERSION,
    packageEcosystem: 'pip',
  };
}

import { join } from 'node:path';
import { quietly } from './process.mjs';

/** Where the programs of a virtual environment are. */
const PROGRAMS = process.platform === 'win32' ? 'Scripts' : 'bin';

/**
 * A virtual environment with packages, made as a user of Python does.
 *
 * @param folder where, which must be empty or not be there
 * @param packages what pip is to install: names with versions, paths of wheels
 * @returns the folder of its programs, its Python, and what pip said beside its plain output
 */
export async function virtualEnvironment(folder, packages) {
  await quietly('making a virtual environment', ['python3', '-m', 'venv', folder]);
  const programs = join(folder, PROGRAMS);
  const python = join(programs, 'python');
  const { stderr } = await quietly('pip install', [
    python, '-m', 'pip', 'install', '--quiet', '--no-input', '--disable-pip-version-check', ...packages,
  ]);
  return { programs, python, stderr };
}

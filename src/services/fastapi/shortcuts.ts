import type { FastApiBackend } from './fastapi-backend';
import { BackendLayout } from './layout';
import { TaskPlace } from '../../model/task';

/**
 * The daily commands of a backend.
 *
 * @param backend the backend
 * @param layout where its files lie
 * @param databaseGroup what the tasks about its database begin with
 */
export function addShortcuts(backend: FastApiBackend, layout: BackendLayout, databaseGroup: string): void {
  const prefix = backend.serviceName;
  // Universal: the same pins for every supported Python and system; what is pinned already stays as long as it fits.
  const compile = (file: string, ...more: string[]) => [
    'uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-strip-extras', ...more, `--output-file ${file} pyproject.toml`,
  ].join(' ');
  backend.addTask({ taskName: `${prefix}:test`, description: 'Run the tests in the container: pytest', command: ['pytest'], check: true });
  backend.addTask({ taskName: `${prefix}:shell`, description: 'Open a shell in the container', command: ['bash'] });
  backend.addTask({
    taskName: `${prefix}:lint`, description: 'Check style, format and types: ruff, mypy', command: ['sh', '-c', 'ruff check . && ruff format --check . && mypy'], check: true,
  });
  backend.addTask({ taskName: `${prefix}:logs`, description: 'Follow the log', command: ['--follow', '--tail', '100'], place: TaskPlace.LOGS });
  backend.addTask({
    taskName: `${prefix}:lock`,
    description: 'Pin the dependencies of pyproject.toml anew, with hashes; rebuild afterwards',
    command: ['sh', '-c', `${compile('requirements.txt')} && ${compile('requirements-dev.txt', '--group dev --constraint requirements.txt')}`],
    place: TaskPlace.OWN,
    folders: { [layout.mountSource('')]: '/project' },
    workingDir: '/project',
  });
  if (!layout.migrates) return;
  const alembic = (taskName: string, description: string, ...command: string[]) => backend.addTask({ taskName, description, command: ['alembic', ...command] });
  alembic(`${databaseGroup}:migrate`, 'Bring the schema up to date', 'upgrade', 'head');
  alembic(`${databaseGroup}:revision`, 'Write a migration from what the models say now; add: -m "what changes"', 'revision', '--autogenerate');
  alembic(`${databaseGroup}:downgrade`, 'Take the last migration back', 'downgrade', '-1');
}

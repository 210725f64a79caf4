import { join } from 'path';
import type { FastApiBackend } from './fastapi-backend';
import { BackendLayout, ownSigns, SAMPLE_NAME } from './layout';
import { FastApiProps } from './props';
import { SamplePart, SampleReplacement, SampleTree } from '../../model/sample';
import { taskCommandOf } from '../../model/task-command';

/** As deep under `src` as under `lib`. */
const ASSETS = join(__dirname, '..', '..', '..', 'assets', 'fastapi');

/** The oldest Python that the sample runs on. */
const LEAST_PYTHON = '3.11';

/** `3.12` of `3.12.4`; undefined when the definition leaves the version to the library, whose choice changes with its versions. */
function minorOf(version: string | undefined): string | undefined {
  return version === undefined ? undefined : /^3\.\d+/.exec(version)?.[0];
}

/** The sample application of a backend, in the parts that its connections ask for. */
export function sampleOf(backend: FastApiBackend, layout: BackendLayout, props: FastApiProps): SampleTree {
  const part = (partName: string, wanted: boolean): SamplePart => ({
    partName,
    source: join(ASSETS, partName),
    wanted,
    instructions: [
      `Then pin the dependencies and build anew: ${taskCommandOf(backend)} ${backend.serviceName}:lock && docker compose up --detach --build --wait`,
    ],
  });
  return new SampleTree(backend, 'sample', {
    directory: layout.dir,
    sampleName: SAMPLE_NAME,
    parts: [
      part('core', true),
      part('database', props.database !== undefined),
      part('redis', props.cache !== undefined),
      part('celery', props.broker !== undefined),
    ],
    // Also where nothing changes: what was written is remembered, and a later change is noticed.
    replacements: [
      SampleReplacement.renameFolder('app', layout.packageName, {
        references: ['\\bapp(?=\\.[a-z_])', '"app"', '\\bapp/'], extensions: ['.py', '.toml', '.ini', '.mako'],
      }),
      // What the linter and the type checker go by, too.
      SampleReplacement.line('pyproject.toml', `requires-python = ">=${LEAST_PYTHON}"`, `requires-python = ">=${minorOf(props.pythonVersion) ?? LEAST_PYTHON}"`),
      SampleReplacement.line('app/core/config.py', 'ENV_PREFIX = ""', `ENV_PREFIX = "${props.envPrefix ?? ''}"`),
    ],
    derived: ['requirements.txt', 'requirements-dev.txt'],
    unless: ownSigns(layout),
  });
}

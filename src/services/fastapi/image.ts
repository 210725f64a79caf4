import { existsSync } from 'fs';
import { join } from 'path';
import { BackendLayout, WORK_DIR } from './layout';
import { PythonInstaller } from './options';
import { FastApiProps } from './props';
import { BuildPhase, Dockerfile, Stage } from '../../model/dockerfile';
import { Mode } from '../../model/mode';

/** The environment of all Python packages: outside the program's folder, which a mount may cover. */
const VENV = '/opt/venv';

/** The id of the program's user in production, and on machines whose user is root. */
const USER_ID = 1000;

/** What one Dockerfile of a backend is for. */
export interface BackendImage {
  readonly layout: BackendLayout;
  readonly props: FastApiProps;
  /** The folder of the stack on this machine, to see what the team has. */
  readonly folder: string;
  /** The modes whose images it describes. */
  readonly modes: readonly Mode[];
  /** What the server is started with. */
  readonly command: (mode: Mode) => string[];
}

/** How an installer is called. */
interface Installer {
  /** Makes the stage able to install. */
  prepare(stage: Stage): void;
  /** Installs what the program needs when it runs. */
  runtime(stage: Stage): void;
  /** Adds what developers need. */
  development(stage: Stage): void;
}

/**
 * The stages of a backend's image: `base` (Python and what the program needs of Debian), `dependencies` (the Python packages, made where
 * compilers may be), `development` and `production`. A later stage takes from `dependencies` what is finished.
 */
export function describeImage(dockerfile: Dockerfile, { layout, props, folder, modes, command }: BackendImage): void {
  const installer = installerOf(props, layout, folder);
  const base = dockerfile.addStage('base', { base: `python:${pythonTag(props)}` });
  base.addEnvironment('PATH', `${VENV}/bin:$PATH`, { expand: true });
  base.addEnvironment('PYTHONDONTWRITEBYTECODE', '1');
  base.addEnvironment('PYTHONUNBUFFERED', '1');
  base.workingDir(WORK_DIR);
  if (props.packages?.length) base.addPackages(...props.packages);

  const dependencies = dockerfile.addStage('dependencies', { base: 'base', note: 'The Python packages, in a folder of their own: compilers stay in this stage.' });
  if (props.buildPackages?.length) dependencies.addPackages(...props.buildPackages);
  installer.prepare(dependencies);
  installer.runtime(dependencies);

  if (modes.includes(Mode.DEVELOPMENT)) describeDevelopment(dockerfile.addStage('development', { base: 'dependencies' }), installer, props.port, command(Mode.DEVELOPMENT));
  if (modes.includes(Mode.PRODUCTION)) describeProduction(dockerfile.addStage('production', { base: 'base' }), layout, props.port, command(Mode.PRODUCTION));
  dockerfile.allow(...layout.shipped, 'tests', 'pyproject.toml', 'requirements.txt', 'requirements-dev.txt', 'uv.lock');
  dockerfile.ignore('**/__pycache__', '**/*.py[cod]', '**/.*_cache', '**/.env*', '**/.venv', '**/.DS_Store');
}

function describeDevelopment(stage: Stage, installer: Installer, port: number | undefined, command: string[]): void {
  installer.development(stage);
  stage.addArgument('APP_UID', String(USER_ID), { phase: BuildPhase.DEPENDENCIES });
  stage.addArgument('APP_GID', String(USER_ID), { phase: BuildPhase.DEPENDENCIES });
  stage.run(userOf('APP_UID', 'APP_GID'), {
    phase: BuildPhase.DEPENDENCIES,
    note: 'The user has the ids of whoever develops, so that what it writes is theirs; an id that the image has already is shared, and root is nobody special.',
  });
  stage.copy(['.'], '.', { owner: 'app:app', note: 'Everything that the ignore file lets through.' });
  serve(stage, port, 'app', command);
}

function describeProduction(stage: Stage, layout: BackendLayout, port: number | undefined, command: string[]): void {
  stage.run('rm -rf "$(python -c \'import pip; print(*pip.__path__)\')"* /usr/bin/pip* /usr/local/bin/pip*', {
    phase: BuildPhase.SYSTEM, note: 'Nothing is installed into a running container.',
  });
  stage.run(`groupadd --gid ${USER_ID} app && useradd --uid ${USER_ID} --gid app --create-home app`, { phase: BuildPhase.SYSTEM });
  stage.copy([VENV], VENV, { fromStage: 'dependencies', phase: BuildPhase.DEPENDENCIES });
  const folders = layout.shipped.filter((path) => !path.includes('.'));
  for (const folder of folders) stage.copy([folder], folder);
  const files = layout.shipped.filter((path) => path.includes('.'));
  if (files.length > 0) stage.copy(files, '.');
  stage.run(`python -m compileall -q ${folders.join(' ')}`, { note: 'The files belong to root, so that the program cannot change itself; compiled now, it starts sooner.' });
  serve(stage, port, `${USER_ID}:${USER_ID}`, command);
}

function serve(stage: Stage, port: number | undefined, user: string, command: string[]): void {
  stage.expose(port ?? 8000);
  stage.user(user);
  stage.command(command);
}

/** Makes the user `app` with ids that are only known when the image is built. */
function userOf(uid: string, gid: string): string {
  const idOr1000 = (id: string) => `"$(( ${id} > 0 ? ${id} : ${USER_ID} ))"`;
  return `groupadd --non-unique --gid ${idOr1000(gid)} app && useradd --non-unique --uid ${idOr1000(uid)} --gid app --create-home app && chown app:app ${WORK_DIR}`;
}

function pythonTag({ pythonVersion = '3.13', pythonVariant = 'slim' }: FastApiProps): string {
  return pythonVariant === '' ? pythonVersion : `${pythonVersion}-${pythonVariant}`;
}

function installerOf(props: FastApiProps, layout: BackendLayout, folder: string): Installer {
  if (props.installer === PythonInstaller.PIP) return pip(layout);
  const locked = existsSync(join(folder, layout.within('uv.lock')));
  return uv(props.uvVersion ?? '0.9', locked, layout);
}

function uv(version: string, locked: boolean, { hashed, developmentRequirements }: BackendLayout): Installer {
  const install = `uv pip install${hashed ? ' --require-hashes' : ''} --requirement`;
  const cacheMounts = ['/root/.cache/uv'];
  const needs = (...files: string[]) => (
    { cacheMounts, bindMounts: files.map((file) => ({ source: file, target: file })), phase: BuildPhase.DEPENDENCIES }
  );
  return {
    prepare: (stage) => {
      stage.copy(['/uv'], '/bin/', { fromImage: `ghcr.io/astral-sh/uv:${version}`, phase: BuildPhase.SYSTEM });
      stage.addEnvironment('UV_COMPILE_BYTECODE', '1');
      stage.addEnvironment('UV_LINK_MODE', 'copy');
      stage.addEnvironment(locked ? 'UV_PROJECT_ENVIRONMENT' : 'VIRTUAL_ENV', VENV);
      stage.addEnvironment('UV_PYTHON_DOWNLOADS', 'never');
    },
    runtime: (stage) => locked
      ? stage.run('uv sync --locked --no-dev --no-install-project', needs('pyproject.toml', 'uv.lock'))
      : stage.run(`uv venv ${VENV} && ${install} requirements.txt`, needs('requirements.txt')),
    development: (stage) => {
      if (locked) stage.run('uv sync --locked --no-install-project', needs('pyproject.toml', 'uv.lock'));
      else if (developmentRequirements) stage.run(`${install} ${developmentRequirements}`, needs(developmentRequirements));
    },
  };
}

function pip({ hashed, developmentRequirements }: BackendLayout): Installer {
  const install = (file: string) => ({ cacheMounts: ['/root/.cache/pip'], bindMounts: [{ source: file, target: file }], phase: BuildPhase.DEPENDENCIES });
  const command = (file: string) => `pip --python ${VENV} install${hashed ? ' --require-hashes' : ''} --requirement ${file}`;
  return {
    prepare: (stage) => stage.addEnvironment('PIP_DISABLE_PIP_VERSION_CHECK', '1'),
    runtime: (stage) => stage.run(`python -m venv --without-pip ${VENV} && ${command('requirements.txt')}`, install('requirements.txt')),
    development: (stage) => {
      if (developmentRequirements) stage.run(command(developmentRequirements), install(developmentRequirements));
    },
  };
}

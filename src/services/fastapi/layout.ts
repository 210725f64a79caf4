import { existsSync, readFileSync } from 'fs';
import { join, posix } from 'path';
import { IConstruct } from 'constructs';
import { SourceLayout } from './options';
import { FastApiProps } from './props';
import { isOwnCode, stackFolder } from '../../model/group';

/** What the sample is called in the memory of the project. */
export const SAMPLE_NAME = 'fastapi';

/** What says that a team has an application of its own, in its folder. */
export function ownSigns({ packageName, dir }: { readonly packageName: string; readonly dir: string }): string[] {
  // In the folder of the stack itself they may belong to something else.
  return [packageName, ...(dir === '.' ? [] : ['pyproject.toml', 'requirements.txt'])];
}

/** The folder of the program in the image. */
export const WORK_DIR = '/app';

/** Where the log goes in a container that writes one to files. */
export const LOG_DIR = `${WORK_DIR}/logs`;

/**
 * Where everything of a backend lies, derived from its properties once.
 */
export class BackendLayout {
  /** The folder of the backend, relative to the stack's; `.` for the stack's own. */
  public readonly dir: string;
  /** The name of the Python package, which is its folder's too. */
  public readonly packageName: string;
  /** The module and the name in it that uvicorn serves. */
  public readonly appModule: string;
  /** The Dockerfile, relative to the stack's folder. */
  public readonly dockerfile: string;
  /** The Dockerfile of the development image, relative to the stack's folder. */
  public readonly developmentDockerfile: string;
  /** Whether there are models and migrations. */
  public readonly migrates: boolean;

  /** Whether the pinned requirements have hashes, which then must fit. */
  public readonly hashed: boolean;
  /** What is pinned for development; undefined when the team pins nothing for it. */
  public readonly developmentRequirements?: string;

  private readonly tests: boolean;

  /**
   * @param props the properties of the backend
   * @param scope the stack, or a construct in it, to see what the team has
   */
  constructor(props: FastApiProps, scope: IConstruct) {
    this.dir = normalized(props.dir ?? 'backend');
    this.packageName = props.sourceLayout ?? SourceLayout.APP;
    this.appModule = props.appModule ?? `${this.packageName}.main:app`;
    this.dockerfile = normalized(props.dockerfile ?? this.within('Dockerfile'));
    this.developmentDockerfile = props.developmentDockerfile === undefined ? this.dockerfile : normalized(props.developmentDockerfile);
    // Of a team's own code only that is taken which is there; a sample brings the rest.
    const own = isOwnCode(scope, this.dir, SAMPLE_NAME, ownSigns(this));
    const has = (file: string) => !own || existsSync(join(stackFolder(scope), this.within(file)));
    this.migrates = props.database !== undefined && has('alembic.ini');
    this.tests = has('tests');
    this.developmentRequirements = has('requirements-dev.txt') ? 'requirements-dev.txt' : undefined;
    this.hashed = !own || !has('requirements.txt') || readFileSync(join(stackFolder(scope), this.within('requirements.txt')), 'utf8').includes('--hash=');
  }

  /** The folders that people edit, relative to `dir`; all are mounted or watched in development. */
  public get sources(): string[] {
    return [this.packageName, ...(this.tests ? ['tests'] : []), ...(this.migrates ? ['alembic'] : [])];
  }

  /** What production needs of them, and of the files beside. */
  public get shipped(): string[] {
    return [this.packageName, ...(this.migrates ? ['alembic', 'alembic.ini'] : [])];
  }

  /** A path in the backend's folder, relative to the stack's. */
  public within(path: string): string {
    return posix.join(this.dir, path);
  }

  /** The same as a source of a mount: it begins with a dot. */
  public mountSource(path: string): string {
    return `./${this.within(path)}`;
  }
}

function normalized(path: string): string {
  return posix.normalize(path.replace(/\\/g, '/')).replace(/\/+$/, '') || '.';
}

import { posix } from 'path';
import { SourceLayout } from './options';
import { FastApiProps } from './props';

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

  constructor(props: FastApiProps) {
    this.dir = normalized(props.dir ?? 'backend');
    this.packageName = props.sourceLayout ?? SourceLayout.APP;
    this.appModule = props.appModule ?? `${this.packageName}.main:app`;
    this.dockerfile = normalized(props.dockerfile ?? this.within('Dockerfile'));
    this.developmentDockerfile = props.developmentDockerfile === undefined ? this.dockerfile : normalized(props.developmentDockerfile);
    this.migrates = props.database !== undefined;
  }

  /** The folders that people edit, relative to `dir`; all are mounted or watched in development. */
  public get sources(): string[] {
    return [this.packageName, 'tests', ...(this.migrates ? ['alembic'] : [])];
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

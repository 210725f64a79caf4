import { posix } from 'path';
import { NodePackageManager } from './options';
import { ViteProps } from './props';

/** The folder of the program in the image. */
export const WORK_DIR = '/app';

/** The lockfile of each package manager. */
export const LOCK_FILES: { readonly [manager in NodePackageManager]: string } = {
  [NodePackageManager.PNPM]: 'pnpm-lock.yaml',
  [NodePackageManager.NPM]: 'package-lock.json',
};

/**
 * Where everything of a frontend lies, derived from its properties once.
 */
export class FrontendLayout {
  /** The folder of the frontend, relative to the stack's; `.` for the stack's own. */
  public readonly dir: string;
  /** The Dockerfile, relative to the stack's folder. */
  public readonly dockerfile: string;
  /** The Dockerfile of the development image, relative to the stack's folder. */
  public readonly developmentDockerfile: string;
  /** The folders that people edit, relative to `dir`. */
  public readonly sources: string[];
  /** What installs packages. */
  public readonly packageManager: NodePackageManager;

  constructor(props: ViteProps) {
    this.dir = normalized(props.dir ?? 'frontend');
    this.dockerfile = normalized(props.dockerfile ?? this.within('Dockerfile'));
    this.developmentDockerfile = props.developmentDockerfile === undefined ? this.dockerfile : normalized(props.developmentDockerfile);
    this.sources = props.sourceFolders ?? ['src', 'public'];
    this.packageManager = props.packageManager ?? NodePackageManager.PNPM;
  }

  /** The lockfile, relative to `dir`. */
  public get lockFile(): string {
    return LOCK_FILES[this.packageManager];
  }

  /** A path in the frontend's folder, relative to the stack's. */
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

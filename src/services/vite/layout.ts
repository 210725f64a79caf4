import { existsSync } from 'fs';
import { join, posix } from 'path';
import { IConstruct } from 'constructs';
import { NodePackageManager } from './options';
import { ViteProps } from './props';
import { isOwnCode, stackFolder } from '../../model/group';

/** What the sample is called in the memory of the project. */
export const SAMPLE_NAME = 'vite';

/** What says that a team has pages of its own, in their folder. */
export const OWN_SIGNS: readonly string[] = ['package.json', 'src'];

/** What a build reads beside the sources under a name that is always the same. */
export const BESIDES: readonly string[] = ['index.html', 'scripts'];

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
  /** Which of `BESIDES` a team does not have, relative to `dir`. */
  public readonly absent: string[];
  /** What installs packages. */
  public readonly packageManager: NodePackageManager;

  /** Whether the code is the team's own, and knows nothing of the environment that the sample reads. */
  public readonly own: boolean;

  /**
   * @param props the properties of the frontend
   * @param scope the stack, or a construct in it, to see what the team has
   */
  constructor(props: ViteProps, scope: IConstruct) {
    this.dir = normalized(props.dir ?? 'frontend');
    this.dockerfile = normalized(props.dockerfile ?? this.within('Dockerfile'));
    this.developmentDockerfile = props.developmentDockerfile === undefined ? this.dockerfile : normalized(props.developmentDockerfile);
    this.own = isOwnCode(scope, this.dir, SAMPLE_NAME, OWN_SIGNS);
    // Of a team's own code only that is taken which is there; a sample brings the rest.
    const has = (file: string) => existsSync(join(stackFolder(scope), this.within(file)));
    this.sources = props.sourceFolders ?? ['src', 'public'].filter((folder) => !this.own || has(folder));
    this.absent = BESIDES.filter((path) => this.own && !has(path));
    const locked = this.own ? Object.values(NodePackageManager).filter((each) => has(LOCK_FILES[each])) : [];
    this.packageManager = props.packageManager ?? (locked.length === 1 ? locked[0] : NodePackageManager.PNPM);
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

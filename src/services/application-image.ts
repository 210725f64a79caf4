import { posix } from 'path';
import { hostUserArguments } from './host-user';
import { ImageBuild } from '../model/image-build';
import { Mode, MODES } from '../model/mode';

/** Where an application and its Dockerfiles lie, relative to the folder of the stack. */
export interface ApplicationFiles {
  /** The folder of the application, which is the context of its builds; `.` for the stack's own. */
  readonly dir: string;
  /** The Dockerfile of production. */
  readonly dockerfile: string;
  /** The Dockerfile of development; it may be the same. */
  readonly developmentDockerfile: string;
}

/** How the image of a mode is built: to the stage that is called as the mode. */
export function buildOf(files: ApplicationFiles, mode: Mode): ImageBuild {
  const dockerfile = posix.relative(files.dir, dockerfileOf(files, mode));
  return {
    context: files.dir === '.' ? '.' : `./${files.dir}`,
    dockerfile: dockerfile === 'Dockerfile' ? undefined : dockerfile,
    target: mode,
    args: mode === Mode.DEVELOPMENT ? hostUserArguments() : undefined,
  };
}

/** The modes of each Dockerfile of an application, by its path. */
export function dockerfilesOf(files: ApplicationFiles, modes: readonly Mode[]): Map<string, Mode[]> {
  const found = new Map<string, Mode[]>();
  for (const mode of MODES.filter((each) => modes.includes(each))) {
    const file = dockerfileOf(files, mode);
    found.set(file, [...found.get(file) ?? [], mode]);
  }
  return found;
}

function dockerfileOf(files: ApplicationFiles, mode: Mode): string {
  return mode === Mode.DEVELOPMENT ? files.developmentDockerfile : files.dockerfile;
}

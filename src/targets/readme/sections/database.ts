import { GuideTopic } from '../../../model/guide';
import { Mode } from '../../../model/mode';
import { stackNameIn } from '../../../model/stack-model';
import { Chapter } from '../chapter';
import { BlockKind, shellBlocks } from '../compose-words';
import { KeptData, keptData } from '../facts';
import { code, enumeration, heading, prose, table } from '../markdown';

/** Access, migrations, backup, and where the data is. */
export function database(chapter: Chapter): string[] {
  const kept = keptData(chapter.stack, chapter.services, Mode.DEVELOPMENT);
  return [...chapter.guideBlocks(GuideTopic.DATABASE), ...(kept.length > 0 ? places(chapter, kept) : [])];
}

function places(chapter: Chapter, kept: readonly KeptData[]): string[] {
  const volumes = kept.filter(({ isVolume }) => isVolume);
  const folders = kept.filter(({ isVolume }) => !isVolume);
  const [example] = volumes;
  return [
    heading(3, volumes.length > 0 ? 'Volumes' : 'Data on your disk'),
    table(['service', 'where its data is', 'in the container'], kept.map(({ service, place, isVolume, mount }) => [
      code(service.serviceName), `${isVolume ? 'volume' : 'folder'} ${code(place)}`, code(mount.target),
    ])),
    prose(['Data survives `down`, a restart and a new image.', ...owners(folders)].join(' ')),
    ...(example ? volumeCommands(chapter, example) : []),
  ];
}

/** Whose the folders are, and what a copy of them is worth. */
function owners(folders: readonly KeptData[]): string[] {
  const theirs = folders.filter(({ mount }) => !mount.keepsFolder).map(({ place }) => code(place));
  const yours = folders.filter(({ mount }) => mount.keepsFolder).map(({ place }) => code(place));
  return [
    ...(theirs.length > 0 ? [`On Linux ${enumeration(theirs)} ${theirs.length === 1 ? 'belongs' : 'belong'} to the user of the container. A copy of a folder that is in use is not a backup: dump it instead.`] : []),
    ...(yours.length > 0 ? [`${enumeration(yours)} ${yours.length === 1 ? 'is' : 'are'} there in a fresh clone, and yours.`] : []),
  ];
}

function volumeCommands(chapter: Chapter, { place }: KeptData): string[] {
  const kind = BlockKind.DESTRUCTIVE;
  return shellBlocks([
    chapter.shell('List them, look at one, see how much room they take', `docker volume ls --filter name=${stackNameIn(chapter.stack, Mode.DEVELOPMENT)}_`),
    chapter.shell('', `docker volume inspect ${place}`),
    chapter.shell('', 'docker system df --verbose'),
    chapter.compose('Remove one with everything in it, and begin anew', 'down', { kind }),
    chapter.shell('', `docker volume rm ${place}`, { kind }),
    chapter.compose('', 'up --detach --wait', { kind }),
  ]);
}

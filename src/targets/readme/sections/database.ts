import { GuideTopic } from '../../../model/guide';
import { Mode } from '../../../model/mode';
import { stackNameIn } from '../../../model/stack-model';
import { Chapter } from '../chapter';
import { BlockKind, shellBlocks } from '../compose-words';
import { KeptData, keptData } from '../facts';
import { code, heading, prose, table } from '../markdown';

/** Access, migrations, backup, and where the data is. */
export function database(chapter: Chapter): string[] {
  const kept = keptData(chapter.stack, chapter.services, Mode.DEVELOPMENT);
  return [...chapter.guideBlocks(GuideTopic.DATABASE), ...backups(chapter), ...(kept.length > 0 ? places(chapter, kept) : [])];
}

function backups(chapter: Chapter): string[] {
  if (!chapter.writes('scripts/backup.sh') || !chapter.writes('scripts/restore.sh')) return [];
  return [
    heading(3, 'Backup and restore by script'),
    prose('`scripts/backup.sh` writes a compressed dump with a checksum while everything runs. `scripts/restore.sh` checks both first, and '
      + 'puts nothing in place of what is there unless it is told to. Each says more with `--help`.'),
    ...shellBlocks([chapter.shell('', './scripts/backup.sh'), chapter.shell('', './scripts/restore.sh --help')]),
  ];
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
    prose('Data survives `down`, a restart and a new image.'
      + (folders.length > 0 ? ' On Linux the folders belong to the user of the container. A copy of a folder that is in use is not a backup: dump it instead.' : '')),
    ...(example ? volumeCommands(chapter, example) : []),
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

import { Mode } from '../../../model/mode';
import { Chapter } from '../chapter';
import { BlockKind, Line, shellBlocks } from '../compose-words';
import { KeptData, keptData, publishedPorts } from '../facts';
import { code } from '../markdown';

/** A trouble whose commands are written already. */
export interface GeneralTrouble {
  readonly symptom: string;
  readonly cause: string;
  readonly fix: string;
  readonly blocks: string[];
}

const SITUATIONAL = { kind: BlockKind.SITUATIONAL };

/** What goes wrong with any stack of this shape. */
export function generalTroubles(chapter: Chapter): GeneralTrouble[] {
  const kept = keptData(chapter.stack, chapter.services, Mode.DEVELOPMENT);
  return [
    daemon(chapter), ...portInUse(chapter), notHealthy(chapter), ...settingMissing(chapter), ...dataGone(chapter, kept),
    ...folderRights(chapter, kept), ...platform(chapter), ...slowBuild(chapter), diskFull(chapter),
  ];
}

function trouble(symptom: string, cause: string, fix: string, lines: readonly Line[]): GeneralTrouble {
  return { symptom, cause, fix, blocks: shellBlocks(lines) };
}

function daemon(chapter: Chapter): GeneralTrouble {
  return trouble(
    'Cannot connect to the Docker daemon', 'Docker does not run.', 'Start Docker Desktop, or the daemon with `sudo systemctl start docker`. It runs when this lists containers:',
    [chapter.shell('', 'docker ps')],
  );
}

function portInUse(chapter: Chapter): GeneralTrouble[] {
  const ports = publishedPorts(chapter.services, Mode.DEVELOPMENT);
  if (ports.length === 0) return [];
  const [{ variableName, hostPort }] = ports;
  const moved = Number(hostPort) + 1;
  return [trouble(
    'Port is already allocated, or address already in use', `Something else listens on a port of this stack: ${ports.map((port) => `${port.hostPort} (${code(port.variableName)})`).join(', ')}.`,
    `Stop it, or move the port: ${code(`${variableName}=${moved}`)} in \`.env\`, then start again. Nothing changes inside the stack.`,
    ports.map((port, index) => chapter.shell(index === 0 ? 'Who listens there' : '', `lsof -nP -i :${port.hostPort}`, SITUATIONAL)),
  )];
}

function notHealthy(chapter: Chapter): GeneralTrouble {
  const [first] = chapter.services;
  const connects = chapter.services.some((service) => service.connections().length > 0);
  return trouble(
    'A container does not start, restarts again and again, or is unhealthy', `What it printed last says why: a setting, a file, ${connects ? 'a server that it cannot reach, ' : ''}memory.`,
    'Correct that, then start again. A service that was only slow is healthy a moment later.',
    [
      chapter.compose('Which one, and how it ended', 'ps --all'),
      chapter.compose('What it said', `logs --tail 50 ${first.serviceName}`),
      chapter.compose('Whether the files and .env can be read', 'config --quiet'),
      chapter.compose('Make its container anew', `up --detach --force-recreate --wait ${first.serviceName}`),
    ],
  );
}

function settingMissing(chapter: Chapter): GeneralTrouble[] {
  if (!chapter.writes('scripts/env.sh')) return [];
  return [trouble(
    'Required variable is missing a value, or failed to read .env', 'A setting has neither a value nor a default, or a line of `.env` cannot be read.',
    '`check` names the setting or the line; `init` adds what is missing and keeps the rest.',
    [chapter.shell('', './scripts/env.sh check', SITUATIONAL), chapter.shell('', './scripts/env.sh init', SITUATIONAL)],
  )];
}

function dataGone(chapter: Chapter, kept: readonly KeptData[]): GeneralTrouble[] {
  const [volume] = kept.filter(({ isVolume }) => isVolume);
  if (!volume) return [];
  const name = volume.mount.nameFor(volume.service.serviceName);
  return [trouble(
    'Data is gone after `down`', '`down` keeps volumes, `down --volumes` (`-v`) deletes them. Data also seems gone when the stack has another project name (`COMPOSE_PROJECT_NAME`, `--project-name`): volumes have it in theirs.',
    `If ${code(volume.place)} is not in the list, the data was deleted: start again, and restore a backup.`,
    [chapter.shell('', `docker volume ls | grep ${name}`)],
  )];
}

function folderRights(chapter: Chapter, kept: readonly KeptData[]): GeneralTrouble[] {
  const [folder] = kept.filter(({ isVolume, mount }) => !isVolume && !mount.keepsFolder);
  if (!folder) return [];
  return [trouble(
    `Permission denied in ${code(folder.place)}`, 'On Linux the folder belongs to the user of the container, whose number is another one than yours.',
    'Leave the files alone: read them through the service. To delete them all, use the script, which asks for sudo where it must.',
    [chapter.shell('', `ls -ln ${folder.place}`, SITUATIONAL),
      ...(chapter.writes('scripts/reset.sh') ? [chapter.shell('Deletes all data of this stack, after asking', './scripts/reset.sh', { kind: BlockKind.DESTRUCTIVE })] : [])],
  )];
}

function platform(chapter: Chapter): GeneralTrouble[] {
  const [first] = chapter.services.filter((service) => service.settings(Mode.DEVELOPMENT).imageBuild ?? service.settings(Mode.DEVELOPMENT).image);
  if (!first) return [];
  const built = chapter.builds;
  return [trouble(
    'Exec format error', `The image is for another processor than yours${built ? ': it was built on, or for, another machine' : ''}.`,
    built ? 'Build it here. An image that exists for one processor only needs `platform: \'linux/amd64\'` in the definition of its service, which is emulated, and slow.'
      : 'Fetch it again. An image that exists for one processor only needs `platform: \'linux/amd64\'` in the definition of its service, which is emulated, and slow.',
    [built ? chapter.compose('', 'build --no-cache', { kind: BlockKind.ONLINE }) : chapter.compose('', `pull ${first.serviceName}`, { kind: BlockKind.ONLINE })],
  )];
}

function slowBuild(chapter: Chapter): GeneralTrouble[] {
  if (!chapter.builds) return [];
  return [trouble(
    'Every build is slow', 'A build is slow the first time, and when packages change. After that the layers with the packages come from the cache: they are made of the lists of packages '
    + 'alone, before the sources are copied, and the ignore file beside each Dockerfile keeps everything else out.',
    'If every build is slow, the cache is gone (`docker builder prune`, a full disk). Images are built in parallel.', [chapter.shell('How large the cache is', 'docker system df'), chapter.compose('', 'build')],
  )];
}

function diskFull(chapter: Chapter): GeneralTrouble {
  return trouble('No space left on device', 'Images, build caches and volumes of all your projects share Docker\'s disk.',
    'Delete what no container uses. This does not touch volumes:', [
      chapter.shell('How much is used by what', 'docker system df'), chapter.shell('Delete unused containers, networks, images and caches, of all projects', 'docker system prune', SITUATIONAL),
    ]);
}


import { GuideTopic } from '../../../model/guide';
import { Mode } from '../../../model/mode';
import { TaskPlace } from '../../../model/task';
import { Chapter } from '../chapter';
import { BlockKind, Line, quote, shellBlocks } from '../compose-words';
import { keptData } from '../facts';
import { code, enumeration, heading, plain, prose, table } from '../markdown';

/** What people type every day. */
export function commands(chapter: Chapter): string[] {
  if (chapter.services.length === 0) return [];
  return [
    ...shellBlocks([...start(chapter), ...look(chapter), ...prompts(chapter), ...stop(chapter)]),
    ...images(chapter),
    ...remove(chapter),
    ...chapter.guideBlocks(GuideTopic.COMMANDS),
    ...tasks(chapter),
  ];
}

/** The service that stands for all in an example: one that is built here, if any. */
function exampleOf({ services }: Chapter): string {
  const usual = services.filter((service) => !service.oneShot && (service.settings(Mode.DEVELOPMENT).profiles ?? []).length === 0);
  return (usual.find((service) => service.settings(Mode.DEVELOPMENT).imageBuild) ?? usual[0] ?? services[0]).serviceName;
}

function start(chapter: Chapter): Line[] {
  const { services, builds } = chapter;
  const profiles = [...new Set(services.flatMap((service) => service.settings(Mode.DEVELOPMENT).profiles ?? []))];
  return [
    chapter.compose('Start, and wait until all is healthy', 'up --detach --wait', { starts: true }),
    ...(builds ? [chapter.compose('The same after a change of packages or of a Dockerfile', 'up --detach --build --wait', { starts: true })] : []),
    ...profiles.map((profile) => {
      const inProfile = services.filter((service) => service.settings(Mode.DEVELOPMENT).profiles?.includes(profile));
      const names = inProfile.map(({ serviceName }) => serviceName);
      return chapter.compose(`The same with ${names.join(', ')}`, `--profile ${profile} up --detach --wait`, { starts: true });
    }),
    chapter.compose('Restart one service', `restart ${exampleOf(chapter)}`),
  ];
}

function look(chapter: Chapter): Line[] {
  return [
    chapter.compose('What runs, and whether it is healthy', 'ps'),
    chapter.compose('What was printed, by all or by one', 'logs'),
    chapter.compose('', `logs ${exampleOf(chapter)}`),
  ];
}

function prompts(chapter: Chapter): Line[] {
  const kind = BlockKind.INTERACTIVE;
  return [
    chapter.compose('Follow what is printed, until Ctrl+C', 'logs --follow', { kind }),
    chapter.compose('', `logs --follow ${exampleOf(chapter)}`, { kind }),
    chapter.compose('Start in the foreground; Ctrl+C stops all', `up${chapter.builds ? ' --build' : ''}`, { kind }),
  ];
}

function stop(chapter: Chapter): Line[] {
  const kind = BlockKind.STOPS;
  return [
    chapter.compose('Stop', 'stop', { kind }),
    chapter.compose('Remove what is stopped', 'rm --force', { kind }),
    chapter.compose('Stop and remove containers and networks; data stays', 'down', { kind }),
  ];
}

function images(chapter: Chapter): string[] {
  const pulled = chapter.services.filter((service) => {
    const { image, imageBuild, imageOf } = service.settings(Mode.DEVELOPMENT);
    return image !== undefined && !imageBuild && !imageOf;
  });
  const example = exampleOf(chapter);
  const lines = [
    ...(chapter.builds ? [chapter.compose('Build all images, or one', 'build'), chapter.compose('', `build ${example}`)] : []),
    ...(chapter.builds ? [chapter.compose('Build one from nothing, without the cache', `build --no-cache ${example}`, { kind: BlockKind.ONLINE })] : []),
    ...(pulled.length === 0 ? [] : [
      chapter.compose('Fetch the newest images of these versions', ['pull', ...pulled.map(({ serviceName }) => serviceName)].join(' '), { kind: BlockKind.ONLINE }),
    ]),
  ];
  return lines.length === 0 ? [] : [heading(3, 'Images'), ...shellBlocks(lines)];
}

function remove(chapter: Chapter): string[] {
  const { stack, services } = chapter;
  const kept = keptData(stack, services, Mode.DEVELOPMENT);
  if (kept.length === 0) return [];
  const volumes = kept.filter(({ isVolume }) => isVolume);
  const folders = kept.filter(({ isVolume }) => !isVolume).map(({ place }) => code(place)).join(', ');
  const kind = BlockKind.DESTRUCTIVE;
  return [
    heading(3, 'Delete all data'),
    prose(`**Warning**: what these delete is gone.${folders ? ` Only the script deletes what is in ${folders}: \`--volumes\` does not reach folders.` : ''}`),
    ...shellBlocks([
      ...(volumes.length > 0 ? [chapter.compose('Containers, networks and volumes', 'down --volumes', { kind })] : []),
      ...(chapter.writes('scripts/reset.sh') ? [chapter.shell('All data of this stack, after asking', './scripts/reset.sh', { kind })] : []),
    ]),
  ];
}

function tasks(chapter: Chapter): string[] {
  const found = chapter.outputs.flatMap((output) => output.tasks ?? []);
  if (found.length === 0) return [];
  // All others stand above in Compose's own words.
  const own = chapter.services.flatMap((service) => service.tasks()).filter(({ place }) => place === TaskPlace.OWN).map(({ taskName }) => taskName);
  const lines = found.filter(({ taskName }) => own.some((name) => taskName === name || taskName.endsWith(`:${name}`)))
    .map(({ taskName, command }) => chapter.shell(taskName, command.map(quote).join(' '), { kind: BlockKind.ONLINE }));
  return [
    heading(3, 'Tasks'),
    // What projen leaves behind to run tasks takes a name and nothing else.
    prose(chapter.stack.ejected
      ? `Shortcuts for those who have Node.js. Words after the name are not passed on: what a task runs is in ${code('.projen/tasks.json')}.`
      : 'Shortcuts for those who have Node.js; words after the name are passed on.'),
    table(['task', 'what it does'], found.map(({ taskName, description }) => [code(`${chapter.stack.taskCommand} ${taskName}`), plain(description)])),
    ...(lines.length === 0 ? [] : [prose(`Without Node.js, ${enumeration(lines.map(({ remark }) => code(remark)))} ${lines.length === 1 ? 'is' : 'are'}:`), ...shellBlocks(lines)]),
  ];
}

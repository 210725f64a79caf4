import { posix } from 'path';
import { composeCommand } from './tasks';
import { DataFormat } from '../../model/data-format';
import { Mode } from '../../model/mode';
import { Mount, MountKind } from '../../model/mount';
import type { Service } from '../../model/service';
import { StackModel, stackNameIn } from '../../model/stack-model';
import { shellWord } from '../shell-word';

/** Data that another version is to read. */
export interface CarryOver {
  readonly service: Service;
  /** The format that the definition comes to. */
  readonly format: DataFormat;
  /** The version of the data that is there. */
  readonly from: string;
}

/** An image with `cp` and `mv`, for a service that builds its own. */
const TOOLS = 'busybox:stable';

/**
 * The commands that carry the data of a service over, to be followed as they stand. The first ones need the files of the earlier version:
 * nothing is written before the definition says that the data was carried over, so they are still there.
 */
export function carryOverSteps(stack: StackModel, moved: CarryOver, fileNames: { readonly [mode in Mode]: string }): string {
  const { service, format, from } = moved;
  const { serviceName: name } = service;
  const mode = service.modes.includes(Mode.DEVELOPMENT) ? Mode.DEVELOPMENT : Mode.PRODUCTION;
  const declare = `write migratedFrom: '${from}' in the definition`;
  const reset = mode === Mode.DEVELOPMENT ? `${stack.taskCommand} ${stack.taskPrefix}:reset` : `${composeCommand(fileNames[mode]).join(' ')} down --volumes`;
  if (!format.dumpCommand || !format.restoreCommand) {
    return `It cannot be carried over. Delete it with "${reset}", then ${declare}.`;
  }
  const compose = composeCommand(fileNames[mode]).join(' ');
  const file = `${name}-${from}.dump`;
  const exec = (command: readonly string[]) => `${compose} exec -T ${name} ${command.map(quote).join(' ')}`;
  const up = `${compose} up --detach --wait ${name}`;
  const aside = asideSteps(stack, moved, mode);
  const inFolder = stack.directory ? `In the folder ${stack.directory}, with` : 'With';
  return [
    `${inFolder} the files of ${format.product} ${from}, which are still there, write all of it to a file:`,
    ...block(`${compose} down`, up, `${exec(format.dumpCommand)} > ${file}`, `${compose} down`),
    `    Then ${declare}, run ${stack.taskCommand}, and read the file:`,
    ...block(...aside.commands, up, `${exec(format.restoreCommand)} < ${file}`),
    `    The old data stays in the ${aside.kept} until you delete it. ${elsewhere(service, mode, fileNames)}`
    + `Where nothing is worth keeping, run ${reset} instead, and ${declare} all the same. More is in docs/upgrading.md of projen-stack.`,
  ].join('\n');
}

/** Commands of which each waits for the success of the one before. */
function block(...commands: string[]): string[] {
  return commands.map((command, index) => `      ${command}${index < commands.length - 1 ? ' &&' : ''}`);
}

/** What puts the old data aside, since a new server initialises an empty place only. */
function asideSteps(stack: StackModel, { service, format, from }: CarryOver, mode: Mode): { readonly commands: string[]; readonly kept: string } {
  const image = service.settings(mode).image ?? TOOLS;
  const mount = dataMount(service, format, mode)!;
  if (mount.kind === MountKind.BIND) {
    const folder = posix.normalize(mount.source!).replace(/\/$/, '');
    const [parent, last] = [posix.dirname(folder), posix.basename(folder)];
    // In a container: on Linux the folder belongs to the user of another one.
    const inside = `docker run --rm --user 0 --volume ${quote(posix.isAbsolute(parent) ? parent : `./${parent}`)}:/data --entrypoint mv ${image}`;
    return { commands: [`${inside} ${quote(`/data/${last}`)} ${quote(`/data/${last}-${from}`)}`], kept: `folder ${folder}-${from}` };
  }
  const volume = `${stackNameIn(stack, mode)}_${mount.nameFor(service.serviceName)}`;
  return {
    commands: [
      `docker run --rm --user 0 --volume ${volume}:/from --volume ${volume}_${from}:/to --entrypoint cp ${image} -a /from/. /to`,
      `docker volume rm ${volume}`,
    ],
    kept: `volume ${volume}_${from}`,
  };
}

/** The mount that keeps the data in a mode; undefined when nothing outlives the container. */
export function dataMount(service: Service, format: DataFormat, mode: Mode): Mount | undefined {
  const at = (path: string) => path.replace(/\/$/, '');
  const found = (service.settings(mode).mounts ?? []).find((mount) => at(mount.target) === at(format.mountTarget));
  return found?.kind === MountKind.VOLUME || found?.kind === MountKind.BIND ? found : undefined;
}

/** What to do about the other mode. */
function elsewhere(service: Service, mode: Mode, fileNames: { readonly [each in Mode]: string }): string {
  if (mode === Mode.PRODUCTION || !service.modes.includes(Mode.PRODUCTION)) return '';
  return `In production do the same, with "${composeCommand(fileNames[Mode.PRODUCTION]).join(' ')}" and its own volume. `;
}

/** A word as a shell takes it. */
function quote(word: string): string {
  return /^[\w./-]+$/.test(word) ? word : shellWord(word);
}

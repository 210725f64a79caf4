import { lieTogether, sharedBetweenModes } from './shared';
import { allProfiles, composeCommand } from './tasks';
import { Mode } from '../../model/mode';
import { MountKind } from '../../model/mount';
import { StackModel, stackNameIn } from '../../model/stack-model';
import { OutputFile } from '../../model/target';

/** A word of a shell command, quoted so that the shell leaves it alone. */
function quote(word: string): string {
  return /^[\w./-]+$/.test(word) ? word : `"${word.replace(/[\\$`"]/g, '\\$&')}"`;
}

/** The folders of the host that hold data of the stack in development, each with an image that may delete them. */
function dataFolders(stack: StackModel): string[] {
  const mounts = stack.services.flatMap((service) => service.settings(Mode.DEVELOPMENT).mounts ?? []);
  return [...new Set(mounts.filter((mount) => mount.kind === MountKind.BIND && mount.holdsData).map((mount) => mount.source!))];
}

/** Refuses while production has containers that keep their data in the same folders; nothing where it keeps them elsewhere. */
function guard(stack: StackModel, productionFile: string): string {
  const deleted = dataFolders(stack);
  const shared = sharedBetweenModes(stack).filter(({ kind, thingName }) => kind === 'folder' && deleted.some((folder) => lieTogether(folder, thingName)))
    .map(({ thingName }) => thingName);
  if (shared.length === 0) return '';
  const name = stackNameIn(stack, Mode.PRODUCTION);
  const down = [...composeCommand(productionFile), 'down'].map(quote).join(' ');
  return `
# Production keeps its data in the same place.
if [ -n "$(docker ps --all --quiet --filter ${quote(`label=com.docker.compose.project=${name}`)})" ]; then
  echo ${quote(`reset.sh: production (${name}) has containers here, whose data is in ${shared.join(', ')}, too. Nothing was deleted. Remove them first: ${down}`)} >&2
  exit 1
fi
`;
}

/**
 * `scripts/reset.sh`: deletes the containers, the volumes and the data folders of the development stack, after asking.
 */
export function resetScript(stack: StackModel, fileName: string, productionFile: string): OutputFile {
  const data = dataFolders(stack);
  const folders = data.map(quote);
  const down = [...composeCommand(fileName), ...allProfiles(stack), 'down', '--volumes', '--remove-orphans'].map(quote).join(' ');
  const content = `#!/usr/bin/env bash
# Deletes the containers and all data of the development stack "${stack.stackName}".
#
#   scripts/reset.sh         shows what will be deleted and asks
#   scripts/reset.sh --yes   does not ask
set -euo pipefail
cd "$(dirname "$0")/.."

usage() { sed -n '/^# Deletes/,/^#   scripts\\/reset.sh --yes/s/^# \\{0,1\\}//p' "$0"; }

yes=no
for argument in "$@"; do
  case $argument in
    -y | --yes) yes=yes ;;
    -h | --help) usage; exit 0 ;;
    *) echo "reset.sh: unknown argument: $argument" >&2; usage >&2; exit 2 ;;
  esac
done
${guard(stack, productionFile)}
echo "This deletes, for good:"
echo ${quote(`- the containers, networks and volumes that '${down}' removes`)}
${data.map((folder) => `echo ${quote(`- the folder ${folder}`)}\n`).join('')}
if [ "$yes" = no ]; then
  [ -t 0 ] || { echo "reset.sh: nobody is there to ask; pass --yes to delete all the same" >&2; exit 1; }
  printf 'Type "%s" to go on: ' ${quote(stack.stackName)}
  read -r answer
  [ "$answer" = ${quote(stack.stackName)} ] || { echo "Nothing was deleted."; exit 1; }
fi

${down}
${folders.length === 0 ? '' : `for folder in ${folders.join(' ')}; do
  [ -e "$folder" ] || continue
  # The files belong to the container's user: on Linux only root may delete them.
  rm -rf "$folder" 2>/dev/null || { echo "$folder belongs to another user; asking sudo" >&2; sudo rm -rf "$folder"; }
done
`}echo "Deleted."
`;
  return { filePath: 'scripts/reset.sh', content, executable: true };
}

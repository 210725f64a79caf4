import { assignment, shellLines } from './shell';
import { Mode } from '../../model/mode';
import { Service } from '../../model/service';
import { StackModel, stackNameIn } from '../../model/stack-model';
import { scriptWithFacts } from '../asset-script';

/** Where backups are written unless somebody says otherwise, relative to the stack's folder. */
export const BACKUPS = 'backups';

/**
 * `scripts/backup.sh` or `scripts/restore.sh` for a stack: the script in `assets/` with the stack's facts in place of the example's.
 *
 * @param stack the stack
 * @param scriptName which of the two
 * @param fileNames the Compose files
 */
export function backupScript(stack: StackModel, scriptName: string, fileNames: { readonly [mode in Mode]: string }): string {
  const facts = [
    '# What this stack keeps; the rest of this file is the same for every stack.',
    assignment('stack_name', stack.stackName),
    assignment('production_name', stackNameIn(stack, Mode.PRODUCTION)),
    assignment('compose_file', fileNames[Mode.DEVELOPMENT]),
    assignment('production_file', fileNames[Mode.PRODUCTION]),
    '',
    '# shellcheck disable=SC1003,SC2016 # the commands are for shells of containers',
    'kept() {',
    ...stack.services.flatMap(rows),
    '}',
    '',
  ].join('\n');
  return scriptWithFacts(`scripts/${scriptName}`, facts);
}

function rows(service: Service): string[] {
  return service.backups().map(({ backupName, fileExtension, dump, verify, count, restore }) => {
    const programs = [dump, verify, count, restore].map((words) => shellLines('    ', [String(words.length), ...words]));
    return [shellLines('  ', ['data', service.serviceName, backupName, fileExtension]), ...programs].join(' \\\n');
  });
}

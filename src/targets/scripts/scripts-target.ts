import { BACKUPS, backupScript } from './backup-scripts';
import { testScript } from './test-script';
import { understood } from '../../model/given';
import { Guide, GuideTopic } from '../../model/guide';
import { Mode } from '../../model/mode';
import { ServiceRole } from '../../model/service-role';
import { StackCommand } from '../../model/stack-command';
import { StackModel } from '../../model/stack-model';
import { OutputFile, OutputTask, Target, TargetOutput } from '../../model/target';

/**
 * How the Compose files are called that scripts work with.
 */
export interface ScriptsTargetOptions {
  /**
   * The file for development, relative to the stack's folder.
   *
   * @default "compose.yaml"
   */
  readonly file?: string;

  /**
   * The file for production, relative to the stack's folder.
   *
   * @default "compose.prod.yaml"
   */
  readonly productionFile?: string;
}

/** How data is saved and put back by script, beside what each service says of doing it by hand. */
const BACKUP_GUIDE: Guide = {
  topic: GuideTopic.DATABASE,
  heading: 'Backup and restore',
  text: '`scripts/backup.sh` writes a compressed dump with a checksum. `scripts/restore.sh` checks both first, refuses to put a dump in the place of data unless it is told to, '
    + 'and then leaves nothing that the dump does not have. Each says more with `--help`.',
  commands: [StackCommand.host('', './scripts/backup.sh'), StackCommand.host('', './scripts/restore.sh --help')],
};

/**
 * Renders what proves and saves a stack without this library: scripts that test it, and that back its data up and put it back.
 */
export class ScriptsTarget extends Target {
  private readonly fileNames: { readonly [mode in Mode]: string };

  /**
   * @param options how the Compose files are called
   */
  constructor(options: ScriptsTargetOptions = {}) {
    super('scripts');
    options = understood('ScriptsTargetOptions', options, this, new.target !== ScriptsTarget);
    this.fileNames = {
      [Mode.DEVELOPMENT]: options.file ?? 'compose.yaml',
      [Mode.PRODUCTION]: options.productionFile ?? 'compose.prod.yaml',
    };
  }

  public render(stack: StackModel): TargetOutput {
    const services = stack.services.filter((service) => service.modes.includes(Mode.DEVELOPMENT));
    const databases = services.filter((service) => service.role === ServiceRole.DATABASE);
    const composeFile = this.fileNames[Mode.DEVELOPMENT];
    const prefix = stack.taskPrefix;
    const files: OutputFile[] = [];
    const tasks: OutputTask[] = [];
    const add = (scriptName: string, content: string, task: OutputTask) => {
      files.push({ filePath: `scripts/${scriptName}`, content, executable: true });
      tasks.push(task);
    };
    if (services.length > 0) {
      add('test-stack.sh', testScript(stack, {
        scriptName: 'test-stack.sh',
        composeFile,
        services,
        complete: true,
        about: `Starts a copy of the stack "${stack.stackName}" beside whatever runs on this machine, and tries everything that it should do.`,
      }), { taskName: `${prefix}:test`, description: 'Prove that a copy of the stack works, beside the running one', command: ['bash', 'scripts/test-stack.sh'] });
    }
    if (databases.length > 0) {
      add('test-database-setup.sh', testScript(stack, {
        scriptName: 'test-database-setup.sh',
        composeFile,
        services: databases,
        complete: false,
        about: `Starts a copy of the ${databases.length === 1 ? 'database' : 'databases'} of the stack "${stack.stackName}" beside whatever runs on this machine, and tries everything that ${databases.length === 1 ? 'it' : 'they'} should do.`,
      }), {
        taskName: `${prefix === 'stack' ? '' : `${prefix}:`}db:test`,
        description: 'Prove that a copy of the database works, beside the running one',
        command: ['bash', 'scripts/test-database-setup.sh'],
      });
    }
    const kept = stack.services.some((service) => service.backups().length > 0);
    if (kept) {
      const group = prefix === 'stack' ? '' : `${prefix}:`;
      const script = (scriptName: string, taskName: string, description: string) => add(
        scriptName, backupScript(stack, scriptName, this.fileNames), { taskName: `${group}${taskName}`, description, command: ['bash', `scripts/${scriptName}`] },
      );
      script('backup.sh', 'db:backup', `Save the data of the running stack in ${BACKUPS}/, with checksums`);
      script('restore.sh', 'db:restore', 'Put a backup back, wholly or not at all; pass it the file');
    }
    return { files, tasks, ...(kept ? { gitIgnore: [`/${BACKUPS}/`], guides: [BACKUP_GUIDE] } : {}) };
  }
}

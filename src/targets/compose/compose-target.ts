import { carryOverSteps, CarryOver } from './carry-over';
import { checkDocuments } from './check-document';
import { composeDocument, ComposeDocument } from './document';
import { resetScript } from './reset-script';
import { composeCommand, composeTasks } from './tasks';
import { understood } from '../../model/given';
import { Mode, MODES } from '../../model/mode';
import { Mount } from '../../model/mount';
import { StackModel } from '../../model/stack-model';
import { OutputFile, Target, TargetOutput } from '../../model/target';
import { writeYaml } from '../yaml-writer';

/**
 * How the Compose files are called.
 */
export interface ComposeTargetOptions {
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

/**
 * Renders a stack as Compose files: one for development that runs without any setting, and one for production that is complete
 * by itself and refuses to start while a secret is missing.
 *
 * @see https://github.com/compose-spec/compose-spec/blob/main/spec.md
 */
export class ComposeTarget extends Target {
  private readonly fileNames: { readonly [mode in Mode]: string };

  /**
   * @param options how the files are called
   */
  constructor(options: ComposeTargetOptions = {}) {
    super('compose');
    options = understood('ComposeTargetOptions', options, this, new.target !== ComposeTarget);
    this.fileNames = {
      [Mode.DEVELOPMENT]: options.file ?? 'compose.yaml',
      [Mode.PRODUCTION]: options.productionFile ?? 'compose.prod.yaml',
    };
  }

  public render(stack: StackModel): TargetOutput {
    const rendered = MODES.flatMap((mode) => {
      const document = composeDocument(stack, mode);
      return document ? [{ mode, document, fileName: this.fileNames[mode] }] : [];
    });
    if (rendered.length === 0) {
      return {
        files: [],
        notes: [`${stack.stackName} has no services yet, so there is no Compose file. Add one: new PostgresService(stack, 'postgres');`],
      };
    }
    const development = rendered.find(({ mode }) => mode === Mode.DEVELOPMENT);
    return {
      files: [
        ...rendered.map(({ mode, document, fileName }) => this.file(mode, document, fileName, stack.variables.length > 0)),
        ...new Map(rendered.flatMap(({ document }) => document.files).map((file) => [file.filePath, file])).values(),
        ...(development ? [resetScript(stack, development.fileName, this.fileNames[Mode.PRODUCTION])] : []),
        ...keptFolders(stack).map((folder) => ({ filePath: `${folder}/.gitkeep`, content: '', commentPrefix: '' })),
      ],
      findings: checkDocuments(rendered, stack),
      tasks: development ? composeTasks(stack, development.fileName) : [],
      gitIgnore: this.dataFolders(stack),
    };
  }

  /**
   * How the data of a service is carried over to another format.
   *
   * @internal
   */
  public _carryOver(stack: StackModel, moved: CarryOver): string {
    return carryOverSteps(stack, moved, this.fileNames);
  }

  private file(mode: Mode, document: ComposeDocument, fileName: string, settable: boolean): OutputFile {
    const start = [...composeCommand(fileName), 'up', '--detach', '--wait'].join(' ');
    const head = mode === Mode.DEVELOPMENT
      // Not by a copy of the template: its placeholders would be passwords that the data does not have.
      ? `# Development: runs as it is${settable ? '; to change a setting, make an .env with scripts/env.sh init' : ''}.\n`
      : '# Production: complete by itself; every secret comes from the environment or from .env.\n';
    return { filePath: fileName, content: `${head}# Start: ${start}\n\n${writeYaml(document.content, document.remarks)}` };
  }

  /** Data that a bind mount keeps in the repository's folder is never committed. */
  private dataFolders(stack: StackModel): string[] {
    const kept = keptFolders(stack);
    return folders(stack, (mount) => mount.holdsData).flatMap((folder) => (kept.includes(folder) ? [`/${folder}/*`, `!/${folder}/.gitkeep`] : [`/${folder}/`]));
  }
}

/** The folders that are there, empty, in a fresh clone. */
function keptFolders(stack: StackModel): string[] {
  return folders(stack, (mount) => mount.keepsFolder);
}

/** The folders of the repository that some mounts bring, each once. */
function folders(stack: StackModel, which: (mount: Mount) => boolean): string[] {
  const mounts = stack.services.flatMap((service) => MODES.flatMap((mode) => service.settings(mode).mounts ?? []));
  return [...new Set(mounts.filter((mount) => which(mount) && mount.source?.startsWith('./')).map((mount) => mount.source!.slice(2).replace(/\/$/, '')))];
}

import * as path from 'path';
import { BACKUPS } from './backup-scripts';
import { isolationOf } from './isolation';
import { assignment, hereDocument, shellWords } from './shell';
import { stepLines, stepsOf } from './steps';
import { Mode } from '../../model/mode';
import { Mount, MountKind } from '../../model/mount';
import { Service } from '../../model/service';
import { SmokeCheckKind } from '../../model/smoke-check';
import { StackModel } from '../../model/stack-model';
import { scriptWithFacts } from '../asset-script';
import { composeDocument, ComposeDocument } from '../compose/document';
import { minimumVersions } from '../compose/minimum-versions';
import { Entry } from '../compose/service-entry';
import { TEMPLATE } from '../env/template';

const MODE = Mode.DEVELOPMENT;

/** What a test script is about. */
export interface TestScriptOptions {
  /** Its name. */
  readonly scriptName: string;
  /** The Compose file of development. */
  readonly composeFile: string;
  /** What it does, in one sentence. */
  readonly about: string;
  /** The services that it proves. */
  readonly services: Service[];
  /** Whether these are all of them. */
  readonly complete: boolean;
}

/**
 * A script that proves some services of a stack: the one in `assets/` with the stack's facts in place of the example's.
 */
export function testScript(stack: StackModel, options: TestScriptOptions): string {
  const document = composeDocument(stack, MODE)!;
  return scriptWithFacts('scripts/test-stack.sh', facts(stack, options, document));
}

/** The part of the script that differs from stack to stack. */
function facts(stack: StackModel, { scriptName, composeFile, about, services, complete }: TestScriptOptions, document: ComposeDocument): string {
  const isolation = isolationOf(document.content);
  const minimum = minimumVersions(document.content);
  const profiles = [...new Set(services.flatMap((service) => service.settings(MODE).profiles ?? []))];
  const checks = services.flatMap((service) => service.smokeChecks()).filter((check) => check.isFor(MODE));
  const asks = checks.some(({ kind }) => kind === SmokeCheckKind.HTTP || kind === SmokeCheckKind.RELOAD);
  const kept = bindFolders(stack, ({ keepsFolder }) => keepsFolder);
  return [
    '# What this stack consists of; the rest of this file is the same for every stack.',
    assignment('script_name', scriptName),
    assignment('stack_name', stack.stackName),
    assignment('compose_file', composeFile),
    assignment('minimum_engine', minimum.engine),
    assignment('minimum_compose', minimum.compose),
    assignment('needs_curl', asks ? 'yes' : 'no'),
    assignment('port_variables', isolation.portVariables.join(' ')),
    assignment('profiles', profiles.join(',')),
    assignment('started', complete ? '' : services.map(({ serviceName }) => serviceName).join(' ')),
    '',
    hereDocument('about', about),
    'tables() {',
    `  required ${shellWords(...requiredFiles(stack, composeFile, document))}`,
    ...table('not_copied', notCopied(stack)),
    ...table('make_folder', kept.map((folder) => `./${folder}`)),
    ...services.map(({ serviceName }) => `  service ${shellWords(serviceName)}`),
    '}',
    '',
    hereDocument('override', isolation.override || '{}\n'),
    '# shellcheck disable=SC1003,SC2016 # the commands are for shells of containers',
    'steps() {',
    ...stepLines(stepsOf(services, complete)),
    '}',
    '',
  ].join('\n');
}

function table(command: string, words: readonly string[]): string[] {
  return words.length > 0 ? [`  ${command} ${shellWords(...words)}`] : [];
}

/** What must be there before anything starts: without it Compose would complain, or make an empty folder that root owns. */
function requiredFiles(stack: StackModel, composeFile: string, document: ComposeDocument): string[] {
  const built = Object.values((document.content.services ?? {}) as { [name: string]: Entry }).flatMap(({ build }) => {
    if (typeof build !== 'object' || build === null) return typeof build === 'string' ? [path.posix.join(build, 'Dockerfile')] : [];
    const { context = '.', dockerfile = 'Dockerfile' } = build as { readonly context?: string; readonly dockerfile?: string };
    return /:\/\/|^[/~$]/.test(context) || (build as Entry).dockerfile_inline !== undefined ? [] : [path.posix.join(context, dockerfile)];
  });
  return [...new Set([
    composeFile,
    ...(stack.variables.length > 0 ? [TEMPLATE] : []),
    ...built,
    ...document.files.map(({ filePath }) => filePath),
    ...bindFolders(stack, ({ holdsData }) => !holdsData),
  ])];
}

/** What the copy does without: data, and what tools leave and git ignores. */
function notCopied(stack: StackModel): string[] {
  const data = bindFolders(stack, ({ holdsData }) => holdsData).map((folder) => `./${folder}`);
  const left = stack.elements.flatMap((element) => element.gitIgnore()).filter((pattern) => !pattern.startsWith('!')).map((pattern) => {
    const plain = pattern.replace(/\/$/, '');
    // A name at any depth is excluded at any depth: such names belong to tools.
    return plain.includes('**') || !plain.includes('/') ? path.posix.basename(plain) : `./${plain.replace(/^\//, '')}`;
  });
  return [...new Set([...data, `./${BACKUPS}`, ...left])];
}

/** The folders of the repository that containers have mounted, each once. */
function bindFolders(stack: StackModel, which: (mount: Mount) => boolean): string[] {
  const mounts = stack.services.filter((service) => service.modes.includes(MODE)).flatMap((service) => service.settings(MODE).mounts ?? []);
  const ours = mounts.filter((mount) => mount.kind === MountKind.BIND && which(mount) && mount.source?.startsWith('./'));
  return [...new Set(ours.map((mount) => path.posix.normalize(mount.source!).replace(/\/$/, '')))].filter((folder) => folder !== '.');
}

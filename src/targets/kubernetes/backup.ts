import { KubernetesTargetOptions } from './options';
import { KubernetesBackups } from './service-options';
import { MODE, Workload, WorkloadKind } from './workload';
import { Backup } from '../../model/backup';
import { Mount, MountKind } from '../../model/mount';
import { Service } from '../../model/service';
import { Value } from '../../model/value';
import { scriptWithFacts } from '../asset-script';
import { bareShellWord, shellWord } from '../shell-word';

/** Where a pod finds what saves its data, and where it puts the files. */
const SCRIPT = '/scripts/backup.sh';
const FOLDER = '/backups';

/** How many files are kept when nobody says it. */
const KEEP = 7;

/** When the data of a service is saved; undefined when it is not, or cannot be. */
export function backupsOf(service: Service, { services, backups }: KubernetesTargetOptions): KubernetesBackups | undefined {
  const given = services?.[service.serviceName]?.backups ?? backups;
  return given && isSaved(service) ? given : undefined;
}

/** Whether the data of a service can be saved from another container. */
export function isSaved(service: Service): boolean {
  return networked(service).length > 0;
}

function networked(service: Service): Backup[] {
  return service.backups().filter(({ networkEnvironment }) => networkEnvironment !== undefined);
}

/** The pods that save the data of a workload: its image and its environment, with what leads to it over the network. */
export function backupWorkload(saved: Workload, backups: KubernetesBackups): Workload {
  const { service, settings } = saved;
  const { image, imageBuild, imageOf, environment, user, secretFiles, resources, pullPolicy, workingDir, platform } = settings;
  const all = networked(service);
  const said = settings.overrides?.kubernetes?.cronJob;
  const memory = (settings.mounts ?? []).filter((mount) => mount.kind === MountKind.TMPFS);
  return {
    service,
    name: `${saved.name}-backup`,
    kind: WorkloadKind.CRON_JOB,
    settings: {
      image,
      imageBuild,
      imageOf,
      user,
      secretFiles,
      resources,
      pullPolicy,
      workingDir,
      platform,
      readOnly: true,
      overrides: said === undefined ? undefined : { kubernetes: { cronJob: said } },
      environment: { ...environment, ...Object.assign({}, ...all.map(({ networkEnvironment }) => networkEnvironment)) as { [key: string]: Value } },
      entrypoint: Value.literals('sh', SCRIPT),
      mounts: [
        Mount.volume('backups', FOLDER, { volumeName: `${saved.name}-backups` }),
        Mount.config('backup', SCRIPT, backupScript(saved.name, all, backups.keep ?? KEEP)),
        ...(memory.some(({ target }) => target === '/tmp') ? memory : [...memory, Mount.tmpfs('/tmp', { size: '64M' })]),
      ],
    },
    options: { storageSize: backups.storageSize, storageClass: backups.storageClass, ephemeralStorage: saved.options.ephemeralStorage },
    backups,
    image: saved.image,
    built: saved.built,
    exposed: false,
    reach: (service.settings(MODE).ports ?? []).length > 0 ? [service] : [],
  };
}

/** The script in `assets/` with what a service keeps in place of the example's. */
function backupScript(name: string, backups: readonly Backup[], keep: number): string {
  const line = (words: readonly string[]) => words.map(bareShellWord).join(' ');
  const facts = [
    '# What this service keeps; the rest of this file is the same for every service.',
    `service=${shellWord(name)}`,
    `keep=${keep}`,
    '',
    '# shellcheck disable=SC1003,SC2016 # the commands are for shells of their own',
    'kept() {',
    ...backups.map(({ backupName, fileExtension }, index) => `  data ${index + 1} ${bareShellWord(fileName(backupName))} ${bareShellWord(fileName(fileExtension))}`),
    '}',
    ...backups.flatMap(({ dump, verify, count, restore }, index) => [
      `dump_${index + 1}() { ${line(dump)}; }`,
      `verify_${index + 1}() { ${line(verify)}; }`,
      `count_${index + 1}() { ${line(count)}; }`,
      `restore_${index + 1}() { ${line(restore)}; }`,
    ]),
    '',
  ];
  return scriptWithFacts('kubernetes/backup.sh', facts.join('\n'));
}

/** A part of a file's name, as `scripts/backup.sh` has it. */
function fileName(text: string): string {
  return text.replace(/[^A-Za-z0-9._-]/g, '_');
}

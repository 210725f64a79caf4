import { existsSync, readdirSync, readFileSync, statSync } from 'fs';
import * as path from 'path';
import { Plan, Workload, WorkloadKind } from './plan';
import { compact, Entry, memoryQuantity, shareOfMemory } from './quantities';
import { SECRETS_FOLDER, valuesOf } from './values';
import { stackFolder } from '../../model/group';
import { Mount, MountKind } from '../../model/mount';
import { toDnsLabel } from '../../model/names';
import { Variable } from '../../model/variable';

/** A file of a ConfigMap. */
export interface ConfigFile {
  /** The key in the ConfigMap, which is the name of the file too. */
  readonly key: string;
  readonly content: string;
}

/** A ConfigMap that is made of files. */
export interface ConfigFiles {
  readonly configMap: string;
  /** The folder of the files, relative to the folder of the workload. */
  readonly folder: string;
  readonly files: readonly ConfigFile[];
}

/** What a pod is told about everything that it finds at a path. */
export interface PodStorage {
  readonly volumeMounts: readonly Entry[];
  readonly volumes: readonly Entry[];
  /** The claims of a StatefulSet. */
  readonly claimTemplates: readonly Entry[];
  /** Claims that several workloads share. */
  readonly claims: readonly Entry[];
  readonly configFiles: readonly ConfigFiles[];
  /** Whether a volume must be given to the group of the user. */
  readonly keepsData: boolean;
}

/** A folder or a file of the repository that a container may only read, and that fits into a ConfigMap. */
export interface ReadFolder {
  readonly files: readonly ConfigFile[];
  /** Whether it is one file, rather than a folder. */
  readonly single: boolean;
  /** Why it does not fit; undefined when it does. */
  readonly problem?: string;
  /** Whether there is nothing at the path, or not yet. */
  readonly missing?: boolean;
}

/** The most that a ConfigMap holds. */
const LIMIT = 1024 * 1024;

/** Reads what a bind mount brings from the repository. */
export function readFolder(workload: Workload, mount: Mount): ReadFolder {
  const source = path.join(stackFolder(workload.service), mount.source ?? '');
  if (!existsSync(source)) return { files: [], single: false, problem: 'there is nothing at this path', missing: true };
  const single = !statSync(source).isDirectory();
  const entries = single ? [source] : readdirSync(source).sort().map((name) => path.join(source, name));
  if (entries.some((entry) => statSync(entry).isDirectory())) return { files: [], single, problem: 'a ConfigMap has no folders in it' };
  const files = entries.map((entry) => ({ key: path.basename(entry), bytes: readFileSync(entry) })).filter(({ key }) => key !== '.gitkeep');
  if (files.reduce((sum, { bytes }) => sum + bytes.length, 0) > LIMIT) return { files: [], single, problem: 'a ConfigMap holds no more than 1 MiB' };
  if (files.some(({ bytes }) => !bytes.equals(Buffer.from(bytes.toString('utf8'), 'utf8')))) return { files: [], single, problem: 'not all of it is text' };
  if (files.some(({ key }) => !/^[-._a-zA-Z0-9]{1,253}$/.test(key))) return { files: [], single, problem: 'a name in it is none for a ConfigMap' };
  return { files: files.map(({ key, bytes }) => ({ key, content: bytes.toString('utf8') })), single };
}

/** The key of a config in its ConfigMap: the path in the container. */
export function configKey(mount: Mount): string {
  return mount.target.replace(/^\/+/, '').replace(/[^-._a-zA-Z0-9]+/g, '_');
}

/** The size that a claim of a workload has. */
export function claimSize({ options }: Workload): string {
  return options.storageSize ?? '10Gi';
}

/** Everybody in a pod may read, which is one user; 0444. */
const READABLE = 0o444;

/** The files of secrets, by the Secrets that they are in; one that may be missing stands alone, since the others may not. */
function secretSources(files: ReadonlyMap<string, Variable>, plan: Plan): Entry[] {
  const sources = new Map<string, { name: string; optional: boolean; items: Entry[] }>();
  for (const [path_, variable] of files) {
    const { secretName, key } = plan.made.get(variable.variableName) ?? { secretName: plan.secretName, key: variable.variableName };
    const optional = !variable.required;
    const source = sources.get(`${secretName} ${optional}`) ?? { name: secretName, optional, items: [] };
    source.items.push({ key, path: path_ });
    sources.set(`${secretName} ${optional}`, source);
  }
  return [...sources.values()].map(({ name, optional, items }) => ({ secret: compact({ name, optional: optional || undefined, items }) }));
}

/** What a pod finds at which path, in the order in which the mounts were said. */
export function storageOf(workload: Workload, plan: Plan): PodStorage {
  const { name, settings, kind } = workload;
  const volumeMounts: Entry[] = [];
  const volumes: Entry[] = [];
  const claimTemplates: Entry[] = [];
  const claims: Entry[] = [];
  const configFiles: ConfigFiles[] = [];
  const taken = new Set<string>();
  const unique = (wanted: string): string => {
    const label = toDnsLabel(wanted);
    const free = [label, ...[2, 3, 4, 5, 6, 7, 8, 9].map((number) => `${label}-${number}`)].find((candidate) => !taken.has(candidate)) ?? `${label}-${taken.size}`;
    taken.add(free);
    return free;
  };
  const claimSpec = (accessMode: string): Entry => compact({
    accessModes: [accessMode],
    storageClassName: workload.options.storageClass,
    resources: { requests: { storage: claimSize(workload) } },
  });
  // All together may fill half of what the container may use: what is in them counts as its memory.
  const inMemory = (settings.mounts ?? []).filter((mount) => mount.kind === MountKind.TMPFS && mount.size === undefined).length;
  const unsized = settings.resources?.memory && shareOfMemory(settings.resources.memory, 2 * inMemory);
  const configs = (settings.mounts ?? []).filter((mount) => mount.kind === MountKind.CONFIG);
  // The claims first: what a volume is called must not depend on what else is mounted.
  for (const mount of settings.mounts ?? []) {
    const holds = mount.kind === MountKind.VOLUME || (mount.kind === MountKind.BIND && mount.holdsData);
    if (!holds) continue;
    const volume = unique(mount.mountName ?? 'data');
    volumeMounts.push(compact({ name: volume, mountPath: mount.target, readOnly: mount.readOnly || undefined }));
    if (kind === WorkloadKind.STATEFUL_SET) {
      claimTemplates.push({ metadata: { name: volume }, spec: claimSpec('ReadWriteOnce') });
    } else {
      const claim = toDnsLabel(mount.kind === MountKind.VOLUME ? mount.nameFor(name) : `${name}-${volume}`);
      volumes.push({ name: volume, persistentVolumeClaim: { claimName: claim } });
      claims.push({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: claim }, spec: claimSpec(kind === WorkloadKind.CRON_JOB ? 'ReadWriteOnce' : 'ReadWriteMany') });
    }
  }
  if (configs.length > 0) {
    const volume = unique('files');
    volumes.push({ name: volume, configMap: { name: `${name}-files` } });
    configFiles.push({ configMap: `${name}-files`, folder: 'files', files: configs.map((mount) => ({ key: configKey(mount), content: mount.content ?? '' })) });
    for (const mount of configs) volumeMounts.push({ name: volume, mountPath: mount.target, subPath: configKey(mount), readOnly: true });
  }
  for (const mount of settings.mounts ?? []) {
    if (mount.kind === MountKind.BIND && !mount.holdsData) {
      const { files, single, problem } = readFolder(workload, mount);
      if (problem) continue;
      const volume = unique(path.posix.basename(mount.target));
      const configMap = `${name}-${volume}`;
      volumes.push({ name: volume, configMap: { name: configMap } });
      configFiles.push({ configMap, folder: volume, files });
      volumeMounts.push(compact({ name: volume, mountPath: mount.target, subPath: single ? files[0]?.key : undefined, readOnly: true }));
    }
    if (mount.kind === MountKind.TMPFS) {
      const volume = unique(mount.target.replace(/^\/+/, '') || 'root');
      const limit = mount.size ?? undefined;
      volumes.push({
        name: volume,
        emptyDir: compact({ medium: 'Memory', sizeLimit: limit ? memoryQuantity(limit) : unsized }),
      });
      volumeMounts.push({ name: volume, mountPath: mount.target });
    }
  }
  if (settings.shmSize) {
    const volume = unique('dev-shm');
    volumes.push({ name: volume, emptyDir: { medium: 'Memory', sizeLimit: memoryQuantity(settings.shmSize) } });
    volumeMounts.push({ name: volume, mountPath: '/dev/shm' });
  }
  const { files } = valuesOf(workload, plan);
  if (files.size > 0) {
    const volume = unique('secrets');
    volumes.push({ name: volume, projected: { defaultMode: READABLE, sources: secretSources(files, plan) } });
    volumeMounts.push({ name: volume, mountPath: SECRETS_FOLDER, readOnly: true });
  }
  return { volumeMounts, volumes, claimTemplates, claims, configFiles, keepsData: claimTemplates.length + claims.length > 0 };
}

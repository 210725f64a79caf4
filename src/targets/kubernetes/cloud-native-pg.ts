import { resourcesOf } from './container';
import { Manifest } from './manifest';
import { Environment, Plan, Workload, WorkloadKind } from './plan';
import { labelsOf } from './pod';
import { compact, Entry, list } from './quantities';
import { claimSize, ConfigFile, readFolder } from './storage';
import { piecesOf, textIn } from './values';
import { Mount } from '../../model/mount';
import { Value } from '../../model/value';
import { applyOverrides } from '../overrides';

/** The kind of the operator's objects. */
const API_VERSION = 'postgresql.cnpg.io/v1';

/** The images that the operator's project builds: those of others lack what it calls in them. */
const IMAGE = 'ghcr.io/cloudnative-pg/postgresql';

/** The most that takes over when one fails, beside the one that does. */
const INSTANCES = 3;

/** The scripts of a Cluster that are no SQL: nothing runs them there. */
export function otherScripts(workload: Workload): string[] {
  return scriptsOf(workload).map(({ key }) => key).filter((key) => !key.endsWith('.sql'));
}

/** What a Cluster runs in the first database when its data is initialised, in the order of the names. */
export function scriptsOf(workload: Workload): ConfigFile[] {
  const { initScripts = {}, initFolder } = workload.server ?? {};
  const folder = initFolder === undefined ? [] : readFolder(workload, Mount.bind(initFolder, '/init', { readOnly: true })).files;
  const single = Object.entries(initScripts).map(([key, content]) => ({ key, content }));
  return [...folder, ...single].sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** The name of the ConfigMap with these scripts. */
export const scriptsName = (name: string) => `${name}-init`;

/** A Cluster of CloudNativePG in an environment. */
export function clusterObject(workload: Workload, plan: Plan, environment: Environment): Manifest {
  const { name, options, settings, server } = workload;
  const { image, instances = INSTANCES } = options.cloudNativePg ?? {};
  const { imagePullSecret } = plan.options;
  const text = (value: Value | undefined) => value && textIn(environment, piecesOf(value, plan));
  const owner = text(server?.user);
  const count = environment.replicas?.[name] ?? (environment.environmentName === 'production' ? instances : 1);
  const scripts = scriptsOf(workload);
  const content = {
    apiVersion: API_VERSION,
    kind: WorkloadKind.CLUSTER,
    metadata: { name, labels: labelsOf(name, plan) },
    spec: compact({
      instances: count,
      imageName: image ?? `${IMAGE}:${server?.majorVersion}`,
      imagePullSecrets: imagePullSecret ? [{ name: imagePullSecret }] : undefined,
      enableSuperuserAccess: false,
      // A budget for the only one would keep its node from being drained.
      enablePDB: count > 1,
      // Pools keep their connections: a server that waits for its clients to leave takes three minutes, in which it takes no new ones.
      smartShutdownTimeout: 0,
      bootstrap: {
        initdb: compact({
          database: text(server?.database),
          owner,
          postInitSQL: list(server?.furtherDatabases?.map((database) => `CREATE DATABASE ${quoted(database)} OWNER ${quoted(owner ?? '')}`)),
          postInitApplicationSQLRefs: scripts.length > 0
            ? { configMapRefs: scripts.map(({ key }) => ({ name: scriptsName(name), key })) } : undefined,
        }),
      },
      postgresql: server?.parameters && Object.keys(server.parameters).length > 0 ? { parameters: server.parameters } : undefined,
      storage: compact({ size: claimSize(workload), storageClass: options.storageClass }),
      resources: resourcesOf({ ...settings.resources, ...environment.resources?.[name] }, options.ephemeralStorage),
      inheritedMetadata: { labels: { 'app.kubernetes.io/part-of': plan.stack.stackName } },
    }),
  };
  return { filePath: `${name}/cluster.yaml`, content: applyOverrides(content, settings.overrides?.kubernetes?.cluster ?? {}), workload };
}

/** A name as SQL takes it, whatever is in it. */
function quoted(identifier: string): string {
  return `"${identifier.replace(/"/g, '""')}"`;
}

/** What an environment says about a Cluster that the base says otherwise. */
export function clusterPatch(workload: Workload, plan: Plan, environment: Environment, common: readonly Manifest[]): Manifest | undefined {
  const cluster = common.find((manifest) => manifest.workload === workload && manifest.content.kind === WorkloadKind.CLUSTER);
  const usual = cluster?.content.spec as Entry | undefined;
  const { spec } = clusterObject(workload, plan, environment).content as { spec: Entry };
  const different = Object.entries(spec).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(usual?.[key]));
  if (different.length === 0) return undefined;
  return {
    filePath: `${workload.name}-cluster.yaml`,
    content: { apiVersion: API_VERSION, kind: WorkloadKind.CLUSTER, metadata: { name: workload.name }, spec: Object.fromEntries(different) },
  };
}

/** What leads to the one that takes writes. */
export function primarySelector(name: string): Entry {
  return { 'cnpg.io/cluster': name, 'cnpg.io/instanceRole': 'primary' };
}

/** What else passes to and from the pods of a Cluster: they copy from each other, the operator asks them, and they ask the API server. */
export function clusterTraffic({ name, options }: Workload, apiServer: Entry): { readonly ingress: Entry[]; readonly egress: Entry[] } {
  const each = { podSelector: { matchLabels: { 'cnpg.io/cluster': name } } };
  const operator = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': options.cloudNativePg?.operatorNamespace ?? 'cnpg-system' } } };
  const on = (...ports: number[]) => ports.map((port) => ({ protocol: 'TCP', port }));
  return {
    ingress: [{ from: [each], ports: on(5432, 8000) }, { from: [operator], ports: on(5432, 8000) }],
    egress: [{ to: [each], ports: on(5432, 8000) }, { to: [apiServer], ports: on(443, 6443) }],
  };
}

import { clusterObject, clusterPatch, scriptsName, scriptsOf } from './cloud-native-pg';
import { resourcesOf, settingsName } from './container';
import { redirections, removal, removals } from './elsewhere';
import { exposureObject } from './exposure';
import { Manifest } from './manifest';
import { namespaceObject } from './namespace';
import { namespacePolicies, networkPolicy, serviceObject } from './network';
import { baseEnvironment, ends, Environment, isElsewhere, Plan, Workload, WorkloadKind } from './plan';
import { compact, Entry, list } from './quantities';
import { secretPart } from './secrets';
import { PodStorage, storageOf } from './storage';
import { textIn, valuesOf } from './values';
import { companions, jobName, workloadObject } from './workload-objects';
import { OutputFile } from '../../model/target';
import { Remark, writeYaml } from '../yaml-writer';

/** A folder with a kustomization, and everything that it names. */
export interface KustomizeFolder {
  /** The folder, relative to the folder of the manifests. */
  readonly folder: string;
  readonly manifests: readonly Manifest[];
  readonly kustomization: Entry;
  readonly remarks: readonly Remark[];
  /** Files that are no manifests: settings, texts. */
  readonly texts: readonly OutputFile[];
}

const HEAD = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' };

/** Lines that kustomize reads as they stand: quotes are part of a value. */
function envLines(entries: readonly (readonly [string, string])[]): string {
  return entries.map(([key, value]) => `${key}=${value}\n`).join('');
}

/** The settings of a workload in an environment, by the keys of its ConfigMap. */
function settingsIn(workload: Workload, plan: Plan, environment: Environment): (readonly [string, string])[] {
  return [...valuesOf(workload, plan).settings].map(([key, pieces]) => [key, textIn(environment, pieces)] as const);
}

/** Everything that is the same in every environment. */
export function baseFolder(plan: Plan): KustomizeFolder {
  const manifests = [namespaceObject(plan), ...namespacePolicies(plan)];
  const generators: Entry[] = [];
  const texts: OutputFile[] = [];
  for (const workload of plan.workloads) {
    const { name } = workload;
    const service = serviceObject(workload, plan);
    if (workload.kind === WorkloadKind.EXTERNAL) {
      if (service) manifests.push(service);
      continue;
    }
    if (workload.kind === WorkloadKind.CLUSTER) {
      const policy = networkPolicy(workload, plan, baseEnvironment(plan));
      manifests.push(clusterObject(workload, plan, baseEnvironment(plan)), ...(service ? [service] : []), ...(policy ? [policy] : []));
      const scripts = scriptsOf(workload);
      // Kustomize does not know in which fields of a Cluster their name stands; and they are run once.
      if (scripts.length > 0) generators.push({ name: scriptsName(name), files: scripts.map(({ key }) => `${name}/init/${key}`), options: { disableNameSuffixHash: true } });
      texts.push(...scripts.map(({ key, content }) => ({ filePath: `${name}/init/${key}`, content, commentPrefix: '' })));
      continue;
    }
    const storage = storageOf(workload, plan);
    const policy = networkPolicy(workload, plan, baseEnvironment(plan));
    manifests.push(
      workloadObject(workload, plan, storage), ...(service ? [service] : []), ...claims(workload, storage), ...(policy ? [policy] : []),
      ...companions(workload, plan),
    );
    const settings = settingsIn(workload, plan, baseEnvironment(plan));
    if (settings.length > 0) {
      generators.push({ name: settingsName(name), envs: [`${name}/settings.env`] });
      texts.push({ filePath: `${name}/settings.env`, content: envLines(settings) });
    }
    for (const { configMap, folder, files } of storage.configFiles) {
      generators.push({ name: configMap, files: files.map(({ key }) => `${name}/${folder}/${key}`) });
      texts.push(...files.map(({ key, content }) => ({ filePath: `${name}/${folder}/${key}`, content, commentPrefix: '' })));
    }
  }
  const unique = [...new Map(manifests.map((manifest) => [manifest.filePath, manifest])).values()];
  return {
    folder: 'base',
    manifests: unique,
    texts,
    kustomization: compact({
      ...HEAD,
      namespace: plan.namespace,
      resources: unique.map(({ filePath }) => filePath),
      configMapGenerator: list(generators),
      // By it scripts/deploy.sh finds those of older versions.
      generatorOptions: generators.length > 0 ? { labels: { 'app.kubernetes.io/part-of': plan.stack.stackName } } : undefined,
    }),
    remarks: generators.length > 0 ? [{ path: ['configMapGenerator'], text: 'Their names end in a hash of what is in them, so that a change starts the pods anew that use them.' }] : [],
  };
}

function claims(workload: Workload, storage: PodStorage): Manifest[] {
  return storage.claims.map((content) => ({ filePath: `claims/${(content.metadata as Entry).name as string}.yaml`, content, workload }));
}

/** What is different in an environment. */
export function overlayFolder(plan: Plan, environment: Environment, { manifests: common }: KustomizeFolder): KustomizeFolder {
  const { environmentName, namespace, tag } = environment;
  const base = baseEnvironment(plan);
  const running = plan.workloads.filter((workload) => !isElsewhere(workload, environment));
  const exposed = running.flatMap((workload) => exposureObject(workload, plan, environment) ?? []);
  const secret = secretPart(plan, environment);
  const texts: OutputFile[] = [];
  const generators: Entry[] = [];
  const patches: Manifest[] = [];
  const renames: Entry[] = [];
  const policies = policiesIn(plan, environment, common);
  for (const workload of running) {
    if (workload.kind === WorkloadKind.CLUSTER) {
      const patch = clusterPatch(workload, plan, environment, common);
      if (patch) patches.push(patch);
      continue;
    }
    const settings = settingsIn(workload, plan, environment);
    const usual = new Map(settingsIn(workload, plan, base));
    const different = settings.filter(([key, value]) => usual.get(key) !== value);
    if (different.length > 0) {
      generators.push({ name: settingsName(workload.name), behavior: 'merge', envs: [`${workload.name}.env`] });
      texts.push({ filePath: `${workload.name}.env`, content: envLines(different) });
    }
    const resources = environment.resources?.[workload.name];
    if (resources) patches.push(resourcesPatch(workload, { ...workload.settings.resources, ...resources }));
    if (workload.kind === WorkloadKind.JOB) renames.push(renamePatch(workload.name, jobName(workload, plan, storageOf(workload, plan), environment)));
  }
  patches.push(...redirections(plan, environment), ...policies.patches);
  const manifests = [...exposed, ...policies.added, ...secret.manifests];
  const built = [...new Set(running.filter((workload) => workload.built).map(({ image }) => image))];
  const path = ['patches'];
  return {
    folder: `overlays/${environmentName}`,
    manifests: [...manifests, ...patches],
    texts,
    kustomization: compact({
      ...HEAD,
      namespace,
      resources: ['../../base', ...manifests.map(({ filePath }) => filePath), ...secret.resources],
      images: list(built.map((image) => compact({ name: image, newName: plan.options.registry && `${plan.options.registry.replace(/\/+$/, '')}/${image}`, newTag: tag }))),
      replicas: list(replicasIn(plan, environment)),
      configMapGenerator: list(generators),
      secretGenerator: secret.generator ? [secret.generator] : undefined,
      patches: list([
        ...patches.map(({ filePath }) => ({ path: filePath })), ...renames, ...removals(plan, environment, common), ...policies.removed,
      ]),
    }),
    remarks: renames.length > 0
      ? [{ path: [...path, String(patches.length)], text: 'What a Job runs is part of its name: its pods cannot be changed.' }] : [],
  };
}

/** How many pods there are where it is not what the base says; outside of production one is enough, unless it is said. */
function replicasIn(plan: Plan, { environmentName, replicas }: Environment): Entry[] {
  return plan.workloads.flatMap((workload) => {
    const { name, kind, settings, options } = workload;
    if (![WorkloadKind.DEPLOYMENT, WorkloadKind.STATEFUL_SET].includes(kind) || options.autoscaling) return [];
    const base = settings.replicas ?? 1;
    const count = replicas?.[name] ?? (environmentName === 'production' ? base : Math.min(1, base));
    return count === base ? [] : [{ name, count }];
  });
}

function resourcesPatch(workload: Workload, resources: NonNullable<Workload['settings']['resources']>): Manifest {
  const { name, kind, options } = workload;
  const spec = { template: { spec: { containers: [{ name, resources: resourcesOf(resources, options.ephemeralStorage) }] } } };
  return {
    filePath: `${name}-resources.yaml`,
    content: {
      apiVersion: ends(workload) ? 'batch/v1' : 'apps/v1',
      kind,
      metadata: { name },
      spec: kind === WorkloadKind.CRON_JOB ? { jobTemplate: { spec } } : spec,
    },
  };
}

/** What is different about the network: other ports, and what somebody else runs in one environment only. */
function policiesIn(plan: Plan, environment: Environment, common: readonly Manifest[]): { added: Manifest[]; patches: Manifest[]; removed: Entry[] } {
  const added: Manifest[] = [];
  const patches: Manifest[] = [];
  const removed: Entry[] = [];
  for (const workload of plan.workloads.filter((each) => !isElsewhere(each, environment))) {
    const filePath = `${workload.name}-network-policy.yaml`;
    const usual = common.find((manifest) => manifest.workload === workload && manifest.content.kind === 'NetworkPolicy');
    const here = networkPolicy(workload, plan, environment);
    if (here && !usual) added.push({ ...here, filePath });
    if (!here && usual) removed.push(removal(usual.content));
    if (!here || !usual || JSON.stringify(here.content) === JSON.stringify(usual.content)) continue;
    const { apiVersion, kind, spec } = here.content;
    const none = Object.fromEntries(Object.keys(usual.content.spec as Entry).map((key) => [key, null]));
    patches.push({ filePath, content: { apiVersion, kind, metadata: { name: workload.name }, spec: { ...none, ...spec as Entry } } });
  }
  return { added, patches, removed };
}

function renamePatch(name: string, newName: string): Entry {
  return { target: { kind: 'Job', name }, patch: writeYaml([{ op: 'replace', path: '/metadata/name', value: newName }], [], { spaced: false }) };
}

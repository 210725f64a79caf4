import { resourcesOf, settingsName } from './container';
import { Manifest } from './manifest';
import { namespaceObject } from './namespace';
import { exposureObject, namespacePolicies, networkPolicy, serviceObject } from './network';
import { Environment, Plan, Workload, WorkloadKind } from './plan';
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

/** The environment whose settings stand in the base: production, or the last one. */
export function baseEnvironment({ environments }: Plan): Environment {
  return environments.find(({ environmentName }) => environmentName === 'production') ?? environments[environments.length - 1];
}

/** Everything that is the same in every environment. */
export function baseFolder(plan: Plan): KustomizeFolder {
  const manifests = [namespaceObject(plan), ...namespacePolicies()];
  const generators: Entry[] = [];
  const texts: OutputFile[] = [];
  for (const workload of plan.workloads) {
    const { name } = workload;
    const service = serviceObject(workload, plan);
    if (workload.kind === WorkloadKind.EXTERNAL) {
      if (service) manifests.push(service);
      continue;
    }
    const storage = storageOf(workload);
    const policy = networkPolicy(workload, plan);
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

function claims({ name }: Workload, storage: PodStorage): Manifest[] {
  return storage.claims.map((content) => ({ filePath: `claims/${(content.metadata as Entry).name as string ?? name}.yaml`, content }));
}

/** What is different in an environment. */
export function overlayFolder(plan: Plan, environment: Environment): KustomizeFolder {
  const { environmentName, namespace, tag } = environment;
  const base = baseEnvironment(plan);
  const running = plan.workloads.filter(({ kind }) => kind !== WorkloadKind.EXTERNAL);
  const exposed = running.flatMap((workload) => exposureObject(workload, plan, environment) ?? []);
  const secret = secretPart(plan, environment);
  const texts: OutputFile[] = [];
  const generators: Entry[] = [];
  const patches: Manifest[] = [];
  const renames: Entry[] = [];
  for (const workload of running) {
    const settings = settingsIn(workload, plan, environment);
    const common = new Map(settingsIn(workload, plan, base));
    const different = settings.filter(([key, value]) => common.get(key) !== value);
    if (different.length > 0) {
      generators.push({ name: settingsName(workload.name), behavior: 'merge', envs: [`${workload.name}.env`] });
      texts.push({ filePath: `${workload.name}.env`, content: envLines(different) });
    }
    const resources = environment.resources?.[workload.name];
    if (resources) patches.push(resourcesPatch(workload, { ...workload.settings.resources, ...resources }));
    if (workload.kind === WorkloadKind.JOB) renames.push(renamePatch(workload.name, jobName(workload, plan, storageOf(workload), environment)));
  }
  for (const workload of plan.workloads.filter(({ kind }) => kind === WorkloadKind.EXTERNAL)) {
    const host = environment.externalHosts?.[workload.name];
    if (host) patches.push(externalPatch(workload.name, host));
  }
  const manifests = [...exposed, ...secret.manifests];
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
      patches: list([...patches.map(({ filePath }) => ({ path: filePath })), ...renames]),
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

function resourcesPatch({ name, kind, options }: Workload, resources: NonNullable<Workload['settings']['resources']>): Manifest {
  return {
    filePath: `${name}-resources.yaml`,
    content: {
      apiVersion: kind === WorkloadKind.JOB ? 'batch/v1' : 'apps/v1',
      kind,
      metadata: { name },
      spec: { template: { spec: { containers: [{ name, resources: resourcesOf(resources, options.ephemeralStorage) }] } } },
    },
  };
}

function externalPatch(name: string, externalName: string): Manifest {
  return { filePath: `${name}-service.yaml`, content: { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { externalName } } };
}

function renamePatch(name: string, newName: string): Entry {
  return { target: { kind: 'Job', name }, patch: writeYaml([{ op: 'replace', path: '/metadata/name', value: newName }], [], { spaced: false }) };
}

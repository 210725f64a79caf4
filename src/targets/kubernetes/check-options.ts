import { Exposure } from './choices';
import { servedPorts } from './network';
import { KubernetesEnvironment } from './options';
import { Plan, WorkloadKind } from './plan';
import { isQuantity } from './quantities';
import { aboutStack, shown } from './report';
import { KUBERNETES_NAME, KUBERNETES_OPTION, KUBERNETES_TAG, KUBERNETES_UNIT } from './rules';
import { Finding } from '../../model/finding';
import { imageProblem } from '../../model/image-reference';
import { MountKind } from '../../model/mount';
import { isDnsLabel } from '../../model/names';
import { suggestion } from '../../model/nearest';
import { sizeBytes } from '../../model/units';

/** A host name, or one with `*` for its first part. */
const HOST = /^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;

/** What is wrong with what a cluster is told. */
export function optionFindings(plan: Plan): Finding[] {
  const { stack, options } = plan;
  const report = (message: string, fix: string) => aboutStack(KUBERNETES_OPTION, stack, message, fix);
  return [
    ...[...new Set([plan.namespace, ...plan.environments.map(({ namespace }) => namespace)])].filter((name) => !isDnsLabel(name)).map((name) => (
      aboutStack(KUBERNETES_NAME, stack, `${shown(name)} is no name of a namespace.`, "Write lower-case letters, digits and hyphens: namespace: 'shop'.")
    )),
    ...plan.environments.filter(({ environmentName }) => !isDnsLabel(environmentName)).map(({ environmentName }) => (
      aboutStack(KUBERNETES_NAME, stack, `${shown(environmentName)} is no name of an environment.`, "Write lower-case letters, digits and hyphens: environments: { 'pre-production': {} }.")
    )),
    ...(plan.environments.length > 0 ? [] : [report('There is no environment.', 'Write: environments: { production: {} }.')]),
    ...serviceNames(plan),
    ...settingNames(plan),
    ...registryProblem(options.registry).map((problem) => (
      report(`${shown(options.registry ?? '')} is no place for images: ${problem}.`, "Write: registry: 'ghcr.io/acme'.")
    )),
    ...(options.gateway === undefined || /^[^/]+\/[^/]+$/.test(options.gateway) ? [] : [
      report(`The gateway ${shown(options.gateway)} has no namespace.`, "Write: gateway: 'namespace/name'."),
    ]),
    ...hostFindings(plan),
    ...lostFindings(plan),
    ...unitFindings(plan),
    ...tagFindings(plan),
  ];
}

function registryProblem(registry: string | undefined): string[] {
  const problem = registry === undefined ? undefined : imageProblem(`${registry.replace(/\/+$/, '')}/app:1`);
  return problem === undefined ? [] : [problem];
}

/** The services that options name and that there are not. */
function serviceNames({ stack, options, workloads, environments }: Plan): Finding[] {
  const known = workloads.filter(({ kind }) => kind !== WorkloadKind.CRON_JOB).map(({ name }) => name);
  const maps = (environment: KubernetesEnvironment) => [environment.hosts, environment.replicas, environment.externalHosts];
  const namedBy = (of: (environment: KubernetesEnvironment) => (object | undefined)[]) => (
    environments.flatMap((environment) => of(environment).flatMap((map) => Object.keys(map ?? {})))
  );
  // What saves data has resources of its own.
  const resources = namedBy((environment) => [environment.resources]).filter((name) => !workloads.some((workload) => workload.name === name));
  const named = [...Object.keys(options.services ?? {}), ...namedBy(maps), ...resources];
  return [...new Set(named)].filter((name) => !known.includes(name)).map((name) => aboutStack(
    KUBERNETES_OPTION, stack, `KubernetesTarget is told of ${shown(name)}, which is no service of production.`, suggestion(name, known, `Remove ${shown(name)}.`),
  ));
}

/** The settings that options name and that are none, or are secrets. */
function settingNames({ stack, options, environments }: Plan): Finding[] {
  const report = (message: string, fix: string) => aboutStack(KUBERNETES_OPTION, stack, message, fix);
  const names = [...new Set(environments.flatMap(({ settings }) => Object.keys(settings)))];
  const variables = new Map(stack.variables.map((variable) => [variable.variableName, variable]));
  const all = [...variables.keys()];
  return [
    ...names.filter((name) => !variables.has(name)).map((name) => report(`${shown(name)} is no setting of this stack.`, suggestion(name, all, `Remove ${shown(name)}.`))),
    ...names.filter((name) => variables.get(name)?.secret).map((name) => report(
      `${shown(name)} is a secret, and would be committed.`, `Remove it from settings; its value belongs into the Secret ${shown(options.secretName ?? `${stack.stackName}-secrets`)}.`,
    )),
    ...(options.wholeSecrets ?? []).filter((name) => !variables.get(name)?.secret).map((name) => report(
      `${shown(name)} is no secret of this stack.`, suggestion(name, all.filter((each) => variables.get(each)?.secret), `Remove ${shown(name)}.`),
    )),
  ];
}

function hostFindings({ stack, options, environments }: Plan): Finding[] {
  const hosts = [
    ...environments.flatMap((environment) => [...Object.values(environment.hosts ?? {}), ...Object.values(environment.externalHosts ?? {})]),
    ...Object.values(options.services ?? {}).flatMap(({ externalHost }) => externalHost ?? []),
  ];
  return [...new Set(hosts)].filter((host) => !HOST.test(host) || host.length > 253 || /^[\d.]+$/.test(host)).map((host) => aboutStack(
    KUBERNETES_OPTION, stack, `${shown(host)} is no host name.`, "Write a name without scheme, port and path: hosts: { frontend: 'shop.example.com' }.",
  ));
}

/** Options without an effect. */
function lostFindings(plan: Plan): Finding[] {
  const { stack, options, workloads, environments, exposure } = plan;
  const report = (message: string, fix: string) => aboutStack(KUBERNETES_OPTION, stack, message, fix);
  const hidden = workloads.filter(({ name, exposed, kind, service }) => (
    environments.some(({ hosts }) => hosts?.[name] !== undefined) && kind !== WorkloadKind.CRON_JOB && !(exposed && servedPorts(service).length > 0)
  ));
  const stored = Object.entries(options.services ?? {}).flatMap(([name, { storageSize, storageClass }]) => {
    const workload = plan.byName.get(name);
    const keeps = workload === undefined || workload.kind === WorkloadKind.CLUSTER
      || (workload.settings.mounts ?? []).some((mount) => mount.kind === MountKind.VOLUME || mount.holdsData);
    return keeps ? [] : Object.entries({ storageSize, storageClass }).filter(([, value]) => value !== undefined).map(([key]) => [name, key] as const);
  });
  const { ingressClass, certificateIssuer, gateway } = options;
  const others = exposure === Exposure.GATEWAY ? { ingressClass, certificateIssuer } : { gateway };
  const unused = Object.entries(others).filter(([, value]) => value !== undefined);
  return [
    ...hidden.map(({ name, service }) => report(
      `${name} has a host name, and nothing is reached under it: ${servedPorts(service).length === 0 ? 'it has no port' : 'no port of it is for browsers, or another service passes requests on to it'}.`,
      servedPorts(service).length === 0 ? `Remove hosts of ${shown(name)}.` : `Write: services: { '${name}': { exposed: true } }, or remove its host.`,
    )),
    ...stored.map(([name, key]) => report(`The ${key} of ${name} is for nothing: it has no volume.`, `Remove ${key}, or give it one: mounts: [Mount.volume('data', '/data')].`)),
    ...unused.map(([key]) => report(
      `${key} is for nothing: browsers come in by ${exposure === Exposure.GATEWAY ? 'a Gateway, which has its own class and certificates' : 'an Ingress'}.`,
      `Remove ${key}${exposure === Exposure.GATEWAY ? '' : ', or write: exposure: Exposure.GATEWAY'}.`,
    )),
  ];
}

function unitFindings({ stack, options, environments }: Plan): Finding[] {
  const report = (message: string, fix: string) => aboutStack(KUBERNETES_UNIT, stack, message, fix);
  const amounts = Object.entries(options.services ?? {}).flatMap(([name, { storageSize, ephemeralStorage }]) => [
    ...(storageSize === undefined ? [] : [[name, 'storageSize', storageSize, '20Gi'] as const]),
    ...(ephemeralStorage === undefined ? [] : [[name, 'ephemeralStorage', ephemeralStorage, '2Gi'] as const]),
  ]);
  const resources = environments.flatMap(({ environmentName, resources: given }) => (
    Object.entries(given ?? {}).map(([name, each]) => ({ environmentName, name, each }))
  ));
  return [
    ...amounts.filter(([, , amount]) => !isQuantity(amount) || /m$/.test(amount)).map(([name, key, amount, example]) => report(
      `The ${key} ${shown(amount)} of ${name} is no size.`, `Write: ${key}: '${example}'.`,
    )),
    ...resources.flatMap(({ environmentName, name, each }) => [
      ...[each.memory, each.reservedMemory].filter((size) => size !== undefined && sizeBytes(size) === undefined).map((size) => report(
        `In ${environmentName}, the memory ${shown(size!)} of ${name} is no size.`, "Write sizes as in the rest of the definition: memory: '512M'.",
      )),
      ...[each.cpus, each.reservedCpus].filter((cpus) => cpus !== undefined && !(cpus > 0)).map((cpus) => report(
        `In ${environmentName}, ${name} cannot have ${cpus} processors.`, 'Write: cpus: 0.5.',
      )),
    ]),
  ];
}

function tagFindings({ stack, environments, workloads }: Plan): Finding[] {
  if (!workloads.some(({ built }) => built)) return [];
  return environments.flatMap(({ environmentName, tag }) => {
    if (imageProblem(`app:${tag}`)) return [aboutStack(KUBERNETES_OPTION, stack, `In ${environmentName}, ${shown(tag)} is no tag of an image.`, "Write: tag: '1.4.0'.")];
    if (tag !== 'latest') return [];
    return [aboutStack(
      KUBERNETES_TAG, stack, `In ${environmentName}, the images that are built have no tag but latest.`,
      "Write in new KubernetesTarget({ … }): tag: '1.4.0', and accept this where scripts/deploy.sh --tag always says it.",
    )];
  });
}

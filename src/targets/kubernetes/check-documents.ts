import { changeFindings } from './check-changes';
import { restrictedFindings } from './check-restricted';
import { Exposure } from './choices';
import { KustomizeFolder } from './kustomization';
import { Manifest } from './manifest';
import { servedPorts } from './network';
import { ends, mostReplicas, Plan, Workload, WorkloadKind } from './plan';
import { podSpecOf } from './pod-spec';
import { isQuantity } from './quantities';
import { aboutService } from './report';
import { KUBERNETES_DOCUMENT, KUBERNETES_UNIT } from './rules';
import { Finding } from '../../model/finding';
import { suggestion } from '../../model/nearest';
import { Service } from '../../model/service';

/** The parts of the manifests that a service can be given overrides for. */
const PARTS = [
  'container', 'pod', 'deployment', 'statefulSet', 'job', 'cronJob', 'service', 'serviceAccount', 'ingress', 'httpRoute', 'networkPolicy', 'podDisruptionBudget',
  'horizontalPodAutoscaler', 'cluster',
];

/** What is wrong with the finished manifests, and with what was said in Kubernetes' own words. */
export function documentFindings(plan: Plan, base: KustomizeFolder): Finding[] {
  const services = new Map(base.manifests.filter(({ content }) => content.kind === 'Service').map(({ content }) => [nameOf(content), content as any]));
  return [
    ...plan.workloads.flatMap((workload) => overrideFindings(workload, plan)),
    ...base.manifests.flatMap((manifest) => podFindings(manifest, services)),
    ...base.manifests.flatMap(restrictedFindings),
    ...changeFindings(plan, base),
  ];
}

function nameOf(content: any): string {
  return content.metadata?.name;
}

function overrideFindings(workload: Workload, plan: Plan): Finding[] {
  const { service, settings, kind } = workload;
  const overrides: unknown = settings.overrides?.kubernetes;
  if (overrides === undefined || kind === WorkloadKind.CRON_JOB) return [];
  if (typeof overrides !== 'object' || overrides === null || Array.isArray(overrides)) {
    return [aboutService(KUBERNETES_DOCUMENT, service, 'overrides.kubernetes is no map.', `Write a map with some of: ${PARTS.join(', ')}.`)];
  }
  const said = Object.keys(overrides);
  const has = partsOf(workload, plan);
  return [
    ...said.filter((part) => !PARTS.includes(part)).map((part) => aboutService(
      KUBERNETES_DOCUMENT, service, `overrides.kubernetes has the key "${part}", which is no part of a workload.`, suggestion(part, PARTS, `Write one of: ${PARTS.join(', ')}.`),
    )),
    ...said.filter((part) => PARTS.includes(part) && !has.includes(part)).map((part) => aboutService(
      KUBERNETES_DOCUMENT, service, `overrides.kubernetes has the part "${part}", and this ${kind} has none.`, `Write one of: ${has.join(', ')}.`,
    )),
  ];
}

/** The parts that a workload has. */
function partsOf(workload: Workload, plan: Plan): string[] {
  const { kind, name, exposed, options, service } = workload;
  if (kind === WorkloadKind.EXTERNAL) return ['service'];
  if (kind === WorkloadKind.CLUSTER) return ['cluster', 'service', 'networkPolicy', ...saverParts(service, plan)];
  const own = { [WorkloadKind.JOB]: 'job', [WorkloadKind.STATEFUL_SET]: 'statefulSet', [WorkloadKind.DEPLOYMENT]: 'deployment' }[kind as string] ?? 'cronJob';
  const served = kind === WorkloadKind.STATEFUL_SET || (kind === WorkloadKind.DEPLOYMENT && servedPorts(service).length > 0);
  const hosted = exposed && plan.environments.some(({ hosts }) => hosts?.[name] !== undefined);
  return [
    'container', 'pod', own, 'serviceAccount', 'networkPolicy',
    ...(served ? ['service'] : []),
    ...(hosted ? [plan.exposure === Exposure.GATEWAY ? 'httpRoute' : 'ingress'] : []),
    ...(!ends(workload) && mostReplicas(workload, plan) > 1 ? ['podDisruptionBudget'] : []),
    ...(options.autoscaling ? ['horizontalPodAutoscaler'] : []),
    ...saverParts(service, plan),
  ];
}

function saverParts(service: Service, { workloads }: Plan): string[] {
  return workloads.some((other) => other.kind === WorkloadKind.CRON_JOB && other.service === service) ? ['cronJob'] : [];
}

/** What is wrong with what runs pods, and with the Service that leads to them. */
function podFindings({ filePath, content, workload }: Manifest, services: ReadonlyMap<string, any>): Finding[] {
  const { kind, spec } = content as any;
  const pod = podSpecOf(content);
  if (!workload || !pod) return [];
  const report = (message: string, fix: string, rule = KUBERNETES_DOCUMENT) => aboutService(rule, workload.service, `${filePath}: ${message}`, fix);
  const containers = [...pod.initContainers ?? [], ...pod.containers ?? []];
  const templates = (spec?.volumeClaimTemplates ?? []).map(nameOf);
  const volumes: string[] = [...(pod.volumes ?? []).map((volume: any) => volume.name), ...templates];
  const ports: string[] = containers.flatMap((container: any) => container.ports ?? []).flatMap((port: any) => [port.name, port.containerPort]);
  const findings: Finding[] = [];
  for (const name of volumes.filter((each, at) => volumes.indexOf(each) !== at)) {
    findings.push(report(`there are two volumes "${name}".`, 'Write another name.'));
  }
  for (const container of containers) {
    for (const mount of (container.volumeMounts ?? []).filter((each: any) => !volumes.includes(each.name))) {
      findings.push(report(`the container "${container.name}" mounts the volume "${mount.name}", which there is not.`, `Write one of: ${volumes.join(', ') || 'pod: { volumes: … }'}.`));
    }
    for (const [resource, amount] of Object.entries({ ...container.resources?.requests, ...container.resources?.limits })) {
      // What the options say is judged there.
      if (isQuantity(String(amount)) || amount === workload.options.ephemeralStorage) continue;
      findings.push(report(`the ${resource} "${amount}" of the container "${container.name}" is no amount.`, 'Write: 500m for half a processor, 512Mi for a size.', KUBERNETES_UNIT));
    }
  }
  if (JSON.stringify(spec?.selector?.matchLabels) !== JSON.stringify(['Job', 'CronJob'].includes(kind) ? undefined : { 'app.kubernetes.io/name': workload.name })) {
    findings.push(report('its selector is not the name of the service, and could not be changed later.', 'Remove selector.'));
  }
  if (kind === 'StatefulSet' && !services.has(spec.serviceName)) {
    findings.push(report(`its serviceName "${spec.serviceName}" is no Service.`, `Write: serviceName: '${workload.name}'.`));
  }
  for (const port of services.get(workload.name)?.spec?.ports ?? []) {
    const target = port.targetPort ?? port.port;
    if (!ports.includes(target)) findings.push(report(`no container has the port "${target}" to which its Service leads.`, `Write one of: ${ports.join(', ')}.`));
  }
  return findings;
}

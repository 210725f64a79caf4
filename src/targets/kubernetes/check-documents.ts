import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { parse } from 'yaml';
import { KustomizeFolder } from './kustomization';
import { Manifest } from './manifest';
import { mostReplicas, Plan } from './plan';
import { isQuantity } from './quantities';
import { aboutService } from './report';
import { KUBERNETES_CLAIM, KUBERNETES_DOCUMENT, KUBERNETES_UNIT } from './rules';
import { Finding } from '../../model/finding';
import { stackFolder } from '../../model/group';
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
    ...plan.workloads.flatMap(({ service, settings }) => overrideFindings(service, settings.overrides?.kubernetes)),
    ...base.manifests.flatMap((manifest) => podFindings(manifest, services)),
    ...base.manifests.flatMap((manifest) => claimFindings(manifest, plan)),
  ];
}

function nameOf(content: any): string {
  return content.metadata?.name;
}

function overrideFindings(service: Service, overrides: unknown): Finding[] {
  if (overrides === undefined) return [];
  if (typeof overrides !== 'object' || overrides === null || Array.isArray(overrides)) {
    return [aboutService(KUBERNETES_DOCUMENT, service, 'overrides.kubernetes is no map.', `Write a map with some of: ${PARTS.join(', ')}.`)];
  }
  return Object.keys(overrides).filter((part) => !PARTS.includes(part)).map((part) => aboutService(
    KUBERNETES_DOCUMENT, service, `overrides.kubernetes has the key "${part}", which is no part of a workload.`, suggestion(part, PARTS, `Write one of: ${PARTS.join(', ')}.`),
  ));
}

/** What is wrong with what runs pods, and with the Service that leads to them. */
function podFindings({ filePath, content, workload }: Manifest, services: ReadonlyMap<string, any>): Finding[] {
  const { kind, spec } = content as any;
  if (!workload || !['Deployment', 'StatefulSet', 'Job', 'CronJob'].includes(kind)) return [];
  const report = (message: string, fix: string, rule = KUBERNETES_DOCUMENT) => aboutService(rule, workload.service, `${filePath}: ${message}`, fix);
  const pod = (kind === 'CronJob' ? spec?.jobTemplate?.spec : spec)?.template?.spec ?? {};
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

/** Compares the claims with those that were written last time: a cluster may have them. */
function claimFindings({ filePath, content, workload }: Manifest, plan: Plan): Finding[] {
  const { directory } = plan;
  if (content.kind !== 'StatefulSet' || !workload) return [];
  const file = join(stackFolder(workload.service), directory, 'base', filePath);
  if (!existsSync(file)) return [];
  const before = claimsIn(parse(readFileSync(file, 'utf8')));
  const after = claimsIn(content);
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const changed = Object.entries(after).find(([key, value]) => before[key] !== value);
  const [name, size] = changed ?? Object.entries(before).find(([key]) => !(key in after))!;
  const was = before[name] === undefined ? 'is new' : after[name] === undefined ? 'is gone' : `was ${before[name]} and is to be ${size}`;
  const namespaces = [...new Set(plan.environments.map(({ namespace }) => namespace))];
  const claims = Array.from({ length: mostReplicas(workload, plan) }, (_, number) => `${name}-${workload.name}-${number}`);
  const grow = before[name] !== undefined && after[name] !== undefined
    ? ` kubectl -n NAMESPACE patch pvc ${claims.join(' ')} -p '{"spec":{"resources":{"requests":{"storage":"${String(size).split(' ')[0]}"}}}}' and` : '';
  return [aboutService(
    KUBERNETES_CLAIM, workload.service, `${directory}/base/${filePath}: the claim "${name}" ${was}.`,
    `Write what it was. Or in each cluster run first, for NAMESPACE in ${namespaces.join(', ')}:${grow} kubectl -n NAMESPACE delete statefulset ${workload.name} --cascade=orphan, `
    + `which leaves pods and data, and write for one synthesis: stack.accept('PS185', { at: '${workload.name}', because: 'its claims were changed' }).`,
  )];
}

function claimsIn(document: any): { [name: string]: string } {
  const templates: any[] = document?.spec?.volumeClaimTemplates ?? [];
  return Object.fromEntries(templates.map(({ metadata, spec }) => [
    metadata?.name, [spec?.resources?.requests?.storage, spec?.storageClassName].filter((each) => each !== undefined).join(' of '),
  ]));
}

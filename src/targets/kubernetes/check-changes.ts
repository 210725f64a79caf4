import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { parse } from 'yaml';
import { KustomizeFolder } from './kustomization';
import { Manifest } from './manifest';
import { mostReplicas, Plan, Workload, WorkloadKind } from './plan';
import { quantityValue } from './quantities';
import { aboutService } from './report';
import { KUBERNETES_CLAIM } from './rules';
import { Finding } from '../../model/finding';
import { stackFolder } from '../../model/group';

/** Compares what cannot change with what was written last time: a cluster may have it. */
export function changeFindings(plan: Plan, base: KustomizeFolder): Finding[] {
  return [
    ...base.manifests.flatMap((manifest) => templateFindings(manifest, plan)),
    ...base.manifests.flatMap((manifest) => sharedClaimFindings(manifest, plan)),
    ...plan.workloads.flatMap((workload) => kindFindings(workload, plan)),
  ];
}

/** A manifest of the base as the last synthesis left it. */
function writtenBefore(workload: Workload, { directory }: Plan, filePath: string): any {
  const file = join(stackFolder(workload.service), directory, 'base', filePath);
  return existsSync(file) ? parse(readFileSync(file, 'utf8')) : undefined;
}

/** Where it holds, and what lets one synthesis pass. */
function namespacesOf({ environments }: Plan): string {
  return [...new Set(environments.map(({ namespace }) => namespace))].join(', ');
}

const accepted = (name: string, because: string) => `write for one synthesis: stack.accept('PS185', { at: '${name}', because: '${because}' }).`;

/** Compares the claims with those that were written last time: a cluster may have them. */
function templateFindings({ filePath, content, workload }: Manifest, plan: Plan): Finding[] {
  const { directory } = plan;
  const old = workload && content.kind === 'StatefulSet' ? writtenBefore(workload, plan, filePath) : undefined;
  if (!workload || !old) return [];
  const before = claimsIn(old);
  const after = claimsIn(content);
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const changed = Object.entries(after).find(([key, value]) => before[key] !== value);
  const [name, size] = changed ?? Object.entries(before).find(([key]) => !(key in after))!;
  const was = before[name] === undefined ? 'is new' : after[name] === undefined ? 'is gone' : `was ${before[name]} and is to be ${size}`;
  const claims = Array.from({ length: mostReplicas(workload, plan) }, (_, number) => `${name}-${workload.name}-${number}`);
  const grow = before[name] !== undefined && after[name] !== undefined
    ? ` kubectl -n NAMESPACE patch pvc ${claims.join(' ')} -p '{"spec":{"resources":{"requests":{"storage":"${String(size).split(' ')[0]}"}}}}' and` : '';
  return [aboutService(
    KUBERNETES_CLAIM, workload.service, `${directory}/base/${filePath}: the claim "${name}" ${was}.`,
    `Write what it was. Or in each cluster run first, for NAMESPACE in ${namespacesOf(plan)}:${grow} kubectl -n NAMESPACE delete statefulset ${workload.name} --cascade=orphan, `
    + `which leaves pods and data, and ${accepted(workload.name, 'its claims were changed')}`,
  )];
}

function claimsIn(document: any): { [name: string]: string } {
  const templates: any[] = document?.spec?.volumeClaimTemplates ?? [];
  return Object.fromEntries(templates.map(({ metadata, spec }) => [
    metadata?.name, [spec?.resources?.requests?.storage, spec?.storageClassName].filter((each) => each !== undefined).join(' of '),
  ]));
}

/** A claim that stands by itself: it may grow, where its class allows that, and nothing else. */
function sharedClaimFindings({ filePath, content, workload }: Manifest, plan: Plan): Finding[] {
  const old = workload && content.kind === 'PersistentVolumeClaim' ? writtenBefore(workload, plan, filePath) : undefined;
  if (!workload || !old) return [];
  const { spec } = content as any;
  const { name } = content.metadata as { name: string };
  const size = (claim: any) => String(claim?.resources?.requests?.storage ?? '');
  const [was, is] = [size(old.spec), size(spec)];
  const [before, after] = [quantityValue(was), quantityValue(is)];
  const changes = [
    ...(before !== undefined && after !== undefined && after < before ? [`was ${was} and is to be ${is}, which is less`] : []),
    ...(old.spec?.storageClassName !== spec.storageClassName ? [`was of the class ${old.spec?.storageClassName ?? 'that is the default'} and is to be of ${spec.storageClassName ?? 'the default'}`] : []),
    ...(String(old.spec?.accessModes) !== String(spec.accessModes) ? [`was ${old.spec?.accessModes} and is to be ${spec.accessModes}`] : []),
  ];
  return changes.map((change) => aboutService(
    KUBERNETES_CLAIM, workload.service, `${plan.directory}/base/${filePath}: the claim "${name}" ${change}.`,
    `Write what it was. Or copy what is in it, in each cluster delete what mounts it and run, for NAMESPACE in ${namespacesOf(plan)}: `
    + `kubectl -n NAMESPACE delete pvc ${name}, and ${accepted(workload.service.serviceName, 'its claim is made anew')}`,
  ));
}

/** What ran a workload, and would go on beside its successor. */
const FILES: readonly (readonly [file: string, kind: WorkloadKind, resource: string])[] = [
  ['deployment', WorkloadKind.DEPLOYMENT, 'deployment'], ['stateful-set', WorkloadKind.STATEFUL_SET, 'statefulset'],
  ['cluster', WorkloadKind.CLUSTER, 'clusters.postgresql.cnpg.io'],
];

function kindFindings(workload: Workload, plan: Plan): Finding[] {
  const { name, kind, service } = workload;
  if (!FILES.some(([, each]) => each === kind)) return [];
  return FILES.filter(([file, each]) => each !== kind && writtenBefore(workload, plan, `${name}/${file}.yaml`)).map(([file, was, resource]) => {
    const keeps = was === WorkloadKind.DEPLOYMENT ? '' : ', and its data would stay where it is';
    return aboutService(
      KUBERNETES_CLAIM, service, `${plan.directory}/base/${name}/${file}.yaml: it was a ${was} and is to be a ${kind}, which a cluster runs beside the old one${keeps}.`,
      `Write what it was. Or ${keeps ? 'save its data, and ' : ''}in each cluster run first, for NAMESPACE in ${namespacesOf(plan)}: `
      + `kubectl -n NAMESPACE delete ${resource},service ${name}, and ${accepted(name, 'it is made anew')}`,
    );
  });
}

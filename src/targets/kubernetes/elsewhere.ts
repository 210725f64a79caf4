import { settingsName } from './container';
import { Manifest } from './manifest';
import { Environment, isElsewhere, Plan, Workload, WorkloadKind } from './plan';
import { Entry } from './quantities';
import { storageOf } from './storage';
import { valuesOf } from './values';
import { writeYaml } from '../yaml-writer';

/**
 * Takes out of an overlay what somebody else runs in that environment alone: everything but its name, which leads there instead.
 *
 * @param base what stands in the base
 */
export function removals(plan: Plan, environment: Environment, base: readonly Manifest[]): Entry[] {
  const gone = goneIn(plan, environment);
  const kept = new Set(plan.workloads.filter((workload) => !gone.includes(workload)).flatMap((workload) => claimNames(workload, plan)));
  return gone.flatMap((workload) => {
    const objects = base.filter((manifest) => manifest.workload === workload && !['Service', 'PersistentVolumeClaim'].includes(manifest.content.kind as string)).map(({ content }) => content);
    const claims = storageOf(workload, plan).claims.filter((claim) => !kept.has(nameOf(claim)));
    const configMaps = [
      ...(valuesOf(workload, plan).settings.size > 0 ? [settingsName(workload.name)] : []),
      ...storageOf(workload, plan).configFiles.map(({ configMap }) => configMap),
    ].map((name) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } }));
    return [...objects, ...claims, ...configMaps].map(removal);
  });
}

/** What runs in other environments, and not in this one. */
function goneIn(plan: Plan, environment: Environment): Workload[] {
  return plan.workloads.filter((workload) => workload.kind !== WorkloadKind.EXTERNAL && isElsewhere(workload, environment));
}

function claimNames(workload: Workload, plan: Plan): string[] {
  return storageOf(workload, plan).claims.map(nameOf);
}

function nameOf(content: Entry): string {
  return (content.metadata as Entry).name as string;
}

/** Takes an object out of an overlay. */
export function removal(content: Entry): Entry {
  const { apiVersion, kind } = content;
  return { patch: writeYaml({ $patch: 'delete', apiVersion, kind, metadata: { name: nameOf(content) } }, [], { spaced: false }) };
}

/** Leads the names of what somebody else runs to its hosts in an environment. */
export function redirections(plan: Plan, environment: Environment): Manifest[] {
  return plan.workloads.flatMap((workload) => {
    const { name, kind } = workload;
    const externalName = environment.externalHosts?.[name];
    if (externalName === undefined || kind === WorkloadKind.CRON_JOB) return [];
    // What led to pods has addresses, pods and ports, of which a name has none.
    const spec = kind === WorkloadKind.EXTERNAL ? { externalName } : { type: 'ExternalName', externalName, clusterIP: null, selector: null, ports: null };
    return [{ filePath: `${name}-service.yaml`, content: { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec } }];
  });
}

import { isAddress } from './address';
import { containerOf, graceSeconds } from './container';
import { ends, mostReplicas, Plan, Workload, WorkloadKind } from './plan';
import { compact, Entry, list, seconds } from './quantities';
import { PodStorage } from './storage';
import { waitsOf } from './waits';
import { applyOverrides } from '../overrides';

/** What says which pods are those of a workload, for ever: nothing of it may be renamed with the stack or the version. */
export function selectorOf(name: string): Entry {
  return { 'app.kubernetes.io/name': name };
}

/** The labels of an object. */
export function labelsOf(name: string, { stack }: Plan): Entry {
  return { ...selectorOf(name), 'app.kubernetes.io/part-of': stack.stackName };
}

/** The pod's part of what Pod Security calls restricted. */
function securityContext({ settings }: Workload, { keepsData }: PodStorage): Entry {
  const [user, group] = (settings.user ?? '').split(':');
  const sysctls = Object.entries(settings.sysctls ?? {}).map(([name, value]) => ({ name, value }));
  const number = (text: string | undefined) => (text && /^\d+$/.test(text) ? Number(text) : undefined);
  return compact({
    runAsNonRoot: true,
    runAsUser: number(user),
    runAsGroup: number(group) ?? number(user),
    fsGroup: keepsData ? number(group) ?? number(user) : undefined,
    // Else the rights of all files are changed at each start, and those that PostgreSQL demands are lost.
    fsGroupChangePolicy: keepsData ? 'OnRootMismatch' : undefined,
    seccompProfile: { type: 'RuntimeDefault' },
    sysctls: list(sysctls),
  });
}

/** Spreads pods over nodes, where there are several. */
function spread(workload: Workload, plan: Plan): Entry[] | undefined {
  if (mostReplicas(workload, plan) < 2) return undefined;
  return [{
    maxSkew: 1,
    topologyKey: 'kubernetes.io/hostname',
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: selectorOf(workload.name) },
    // While new pods come, those that go are not counted.
    matchLabelKeys: [workload.kind === WorkloadKind.DEPLOYMENT ? 'pod-template-hash' : 'controller-revision-hash'],
  }];
}

function hostAliases({ settings }: Workload): Entry[] | undefined {
  return list(Object.entries(settings.extraHosts ?? {}).filter(([, ip]) => isAddress(ip)).map(([host, ip]) => ({ ip, hostnames: [host] })));
}

/** The pods of a workload. */
export function podTemplate(workload: Workload, plan: Plan, storage: PodStorage): Entry {
  const { name, settings } = workload;
  const overrides = settings.overrides?.kubernetes ?? {};
  const waits = waitsOf(workload, plan, storage);
  const stop = settings.stopGracePeriod ? seconds(settings.stopGracePeriod) : undefined;
  const [os, architecture] = (settings.platform ?? '').split('/');
  const pod = compact({
    serviceAccountName: name,
    automountServiceAccountToken: false,
    // Else each service of the namespace would set variables such as REDIS_PORT.
    enableServiceLinks: false,
    hostname: settings.hostname,
    hostAliases: hostAliases(workload),
    nodeSelector: architecture ? { 'kubernetes.io/os': os, 'kubernetes.io/arch': architecture } : undefined,
    restartPolicy: ends(workload) ? 'Never' : undefined,
    terminationGracePeriodSeconds: ends(workload) ? stop : graceSeconds(workload, stop ?? 30),
    // The first process of the pod reaps what others leave behind.
    shareProcessNamespace: settings.initProcess || undefined,
    securityContext: securityContext(workload, storage),
    topologySpreadConstraints: spread(workload, plan),
    initContainers: list(waits.initContainers),
    containers: [applyOverrides(containerOf(workload, plan, storage), overrides.container ?? {})],
    volumes: list([...storage.volumes, ...waits.volumes]),
  });
  return {
    metadata: compact({ labels: labelsOf(name, plan), annotations: ends(workload) ? undefined : annotations(workload) }),
    spec: applyOverrides(pod, overrides.pod ?? {}),
  };
}

/** Labels that the definition gives the container are annotations here: they select nothing. */
function annotations({ settings }: Workload): Entry | undefined {
  const labels = settings.labels ?? {};
  return Object.keys(labels).length > 0 ? { ...labels } : undefined;
}

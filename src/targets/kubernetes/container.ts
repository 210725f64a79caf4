import { ends, Plan, Workload, WorkloadKind } from './plan';
import { probesOf } from './probes';
import { compact, cpuQuantity, Entry, halfMemory, list, memoryQuantity } from './quantities';
import { PodStorage } from './storage';
import { ContainerValues, valuesOf } from './values';
import { PortProtocol } from '../../model/port';
import { Resources } from '../../model/resources';

/** How long a pod that ends still gets requests: until every node knows that it is no longer there. */
const DRAIN_SECONDS = 5;

/** What a container may use, with what is kept for it: what was said, else a tenth of the processor and half of the memory. */
export function resourcesOf(resources: Resources | undefined, ephemeralStorage: string = '1Gi'): Entry {
  const { cpus, memory, reservedCpus, reservedMemory } = resources ?? {};
  const requestedCpus = reservedCpus ?? (cpus === undefined ? undefined : cpus / 10);
  const requestedMemory = reservedMemory ? memoryQuantity(reservedMemory) : memory && halfMemory(memory);
  return {
    requests: compact({ 'cpu': requestedCpus === undefined ? undefined : cpuQuantity(requestedCpus), 'memory': requestedMemory, 'ephemeral-storage': '64Mi' }),
    limits: compact({ 'cpu': cpus === undefined ? undefined : cpuQuantity(cpus), 'memory': memory && memoryQuantity(memory), 'ephemeral-storage': ephemeralStorage }),
  };
}

/** The container's own part of what Pod Security calls restricted. */
export function securityContext({ settings }: Workload): Entry {
  const capAdd = settings.capAdd?.filter((capability) => capability === 'NET_BIND_SERVICE');
  return {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: settings.readOnly ?? false,
    capabilities: compact({ drop: ['ALL'], add: list(capAdd) }),
  };
}

/** Whether a service is asked over the network, so that its pods must first be forgotten before they end. */
export function isServed({ settings, kind }: Workload): boolean {
  return (settings.ports ?? []).length > 0 && kind === WorkloadKind.DEPLOYMENT;
}

/** How long a pod may take to end, the time included in which it still gets requests. */
export function graceSeconds(workload: Workload, stop: number): number {
  return stop + (isServed(workload) ? DRAIN_SECONDS : 0);
}

/** The name of the ConfigMap with the settings of a workload. */
export function settingsName(name: string): string {
  return `${name}-settings`;
}

/** Tags are not moved, so an image that a node has is the right one; unless somebody says otherwise. */
export function pullPolicy({ settings }: Workload): string {
  return settings.pullPolicy === 'always' ? 'Always' : 'IfNotPresent';
}

export function envFrom(name: string, values: ContainerValues): Entry[] | undefined {
  return values.settings.size > 0 ? [{ configMapRef: { name: settingsName(name) } }] : undefined;
}

/** The container of a workload. */
export function containerOf(workload: Workload, plan: Plan, storage: PodStorage): Entry {
  const { name, settings, image } = workload;
  const values = valuesOf(workload, plan);
  return compact({
    name,
    image,
    imagePullPolicy: pullPolicy(workload),
    command: list(values.command),
    args: list(values.args),
    workingDir: settings.workingDir,
    envFrom: envFrom(name, values),
    env: list(values.env),
    ports: list((settings.ports ?? []).map((port) => compact({
      name: port.name, containerPort: port.port, protocol: port.protocol === PortProtocol.UDP ? 'UDP' : undefined,
    }))),
    ...(ends(workload) ? {} : probesOf(settings)),
    lifecycle: isServed(workload) ? { preStop: { sleep: { seconds: DRAIN_SECONDS } } } : undefined,
    resources: resourcesOf(settings.resources, workload.options.ephemeralStorage),
    securityContext: securityContext(workload),
    volumeMounts: list(storage.volumeMounts),
  });
}

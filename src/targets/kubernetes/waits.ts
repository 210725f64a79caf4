import { envFrom, pullPolicy, resourcesOf, securityContext } from './container';
import { MODE, Plan, waitsFor, Workload } from './plan';
import { compact, Entry, escapeReferences, list } from './quantities';
import { PodStorage, storageOf } from './storage';
import { valuesOf } from './values';
import { Dependency, DependencyCondition } from '../../model/dependency';
import { HealthCheckClient, HealthCheckKind } from '../../model/health-check';
import { PortProtocol } from '../../model/port';
import { Service } from '../../model/service';
import { bareShellWord } from '../shell-word';

/** How a program knocks at the port of another service, with what its own image has. */
const KNOCK: { readonly [client in HealthCheckClient]: (host: string, port: number) => string } = {
  [HealthCheckClient.SHELL]: (host, port) => `nc -z -w 2 ${host} ${port} || bash -c '</dev/tcp/${host}/${port}'`,
  [HealthCheckClient.PYTHON]: (host, port) => `python -c "import socket; socket.create_connection(('${host}', ${port}), 2)"`,
  [HealthCheckClient.NODE]: (host, port) => `node -e "require('net').connect(${port}, '${host}', () => process.exit(0)).on('error', () => process.exit(1))"`,
};

/** What the image of a service asks with, as far as its own check says so, or that of the service whose image it runs. */
export function clientOf({ settings }: Workload): HealthCheckClient | undefined {
  for (const each of [settings, ...settings.imageOf ? [settings.imageOf.settings(MODE)] : []]) {
    const check = each.healthCheck;
    if (check && [HealthCheckKind.HTTP, HealthCheckKind.TCP].includes(check.kind)) return check.client;
  }
  return undefined;
}

/** What is done in a pod before its program starts, and the volumes that this needs beside those of the program. */
export interface Waits {
  readonly initContainers: readonly Entry[];
  readonly volumes: readonly Entry[];
}

/** What is waited for before the program of a pod starts: open ports of healthy services, and work that must be done. */
export function waitsOf(workload: Workload, plan: Plan, storage: PodStorage): Waits {
  const dependencies = workload.settings.dependsOn ?? [];
  const healthy = dependencies.filter((dependency) => isHealthy(dependency) && plan.byName.has(dependency.service.serviceName));
  const asked = completions(workload, plan).map((other) => completionWait(other, plan, storage));
  return {
    initContainers: [
      ...healthy.flatMap(({ service }): readonly Entry[] => portWait(workload, service)),
      ...asked.flatMap(({ initContainers }) => initContainers),
    ],
    volumes: asked.flatMap(({ volumes }) => volumes),
  };
}

export function isHealthy({ service, condition }: Dependency): boolean {
  return (condition ?? service.readiness(MODE)) === DependencyCondition.HEALTHY;
}

/** Waits until a service has a pod that is ready: until then its port is closed. */
function portWait(workload: Workload, service: Service): readonly Entry[] {
  const client = clientOf(workload);
  const port = service.settings(MODE).ports?.find(({ protocol }) => protocol !== PortProtocol.UDP);
  if (!client || !port) return [];
  // An image that has nothing to ask with would wait forever.
  const guard = client === HealthCheckClient.SHELL ? '{ command -v nc || command -v bash; } >/dev/null || exit 0; ' : '';
  const line = `${guard}until { ${KNOCK[client](service.serviceName, port.port)}; } 2>/dev/null; do sleep 1; done`;
  return [waiting(workload, service.serviceName, [], line)];
}

/** The services that run once and that the pods of a workload ask whether they are done, with what belongs to them. */
export function completions(workload: Workload, plan: Plan): Workload[] {
  const others = waitsFor(workload).flatMap(({ serviceName }) => plan.byName.get(serviceName) ?? []);
  return others.filter(({ settings }) => settings.completionCheck !== undefined);
}

/** Asks the image of a service that runs once whether its work is done, until it is. */
function completionWait(other: Workload, plan: Plan, storage: PodStorage): Waits {
  const theirs = storageOf(other, plan);
  const same = (a: Entry, b: Entry) => JSON.stringify(a) === JSON.stringify(b) || (a.name === b.name && 'emptyDir' in a && 'emptyDir' in b);
  const volumes: Entry[] = [];
  const mounts: Entry[] = [];
  for (const volume of theirs.volumes.filter((each) => !('persistentVolumeClaim' in each))) {
    const shared = storage.volumes.some((each) => same(each, volume));
    const name = shared ? volume.name : `${other.name}-${volume.name}`;
    if (!shared) volumes.push({ ...volume, name });
    mounts.push(...theirs.volumeMounts.filter((mount) => mount.name === volume.name).map((mount) => ({ ...mount, name })));
  }
  const values = valuesOf(other, plan);
  const line = `until ${(other.settings.completionCheck ?? []).map(bareShellWord).join(' ')}; do sleep 2; done`;
  return { initContainers: [waiting(other, other.name, mounts, line, { envFrom: envFrom(other.name, values), env: list(values.env) })], volumes };
}

function waiting(workload: Workload, what: string, volumeMounts: readonly Entry[], line: string, environment: Entry = {}): Entry {
  return compact({
    name: `wait-for-${what}`.slice(0, 63).replace(/-+$/, ''),
    image: workload.image,
    imagePullPolicy: pullPolicy(workload),
    command: ['sh', '-c'],
    args: [escapeReferences(line)],
    workingDir: workload.settings.workingDir,
    ...environment,
    resources: resourcesOf(workload.settings.resources, workload.options.ephemeralStorage),
    securityContext: securityContext({ ...workload, settings: { ...workload.settings, capAdd: undefined } }),
    volumeMounts: list(volumeMounts),
  });
}

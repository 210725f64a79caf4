import { backupsOf, backupWorkload } from './backup';
import { Exposure, SecretSource } from './choices';
import { KubernetesEnvironment, KubernetesTargetOptions } from './options';
import { isWaitedFor, reachOf } from './reach';
import { KubernetesServiceOptions } from './service-options';
import { MODE, Workload, WorkloadKind } from './workload';
import { MountKind } from '../../model/mount';
import { Service } from '../../model/service';
import { ServiceSettings } from '../../model/settings';
import { StackModel } from '../../model/stack-model';

export { ends, MODE, WorkloadKind } from './workload';
export type { Workload } from './workload';

/** An environment with everything that holds in it. */
export interface Environment extends KubernetesEnvironment {
  readonly environmentName: string;
  readonly namespace: string;
  readonly tag: string;
  readonly settings: { [variableName: string]: string };
  readonly secretSource: SecretSource;
}

/** A key of a Secret. */
export interface SecretKey {
  readonly secretName: string;
  readonly key: string;
}

/** Everything that the manifests are made of. */
export interface Plan {
  readonly stack: StackModel;
  readonly options: KubernetesTargetOptions;
  readonly directory: string;
  readonly namespace: string;
  readonly secretName: string;
  readonly exposure: Exposure;
  readonly environments: readonly Environment[];
  readonly workloads: readonly Workload[];
  readonly byName: ReadonlyMap<string, Workload>;
  /** The settings that the environments say as a whole, and the secrets that are not made of others. */
  readonly wholes: ReadonlySet<string>;
  /** Secrets that somebody in the cluster makes, by the names of the variables. */
  readonly made: ReadonlyMap<string, SecretKey>;
  /** The services that stay out, since they are for development only. */
  readonly left: readonly Service[];
}

/** Decides what becomes of each service of a stack, and what holds in each environment. */
export function planOf(stack: StackModel, options: KubernetesTargetOptions): Plan {
  const services = stack.services.filter((service) => isDeployed(service));
  const shared = sharedVolumes(services);
  const browsed = new Set(services.filter((service) => (service.settings(MODE).ports ?? []).some((port) => port.forBrowsers)));
  const passedOn = new Set([...browsed].flatMap((service) => reachOf(service).filter((other) => browsed.has(other))));
  const running = services.map((service): Workload => {
    const given = options.services?.[service.serviceName] ?? {};
    const settings = withoutRoot(service.settings(MODE));
    return {
      service,
      name: service.serviceName,
      settings,
      kind: kindOf(service, given, options, shared),
      server: given.cloudNativePg && service.databaseServer(MODE),
      options: given,
      ...imageOf(service, stack),
      exposed: given.exposed ?? (browsed.has(service) && !passedOn.has(service)),
      reach: reachOf(service).filter((other) => isDeployed(other)),
    };
  });
  const savers = running.filter(({ kind }) => kind !== WorkloadKind.EXTERNAL).flatMap((workload) => {
    const backups = backupsOf(workload.service, options);
    return backups ? [backupWorkload(workload, backups)] : [];
  });
  const workloads = [...running, ...savers];
  const namespace = options.namespace ?? stack.stackName;
  const said = [options.settings, ...Object.values(options.environments ?? {}).map((each) => each.settings)];
  return {
    stack,
    options,
    directory: options.directory ?? 'k8s',
    namespace,
    secretName: options.secretName ?? `${stack.stackName}-secrets`,
    exposure: options.exposure ?? Exposure.INGRESS,
    environments: Object.entries(options.environments ?? { staging: {}, production: {} })
      .map(([environmentName, given]) => environmentOf(environmentName, given, namespace, options)),
    workloads,
    wholes: new Set([...options.wholeSecrets ?? [], ...said.flatMap((each) => Object.keys(each ?? {}))]),
    // The operator makes a password, and keeps it in a Secret of type basic-auth.
    made: new Map(workloads.filter(({ kind }) => kind === WorkloadKind.CLUSTER).flatMap(({ name, server }) => (
      server ? [[server.passwordVariable.variableName, { secretName: `${name}-app`, key: 'password' }] as const] : []
    ))),
    byName: new Map(workloads.map((workload) => [workload.name, workload])),
    left: stack.services.filter((service) => !services.includes(service)),
  };
}

function environmentOf(environmentName: string, given: KubernetesEnvironment, namespace: string, options: KubernetesTargetOptions): Environment {
  return {
    ...given,
    environmentName,
    namespace: given.namespace ?? (environmentName === 'production' ? namespace : `${namespace}-${environmentName}`),
    tag: given.tag ?? options.tag ?? 'latest',
    settings: { ...options.settings, ...given.settings },
    secretSource: given.secretSource ?? options.secretSource ?? SecretSource.PLAIN,
  };
}

/** Whether somebody else runs a workload in an environment; what saves its data is not needed there either. */
export function isElsewhere({ kind, service }: Workload, { externalHosts }: Environment): boolean {
  return kind === WorkloadKind.EXTERNAL || externalHosts?.[service.serviceName] !== undefined;
}

/** The environment whose settings stand in the base: production, or the last one. */
export function baseEnvironment({ environments, namespace, options }: Plan): Environment {
  return environments.find(({ environmentName }) => environmentName === 'production') ?? environments[environments.length - 1]
    ?? environmentOf('production', {}, namespace, options);
}

/** Whether a service runs in a cluster: it exists in production, and is started there without being asked for. */
export function isDeployed(service: Service): boolean {
  return service.modes.includes(MODE) && (service.settings(MODE).profiles ?? []).length === 0;
}

/** The names of volumes that several services mount. */
function sharedVolumes(services: readonly Service[]): ReadonlySet<string> {
  const users = new Map<string, number>();
  for (const service of services) {
    for (const mount of service.settings(MODE).mounts ?? []) {
      if (mount.kind !== MountKind.VOLUME) continue;
      const name = mount.nameFor(service.serviceName);
      users.set(name, (users.get(name) ?? 0) + 1);
    }
  }
  return new Set([...users].filter(([, count]) => count > 1).map(([name]) => name));
}

function kindOf(
  service: Service, given: KubernetesServiceOptions, options: KubernetesTargetOptions, shared: ReadonlySet<string>,
): WorkloadKind {
  const environments = Object.values(options.environments ?? {});
  const everywhere = environments.length > 0 && environments.every((each) => each.externalHosts?.[service.serviceName] !== undefined);
  if (given.externalHost !== undefined || everywhere) return WorkloadKind.EXTERNAL;
  if (given.cloudNativePg && service.databaseServer(MODE)?.product === 'PostgreSQL') return WorkloadKind.CLUSTER;
  if (service.oneShot) return WorkloadKind.JOB;
  const keeps = (service.settings(MODE).mounts ?? []).some((mount) => (
    mount.kind === MountKind.VOLUME ? !shared.has(mount.nameFor(service.serviceName)) : mount.kind === MountKind.BIND && mount.holdsData
  ));
  return keeps ? WorkloadKind.STATEFUL_SET : WorkloadKind.DEPLOYMENT;
}

function withoutRoot(settings: ServiceSettings): ServiceSettings {
  const { rootless } = settings;
  return rootless ? { ...settings, user: rootless.user, environment: { ...settings.environment, ...rootless.environment } } : settings;
}

/** The image as the base names it; what is built has neither registry nor tag, which are the environment's. */
function imageOf(service: Service, stack: StackModel): { readonly image: string; readonly built: boolean } {
  const { image, imageBuild, imageOf: other } = service.settings(MODE);
  if (other) return imageOf(other, stack);
  return image === undefined || imageBuild ? { image: `${stack.stackName}-${service.serviceName}`, built: true } : { image, built: false };
}

/** Whether something waits until a one-shot service is done, and asks it how far it is. */
export function waitsFor(workload: Workload): Service[] {
  return [...new Set((workload.settings.dependsOn ?? []).filter(isWaitedFor).map(({ service }) => service).filter(isDeployed))];
}

/** The claims of a workload that is replicated: how many pods there are at most, in any environment. */
export function mostReplicas({ name, settings, options }: Workload, { environments }: Plan): number {
  return Math.max(options.autoscaling?.maxReplicas ?? 0, settings.replicas ?? 1, ...environments.map((each) => each.replicas?.[name] ?? 0));
}

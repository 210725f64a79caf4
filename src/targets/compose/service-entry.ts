import { healthcheck } from './healthcheck';
import { imageName } from './image-name';
import { escapeDollars, interpolate } from './interpolation';
import { Dependency, DependencyCondition } from '../../model/dependency';
import { hostAddressOf, isPublished } from '../../model/host-port';
import { ImageBuild } from '../../model/image-build';
import { Mode } from '../../model/mode';
import { Mount, MountKind } from '../../model/mount';
import { PortProtocol, PortSpec } from '../../model/port';
import { Resources } from '../../model/resources';
import { Service } from '../../model/service';
import { StackModel } from '../../model/stack-model';
import { Value } from '../../model/value';
import { WatchAction, WatchRule } from '../../model/watch';

/** A mapping of the document; a key whose value is undefined is left out. */
export type Entry = { [key: string]: unknown };

const CONDITIONS: { readonly [condition in DependencyCondition]: string } = {
  [DependencyCondition.STARTED]: 'service_started',
  [DependencyCondition.HEALTHY]: 'service_healthy',
  [DependencyCondition.COMPLETED]: 'service_completed_successfully',
};

/** A list that is left out when it has nothing in it. */
function list<T>(items: readonly T[] | undefined): T[] | undefined {
  return items && items.length > 0 ? [...items] : undefined;
}

/** A mapping whose values are rendered, left out when it has no key. */
function mapping<T>(map: { [key: string]: T } | undefined, render: (value: T) => unknown): Entry | undefined {
  const entries = Object.entries(map ?? {}).filter(([, value]) => value !== undefined);
  return entries.length > 0 ? Object.fromEntries(entries.map(([key, value]) => [key, render(value)])) : undefined;
}

/** A mapping without the keys that say nothing; undefined when none is left. */
function compact(entry: Entry): Entry | undefined {
  return mapping(entry, (value) => value);
}

function imageBuild(given: ImageBuild | undefined, mode: Mode): Entry | undefined {
  return given && {
    context: given.context ?? '.',
    ...compact({ dockerfile: given.dockerfile, target: given.target, args: mapping(given.args, (value) => interpolate(value, mode)) }),
  };
}

function develop(rules: readonly WatchRule[] | undefined): Entry | undefined {
  return rules && rules.length > 0 ? {
    watch: rules.map(({ path, action, target, ignore }) => compact({
      action, path, target, ignore: list(ignore), initial_sync: action === WatchAction.REBUILD ? undefined : true,
    })),
  } : undefined;
}

/** `127.0.0.1:${POSTGRES_PORT:-5432}:5432`. */
function portLine(service: Service, port: PortSpec, mode: Mode): string {
  const host = hostAddressOf(port);
  const published = interpolate(Value.of(service.hostPortVariable(port)), mode);
  const address = host.includes(':') ? `[${host}]` : host;
  return `${address}:${published}:${port.port}${port.protocol === PortProtocol.UDP ? '/udp' : ''}`;
}

/** The short form where it says the same, since people read it; the long one where a colon would be misread. */
function volume(service: Service, mount: Mount): unknown {
  const source = mount.kind === MountKind.BIND ? mount.source ?? '' : mount.nameFor(service.serviceName);
  if (!/[:\\$]/.test(source + mount.target)) return `${source}:${mount.target}${mount.readOnly ? ':ro' : ''}`;
  return {
    type: mount.kind,
    source: escapeDollars(source),
    target: escapeDollars(mount.target),
    ...(mount.readOnly ? { read_only: true } : {}),
    ...(mount.kind === MountKind.BIND ? { bind: { create_host_path: true } } : {}),
  };
}

function tmpfs(mount: Mount): string {
  const options = [mount.size && `size=${mount.size}`, mount.fileMode && `mode=${mount.fileMode}`].filter(Boolean).join(',');
  return escapeDollars(options ? `${mount.target}:${options}` : mount.target);
}

function deploy(replicas: number | undefined, resources: Resources | undefined): Entry | undefined {
  return compact({
    replicas,
    resources: compact({
      limits: compact({ cpus: resources?.cpus?.toString(), memory: resources?.memory, pids: resources?.pids }),
      reservations: compact({ cpus: resources?.reservedCpus?.toString(), memory: resources?.reservedMemory }),
    }),
  });
}

function dependsOn(dependencies: readonly Dependency[] | undefined, mode: Mode): Entry | undefined {
  const here = (dependencies ?? []).filter(({ service }) => service.modes.includes(mode));
  return compact(Object.fromEntries(here.map(({ service, condition, restart }) => [
    service.serviceName,
    { condition: CONDITIONS[condition ?? service.readiness(mode)], ...(restart ? { restart: true } : {}) },
  ])));
}

/**
 * One service as Compose writes it, in a fixed order of keys: what it is, how it is built, how it runs, how it is reached, what
 * it keeps, when it is healthy, and what it may use.
 */
export function serviceEntry(service: Service, stack: StackModel, mode: Mode): Entry {
  const settings = service.settings(mode);
  const mounts = settings.mounts ?? [];
  const published = (settings.ports ?? []).filter((port) => isPublished(port, mode));
  const networks = settings.networks ?? stack.networks.map((network) => network.name);
  return compact({
    image: imageName(service, stack, mode),
    build: imageBuild(settings.imageBuild, mode),
    develop: mode === Mode.DEVELOPMENT ? develop(settings.watch) : undefined,
    platform: settings.platform,
    pull_policy: settings.pullPolicy,
    container_name: settings.containerName,
    hostname: settings.hostname,
    profiles: list(settings.profiles),
    entrypoint: list(settings.entrypoint?.map((value) => interpolate(value, mode))),
    command: list(settings.command?.map((value) => interpolate(value, mode))),
    working_dir: settings.workingDir && escapeDollars(settings.workingDir),
    user: settings.user,
    init: settings.initProcess,
    environment: mapping(settings.environment, (value) => interpolate(value, mode)),
    depends_on: dependsOn(settings.dependsOn, mode),
    restart: settings.restart,
    stop_signal: settings.stopSignal,
    stop_grace_period: settings.stopGracePeriod,
    ports: list(published.map((port) => portLine(service, port, mode))),
    networks: list(networks),
    extra_hosts: mapping(settings.extraHosts, (address) => address),
    volumes: list(mounts.filter((mount) => [MountKind.VOLUME, MountKind.BIND].includes(mount.kind)).map((mount) => volume(service, mount))),
    tmpfs: list(mounts.filter((mount) => mount.kind === MountKind.TMPFS).map(tmpfs)),
    configs: list(mounts.filter((mount) => mount.kind === MountKind.CONFIG).map((mount) => (
      { source: mount.nameFor(service.serviceName), target: escapeDollars(mount.target) }
    ))),
    shm_size: settings.shmSize,
    healthcheck: healthcheck(service, settings),
    read_only: settings.readOnly,
    cap_drop: list(settings.capDrop),
    cap_add: list(settings.capAdd),
    security_opt: list(settings.securityOpt),
    sysctls: mapping(settings.sysctls, (value) => escapeDollars(value)),
    deploy: deploy(settings.replicas, settings.resources),
    logging: settings.logging && compact({
      driver: settings.logging.driver ?? 'json-file', options: mapping(settings.logging.options, escapeDollars),
    }),
    labels: mapping(settings.labels, escapeDollars),
  }) ?? {};
}

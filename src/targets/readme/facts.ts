import { code } from './markdown';
import { hostAddressOf, isPublished } from '../../model/host-port';
import { Mode } from '../../model/mode';
import { Mount, MountKind } from '../../model/mount';
import { PortProtocol, PortSpec } from '../../model/port';
import { Service } from '../../model/service';
import { StackModel, stackNameIn } from '../../model/stack-model';

/** A port that is published on the host. */
export interface PublishedPort {
  readonly service: Service;
  readonly port: PortSpec;
  /** The port on the host when nothing is set. */
  readonly hostPort: string;
  /** The setting that moves it. */
  readonly variableName: string;
  /** The address of the host. */
  readonly address: string;
}

/** The ports that are published in a mode, in the order of the services. */
export function publishedPorts(services: readonly Service[], mode: Mode): PublishedPort[] {
  return services.flatMap((service) => (service.settings(mode).ports ?? []).filter((port) => isPublished(port, mode)).map((port) => {
    const variable = service.hostPortVariable(port);
    return { service, port, hostPort: variable.defaultValue?.developmentText ?? '', variableName: variable.variableName, address: hostAddressOf(port) };
  }));
}

/** Whether a browser can open a port. */
export function isWeb({ name, urlScheme, protocol }: PortSpec): boolean {
  return protocol !== PortProtocol.UDP && ['http', 'https'].includes(urlScheme ?? name);
}

/** Whether some service speaks what browsers do, and so needs TLS in front of it where others reach it. */
export function isForBrowsers(services: readonly Service[]): boolean {
  return services.some((service) => (service.settings(Mode.PRODUCTION).ports ?? []).some(isWeb));
}

/** Where a published port is, for a person on the host. */
export function hostPlace({ port, hostPort }: PublishedPort): string {
  if (isWeb(port)) return `<${port.urlScheme ?? port.name}://localhost:${hostPort}>`;
  return code(`localhost:${hostPort}${port.protocol === PortProtocol.UDP ? '/udp' : ''}`);
}

/** Data that outlives the containers. */
export interface KeptData {
  readonly service: Service;
  readonly mount: Mount;
  /** The volume as the engine calls it, or the folder on the host. */
  readonly place: string;
  readonly isVolume: boolean;
}

/** The data that a mode keeps, each place once. */
export function keptData(stack: StackModel, services: readonly Service[], mode: Mode): KeptData[] {
  const found = services.flatMap((service) => (service.settings(mode).mounts ?? []).filter((mount) => mount.holdsData).map((mount) => ({
    service,
    mount,
    place: mount.kind === MountKind.VOLUME ? `${stackNameIn(stack, mode)}_${mount.nameFor(service.serviceName)}` : mount.source ?? '',
    isVolume: mount.kind === MountKind.VOLUME,
  })));
  return found.filter(({ place }, index) => found.findIndex((other) => other.place === place) === index);
}

/** The folders and files of the repository that containers of development read. */
export function sourceMounts(services: readonly Service[]): { readonly service: Service; readonly mount: Mount }[] {
  return services.flatMap((service) => (service.settings(Mode.DEVELOPMENT).mounts ?? [])
    .filter((mount) => mount.kind === MountKind.BIND && !mount.holdsData).map((mount) => ({ service, mount })));
}

import * as path from 'path';
import { keepExtensionKeys } from './extension-keys';
import { escapeDollars } from './interpolation';
import { Entry, serviceEntry } from './service-entry';
import { Mode } from '../../model/mode';
import { Mount, MountKind } from '../../model/mount';
import { NetworkSpec } from '../../model/network';
import { Service } from '../../model/service';
import { StackModel, stackNameIn } from '../../model/stack-model';
import { OutputFile } from '../../model/target';
import { applyOverrides } from '../overrides';
import { Remark } from '../yaml-writer';

/** A finished Compose document of one mode, before it becomes text. */
export interface ComposeDocument {
  readonly content: Entry;
  readonly remarks: Remark[];
  /** The files that the document names beside itself. */
  readonly files: OutputFile[];
  /** The services by the key under which they stand in the document. */
  readonly services: ReadonlyMap<string, Service>;
}

function network(spec: NetworkSpec): Entry | null {
  const entry: Entry = {
    ...(spec.fixedName ? { name: spec.fixedName } : {}),
    ...(spec.external ? { external: true } : { driver: spec.driver ?? 'bridge' }),
    ...(spec.internal ? { internal: true } : {}),
  };
  return Object.keys(entry).length > 0 ? entry : null;
}

function remarksOn(service: Service, plain: Entry, entry: Entry, mode: Mode): Remark[] {
  const { healthCheck, mounts } = service.settings(mode);
  const at = ['services', service.serviceName];
  // An override that replaces the list takes away what the remarks are about.
  const kept = entry.volumes === plain.volumes ? mounts ?? [] : [];
  const volumes = kept.filter((mount) => mount.kind === MountKind.VOLUME || mount.kind === MountKind.BIND);
  return [
    ...(service.description ? [{ path: at, text: service.description }] : []),
    ...(healthCheck?.note && entry.healthcheck ? [{ path: [...at, 'healthcheck'], text: healthCheck.note }] : []),
    ...volumes.flatMap((mount, index) => (mount.note ? [{ path: [...at, 'volumes', String(index)], text: mount.note }] : [])),
  ];
}

/**
 * Where the text of a config is kept: under the path that it has in the container, so that it is found again. It is a file, since
 * Compose cannot put inline text into a container whose root is read-only.
 */
function configFile(service: Service, mount: Mount, mode: Mode): OutputFile {
  const other = service.settings(Mode.DEVELOPMENT).mounts?.find((each) => each.kind === MountKind.CONFIG && each.target === mount.target);
  const differs = mode === Mode.PRODUCTION && service.modes.includes(Mode.DEVELOPMENT) && other && other.content !== mount.content;
  return {
    filePath: path.posix.join('config', `${service.serviceName}${differs ? '.production' : ''}`, mount.target),
    content: mount.content ?? '',
    commentPrefix: '',
  };
}

/**
 * Everything that Compose is told in one mode; undefined when no service exists in it.
 */
export function composeDocument(stack: StackModel, mode: Mode): ComposeDocument | undefined {
  const services = stack.services.filter((service) => service.modes.includes(mode));
  if (services.length === 0) return undefined;

  const entries: Entry = {};
  const volumes: Entry = {};
  const configs: Entry = {};
  const remarks: Remark[] = [];
  const files: OutputFile[] = [];
  for (const service of services) {
    const { overrides, mounts } = service.settings(mode);
    const plain = serviceEntry(service, stack, mode);
    const entry = keepExtensionKeys(applyOverrides(plain, overrides?.compose ?? {}));
    entries[service.serviceName] = entry;
    remarks.push(...remarksOn(service, plain, entry, mode));
    for (const mount of mounts ?? []) {
      if (mount.kind === MountKind.VOLUME) volumes[mount.nameFor(service.serviceName)] = null;
      if (mount.kind === MountKind.CONFIG) {
        const file = configFile(service, mount, mode);
        files.push(file);
        configs[mount.nameFor(service.serviceName)] = { file: `./${escapeDollars(file.filePath)}` };
      }
    }
  }

  const content: Entry = {
    name: stackNameIn(stack, mode),
    services: entries,
    ...(stack.networks.length > 0 ? { networks: Object.fromEntries(stack.networks.map((spec) => [spec.name, network(spec)])) } : {}),
    ...(Object.keys(volumes).length > 0 ? { volumes } : {}),
    ...(Object.keys(configs).length > 0 ? { configs } : {}),
  };
  return {
    content: applyOverrides(content, stack.overrides[mode]?.compose ?? {}),
    remarks,
    files,
    services: new Map(services.map((service) => [service.serviceName, service])),
  };
}

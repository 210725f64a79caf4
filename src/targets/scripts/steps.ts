import { shellBytes, shellLines, shellWords } from './shell';
import { HealthCheckClient, HealthCheckKind } from '../../model/health-check';
import { isPublished } from '../../model/host-port';
import { Mode } from '../../model/mode';
import { MountKind } from '../../model/mount';
import { PortProtocol, PortSpec } from '../../model/port';
import { Service } from '../../model/service';
import { SmokeCheck, SmokeCheckKind } from '../../model/smoke-check';
import { shellWord } from '../shell-word';

/** A numbered step of a test script: its title, and the words of the function that does it. */
export interface Step {
  readonly title: string;
  readonly words: string[];
}

const MODE = Mode.DEVELOPMENT;

/**
 * All steps that prove some services of a stack in development, in the order in which they are done.
 *
 * @param services the services, in the order in which they were made
 * @param complete whether they are the whole stack, whose end is a step too
 */
export function stepsOf(services: readonly Service[], complete: boolean): Step[] {
  const checks = services.flatMap((service) => service.smokeChecks().filter((check) => check.isFor(MODE)).map((check) => ({ service, check })));
  const of = (...kinds: SmokeCheckKind[]) => (
    checks.filter(({ check }) => kinds.includes(check.kind)).flatMap(({ service, check }) => smokeStep(service, check))
  );
  const many = services.length === 1 ? `${services[0].serviceName} starts` : 'all services start';
  return [
    { title: 'Docker and Compose are there', words: ['prerequisites'] },
    { title: 'the files of the stack are there', words: ['files_exist'] },
    { title: 'Compose accepts the configuration', words: ['configuration'] },
    { title: many, words: ['start'] },
    ...services.map(readyStep),
    ...of(SmokeCheckKind.HTTP, SmokeCheckKind.TCP, SmokeCheckKind.EXEC),
    ...services.flatMap((service) => connectionSteps(service, services)),
    ...services.flatMap(storageSteps),
    ...of(SmokeCheckKind.RELOAD),
    ...of(SmokeCheckKind.PERSISTENCE),
    ...(complete ? [{ title: 'all services end when they are asked to', words: ['shutdown'] }] : []),
  ];
}

/** The steps as lines of the script, in columns. */
export function stepLines(steps: readonly Step[]): string[] {
  const titles = steps.map(({ title }) => shellWord(title));
  const width = Math.min(60, Math.max(...titles.map((title) => title.length)));
  return steps.map(({ words }, index) => {
    const line = `  step ${titles[index].padEnd(width)} ${shellWords(...words)}`;
    return line.length > 150 || words.join('').includes('\n') ? `  step ${titles[index]} \\\n${shellLines('    ', words)}` : line;
  });
}

function readyStep(service: Service): Step {
  const { serviceName } = service;
  if (service.oneShot) return { title: `${serviceName} has done its work`, words: ['ended', serviceName] };
  const { healthCheck } = service.settings(MODE);
  const checked = healthCheck && healthCheck.kind !== HealthCheckKind.NONE;
  return { title: `${serviceName} ${checked ? 'is healthy' : 'runs'}`, words: ['healthy', serviceName] };
}

function smokeStep(service: Service, check: SmokeCheck): Step[] {
  const { serviceName } = service;
  const title = `${serviceName} ${check.title}`;
  const port = String(portOf(service, check.portName)?.port ?? '');
  const { expect = '', command = [], write = [] } = check;
  switch (check.kind) {
    case SmokeCheckKind.HTTP: return [{ title, words: ['http', serviceName, port, check.path ?? '/', String(check.status ?? 200), expect] }];
    case SmokeCheckKind.TCP: return [{ title, words: ['tcp', serviceName, port, shellBytes(check.send ?? ''), expect] }];
    case SmokeCheckKind.EXEC: return [{ title, words: ['program', serviceName, expect, ...command] }];
    case SmokeCheckKind.PERSISTENCE: return [{ title, words: ['keeps', serviceName, expect, String(write.length), ...write, ...command] }];
    case SmokeCheckKind.RELOAD: return [{ title, words: ['follows', serviceName, port, check.path ?? '/', expect, check.file ?? '', check.append ?? ''] }];
  }
}

/** What a service opens connections to, as it is seen from its own container. */
function connectionSteps(service: Service, services: readonly Service[]): Step[] {
  if (service.oneShot) return [];
  const client = service.settings(MODE).healthCheck?.client ?? HealthCheckClient.SHELL;
  return service.connections().flatMap(({ target, portName }) => {
    const reached = services.find((other) => other.node.path === target.node.path);
    const port = reached && portOf(reached, portName);
    if (!reached || !port || port.protocol === PortProtocol.UDP) return [];
    return [{
      title: `${service.serviceName} reaches ${reached.serviceName}`, words: ['reaches', service.serviceName, reached.serviceName, String(port.port), client],
    }];
  });
}

/** Data must be where it outlives the container: a wrong path would only be noticed when it is gone. */
function storageSteps(service: Service): Step[] {
  if (service.oneShot) return [];
  return (service.settings(MODE).mounts ?? []).flatMap((mount) => {
    const { serviceName } = service;
    if (mount.kind === MountKind.VOLUME) {
      const name = mount.nameFor(serviceName);
      return [{ title: `${serviceName} has the volume ${name}`, words: ['stored', serviceName, 'volume', name, mount.target] }];
    }
    if (mount.kind !== MountKind.BIND || !mount.holdsData || !mount.source?.startsWith('./')) return [];
    return [{ title: `${serviceName} has its data in ${mount.source}`, words: ['stored', serviceName, 'bind', mount.source, mount.target] }];
  });
}

function portOf(service: Service, portName?: string): PortSpec | undefined {
  const { ports = [] } = service.settings(MODE);
  return portName === undefined ? ports[0] : ports.find((port) => port.name === portName);
}

/** Whether a check can be asked from the host: only what is published can. */
export function isAskable(service: Service, portName?: string): boolean {
  const port = portOf(service, portName);
  return port !== undefined && isPublished(port, MODE);
}

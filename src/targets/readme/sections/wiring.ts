import { DependencyCondition } from '../../../model/dependency';
import { GuideTopic } from '../../../model/guide';
import { HealthCheckKind } from '../../../model/health-check';
import { Mode } from '../../../model/mode';
import { Service } from '../../../model/service';
import { stackNameIn } from '../../../model/stack-model';
import { Chapter } from '../chapter';
import { keptData, publishedPorts, sourceMounts } from '../facts';
import { code, enumeration, list } from '../markdown';

const MODE = Mode.DEVELOPMENT;

/** How the services are wired, and why: what this stack has of it. */
export function wiring(chapter: Chapter): string[] {
  const points = [order(chapter), health(chapter), addresses(chapter), ports(chapter), networks(chapter), sources(chapter), data(chapter)];
  const said = points.flatMap((point) => (point === undefined ? [] : [point]));
  const guides = chapter.guideBlocks(GuideTopic.WIRING);
  return said.length + guides.length === 0 ? [] : [...(said.length > 0 ? [list(said)] : []), ...guides];
}

const named = (services: readonly Service[]) => enumeration(services.map(({ serviceName }) => code(serviceName)));

function order({ services }: Chapter): string | undefined {
  const sentences = services.flatMap((service) => {
    const waits = (service.settings(MODE).dependsOn ?? []).filter((each) => each.service.modes.includes(MODE));
    const of = (condition: DependencyCondition) => (
      waits.filter((each) => (each.condition ?? each.service.readiness(MODE)) === condition).map((each) => each.service)
    );
    const parts = [
      [DependencyCondition.COMPLETED, 'has done its work', 'have done their work'], [DependencyCondition.HEALTHY, 'is healthy', 'are healthy'],
      [DependencyCondition.STARTED, 'has started', 'have started'],
    ] as const;
    const clauses = parts.flatMap(([condition, one, many]) => {
      const awaited = of(condition);
      return awaited.length === 0 ? [] : [`${named(awaited)} ${awaited.length === 1 ? one : many}`];
    });
    return clauses.length === 0 ? [] : [`${code(service.serviceName)} starts when ${enumeration(clauses)}`];
  });
  return sentences.length === 0 ? undefined : `**Order of start**: ${sentences.join('; ')}.`;
}

function health({ services }: Chapter): string | undefined {
  const checked = services.filter((service) => {
    const check = service.settings(MODE).healthCheck;
    return check && check.kind !== HealthCheckKind.NONE;
  });
  if (checked.length === 0) return undefined;
  const without = services.filter((service) => !service.oneShot && !checked.includes(service));
  return `**Health**: ${without.length === 0 && checked.length > 1 ? 'every service that keeps running' : named(checked)} ${checked.length > 1 && without.length > 0 ? 'have' : 'has'} a health check. `
    + (services.some((service) => waitsForHealth(service)) ? '`--wait` and what depends on it go by that.' : '`--wait` goes by that.');
}

function waitsForHealth(service: Service): boolean {
  return (service.settings(MODE).dependsOn ?? [])
    .some((each) => each.service.modes.includes(MODE) && (each.condition ?? each.service.readiness(MODE)) === DependencyCondition.HEALTHY);
}

function addresses(chapter: Chapter): string | undefined {
  const found = chapter.services.flatMap((service) => service.connections().flatMap(({ target }) => {
    if (!(target instanceof Service)) return [];
    const told = Object.entries(service.settings(MODE).environment ?? {})
      .filter(([, value]) => hostsOf(value.developmentText).includes(target.serviceName));
    return told.map(([key, value]) => ({
      service,
      target,
      shown: value.isLiteral && value.developmentText.length < 40 ? code(`${key}=${value.developmentText}`) : `${code(key)} (host ${code(target.serviceName)})`,
    }));
  }));
  if (found.length === 0) return undefined;
  const by = [...new Set(found.map(({ service }) => service))].map((service) => (
    `${code(service.serviceName)} has ${enumeration([...new Set(found.filter((each) => each.service === service).map(({ shown }) => shown))])}`
  ));
  return `**Addresses**: containers reach each other by service name, on the container's own port: ${by.join('; ')}. Programs on your machine use `
    + '`localhost` and the published port.';
}

/** The hosts that a value names: all of it, or those of the URLs in it. */
function hostsOf(text: string): string[] {
  return [text, ...[...text.matchAll(/:\/\/(?:[^@/\s,]*@)?([A-Za-z0-9.-]+)/g)].map(([, host]) => host)];
}

function ports({ services }: Chapter): string | undefined {
  const published = publishedPorts(services, MODE);
  if (published.length === 0) return undefined;
  const open = published.filter(({ address }) => !/^(127\.|::1$|localhost$)/.test(address));
  const [{ variableName }] = published;
  const shown = published.map(({ service, port, hostPort }) => `${code(service.serviceName)} ${hostPort === String(port.port) ? hostPort : `${hostPort} (${port.port} inside)`}`);
  return `**Ports**: ${enumeration(shown)}. ${open.length === 0 ? `${published.length === 1 ? 'It is' : 'They are'} published on 127.0.0.1 only, so nobody else reaches ${published.length === 1 ? 'it' : 'them'}.` : ''}`
    + `${open.length > 0 ? `Others in your network reach ${named([...new Set(open.map(({ service }) => service))])}.` : ''}`
    + ` ${code(variableName)}${published.length > 1 ? ' and its kin move' : ' moves'} the port on your machine; the one inside stays.`;
}

function networks(chapter: Chapter): string | undefined {
  const { stack, services } = chapter;
  const name = stackNameIn(stack, MODE);
  if (stack.networks.length === 0) {
    return services.length < 2 ? undefined : `**Network**: all are in ${code(`${name}_default`)}; other containers on your machine are not, and cannot reach them.`;
  }
  return `**Networks**: ${stack.networks.map((spec) => {
    const members = services.filter((service) => (service.settings(MODE).networks ?? stack.networks.map((each) => each.name)).includes(spec.name));
    const real = spec.fixedName ?? (spec.external ? spec.name : `${name}_${spec.name}`);
    const notes = [...(spec.external ? ['which exists already'] : []), ...(spec.internal ? ['with no way out'] : [])];
    return `${code(real)}${notes.length > 0 ? `, ${notes.join(', ')},` : ''} has ${members.length === services.length && members.length > 1 ? 'all services' : named(members)}`;
  }).join('; ')}. Containers outside cannot reach them.`;
}

function sources({ services }: Chapter): string | undefined {
  const mounted = sourceMounts(services.filter((service) => !service.settings(MODE).imageOf));
  if (mounted.length === 0) return undefined;
  const by = [...new Set(mounted.map(({ service }) => service))].map((service) => {
    const mounts = mounted.filter((each) => each.service === service).map(({ mount }) => mount);
    const shown = mounts.map((mount) => `${code(mount.source ?? '')}${mount.readOnly ? ' (read-only)' : ''}`);
    return `${code(service.serviceName)} finds ${enumeration(shown)}`;
  });
  return `**Mounts**: ${by.join('; ')}. Everything else, packages too, is in the image, and is never mixed with what is on your machine.`;
}

function data({ stack, services }: Chapter): string | undefined {
  const kept = keptData(stack, services, MODE);
  if (kept.length === 0) return undefined;
  const shown = kept.map(({ service, place, isVolume }) => `that of ${code(service.serviceName)} in the ${isVolume ? 'volume' : 'folder'} ${code(place)}`);
  return `**Data**: ${enumeration(shown)}. It outlives the containers.`;
}

import { isIP } from 'net';
import { Check, inherited, profiles, replicas, ServiceView } from './compose-view';
import { portRange, PublishedPort, readPort } from './port-syntax';
import { list } from './settle';
import { ShapeProblem } from './shape-problem';
import { isOpen, settledParts } from './variables';
import { quoted } from '../../../model/nearest';

/** A host port, who publishes it, and where that is written. */
interface Claim extends PublishedPort {
  readonly service: ServiceView;
  readonly index: number;
}

/** The schema accepts each as text. `docker compose config` refuses short syntax only, and takes a long one as it is. */
const unreadablePorts: Check = ({ services }) => [...services.values()].flatMap(({ name, own }) => [
  ...list(own.ports).flatMap((entry, index): ShapeProblem[] => {
    const { wrong } = readPort(entry);
    return wrong ? [{ path: ['services', name, 'ports', String(index), ...wrong.below], message: wrong.message, fix: wrong.fix, severity: 'error' }] : [];
  }),
  // Neither minds a word here, nor does the engine: it has no effect. `docker compose config` refuses a number with a fraction.
  ...list(own.expose).flatMap((entry, index): ShapeProblem[] => {
    const [numbers, protocol = 'tcp'] = String(entry).split('/');
    if (isOpen(entry) || (portRange(numbers) && ['tcp', 'udp', 'sctp'].includes(protocol))) return [];
    return [{
      path: ['services', name, 'expose', String(index)],
      message: typeof entry === 'number' ? `${entry} is no port.` : `${quoted(entry)} is no port, and has no effect.`,
      fix: 'Write a number up to 65535, or a range such as "8000-8010".',
      severity: typeof entry === 'number' ? 'error' : 'warning',
    }];
  }),
]);

/** Whether two addresses of the host can be the same: no address is all of both families. */
function meet(a: string, b: string): boolean {
  if (a === b || a === '' || b === '') return true;
  if (isIP(a) !== isIP(b)) return false;
  const every = isIP(a) === 6 ? '::' : '0.0.0.0';
  return a === every || b === every;
}

/** Whether two services can run together. Those with profiles that have none in common may be alternatives. */
function together(a: ServiceView, b: ServiceView): boolean {
  const [mine, theirs] = [profiles(a), profiles(b)];
  return mine.length === 0 || theirs.length === 0 || mine.some((profile) => theirs.includes(profile));
}

/** Those that share the network of the host or of another container publish nothing. */
function publishes(service: ServiceView): boolean {
  const mode = String(inherited(service, 'network_mode') ?? '');
  return replicas(service) > 0 && mode !== 'host' && mode !== 'none' && !/^(service|container):/.test(mode);
}

function claimsOf(service: ServiceView): Claim[] {
  if (!publishes(service)) return [];
  const entries = service.lineage.flatMap(({ ports }) => list(ports).map((entry, index) => ({ entry, index })));
  return entries.flatMap(({ entry, index }) => readPort(entry).published.map((published) => ({ ...published, service, index })));
}

function clash(a: Claim, b: Claim): boolean {
  if (a.protocol !== b.protocol || !meet(a.hostAddress, b.hostAddress)) return false;
  if (a.variable !== undefined || b.variable !== undefined) {
    if (a.variable !== b.variable) return false;
  } else if (a.first !== a.last || b.first !== b.last || a.first !== b.first) {
    // One of a range is taken only when it is free.
    return false;
  }
  // Compose joins entries of one service that say the same.
  return a.service !== b.service ? together(a.service, b.service) : a.hostAddress !== b.hostAddress || a.target !== b.target;
}

function written({ service, index }: Claim): string {
  return `services.${service.name}.ports[${index}]`;
}

function place({ service, index }: Claim): string[] {
  // What is taken over stands in the service that it comes from.
  return index < list(service.own.ports).length ? ['services', service.name, 'ports', String(index)] : ['services', service.name];
}

function port({ hostAddress, first, variable, protocol }: Claim): string {
  const number = variable === undefined ? String(first) : `of \${${variable}}`;
  return `${number}${protocol === 'tcp' ? '' : `/${protocol}`}${hostAddress === '' ? '' : ` on ${hostAddress}`}`;
}

function suggestPort({ service, index, first, variable }: Claim, taken: readonly Claim[]): string {
  const entry = list(service.own.ports)[index];
  if (variable !== undefined || (typeof entry === 'string' && settledParts(entry, ':').some(isOpen))) return 'Use another variable for one of the two.';
  let free = first + 1;
  while (taken.some((claim) => claim.first <= free && free <= claim.last)) free += 1;
  return free <= 65535 ? `Publish one of the two on another port, for example ${free}.` : 'Publish one of the two on another port.';
}

/** Whether a range, of which the engine takes any free port, has none left. */
function isFull(range: Claim, claims: readonly Claim[]): boolean {
  if (range.variable !== undefined || range.first === range.last) return false;
  const taken = new Set(claims.filter((claim) => claim !== range && claim.first === claim.last && claim.protocol === range.protocol
    && meet(claim.hostAddress, range.hostAddress) && together(claim.service, range.service)).map(({ first }) => first));
  return Array.from({ length: range.last - range.first + 1 }, (_, i) => range.first + i).every((number) => taken.has(number));
}

/** Neither the schema nor `docker compose config` sees it; the second container does not start ("port is already allocated"). */
const equalPorts: Check = ({ services }) => {
  const claims = [...services.values()].flatMap(claimsOf);
  // Only claims of one port can clash: comparing each with all others would grow with the square of the services.
  const byPort = new Map<string, Claim[]>();
  return claims.flatMap((claim): ShapeProblem[] => {
    const key = `${claim.protocol} ${claim.variable ?? claim.first}`;
    const earlier = byPort.get(key) ?? [];
    byPort.set(key, [...earlier, claim]);
    const other = earlier.find((each) => clash(each, claim));
    if (other) {
      const elsewhere = other.hostAddress === '' ? ', on every address' : `, on ${other.hostAddress}`;
      return [{
        path: place(claim),
        message: `Host port ${port(claim)} is taken already by ${written(other)}${other.hostAddress === claim.hostAddress ? '' : elsewhere}.`,
        fix: suggestPort(claim, claims),
        severity: 'error',
      }];
    }
    return isFull(claim, claims) ? [{
      path: place(claim),
      message: `Every host port of ${claim.first}-${claim.last} is taken by other entries.`,
      fix: 'Publish on a range that has a port left.',
      severity: 'error',
    }] : [];
  });
};

/** Neither the schema nor `docker compose config` sees it; the second replica does not start. */
const replicatedPorts: Check = ({ services }) => [...services.values()].flatMap((service) => {
  const count = replicas(service);
  const few = claimsOf(service).filter(({ first, last, variable }) => count > 1 && (variable !== undefined || last - first + 1 < count));
  return few.map((claim): ShapeProblem => ({
    path: place(claim),
    message: `Service ${quoted(service.name)} has ${count} replicas, and they cannot share host port ${port(claim)}.`,
    fix: claim.variable === undefined ? `Publish on a range of ${count} ports: "${claim.first}-${claim.first + count - 1}", or on none.`
      : 'Run one replica, or publish on a range of ports.',
    severity: 'error',
  }));
});

/**
 * Neither the schema nor `docker compose config` minds. On the host's network the engine drops the ports; in another
 * container's it refuses them.
 */
const portsWithoutNetwork: Check = ({ services }) => [...services.values()].flatMap((service): ShapeProblem[] => {
  const mode = String(inherited(service, 'network_mode') ?? '');
  if (list(service.own.ports).length === 0 || !(mode === 'host' || /^(service|container):/.test(mode))) return [];
  return [{
    path: ['services', service.name, 'ports'],
    message: `Service ${quoted(service.name)} has the network mode ${quoted(mode)}, in which it cannot publish ports.`,
    fix: mode === 'host' ? 'Remove "ports": what it listens on is open on the host.' : 'Publish them on the service whose network it shares.',
    severity: mode === 'host' ? 'warning' : 'error',
  }];
});

/** Everything about ports. */
export const portChecks: readonly Check[] = [unreadablePorts, equalPorts, replicatedPorts, portsWithoutNetwork];

import { isIP } from 'net';
import { mapping } from './settle';
import { isOpen, resolveVariables, asWritten, settledParts } from './variables';
import { quoted } from '../../../model/nearest';

/** A host port or a range of them. */
export interface PublishedPort {
  /** Empty for every address. */
  readonly hostAddress: string;
  readonly first: number;
  readonly last: number;
  /** Set instead of numbers when only the operator knows the port: the variable it stands in. */
  readonly variable?: string;
  readonly protocol: string;
  readonly target: string;
}

/** A port entry as it was read, or why it cannot be. */
export interface ReadPort {
  readonly published: readonly PublishedPort[];
  readonly wrong?: { readonly below: string[]; readonly message: string; readonly fix: string };
}

interface Range { readonly first: number; readonly last: number }

const PROTOCOLS = ['tcp', 'udp', 'sctp'];
const NOTHING: ReadPort = { published: [] };

/** Reads `8080` or `8000-8010`; undefined when it is neither. */
export function portRange(text: string): Range | undefined {
  const match = /^(\d+)(?:-(\d+))?$/.exec(text);
  if (!match) return undefined;
  const [first, last] = [Number(match[1]), Number(match[2] ?? match[1])];
  return first <= last && last <= 65535 ? { first, last } : undefined;
}

function refusal(message: string, fix: string, ...below: string[]): ReadPort {
  return { published: [], wrong: { message, fix, below } };
}

function badPort(what: string, text: string, ...below: string[]): ReadPort {
  return refusal(`${quoted(text)} is no ${what}.`, 'Write a number up to 65535, or a range such as "8000-8010".', ...below);
}

function badAddress(address: string, ...below: string[]): ReadPort {
  const fix = address === 'localhost' ? 'Write "127.0.0.1".' : 'Write an address such as "127.0.0.1" or "[::1]"; Compose looks no name up.';
  return refusal(`${quoted(address)} is no IP address.`, fix, ...below);
}

/** One side of a port that may be open: its range, or the variable that holds it. */
function publishedSide(text: string): { readonly range?: Range; readonly variable?: string } | undefined {
  if (isOpen(text)) {
    const resolved = resolveVariables(asWritten(text));
    return { variable: resolved.kind === 'open' ? resolved.variable : undefined };
  }
  const range = portRange(text);
  return range && { range };
}

/** Pairs host ports with container ports. A range on one container port means: any free one of them. */
function pair(hostAddress: string, side: { range?: Range; variable?: string }, target: Range | undefined, protocol: string): PublishedPort[] {
  const { range, variable } = side;
  if (variable !== undefined) return [{ hostAddress, first: 0, last: 0, variable, protocol, target: target ? String(target.first) : '' }];
  // Port 0 is a free port of the host's choice.
  if (!range || range.last === 0) return [];
  if (!target || target.first === target.last) return [{ hostAddress, ...range, protocol, target: target ? String(target.first) : '' }];
  return Array.from({ length: range.last - range.first + 1 }, (_, i) => (
    { hostAddress, first: range.first + i, last: range.first + i, protocol, target: String(target.first + i) }
  ));
}

/** Reads `[[ADDRESS:]HOST:]CONTAINER[/PROTOCOL]`, where HOST and CONTAINER may be ranges. */
function readShort(text: string): ReadPort {
  const parts = settledParts(text, ':');
  const [container, protocol = 'tcp'] = parts[parts.length - 1].split('/');
  const host = parts.length > 1 ? parts[parts.length - 2] : '';
  const address = parts.slice(0, -2).join(':');
  const bare = /^\[(.*)\]$/.exec(address)?.[1] ?? address;

  if (!isOpen(address) && address !== '' && (isIP(bare) === 0 || (isIP(bare) === 6) !== (bare !== address))) return badAddress(address);
  const containerOpen = isOpen(container);
  const target = containerOpen ? undefined : portRange(container);
  if (!containerOpen && (!target || target.first === 0)) return badPort('container port', container);
  if (!containerOpen && !PROTOCOLS.includes((protocol || 'tcp').toLowerCase())) {
    return refusal(`${quoted(protocol)} is no protocol of a port.`, 'Write "tcp", "udp" or "sctp".');
  }
  if (host === '') return NOTHING;
  const side = publishedSide(host);
  if (!side) return badPort('host port', host);
  if (side.range && target && target.first !== target.last && side.range.last - side.range.first !== target.last - target.first) {
    return refusal(
      `The host's range ${quoted(host)} and the container's ${quoted(container)} differ in length.`,
      'Write two ranges of one length, or a single container port.',
    );
  }
  return { published: isOpen(address) ? [] : pair(bare, side, target, (protocol || 'tcp').toLowerCase()) };
}

function readLong(entry: { readonly [key: string]: unknown }): ReadPort {
  const { target, published, host_ip: hostIp = '', protocol = 'tcp' } = entry;
  if (target === undefined) return refusal('This port names no port of the container.', 'Add "target".');
  const container = isOpen(target) ? undefined : portRange(String(target));
  if (!isOpen(target) && (!container || container.first !== container.last || container.first === 0)) return badPort('container port', String(target), 'target');
  if (!isOpen(protocol) && !PROTOCOLS.includes(String(protocol).toLowerCase())) {
    return refusal(`${quoted(protocol)} is no protocol of a port.`, 'Write "tcp", "udp" or "sctp".', 'protocol');
  }
  if (!isOpen(hostIp) && hostIp !== '' && isIP(String(hostIp)) === 0) return badAddress(String(hostIp), 'host_ip');
  if (published === undefined || published === '') return NOTHING;
  const side = publishedSide(String(published));
  if (!side) return badPort('host port', String(published), 'published');
  return { published: isOpen(hostIp) || isOpen(protocol) ? [] : pair(String(hostIp), side, container, String(protocol).toLowerCase()) };
}

/** Reads an entry of `ports` in any of its syntaxes. */
export function readPort(entry: unknown): ReadPort {
  if (typeof entry === 'number') return portRange(String(entry)) && entry > 0 ? NOTHING : badPort('container port', String(entry));
  return typeof entry === 'string' ? readShort(entry) : readLong(mapping(entry));
}

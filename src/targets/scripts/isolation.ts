import { Entry } from '../compose/service-entry';

/** What keeps a copy of a stack away from the stack itself. */
export interface Isolation {
  /** The settings that are to be 0, so that the engine takes a free port. */
  readonly portVariables: string[];
  /** A Compose file that is laid over the first one; empty when nothing has to be said. */
  readonly override: string;
}

const RESET = '!reset null';

/**
 * What of a Compose document would meet the same thing of another copy: names of containers, volumes and networks, ports, images that
 * are built, folders of the host outside of the copy.
 *
 * @param document the finished document
 */
export function isolationOf(document: Entry): Isolation {
  const services = mapOf(document.services);
  const ports = Object.entries(services).map(([name, entry]) => [name, listOf(entry.ports).map(portOf)] as const);
  const images = builtImages(services);

  const over: string[] = [];
  const serviceLines = Object.entries(services).flatMap(([name, entry]) => {
    const published = ports.find(([service]) => service === name)![1];
    const lines = [
      ...(entry.container_name === undefined ? [] : [`    container_name: ${RESET}`]),
      ...(images.has(String(entry.image)) ? [`    image: "\${COMPOSE_PROJECT_NAME}-${images.get(String(entry.image))}"`] : []),
      ...(published.some((port) => port.replaced) ? ['    ports: !override', ...published.map((port) => `      - ${JSON.stringify(port.free)}`)] : []),
      ...list('volumes', listOf(entry.volumes).flatMap(outsideOf)),
      ...list('networks', staticAddresses(entry.networks), ''),
    ];
    return lines.length > 0 ? [`  ${JSON.stringify(name)}:`, ...lines] : [];
  });
  if (serviceLines.length > 0) over.push('services:', ...serviceLines);
  for (const kind of ['networks', 'volumes']) {
    const lines = Object.entries(mapOf(document[kind])).flatMap(([name, entry]) => {
      // The range of addresses of a network is taken by the stack itself, and a volume's options may name a place on the host.
      const fixed = ['name', 'external', kind === 'networks' ? 'ipam' : 'driver_opts'].filter((key) => entry[key] !== undefined);
      return fixed.length > 0 ? [`  ${JSON.stringify(name)}:`, ...fixed.map((key) => `    ${key}: ${RESET}`)] : [];
    });
    if (lines.length > 0) over.push(`${kind}:`, ...lines);
  }
  return {
    portVariables: [...new Set(ports.flatMap(([, published]) => published.flatMap((port) => port.variables)))],
    override: over.map((line) => `${line}\n`).join(''),
  };
}

/** A port of the document, and what is written instead when only a free one will do. */
function portOf(port: unknown): { readonly variables: string[]; readonly free: unknown; readonly replaced: boolean } {
  if (typeof port === 'object' && port !== null) {
    const { published, ...others } = port as Entry;
    const variable = variableOf(String(published ?? ''));
    if (published === undefined || variable) return { variables: variable ? [variable] : [], free: port, replaced: false };
    return { variables: [], free: others, replaced: true };
  }
  const text = String(port);
  // A colon within braces or brackets separates nothing.
  const parts = text.match(/(?:\$\{[^}]*\}|\[[^\]]*\]|[^:])+/g) ?? [];
  const target = parts[parts.length - 1];
  if (parts.length < 2) return { variables: [], free: text, replaced: false };
  const variable = variableOf(parts[parts.length - 2]);
  if (variable) return { variables: [variable], free: text, replaced: false };
  return { variables: [], free: `${parts.length > 2 ? parts[0] : '127.0.0.1'}::${target}`, replaced: true };
}

function variableOf(published: string): string | undefined {
  return /^\$\{([A-Za-z_]\w*)(?::?[-?+][^}]*)?\}$/.exec(published)?.[1] ?? /^\$([A-Za-z_]\w*)$/.exec(published)?.[1];
}

/** Images with a name of their own that are built here: a build of the copy would take the name away. */
function builtImages(services: { readonly [name: string]: Entry }): Map<string, string> {
  return new Map(Object.entries(services)
    .filter(([, { image, build }]) => build !== undefined && image !== undefined && !String(image).includes('COMPOSE_PROJECT_NAME'))
    .map(([name, { image }]) => [String(image), name]));
}

/** Folders that the copy does not contain: sources elsewhere are the real ones, read-only; data elsewhere becomes data of the copy. */
function outsideOf(mount: unknown): string[] {
  const [source, target, option] = typeof mount === 'string' ? mount.split(':') : [String((mount as Entry).source ?? ''), String((mount as Entry).target ?? '')];
  const readOnly = option === 'ro' || (typeof mount === 'object' && (mount as Entry).read_only === true);
  if (!source.startsWith('../') && !source.startsWith('/') && !source.startsWith('~')) return [];
  // A socket of the engine is what it is.
  if (source.endsWith('.sock')) return [];
  if (!readOnly) return [JSON.stringify(`\${STACK_TEST_DATA}/${source.replace(/[^A-Za-z0-9]+/g, '_')}:${target}`)];
  return source.startsWith('../') ? [JSON.stringify(`\${STACK_TEST_ROOT}/${source}:${target}:ro`)] : [];
}

function staticAddresses(networks: unknown): string[] {
  if (Array.isArray(networks)) return [];
  return Object.entries(mapOf(networks)).flatMap(([name, entry]) => {
    const keys = ['ipv4_address', 'ipv6_address'].filter((key) => entry[key] !== undefined);
    return keys.length > 0 ? [`${JSON.stringify(name)}:`, ...keys.map((key) => `  ${key}: ${RESET}`)] : [];
  });
}

function list(key: string, lines: readonly string[], dash = '- '): string[] {
  return lines.length > 0 ? [`    ${key}:`, ...lines.map((line) => `      ${dash}${line}`)] : [];
}

function mapOf(value: unknown): { [name: string]: Entry } {
  const entries = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
  return Object.fromEntries(entries.map(([name, entry]) => [name, (entry ?? {}) as Entry]));
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

import { list, mapping, Mapping } from './settle';
import { ShapeProblem } from './shape-problem';
import { isOpen } from './variables';

/** A service of a document, with what it takes over by `extends`. */
export interface ServiceView {
  readonly name: string;
  /** What stands under its own name. */
  readonly own: Mapping;
  /** Its own mapping, then the ones that it extends, nearest first. */
  readonly lineage: readonly Mapping[];
  /** Whether it extends a service of another file, which nobody has read. */
  readonly partial: boolean;
}

/** A settled document as the checks read it. */
export interface ComposeView {
  readonly content: Mapping;
  readonly services: ReadonlyMap<string, ServiceView>;
  /** Whether other files add services, volumes or networks: then nothing that is missing here is known to be missing. */
  readonly includes: boolean;
}

/** One kind of check: reads the document and says what is wrong. */
export type Check = (view: ComposeView) => ShapeProblem[];

/** The service that one extends, and whether it stands in this file. */
export function extended(service: Mapping): { readonly name: string; readonly elsewhere: boolean } | undefined {
  if (typeof service.extends === 'string') return { name: service.extends, elsewhere: isOpen(service.extends) };
  const { service: name, file } = mapping(service.extends);
  return typeof name === 'string' ? { name, elsewhere: file !== undefined || isOpen(name) } : undefined;
}

function serviceView(name: string, services: Mapping): ServiceView {
  const seen = [name];
  const lineage = [mapping(services[name])];
  let base = extended(lineage[0]);
  while (base && !base.elsewhere && Object.hasOwn(services, base.name) && !seen.includes(base.name)) {
    seen.push(base.name);
    lineage.push(mapping(services[base.name]));
    base = extended(lineage[lineage.length - 1]);
  }
  return { name, own: lineage[0], lineage, partial: base?.elsewhere ?? false };
}

/** Reads a settled document. */
export function composeView(document: unknown): ComposeView {
  const content = mapping(document);
  const services = mapping(content.services);
  return {
    content,
    services: new Map(Object.keys(services).map((name) => [name, serviceView(name, services)])),
    includes: list(content.include).length > 0,
  };
}

/** The value of a key, the service's own before what it extends. */
export function inherited(service: ServiceView, ...path: string[]): unknown {
  for (const ancestor of service.lineage) {
    const value = path.reduce<unknown>((node, key) => mapping(node)[key], ancestor);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** A mapping of a service with what it extends laid under it. */
export function inheritedMapping(service: ServiceView, key: string): Mapping {
  return Object.assign({}, ...[...service.lineage].reverse().map((ancestor) => mapping(ancestor[key]))) as Mapping;
}

/** A number that the schema takes as text, too. Undefined when it is none, or open. */
export function numeric(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^[+-]?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
}

/** How many containers a service has. */
export function replicas(service: ServiceView): number {
  return numeric(inherited(service, 'scale')) ?? numeric(inherited(service, 'deploy', 'replicas')) ?? 1;
}

/** The profiles of a service; none means that it always runs. */
export function profiles(service: ServiceView): readonly string[] {
  return [...new Set(service.lineage.flatMap((ancestor) => list(ancestor.profiles)).filter((name): name is string => typeof name === 'string'))];
}

/** A value that Compose takes for true. */
export function isTrue(value: unknown): boolean {
  return value === true || (typeof value === 'string' && /^(true|y|yes|on)$/i.test(value));
}

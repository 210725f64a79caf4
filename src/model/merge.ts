import type { Dependency } from './dependency';
import { Mount } from './mount';
import { PortSpec } from './port';
import type { ServiceProps } from './service-props';
import type { ServiceSettings } from './settings';
import type { WatchRule } from './watch';

/** What makes two elements of a list the same thing; lists that are not here are replaced whole. An element may be anything: it is judged later. */
const IDENTITY: { readonly [key: string]: (element: any) => string | undefined } = {
  ports: (port?: PortSpec) => port?.name,
  mounts: (mount?: Mount) => mount?.target,
  dependsOn: (dependency?: Dependency) => dependency?.service?.node?.path,
  watch: (rule?: WatchRule) => rule?.path,
};

function isMap(value: unknown): value is { [key: string]: unknown } {
  return typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value));
}

/** Merges two maps by key, maps within them likewise; what is undefined above is ignored. */
export function mergeMaps(below: { [key: string]: unknown }, above: { [key: string]: unknown }): { [key: string]: unknown } {
  const merged = { ...below };
  for (const [key, value] of Object.entries(above)) {
    if (value === undefined) continue;
    const old = merged[key];
    merged[key] = isMap(old) && isMap(value) ? mergeMaps(old, value) : value;
  }
  return merged;
}

/** Merges two lists of named things: one of the same name is replaced where it stands (its fields merged), others follow. */
function mergeNamed(below: readonly unknown[], above: readonly unknown[], identity: (element: any) => string | undefined): unknown[] {
  const merged = [...below];
  for (const element of above) {
    const at = merged.findIndex((old) => identity(old) === identity(element));
    const old = merged[at];
    if (at < 0) merged.push(element);
    else merged[at] = isMap(old) && isMap(element) ? mergeMaps(old, element) : element;
  }
  return merged;
}

/**
 * The one merge rule of the library: scalars and objects of a class replace, maps merge by key, lists of named things merge by
 * name (ports), target (mounts), service (dependencies) or path (watched files), other lists replace, and undefined is ignored.
 */
export function mergeSettings<T extends ServiceSettings>(below: T, above: T): T {
  const merged: { [key: string]: unknown } = { ...(below as object) };
  for (const [key, value] of Object.entries(above)) {
    const old = merged[key];
    if (value === undefined) continue;
    if (IDENTITY[key] && Array.isArray(old) && Array.isArray(value)) merged[key] = mergeNamed(old, value, IDENTITY[key]);
    else if (key === 'development' || key === 'production') merged[key] = mergeSettings(old ?? {}, value as ServiceSettings);
    else if (isMap(old) && isMap(value)) merged[key] = mergeMaps(old, value);
    else merged[key] = value;
  }
  return merged as unknown as T;
}

/** What remains of a map when another one has a say on some of it, at any depth; what both say alike may stay. */
function without(below: { [key: string]: unknown }, above: { [key: string]: unknown }): { [key: string]: unknown } {
  const kept: { [key: string]: unknown } = {};
  for (const [key, old] of Object.entries(below)) {
    const value = above[key];
    if (value === undefined || value === old) kept[key] = old;
    else if (IDENTITY[key] && Array.isArray(old) && Array.isArray(value)) kept[key] = withoutNamed(old, value, IDENTITY[key]);
    else if (isMap(old) && isMap(value)) kept[key] = without(old, value);
  }
  return kept;
}

function withoutNamed(below: readonly unknown[], above: readonly unknown[], identity: (element: any) => string | undefined): unknown[] {
  return below.flatMap((element) => {
    const said = above.find((other) => identity(other) === identity(element));
    if (said === undefined) return [element];
    return isMap(element) && isMap(said) ? [without(element, said)] : [];
  });
}

/**
 * The properties of a subclass under those of its user. What the user says for both modes covers what the subclass says for one:
 * otherwise a default of production would win over the user's own word.
 */
export function mergeProps(defaults: ServiceProps, props: ServiceProps): ServiceProps {
  const yielding = (settings?: ServiceSettings) => settings && without(settings as { [key: string]: unknown }, props as { [key: string]: unknown });
  return mergeSettings({ ...defaults, development: yielding(defaults.development), production: yielding(defaults.production) }, props);
}

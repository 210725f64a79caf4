import { durationMillis, sizeBytes } from '../../model/units';

/** A mapping of a manifest. */
export type Entry = { [key: string]: unknown };

const UNITS: readonly (readonly [unit: string, bytes: number])[] = [['Gi', 2 ** 30], ['Mi', 2 ** 20], ['Ki', 2 ** 10]];

/** A mapping without the keys that say nothing. */
export function compact(entry: Entry): Entry {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined));
}

/** A list that is left out when it has nothing in it. */
export function list<T>(items: readonly T[] | undefined): T[] | undefined {
  return items && items.length > 0 ? [...items] : undefined;
}

/** A size as Compose writes it (`512M`, which is binary) in Kubernetes' words: `512Mi`. */
export function memoryQuantity(size: string): string {
  return bytesQuantity(sizeBytes(size) ?? 0);
}

/** Half of a size. */
export function halfMemory(size: string): string {
  return shareOfMemory(size, 2);
}

/** A part of a size, in whole Mi where there is one. */
export function shareOfMemory(size: string, parts: number): string {
  const bytes = Math.floor((sizeBytes(size) ?? 0) / Math.max(1, parts));
  return bytesQuantity(bytes > 2 ** 20 && parts > 2 ? bytes - bytes % 2 ** 20 : bytes);
}

function bytesQuantity(bytes: number): string {
  const unit = UNITS.find(([, size]) => bytes >= size && bytes % size === 0);
  return unit ? `${bytes / unit[1]}${unit[0]}` : String(bytes);
}

/** Processors: `0.5` is `500m`. */
export function cpuQuantity(cpus: number): string {
  return Number.isInteger(cpus) ? String(cpus) : `${Math.max(1, Math.round(cpus * 1000))}m`;
}

/** A duration as Compose writes it in whole seconds, one at least. */
export function seconds(duration: string): number {
  return Math.max(1, Math.ceil((durationMillis(duration) ?? 0) / 1000));
}

/** Whether Kubernetes takes a text for a size or a number of processors. */
export function isQuantity(text: string): boolean {
  return /^(?:\d+(?:\.\d+)?|\.\d+)(?:m|k|[MGTPE]|[KMGTPE]i|[eE][+-]?\d+)?$/.test(text);
}

/**
 * Text that Kubernetes leaves as it is in arguments, in the environment and in probes, where `$(NAME)` is a reference and `$$` one dollar sign.
 *
 * @param beforeReference whether a reference follows at once
 */
export function escapeReferences(text: string, beforeReference = false): string {
  return text.replace(beforeReference ? /\$+(?=\()|\${2,}|\$+$/g : /\$+(?=\()|\${2,}/g, (dollars) => dollars + dollars);
}

const FACTORS: { readonly [unit: string]: number } = {
  m: 1e-3, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18, Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60,
};

/** How much an amount is, as Kubernetes writes it; undefined when it is none. */
export function quantityValue(text: string): number | undefined {
  if (!isQuantity(text)) return undefined;
  const [, number, unit] = /^([\d.]+(?:[eE][+-]?\d+)?)(\D*)$/.exec(text) ?? [];
  return number === undefined ? undefined : Number(number) * (FACTORS[unit] ?? 1);
}

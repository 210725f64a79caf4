import { Check, ServiceView } from './compose-view';
import { list, mapping, Mapping } from './settle';
import { ShapeProblem } from './shape-problem';
import { isOpen, settledParts } from './variables';
import { quoted } from '../../../model/nearest';

/** A mount in short syntax, read as Compose reads it. */
interface ShortVolume {
  readonly source?: string;
  readonly target?: string;
  /** What Compose says of a text that it refuses. */
  readonly wrong?: string;
}

/** Whether a source is a path of the host and not the name of a volume. */
function isHostPath(source: string): boolean {
  return /^[./~]/.test(source) || source.startsWith('\\\\') || /^[a-zA-Z]:/.test(source);
}

/**
 * Reads `[SOURCE:]TARGET[:OPTIONS]`. A single letter before a colon is a drive of Windows, so `C:\data:/data` has two
 * parts; so has `d:/data`, which is why a volume of one letter cannot be mounted this way.
 */
function readShort(text: string): ShortVolume {
  const pieces = settledParts(text, ':');
  const parts: string[] = [];
  for (let i = 0; i < pieces.length; i++) {
    const drive = /^[a-zA-Z]$/.test(pieces[i]) && i + 1 < pieces.length && !(text.length <= 2);
    parts.push(drive ? `${pieces[i]}:${pieces[++i]}` : pieces[i]);
  }
  if (text === '') return { wrong: 'it is empty' };
  if (parts.some((part) => part === '')) return { wrong: 'a part between colons is empty' };
  if (parts.length > 3) return { wrong: 'it has too many colons' };
  return parts.length === 1 ? { target: parts[0] } : { source: parts[0], target: parts[1] };
}

/** The named volume that an entry of `volumes` mounts; undefined for a path, an anonymous volume, and other types. */
export function volumeSource(entry: unknown): string | undefined {
  if (typeof entry === 'string') {
    const { source } = readShort(entry);
    return source === undefined || (!isOpen(source) && isHostPath(source)) ? undefined : source;
  }
  const { type, source } = mapping(entry);
  return type === 'volume' && typeof source === 'string' && source !== '' ? source : undefined;
}

function targetOf(entry: unknown): string | undefined {
  const target = typeof entry === 'string' ? readShort(entry).target : mapping(entry).target;
  if (typeof target !== 'string' || isOpen(target)) return undefined;
  return target.replace(/\/+/g, '/').replace(/(.)\/$/, '$1');
}

/**
 * The schema accepts each. `docker compose config` refuses unreadable short syntax, a missing target, and a bind without a
 * source; it accepts a target that is no absolute path, which the engine refuses, and a drive that was meant as a volume.
 */
function unreadable({ name, own }: ServiceView, declared: Mapping): ShapeProblem[] {
  return list(own.volumes).flatMap((entry, index): ShapeProblem[] => {
    const path = ['services', name, 'volumes', String(index)];
    const { wrong } = typeof entry === 'string' ? readShort(entry) : { wrong: undefined };
    if (wrong !== undefined) {
      return [{ path, message: `${quoted(entry)} is no volume that Compose can read: ${wrong}.`, fix: 'Write SOURCE:TARGET or SOURCE:TARGET:ro, or the long syntax.', severity: 'error' }];
    }
    const { type, source, target } = mapping(entry);
    if (typeof entry !== 'string' && (typeof target !== 'string' || target === '')) {
      return [{ path, message: 'This mount has no target.', fix: 'Add "target": the path in the container.', severity: 'error' }];
    }
    if (typeof entry !== 'string' && ['bind', 'image'].includes(String(type)) && (source === undefined || source === '')) {
      const what = type === 'bind' ? 'the path on the host' : 'the name of the image';
      return [{ path, message: `A mount of type ${quoted(type)} needs a source.`, fix: `Add "source": ${what}.`, severity: 'error' }];
    }
    const reached = targetOf(entry);
    if (typeof entry === 'string' && reached !== undefined && /^[a-zA-Z]:/.test(reached) && Object.hasOwn(declared, reached[0])) {
      return [{
        path,
        message: `Compose reads ${quoted(reached)} as a path on drive ${reached[0].toUpperCase()}, not as the volume ${quoted(reached[0])}.`,
        fix: 'Give the volume a name of two characters or more, or use the long syntax.',
        severity: 'error',
      }];
    }
    if (reached !== undefined && !/^(\/|[a-zA-Z]:|\\\\)/.test(reached)) {
      const fix = `Write "/${reached.replace(/^\.?\/*/, '')}".`;
      return [{ path, message: `${quoted(reached)} is no absolute path in the container.`, fix, severity: 'error' }];
    }
    return [];
  });
}

/**
 * The schema accepts it. `docker compose config` refuses two mounts on one target when one is a `tmpfs`, and drops the
 * first of two volumes without a word.
 */
function sameTarget(service: ServiceView): ShapeProblem[] {
  const { name, own } = service;
  const seen = new Map<string, string>();
  const mounts = [
    ...(typeof own.tmpfs === 'string' ? [{ target: own.tmpfs.split(':')[0], path: ['tmpfs'], place: 'tmpfs' }] : []),
    ...list(own.tmpfs).map((entry, index) => ({ target: isOpen(entry) ? undefined : String(entry).split(':')[0], path: ['tmpfs', String(index)], place: `tmpfs[${index}]` })),
    ...list(own.volumes).map((entry, index) => ({ target: targetOf(entry), path: ['volumes', String(index)], place: `volumes[${index}]` })),
  ];
  return mounts.flatMap(({ target, path, place }): ShapeProblem[] => {
    if (target === undefined) return [];
    const first = seen.get(target);
    seen.set(target, first ?? place);
    return first === undefined ? [] : [{
      path: ['services', name, ...path],
      message: `${quoted(target)} has a mount already: ${first}.`,
      fix: 'Mount each path once.',
      severity: 'error',
    }];
  });
}

/** Everything about what a service mounts, but for the names of volumes. */
export const volumeChecks: readonly Check[] = [
  ({ content, services }) => [...services.values()].flatMap((service) => [...unreadable(service, mapping(content.volumes)), ...sameTarget(service)]),
];

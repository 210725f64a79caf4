import { isDeepStrictEqual } from 'util';

/** An object as JSON knows it. */
export type Json = { [key: string]: unknown };

/** Whether a value is an object with keys. */
export function isObject(value: unknown): value is Json {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** The three versions of one part of a shared file. */
export interface ThreeWay {
  /** What the definition says now. */
  readonly ours?: unknown;
  /** What the definition said last time. */
  readonly base?: unknown;
  /** What the file says. */
  readonly theirs?: unknown;
  /** Whether a person has written `ours` into the definition, or it is a default that gives way. */
  readonly explicit: (key?: string) => boolean;
}

/**
 * Settles one field of a file that the definition and people share.
 *
 * What a person wrote into the definition wins; a default gives way to what a person wrote into the file; what the definition
 * has put there and says no longer goes; everything else stays. Objects are settled key by key.
 */
export function settle({ ours, base, theirs, explicit }: ThreeWay): unknown {
  if (isObject(theirs) && (isObject(ours) || ours === undefined)) {
    const before = isObject(base) ? base : {};
    const now = isObject(ours) ? ours : {};
    const keys = [...new Set([...Object.keys(now), ...Object.keys(theirs)])];
    const entries = keys.map((key) => [key, settleOne(now[key], before[key], theirs[key], explicit(key))] as const);
    const kept = entries.filter(([, value]) => value !== undefined);
    // An empty object that a person has written stays one.
    return kept.length > 0 || (Object.keys(theirs).length === 0 && base === undefined) ? Object.fromEntries(kept) : undefined;
  }
  return settleOne(ours, base, theirs, explicit());
}

function settleOne(ours: unknown, base: unknown, theirs: unknown, explicit: boolean): unknown {
  if (ours !== undefined && explicit) return ours;
  if (theirs === undefined || isDeepStrictEqual(theirs, base)) return ours;
  return theirs;
}

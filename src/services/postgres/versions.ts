/** The majors that upstream maintains and that this library knows the paths of. */
export const MAJORS: readonly string[] = ['15', '16', '17', '18'];

/** The major of a version such as `17` or `17.6`; empty when it is none. */
export function majorOf(version: string): string {
  return /^(\d+)(\.\d+)?$/.exec(version)?.[1] ?? '';
}

/** Where a major version keeps its data. */
export function dataPath(version: string): string {
  return Number(majorOf(version)) >= 18 ? '/var/lib/postgresql' : '/var/lib/postgresql/data';
}

/**
 * What a stack is run for. One definition gives a file for each.
 */
export enum Mode {
  /** On a developer's machine: ports on the loopback, defaults for every setting. */
  DEVELOPMENT = 'development',
  /** For real: no default for a secret, limits, log rotation, nothing published that was not asked for. */
  PRODUCTION = 'production',
}

/** Both modes, in the order in which they are rendered. */
export const MODES: readonly Mode[] = [Mode.DEVELOPMENT, Mode.PRODUCTION];

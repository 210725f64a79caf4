/**
 * When a step of a stage is done. What changes often comes late, so that the engine's cache keeps what comes before it.
 */
export enum BuildPhase {
  /** What belongs to the operating system: programs, users, folders. */
  SYSTEM = 'system',
  /** What the program needs from others: it changes with a lock file. */
  DEPENDENCIES = 'dependencies',
  /** The program itself: it changes all the time. */
  SOURCE = 'source',
}

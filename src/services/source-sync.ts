/**
 * How an edited source file reaches the development container.
 */
export enum SourceSync {
  /** The folders are mounted: both sides see every change at once. */
  BIND = 'bind',
  /** `docker compose up --watch` copies changes into the container: faster where mounts are slow (macOS, Windows). */
  WATCH = 'watch',
}

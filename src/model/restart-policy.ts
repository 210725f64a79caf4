/**
 * When a container that ended is started again.
 */
export enum RestartPolicy {
  /** Never: right for what runs once. */
  NO = 'no',
  /** Always, also when the engine starts. */
  ALWAYS = 'always',
  /** When it ended with an error. */
  ON_FAILURE = 'on-failure',
  /** Always, unless somebody stopped it. */
  UNLESS_STOPPED = 'unless-stopped',
}

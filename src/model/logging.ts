/**
 * Where the output of a container goes.
 */
export interface Logging {
  /**
   * The log driver of the engine.
   *
   * @default "json-file"
   */
  readonly driver?: string;

  /**
   * The driver's options.
   *
   * @default - none
   */
  readonly options?: { [key: string]: string };
}

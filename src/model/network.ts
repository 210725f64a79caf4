/**
 * A network of the stack.
 */
export interface NetworkSpec {
  /**
   * What the services of this stack call it.
   */
  readonly name: string;

  /**
   * The driver of the network.
   *
   * @default "bridge"
   */
  readonly driver?: string;

  /**
   * The name that the engine gives it, the same for every copy of the stack; needed when other stacks join it.
   *
   * @default - the stack's name, an underscore and `name`
   */
  readonly fixedName?: string;

  /**
   * Whether it exists already and is not made or removed with the stack.
   *
   * @default false
   */
  readonly external?: boolean;

  /**
   * Whether its services cannot reach anything outside of it.
   *
   * @default false
   */
  readonly internal?: boolean;
}

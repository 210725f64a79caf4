import type { StackElement } from './element';

/**
 * That a service opens connections to something: an arrow of the topology.
 */
export interface ServiceConnection {
  /**
   * What is reached: a service of the stack, or what stands for one elsewhere.
   */
  readonly target: StackElement;

  /**
   * The name of the port that is reached, for a service of the stack.
   *
   * @default - its first port
   */
  readonly portName?: string;
}

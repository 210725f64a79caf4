import type { Service } from './service';

/**
 * What is waited for before a dependent starts.
 */
export enum DependencyCondition {
  /** The other container runs. */
  STARTED = 'started',
  /** The other container's health check passes. */
  HEALTHY = 'healthy',
  /** The other container ended with 0. */
  COMPLETED = 'completed',
}

/**
 * Something that must be there before a service starts.
 */
export interface Dependency {
  /** The service that is waited for. */
  readonly service: Service;

  /**
   * What is waited for.
   *
   * @default - completed for one that runs once, healthy when it has a health check, else started
   */
  readonly condition?: DependencyCondition;

  /**
   * Whether this service is restarted when an operator restarts the other one.
   *
   * @default false
   */
  readonly restart?: boolean;
}

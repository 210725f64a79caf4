import { ServiceIdentity } from '../../model/service-props';
import { ServiceSettings } from '../../model/settings';
import type { FastApiBackend } from '../fastapi/fastapi-backend';

/**
 * How a Celery worker is run: what may differ between development and production.
 */
export interface CeleryWorkerSettings extends ServiceSettings {
  /**
   * How many tasks are worked on at once.
   *
   * @default 2
   */
  readonly concurrency?: number;
}

/**
 * The properties of a Celery worker.
 */
export interface CeleryWorkerProps extends CeleryWorkerSettings, ServiceIdentity {
  /**
   * The backend whose code it runs. It must have a broker.
   */
  readonly backend: FastApiBackend;

  /**
   * The module with the Celery application.
   *
   * @default - `worker` of the backend's package: `app.worker`
   */
  readonly celeryModule?: string;

  /**
   * The queues that it takes tasks from.
   *
   * @default - Celery's own: `celery`
   */
  readonly queues?: string[];

  /**
   * What is different in development.
   *
   * @default - nothing
   */
  readonly development?: CeleryWorkerSettings;

  /**
   * What is different in production.
   *
   * @default - nothing
   */
  readonly production?: CeleryWorkerSettings;
}

/**
 * The properties of a Celery beat.
 */
export interface CeleryBeatProps extends ServiceSettings, ServiceIdentity {
  /**
   * The backend whose code it runs. It must have a broker.
   */
  readonly backend: FastApiBackend;

  /**
   * The module with the Celery application.
   *
   * @default - `worker` of the backend's package: `app.worker`
   */
  readonly celeryModule?: string;

  /**
   * What is different in development.
   *
   * @default - nothing
   */
  readonly development?: ServiceSettings;

  /**
   * What is different in production.
   *
   * @default - nothing
   */
  readonly production?: ServiceSettings;
}

/**
 * The properties of Flower.
 */
export interface FlowerProps extends ServiceSettings, ServiceIdentity {
  /**
   * The backend whose tasks it shows. It must have a broker.
   */
  readonly backend: FastApiBackend;

  /**
   * The module with the Celery application.
   *
   * @default - `worker` of the backend's package: `app.worker`
   */
  readonly celeryModule?: string;

  /**
   * The port on the host, when the operator sets nothing.
   *
   * @default 5555
   */
  readonly hostPort?: number;

  /**
   * What is different in development.
   *
   * @default - nothing
   */
  readonly development?: ServiceSettings;
}

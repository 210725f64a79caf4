/**
 * Where a `ServiceTask` does its work.
 */
export enum TaskPlace {
  /** In the running container of the service. */
  RUNNING = 'running',
  /** In a container of its own that is removed afterwards; what the service depends on is not started. */
  OWN = 'own',
  /** In the foreground: the service and what it depends on are built, started and followed, and stopped at the end. */
  FOREGROUND = 'foreground',
  /** Nowhere: what is asked for is the log of the service. */
  LOGS = 'logs',
}

/**
 * A shortcut: a program that is run inside a service, as a task of the project.
 */
export interface ServiceTask {
  /**
   * The name of the task, with a colon after its group: `db:psql`.
   */
  readonly taskName: string;

  /**
   * What it does, in one line.
   */
  readonly description: string;

  /**
   * Whether it only looks for mistakes in the code, and ends with another status than 0 when it finds one: a workflow runs it.
   *
   * @default false
   */
  readonly check?: boolean;

  /**
   * The program and its arguments; what a person adds to the task comes after them. For logs these are options of the
   * log command.
   */
  readonly command: string[];

  /**
   * Where the work is done.
   *
   * @default TaskPlace.RUNNING
   */
  readonly place?: TaskPlace;

  /**
   * Folders of the host that a container of its own finds, by their path on the host, relative to the Compose file.
   *
   * @default - those of the service alone
   */
  readonly folders?: { [source: string]: string };

  /**
   * The folder in which the program starts.
   *
   * @default - the service's
   */
  readonly workingDir?: string;
}

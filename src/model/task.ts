/**
 * A shortcut: a program that is run inside a running service, as a task of the project.
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
   * The program and its arguments; what a person adds to the task comes after them.
   */
  readonly command: string[];
}

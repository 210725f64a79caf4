/**
 * What part a service plays in a stack: it shapes the topology, the scripts and the documentation, and nothing of how it is run.
 */
export enum ServiceRole {
  /** Keeps the records of the application. */
  DATABASE = 'database',
  /** Keeps what can be made again, or passes messages on. */
  CACHE = 'cache',
  /** Answers requests of programs. */
  BACKEND = 'backend',
  /** Works without being asked over the network. */
  WORKER = 'worker',
  /** Shows pages to people. */
  FRONTEND = 'frontend',
  /** Helps those who develop or operate the others. */
  TOOL = 'tool',
}

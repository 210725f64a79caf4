/**
 * A section of the README: its id, which stands in the markers around it.
 */
export enum ReadmeSection {
  /** From a clone to something that runs. */
  QUICK_START = 'quick-start',
  /** What runs, and where it is reached. */
  SERVICES = 'services',
  /** Who talks to whom, as a diagram. */
  TOPOLOGY = 'topology',
  /** How it is wired, and why. */
  WIRING = 'wiring',
  /** What people type every day. */
  COMMANDS = 'commands',
  /** The database and other data: access, migrations, backup, volumes. */
  DATABASE = 'database',
  /** How the stack and its code are tested. */
  TESTS = 'tests',
  /** What follows a change of the sources by itself. */
  HOT_RELOAD = 'hot-reload',
  /** The operator's settings. */
  CONFIGURATION = 'configuration',
  /** What goes wrong, and what helps. */
  TROUBLESHOOTING = 'troubleshooting',
  /** What is safe by default, and what is not. */
  SECURITY = 'security',
  /** What is to be done before other people depend on it. */
  PRODUCTION = 'production',
}

/**
 * What the README says.
 */
export interface ReadmeOptions {
  /**
   * The file, relative to the stack's folder.
   *
   * @default "README.md"
   */
  readonly file?: string;

  /**
   * The sections, in the order in which they are written. One that has nothing to say about the stack is left out. An empty list
   * means that there are none, and no file.
   *
   * @default - all of them, in the order of `ReadmeSection`
   */
  readonly sections?: ReadmeSection[];

  /**
   * Sections that are left out of these.
   *
   * @default - none
   */
  readonly omittedSections?: ReadmeSection[];
}

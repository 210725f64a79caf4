/**
 * How the definition of a stack is run on a machine that has nothing yet.
 *
 * @experimental
 */
export interface DefinitionRun {
  /**
   * What installs what the definition needs, a command each.
   */
  readonly installCommands: string[];

  /**
   * What runs the definition, and installs nothing of what it changes.
   *
   * @default "npx projen"
   */
  readonly synthesizeCommand?: string;

  /**
   * The version of Node.js, in the words of actions/setup-node. A definition in Python needs one, too.
   *
   * @default "24"
   */
  readonly nodeVersion?: string;

  /**
   * The version of Python, in the words of actions/setup-python.
   *
   * @default - none is set up
   */
  readonly pythonVersion?: string;

  /**
   * Who looks after what the definition needs, in the words of Dependabot (`package-ecosystem`).
   *
   * @default "npm"
   */
  readonly packageEcosystem?: string;
}

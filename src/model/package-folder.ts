/**
 * Whose packages a folder pins.
 */
export enum PackageEcosystem {
  /** Python's: `pyproject.toml`, `requirements.txt`. */
  PYTHON = 'python',
  /** Node's: `package.json` and a lockfile. */
  NPM = 'npm',
}

/**
 * A folder of the repository that pins packages of others, so that somebody can look after them.
 */
export interface PackageFolder {
  /** Whose packages these are. */
  readonly ecosystem: PackageEcosystem;

  /** The folder, relative to the stack's; `.` for its own. */
  readonly folder: string;
}

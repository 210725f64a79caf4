/**
 * Where the Python package of a backend lies.
 */
export enum SourceLayout {
  /** `app/`, imported as `app`. */
  APP = 'app',
  /** `src/`, imported as `src`. */
  SRC = 'src',
}

/**
 * What installs the Python packages while the image is built.
 */
export enum PythonInstaller {
  /** uv: much faster; takes `uv.lock` when the team has one, else the pinned `requirements.txt`. */
  UV = 'uv',
  /** pip, from the pinned `requirements.txt`. */
  PIP = 'pip',
}

/**
 * Who brings the database's schema up to date.
 */
export enum Migrations {
  /** A service that runs `alembic upgrade head` once at every start; the backend waits for it. */
  SERVICE = 'service',
  /** A person: `npx projen db:migrate`. */
  MANUAL = 'manual',
}

/**
 * How much a backend writes to its log.
 */
export enum LogLevel {
  /** Everything. */
  DEBUG = 'debug',
  /** What happens. */
  INFO = 'info',
  /** What should not happen, but was dealt with. */
  WARNING = 'warning',
  /** What failed. */
  ERROR = 'error',
}

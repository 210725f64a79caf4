import { dataPath, majorOf } from './versions';
import { DataFormat } from '../../model/data-format';

/** All databases, roles and grants as SQL. What a new server was initialised with is dropped first. */
const DUMP = 'exec pg_dumpall --clean --if-exists -U "$POSTGRES_USER"';

/**
 * Reads such a dump, and stops at the first statement that fails. The superuser is there already and cannot be dropped, so the
 * two statements about it are left out; they stand before the first change of the database.
 */
const RESTORE = [
  'sed -E "1,/^.connect/{/^(DROP ROLE IF EXISTS|CREATE ROLE) \\"?$POSTGRES_USER\\"?;\\$/d}"',
  'psql -q -X -o /dev/null -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d postgres',
].join(' | ');

/** What the data of a server is; undefined while its version is not known. */
export function postgresDataFormat(version: string, migratedFrom?: string): DataFormat | undefined {
  const formatVersion = majorOf(version);
  if (!formatVersion) return undefined;
  return {
    product: 'PostgreSQL',
    formatVersion,
    mountTarget: dataPath(version),
    migratedFrom: migratedFrom === undefined ? undefined : majorOf(migratedFrom) || migratedFrom,
    dumpCommand: ['sh', '-c', DUMP],
    restoreCommand: ['sh', '-c', RESTORE],
  };
}

import type { PostgresService } from './postgres-service';
import { Backup } from '../../model/backup';
import { Value } from '../../model/value';

/** What users made: tables, views, sequences; not what an extension brought. */
const COUNT = `SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')`;

/** An empty database, as it was made. Whoever works in it is waited for, but not for ever. */
const EMPTY = `SET lock_timeout = '30s';
SET client_min_messages = warning;
SELECT lo_unlink(oid) FROM pg_largeobject_metadata;
DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' LOOP
    EXECUTE format('DROP SCHEMA %I CASCADE', name);
  END LOOP;
END $$;
CREATE SCHEMA public;
ALTER SCHEMA public OWNER TO pg_database_owner;
GRANT USAGE ON SCHEMA public TO PUBLIC;`;

/** What psql stops at, also in the middle of the rows of a table: then nothing is kept. */
const FAILURE = '\\n\\\\.\\nSELECT incomplete_backup;\\n';

/** A line of the container's shell, in which the database is `$1`. */
const inShell = (database: string | undefined, line: string, ...words: string[]) => (
  ['sh', '-c', `${database === undefined ? 'set -- "$POSTGRES_DB" "$@"; ' : ''}${line}`, 'sh', ...(database === undefined ? [] : [database]), ...words]
);

/** How the databases of a server are saved and put back, the first one first. */
export function postgresBackups(server: PostgresService, furtherDatabases: readonly string[]): Backup[] {
  const first = server.databaseVariable.defaultValue?.developmentText ?? 'app';
  // Without an address, libpq asks the socket of its own container.
  const network = { PGHOST: Value.host(server), PGPASSWORD: Value.of(server.passwordVariable) };
  return [postgresBackup(first, network), ...furtherDatabases.map((name) => postgresBackup(name, network, name))];
}

/**
 * How a database is saved and put back: pg_dump's own format, compressed, in one transaction.
 *
 * @param backupName the part of the file's name
 * @param networkEnvironment what leads the programs to the server from another container
 * @param database the database; the first one of the server when undefined
 */
function postgresBackup(backupName: string, networkEnvironment: { [key: string]: Value }, database?: string): Backup {
  const psql = 'psql -X -q -At -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$1"';
  return {
    backupName,
    fileExtension: 'dump',
    dump: inShell(database, 'exec pg_dump -Fc -U "$POSTGRES_USER" -d "$1"'),
    verify: ['pg_restore', '--file=/dev/null'],
    count: inShell(database, `exec ${psql} -c "$2"`, COUNT),
    // One transaction: pg_restore would end it after large objects unless told so, and psql makes none of what it reads without --file.
    restore: inShell(
      database,
      `{ printf '%s\\n' "$2"; pg_restore --no-owner --single-transaction --file=- || printf '${FAILURE}'; } | ${psql} --single-transaction --file=-`,
      EMPTY,
    ),
    networkEnvironment,
  };
}

import type { Service } from '../../model/service';
import { SmokeCheck } from '../../model/smoke-check';
import { askable } from '../askable-checks';

/** The request for TLS that begins every connection: a length of 8 and a number. The server answers S or N, whether it has TLS or not. */
const SSL_REQUEST = '\0\0\0\x08\x04\xd2\x16\x2f';

/** A table that nobody else has. */
const TABLE = 'projen_stack_smoke_check';

/**
 * Runs SQL as an application does: over the network, with the password. The image trusts 127.0.0.1 and its socket, so the way leads
 * over the container's own address.
 */
function sql(statements: string, ...database: string[]): string[] {
  return ['sh', '-c', [
    'set -- "$1" "${2:-$POSTGRES_DB}" $(hostname -i)',
    'PGPASSWORD="${POSTGRES_PASSWORD:-$(cat "$POSTGRES_PASSWORD_FILE")}" exec psql -X -q -w -At -v ON_ERROR_STOP=1 -h "$3" -U "$POSTGRES_USER" -d "$2" -c "$1"',
  ].join('; '), 'sh', statements, ...database];
}

/**
 * What proves a PostgreSQL server.
 *
 * @param server the server
 * @param furtherDatabases the databases beside the first one
 */
export function postgresChecks(server: Service, furtherDatabases: readonly string[]): SmokeCheck[] {
  return askable(server, [
    SmokeCheck.tcp('answers on its published port', { port: 'postgres', send: SSL_REQUEST, expect: '^[SN]' }),
    SmokeCheck.exec('runs a query with the password', { command: sql('SELECT 6 * 7'), expect: '^42$' }),
    ...furtherDatabases.map((name) => SmokeCheck.exec(`has the database ${name}`, {
      command: sql('SELECT current_database()', name), expect: `^${name.replace(/[.[\]{}()*+?^$|\\]/g, '\\$&')}$`,
    })),
    SmokeCheck.persistence('keeps its rows', {
      write: sql(`DROP TABLE IF EXISTS ${TABLE}; CREATE TABLE ${TABLE} (note text); INSERT INTO ${TABLE} VALUES ('still here')`),
      read: sql(`SELECT note FROM ${TABLE}; DROP TABLE ${TABLE}`),
      expect: '^still here$',
    }),
  ]);
}

import { Connection } from '../../model/connection';
import type { Service } from '../../model/service';
import { Value } from '../../model/value';

/** The scheme of a PostgreSQL URL when no driver is asked for, as libpq writes it. */
export const SCHEME = 'postgresql';

/** What is known of a PostgreSQL database, wherever it runs. */
export interface PostgresParts {
  readonly host: Value;
  readonly port: Value;
  readonly database: Value;
  readonly user: Value;
  readonly password: Value;
  readonly sslMode?: string;
  readonly provider?: Service;
}

/** The connection to a PostgreSQL database, the same for one that runs here and one that runs elsewhere. */
export function postgresConnection(parts: PostgresParts): Connection {
  const { host, port, database, user, password, sslMode } = parts;
  return new Connection({
    partsPrefix: 'DB',
    urlKey: 'DATABASE_URL',
    urlScheme: SCHEME,
    parts: { HOST: host, PORT: port, NAME: database, USER: user, PASSWORD: password, ...(sslMode ? { SSLMODE: Value.literal(sslMode) } : {}) },
    address: Value.concat(user, Value.literal(':'), password, Value.literal('@'), host, Value.literal(':'), port, Value.literal('/'), database),
    query: sslMode ? { sslmode: sslMode } : undefined,
    provider: parts.provider,
  });
}

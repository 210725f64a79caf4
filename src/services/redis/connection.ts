import { Connection } from '../../model/connection';
import type { Service } from '../../model/service';
import { Value } from '../../model/value';

/** What is known of one logical database of a Redis server, wherever it runs. */
export interface RedisParts {
  readonly host: Value;
  readonly port: Value;
  readonly database: number;
  readonly user?: Value;
  readonly password?: Value;
  readonly tls?: boolean;
  readonly provider?: Service;
  /** What consumers use it as, where that is not a cache. */
  readonly purpose?: string;
}

/**
 * What a URL holds before the host: nothing, or `user:password@`.
 *
 * Without a user of its own a client is `default`, as Redis calls it: of `:password@` some clients make a user without a name.
 */
export function credentials(user: Value | undefined, password: Value | undefined): Value {
  if (!password) return Value.literal('');
  return Value.concat(user ?? Value.literal('default'), Value.literal(':'), password, Value.literal('@'));
}

/**
 * The connection to a logical database of Redis, the same for a server that runs here and one that runs elsewhere.
 *
 * @see https://www.iana.org/assignments/uri-schemes/prov/redis
 */
export function redisConnection({ host, port, database, user, password, tls, provider, purpose }: RedisParts): Connection {
  return new Connection({
    partsPrefix: 'REDIS',
    urlKey: 'REDIS_URL',
    urlScheme: tls ? 'rediss' : 'redis',
    parts: {
      HOST: host,
      PORT: port,
      DB: Value.literal(String(database)),
      ...(user ? { USER: user } : {}),
      ...(password ? { PASSWORD: password } : {}),
      ...(tls ? { TLS: Value.literal('true') } : {}),
    },
    address: Value.concat(credentials(user, password), host, Value.literal(':'), port, Value.literal(`/${database}`)),
    provider,
    purpose,
  });
}

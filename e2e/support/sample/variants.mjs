import { LOGIN } from './servers.mjs';

const prefixed = (prefix, values) => Object.fromEntries(Object.entries(values).map(([key, value]) => [`${prefix}${key}`, value]));
const userInfo = `${encodeURIComponent(LOGIN.user)}:${encodeURIComponent(LOGIN.password)}`;

/** How a project is told where its servers are, for each style of connection. */
export const STYLES = {
  parts: (prefix, { postgres, redis, database }) => ({
    ...prefixed(prefix, {
      DB_HOST: '127.0.0.1', DB_PORT: postgres, DB_NAME: database, DB_USER: LOGIN.user, DB_PASSWORD: LOGIN.password,
      REDIS_HOST: '127.0.0.1', REDIS_PORT: redis, REDIS_PASSWORD: LOGIN.password,
    }),
  }),
  url: (prefix, { postgres, redis, database }) => prefixed(prefix, {
    DATABASE_URL: `postgresql+asyncpg://${userInfo}@127.0.0.1:${postgres}/${database}`,
    REDIS_URL: `redis://:${encodeURIComponent(LOGIN.password)}@127.0.0.1:${redis}/0`,
  }),
};

/** The broker: the second database of the Redis server, always as a URL. */
export const brokerOf = (prefix, { redis }) => ({ [`${prefix}CELERY_BROKER_URL`]: `redis://:${encodeURIComponent(LOGIN.password)}@127.0.0.1:${redis}/1` });

/** What differs between the sample and a project of this package and prefix. */
export function replacementsOf({ packageName, prefix }) {
  const references = ['\\bapp(?=\\.[a-z_])', '"app"', '\\bapp/'];
  return [
    ...(packageName === 'app' ? [] : [{ kind: 'folder', search: 'app', replacement: packageName, references, extensions: ['.py', '.toml', '.ini', '.mako'] }]),
    ...(prefix ? [{ kind: 'line', file: 'app/core/config.py', search: 'ENV_PREFIX = ""', replacement: `ENV_PREFIX = "${prefix}"`, count: 1 }] : []),
  ];
}

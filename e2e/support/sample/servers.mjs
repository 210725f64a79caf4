import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compose, projectName, tempDir } from '../../lib/index.mjs';

/** What is hard to write into a URL, and nobody's placeholder. */
export const LOGIN = { user: 'owner@shop', password: 'p@ss:/w#rd%20?' };

const FILE = `services:
  postgres:
    image: postgres:17-alpine
    environment: { POSTGRES_USER: "${LOGIN.user}", POSTGRES_PASSWORD: "${LOGIN.password}", POSTGRES_DB: shop }
    command: [postgres, -c, fsync=off]
    ports: ["127.0.0.1::5432"]
    tmpfs: [/var/lib/postgresql/data]
    healthcheck:
      test: [CMD, pg_isready, -q, -h, 127.0.0.1, -d, shop]
      interval: 1s
      retries: 60
  redis:
    image: redis:8-alpine
    environment: { REDISCLI_AUTH: "${LOGIN.password}" }
    command: [redis-server, --appendonly, "yes", --requirepass, "${LOGIN.password}"]
    ports: ["127.0.0.1::6379"]
    tmpfs: [/data]
    healthcheck:
      test: [CMD-SHELL, redis-cli ping | grep -q PONG]
      interval: 1s
      retries: 60
`;

/** A PostgreSQL and a Redis on free ports of the loopback address: `{ postgres, redis, createDatabase, release }`. */
export async function startServers() {
  const dir = tempDir('servers');
  writeFileSync(join(dir, 'compose.yaml'), FILE);
  const stack = compose(projectName('sample'), dir);
  await stack.up();
  return {
    postgres: await stack.port('postgres', 5432),
    redis: await stack.port('redis', 6379),
    createDatabase: (name) => stack.exec('postgres', ['createdb', '-U', LOGIN.user, name]),
    stack,
    release: () => stack.release(),
  };
}

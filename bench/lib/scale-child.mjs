import { createRequire } from 'node:module';
import { join } from 'node:path';

// node scale-child.mjs MODULES COUNT FOLDER: defines and synthesizes a stack of COUNT services, and prints what that took.

const [modules, count, outdir] = process.argv.slice(2);
const require = createRequire(join(modules, 'from-here.js'));
const { Project } = require('projen');
const { ConnectionStyle, HealthCheck, Mount, PostgresService, RedisCache, Service, Stack, Value } = require('projen-stack');

/** Of each ten services one is a PostgreSQL, one a Redis, and eight use them, and wait for each other in a chain of eight. */
function define(stack) {
  let database, cache, previous;
  for (let i = 0; i < Number(count); i++) {
    if (i % 10 === 0) {
      database = new PostgresService(stack, `postgres-${i}`, { version: '17', hostPort: 10_000 + i, parameters: { max_connections: '200' } });
      previous = undefined;
    } else if (i % 10 === 1) {
      cache = new RedisCache(stack, `redis-${i}`, { hostPort: 10_000 + i });
    } else {
      const service = new Service(stack, `service-${i}`, {
        image: `ghcr.io/acme/service-${i}:1.4.2`,
        ports: [{ name: 'http', port: 8000, hostPort: 10_000 + i }, { name: 'metrics', port: 9000, hostPort: 20_000 + i }],
        environment: { LOG_LEVEL: Value.literal('info'), REGION: Value.literal(`region-${i}`) },
        mounts: [Mount.volume('data', '/srv/data'), Mount.tmpfs('/tmp')],
        healthCheck: HealthCheck.http('/health', { port: 'http' }),
        labels: { team: `team-${i % 7}` },
        production: { resources: { cpus: 1, memory: '512M' } },
      });
      service.addEnvironment('TOKEN', Value.of(service.addSecret(`SERVICE_${i}_TOKEN`, { description: 'What callers must present' })));
      service.connect(database, { style: ConnectionStyle.URL, urlKey: `SERVICE_${i}_DATABASE_URL` });
      service.connect(cache);
      if (previous) {
        service.addDependency(previous);
        service.addEnvironment('UPSTREAM', previous.endpoint('http').internalUrl);
      }
      previous = service;
    }
  }
}

const start = performance.now();
const project = new Project({ name: 'large', outdir });
define(new Stack(project));
const defined = performance.now();
project.synth();
const done = performance.now();
// Kilobytes on every platform.
process.stdout.write(JSON.stringify({ define: defined - start, synth: done - defined, memory: process.resourceUsage().maxRSS * 1024 }));

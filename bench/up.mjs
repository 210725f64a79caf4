import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { tempDir } from '../e2e/lib/cleanup.mjs';
import { compose, projectName } from '../e2e/lib/compose.mjs';
import { engineProblem } from '../tools/lib/engine.mjs';
import { pinned } from '../tools/lib/pack.mjs';
import { conditions } from './lib/conditions.mjs';
import { install } from './lib/consumer.mjs';
import { rounds } from './lib/rounds.mjs';
import { ratio, summary } from './lib/stats.mjs';
import { timed } from './lib/timed.mjs';
import { withoutStartInterval } from './lib/without-start-interval.mjs';

export const title = 'Start: docker compose up --wait';

export const RUNS = 5;

export const obstacle = engineProblem;

/** Two servers side by side, and what waits for both: a chain of two health checks. */
const DEFINITION = `
const { Project } = require('projen');
const { HealthCheck, PostgresService, RedisCache, Service, Stack } = require('projen-stack');
const project = new Project({ name: 'bench' });
const stack = new Stack(project);
const postgres = new PostgresService(stack, 'postgres', { version: '17' });
const redis = new RedisCache(stack, 'redis');
const web = new Service(stack, 'web', {
  image: 'nginxinc/nginx-unprivileged:1.29-alpine',
  ports: [{ name: 'http', port: 8080 }],
  healthCheck: HealthCheck.http('/'),
});
web.addDependency(postgres);
web.addDependency(redis);
project.synth();
`;

/** Ports that the engine chooses, so that nothing on the machine is in the way. */
const PORTS = { POSTGRES_PORT: 0, REDIS_PORT: 0, WEB_PORT: 0 };

/** The time of one start with empty volumes. What it made is destroyed before the next. */
async function start(dir, file) {
  const stack = compose(projectName('bench'), dir, file, PORTS);
  try {
    const begin = performance.now();
    await stack.up();
    return performance.now() - begin;
  } finally {
    stack.release();
  }
}

export async function measure({ tarball, runs, progress }) {
  const dir = tempDir('bench-up');
  await install(dir, [pinned('projen'), pinned('constructs'), `projen-stack@file:${tarball}`]);
  writeFileSync(join(dir, 'define.cjs'), DEFINITION);
  await timed([process.execPath, 'define.cjs'], { cwd: dir, env: { PROJEN_DISABLE_POST: '1' } });
  const { text, removed } = withoutStartInterval(readFileSync(join(dir, 'compose.yaml'), 'utf8'));
  writeFileSync(join(dir, 'without.yaml'), text);

  const { generated, without } = await rounds({
    generated: () => start(dir, 'compose.yaml'),
    without: () => start(dir, 'without.yaml'),
  }, { runs, progress });
  return {
    basis: [
      'From nothing, volumes included, until every health check has passed: PostgreSQL and Redis, and a web server that waits for both. The images are there.',
      `A is the generated \`compose.yaml\`; B the same file without its ${removed} lines \`start_interval\`.`,
    ],
    comparisons: [{ what: 'with `start_interval` / without', a: summary(generated), b: summary(without), ratio: ratio(generated, without), target: 0.4 }],
    limits: [
      'What bounds it: two health checks in a row. Without `start_interval` the engine asks for the first time after 5 s, its own default, so B cannot be '
      + 'below 10 s; A asks each second, and what is left is the start of the containers, PostgreSQL\'s first initialisation and Compose itself. A busy machine makes '
      + 'those longer and the 5 s not, which raises the ratio.',
    ],
    conditions: await conditions(runs, { engine: true }),
  };
}

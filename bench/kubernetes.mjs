import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { tempDir } from '../e2e/lib/cleanup.mjs';
import { openCluster } from '../e2e/support/cluster.mjs';
import { engineProblem } from '../tools/lib/engine.mjs';
import { pinned } from '../tools/lib/pack.mjs';
import { conditions } from './lib/conditions.mjs';
import { install } from './lib/consumer.mjs';
import { duration, spread } from './lib/format.mjs';
import { rounds } from './lib/rounds.mjs';
import { ratio, summary } from './lib/stats.mjs';
import { timed } from './lib/timed.mjs';

export const title = 'Kubernetes: manifests';

export const RUNS = 3;

export const reason = 'no cluster answered';

/** A cluster is needed beside the engine. */
export async function obstacle() {
  if (!process.env.KUBE_LOAD) return 'KUBE_LOAD names no command that copies images to a cluster';
  return engineProblem();
}

const NAMESPACE = `bench-${process.pid}`;

/** As the measurement of Compose has it: groups of two servers, and what waits for both. */
const DEFINITION = `
const { Project } = require('projen');
const { HealthCheck, KubernetesTarget, Mount, PostgresService, RedisCache, Service, Stack } = require('projen-stack');
const [, , groups, kubernetes, namespace, outdir] = process.argv;
const project = new Project({ name: 'bench', outdir });
const stack = new Stack(project);
const settings = {};
for (let i = 0; i < Number(groups); i++) {
  const n = i === 0 ? '' : String(i);
  const port = (base) => ({ hostPort: base + i });
  const postgres = new PostgresService(stack, 'postgres' + n, { version: '17', ...port(10000) });
  const redis = new RedisCache(stack, 'redis' + n, port(20000));
  settings[postgres.variablePrefix + '_USER'] = settings[postgres.variablePrefix + '_DB'] = 'bench';
  for (let w = 0; w < (Number(groups) > 1 ? 2 : 1); w++) {
    const web = new Service(stack, 'web' + n + (w ? 'b' : ''), {
      image: 'nginxinc/nginx-unprivileged:1.29-alpine', rootless: { user: '101:101' }, ports: [{ name: 'http', port: 8080, hostPort: 30000 + 2 * i + w }],
      mounts: [Mount.tmpfs('/tmp')], healthCheck: HealthCheck.http('/'),
    });
    web.connect(postgres);
    web.connect(redis);
  }
}
if (kubernetes === 'yes') stack.addTarget(new KubernetesTarget({ settings, namespace, environments: { production: {} } }));
const begin = process.hrtime.bigint();
project.synth();
console.log(JSON.stringify({ synth: Number(process.hrtime.bigint() - begin) / 1e6 }));
`;

export async function measure({ tarball, runs, progress }) {
  const home = tempDir('bench-kubernetes');
  await install(home, [pinned('projen'), pinned('constructs'), `projen-stack@file:${tarball}`]);
  writeFileSync(join(home, 'define.cjs'), DEFINITION);
  const synthesize = async (groups, kubernetes, folder = 'out') => {
    const outdir = join(home, folder);
    rmSync(outdir, { recursive: true, force: true });
    const { stdout } = await timed([process.execPath, 'define.cjs', String(groups), kubernetes, NAMESPACE, outdir], { cwd: home, env: { PROJEN_DISABLE_POST: '1', NODE_NO_WARNINGS: '1' } });
    return JSON.parse(stdout.trim().split('\n').at(-1)).synth;
  };
  const taken = await rounds({
    few: () => synthesize(1, 'yes'), fewWithout: () => synthesize(1, 'no'), many: () => synthesize(50, 'yes'), manyWithout: () => synthesize(50, 'no'),
  }, { runs, progress });

  const cluster = await openCluster([NAMESPACE]);
  await synthesize(50, 'yes', 'many');
  await cluster.kubectl(['create', 'namespace', NAMESPACE]);
  const { stdout: manifests } = await cluster.kubectl(['kustomize', join(home, 'many', 'k8s', 'overlays', 'production')]);
  const dryRun = async () => {
    const begin = performance.now();
    await cluster.kubectl(['apply', '--server-side', '--dry-run=server', '--validate=strict', '--filename', '-'], { input: manifests });
    return performance.now() - begin;
  };
  const checked = await rounds({ dryRun }, { runs, progress });
  cluster.release();
  const objects = manifests.split('\n---\n').length;
  const against = (what, a, b, target) => ({ what, a: summary(a), b: summary(b), ratio: ratio(a, b), target });
  return {
    basis: [
      'A stack of three services (PostgreSQL, Redis, and a web server that is connected to both), and one of 200 (50 such groups with a second web server).',
    ],
    comparisons: [
      against('`synth()` of 3 services: with the target / without', taken.few, taken.fewWithout),
      against('`synth()` of 200 services: with the target / without', taken.many, taken.manyWithout),
    ],
    facts: [[`server-side dry run with strict validation of 200 services, ${objects} objects`, spread(summary(checked.dryRun), duration)]],
    limits: ['What bounds it: a file for each object, about six a service, each written by projen.'],
    conditions: await conditions(runs, { engine: true }),
  };
}

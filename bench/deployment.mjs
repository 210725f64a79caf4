import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compose, projectName } from '../e2e/lib/compose.mjs';
import { run } from '../e2e/lib/process.mjs';
import { openCluster } from '../e2e/support/cluster.mjs';
import { conditions } from './lib/conditions.mjs';
import { rounds } from './lib/rounds.mjs';
import { lasting, synthesized } from './lib/stacks.mjs';
import { ratio, summary } from './lib/stats.mjs';

export { obstacle, reason } from './kubernetes.mjs';

export const title = 'Kubernetes: from apply until all is ready';

export const RUNS = 3;

const NAMESPACE = `bench-full-${process.pid}`;

const SETTINGS = { POSTGRES_USER: 'bench', POSTGRES_DB: 'bench' };

/** A full stack, in production on both sides. */
const DEFINITION = `
const { Project } = require('projen');
const { FastApiBackend, KubernetesTarget, PostgresService, RedisCache, Stack, ViteFrontend } = require('projen-stack');
const project = new Project({ name: 'bench' });
const stack = new Stack(project);
const backend = new FastApiBackend(stack, 'backend', {
  database: new PostgresService(stack, 'postgres', { version: '17' }), cache: new RedisCache(stack, 'redis'), pythonVersion: '3.11',
});
new ViteFrontend(stack, 'frontend', { api: backend });
const settings = ${JSON.stringify(SETTINGS)};
stack.addTarget(new KubernetesTarget({ namespace: '${NAMESPACE}', tag: 'bench', settings, environments: { production: {} } }));
project.synth();
`;

const BUILT = { backend: 'bench-backend:bench', frontend: 'bench-frontend:bench' };
const STORES = ['postgres:17-alpine', 'redis:8-alpine'];
const WORKLOADS = ['statefulset/postgres', 'statefulset/redis', 'deployment/backend', 'deployment/frontend'];

export async function measure({ tarball, runs, progress }) {
  const dir = await synthesized(tarball, DEFINITION);
  const overlay = join(dir, 'k8s', 'overlays', 'production');
  const secrets = `${(await secretKeys(dir)).map((key, at) => `${key}=${String.fromCharCode(97 + at).repeat(48)}`).join('\n')}\n`;
  writeFileSync(join(dir, '.env'), secrets, { mode: 0o600 });

  const stack = compose(projectName('bench'), dir, 'compose.prod.yaml', SETTINGS);
  const cluster = await openCluster([NAMESPACE]);
  try {
    // Both sides have the images before they start.
    await stack.run(['build', '--quiet'], { timeout: 900_000 });
    for (const [folder, tag] of Object.entries(BUILT)) await run('docker', ['build', '--quiet', '--target', 'production', '--tag', tag, join(dir, folder)], { timeout: 900_000 });
    await cluster.load(...Object.values(BUILT), ...STORES);

    const onCluster = async () => {
      await cluster.kubectl(['delete', 'namespace', NAMESPACE, '--ignore-not-found', '--wait']);
      await cluster.kubectl(['create', 'namespace', NAMESPACE]);
      await cluster.kubectl(['--namespace', NAMESPACE, 'create', 'secret', 'generic', 'bench-secrets', '--from-env-file', join(dir, '.env')]);
      return lasting(async () => {
        await cluster.kubectl(['apply', '--server-side', '--force-conflicts', '--kustomize', overlay]);
        for (const workload of WORKLOADS) await cluster.kubectl(['--namespace', NAMESPACE, 'rollout', 'status', workload, '--timeout=180s'], { timeout: 200_000 });
      });
    };
    const onEngine = async () => {
      const milliseconds = await lasting(() => stack.up());
      await stack.run(['down', '--volumes', '--timeout', '2']);
      return milliseconds;
    };
    const started = await rounds({ onCluster, onEngine }, { runs, progress });
    const [a, b] = [started.onCluster, started.onEngine];
    return {
      basis: [
        'PostgreSQL, Redis, a migration, the backend and the frontend with its web server, in production, both from nothing, volumes included. The images are there on both sides.',
        'A is `kubectl apply -k` until the rollout of each workload is done, B `docker compose up --wait` of `compose.prod.yaml`.',
      ],
      comparisons: [{ what: 'the full stack: on the cluster / by Compose', a: summary(a), b: summary(b), ratio: ratio(a, b) }],
      facts: [],
      limits: [
        'What bounds it: pods start one after another, too: the migration waits for PostgreSQL, and the backend for the migration; Kubernetes looks whether they are '
        + 'ready once in a while, and makes a network and mounts for each.',
      ],
      conditions: await conditions(runs, { engine: true }),
    };
  } finally {
    cluster.release();
    stack.release();
    await run('docker', ['rmi', '--force', ...Object.values(BUILT)], { check: false });
  }
}

/** The secrets that the cluster must have, by the script of deployment, which asks for them. */
async function secretKeys(dir) {
  const { stdout } = await run('sed', ['-n', "s/^secret_keys='\\(.*\\)'$/\\1/p", 'scripts/deploy.sh'], { cwd: dir });
  return stdout.trim().split(' ');
}

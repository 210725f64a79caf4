// A Kubernetes cluster that somebody brought up: `kubectl` on the path leads there, and KUBE_LOAD copies images to its nodes.
import assert from 'node:assert/strict';
import { atExit, run } from '../lib/index.mjs';
import { runNow } from '../lib/process.mjs';
import { useKinds } from './kinds.mjs';

/** Why there is no cluster to test with; undefined when there is one. */
async function obstacle() {
  if (!process.env.KUBE_LOAD) return 'KUBE_LOAD does not name the command that copies images of the engine to the nodes: "kind load docker-image", say';
  try {
    await run('kubectl', ['get', '--raw', '/readyz', '--request-timeout=10s'], { timeout: 20_000 });
    return undefined;
  } catch (error) {
    return `kubectl reaches no cluster: ${error.message.split('\n').at(-1)}`;
  }
}

/** The cluster, with namespaces that are removed when the process ends. */
export async function openCluster(namespaces) {
  const problem = await obstacle();
  assert.equal(problem, undefined, `The tests on a cluster need one. ${problem}`);
  const remove = () => runNow('kubectl', ['delete', 'namespace', ...namespaces, '--ignore-not-found', '--wait=false']);
  const release = atExit(remove);
  return {
    release,
    /** `kubectl ARGS…`, as `run` gives it. */
    kubectl: (args, options) => run('kubectl', args, { timeout: 120_000, ...options }),
    /** Objects as the API server gives them. */
    get: async (...args) => JSON.parse((await run('kubectl', ['get', ...args, '--output', 'json'])).stdout),
    /** Makes the cluster know further kinds, until `release` or the end of the process. */
    kinds: useKinds,
    /** Copies images of the engine to the nodes. */
    load: async (...images) => {
      const [command, ...args] = process.env.KUBE_LOAD.split(' ');
      await run(command, [...args, ...images], { timeout: 600_000 });
    },
  };
}

/** A pod that sleeps, as restricted as all others, to do things from. */
export const sleeper = (name, namespace, image, labels = {}) => JSON.stringify({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace, labels },
  spec: {
    securityContext: { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: 'RuntimeDefault' } },
    terminationGracePeriodSeconds: 0,
    containers: [{
      name: 'sleeper',
      image,
      command: ['sleep', '3600'],
      imagePullPolicy: 'IfNotPresent',
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
    }],
  },
});

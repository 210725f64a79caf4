// Controllers of others on a cluster, as their projects publish them but for their images, which are built of their modules.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { isBuilt, operatorFolder, OPERATORS } from '../../tools/lib/operators.mjs';
import { atExit, run, waitFor } from '../lib/index.mjs';
import { runNow } from '../lib/process.mjs';

/** Where they run. Two of a kind would answer for each other's objects, so one process at a time has this namespace. */
export const OPERATORS_NAMESPACE = 'projen-stack-operators';

/** Where the manifests of CloudNativePG have it. */
const CLOUD_NATIVE_PG_NAMESPACE = 'cnpg-system';

const PART_OF = { 'app.kubernetes.io/part-of': OPERATORS_NAMESPACE };

/** Why an operator is not run here; undefined when it is. Whoever asks for all of them gets all of them. */
export function isLeftOut(name) {
  return isBuilt(name) || process.env.PROJEN_STACK_OPERATORS ? false : `its controller is not built on this machine: node tools/operators.mjs ${name}`;
}

const imageOf = (name) => `${OPERATORS_NAMESPACE}/${name}:${OPERATORS[name].module.split('@')[1]}`;

/** What stands in the files that were kept of the module. */
function documents(name) {
  const folder = join(operatorFolder(name), 'manifests');
  return readdirSync(folder).flatMap((file) => parseAllDocuments(readFileSync(join(folder, file), 'utf8')).map((each) => each.toJS())).filter((each) => each?.kind);
}

const isDefinition = ({ kind }) => kind === 'CustomResourceDefinition';

/** A controller in a pod, with all rights: which it needs is the affair of its own chart. */
const controller = (name, image, args, ports = []) => [
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name } },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: `${OPERATORS_NAMESPACE}-${name}` },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
    subjects: [{ kind: 'ServiceAccount', name, namespace: OPERATORS_NAMESPACE }],
  },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          serviceAccountName: name,
          terminationGracePeriodSeconds: 0,
          containers: [{
            name: 'controller', image: imageOf(image), imagePullPolicy: 'IfNotPresent', args, ports: ports.map((containerPort) => ({ containerPort })),
            ...(ports.length > 0 ? { readinessProbe: { tcpSocket: { port: ports[0] }, periodSeconds: 1 } } : {}),
            securityContext: { runAsUser: 65532, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          }],
        },
      },
    },
  },
].map((each) => ({ ...each, metadata: { ...each.metadata, namespace: each.kind === 'ClusterRoleBinding' ? undefined : OPERATORS_NAMESPACE } }));

/** What each becomes on the cluster, beside its kinds; `watched` are the namespaces of the test. */
const OBJECTS = {
  'sealed-secrets': () => [
    ...controller('sealed-secrets-controller', 'sealed-secrets', [], [8080]),
    {
      apiVersion: 'v1', kind: 'Service', metadata: { name: 'sealed-secrets-controller', namespace: OPERATORS_NAMESPACE },
      spec: { selector: { app: 'sealed-secrets-controller' }, ports: [{ name: 'http', port: 8080, targetPort: 8080 }] },
    },
  ],
  'external-secrets': () => controller('external-secrets', 'external-secrets', [
    // Kinds that nothing here has.
    ...['cluster-external-secret', 'push-secret', 'cluster-push-secret'].map((each) => `--enable-${each}-reconciler=false`),
  ], [8080]),
  'cloudnative-pg': (watched) => documents('cloudnative-pg').filter((each) => !isDefinition(each)).map((each) => {
    if (each.webhooks) {
      // Those of other tests are not asked about: this one may end before they do.
      const namespaceSelector = { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: watched }] };
      return { ...each, webhooks: each.webhooks.map((webhook) => ({ ...webhook, namespaceSelector })) };
    }
    if (each.kind !== 'Deployment') return each;
    const { template } = each.spec;
    const [container] = template.spec.containers;
    const image = imageOf('cloudnative-pg');
    return {
      ...each,
      spec: {
        ...each.spec,
        template: {
          ...template,
          spec: {
            ...template.spec,
            terminationGracePeriodSeconds: 0,
            containers: [{
              ...container,
              image,
              imagePullPolicy: 'IfNotPresent',
              env: [...container.env.map((variable) => (variable.name === 'OPERATOR_IMAGE_NAME' ? { ...variable, value: image } : variable))],
              // A tenth of a processor is little for one that has other work.
              resources: {},
              startupProbe: { ...container.startupProbe, periodSeconds: 1, failureThreshold: 60 },
            }],
          },
        },
      },
    };
  }),
};

/** Waits for the turn of this process, and makes the namespace that says so. */
async function takeTurn() {
  const holder = `${OPERATORS_NAMESPACE}/process`;
  await waitFor(async () => {
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: OPERATORS_NAMESPACE, annotations: { [holder]: String(process.pid) } } };
    const { code } = await run('kubectl', ['create', '--filename', '-'], { input: JSON.stringify(namespace), check: false });
    if (code === 0) return true;
    const { stdout } = await run('kubectl', ['get', 'namespace', OPERATORS_NAMESPACE, '--output', 'json']);
    const { metadata } = JSON.parse(stdout);
    // One that was killed gives nothing back.
    if (!metadata.deletionTimestamp && !isRunning(Number(metadata.annotations?.[holder]))) await run('kubectl', ['delete', 'namespace', OPERATORS_NAMESPACE, '--wait=false']);
    return false;
  }, { what: 'the operators of another test to be gone', timeout: 600_000, interval: 2000 });
}

function isRunning(id) {
  try {
    return process.kill(id, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/**
 * Runs controllers on a cluster until `release`, or until the process ends.
 *
 * @param names keys of `OPERATORS`
 * @param watched the namespaces of the test
 */
export async function openOperators(cluster, names, watched) {
  await takeTurn();
  const objects = names.flatMap((name) => OBJECTS[name](watched)).map((each) => ({ ...each, metadata: { ...each.metadata, labels: { ...each.metadata.labels, ...PART_OF } } }));
  const release = atExit(() => {
    // What stands in no namespace, and those namespaces.
    runNow('kubectl', ['delete', 'validatingwebhookconfigurations,mutatingwebhookconfigurations,clusterrolebindings,clusterroles', '--selector', Object.entries(PART_OF)[0].join('=')]);
    runNow('kubectl', ['delete', 'namespace', OPERATORS_NAMESPACE, ...(names.includes('cloudnative-pg') ? [CLOUD_NATIVE_PG_NAMESPACE] : []), '--ignore-not-found', '--wait=false']);
  });
  const kinds = await cluster.kinds(names.flatMap((name) => documents(name).filter(isDefinition)), { replace: true });
  for (const name of names) {
    const folder = join(operatorFolder(name), 'image');
    await run('docker', ['build', '--quiet', '--tag', imageOf(name), '--file', '-', folder], { input: `FROM scratch\nCOPY . /\nENTRYPOINT ["/${Object.keys(OPERATORS[name].links ?? OPERATORS[name].image)[0]}"]\n` });
  }
  await cluster.load(...names.map(imageOf));
  await cluster.kubectl(['apply', '--server-side', '--force-conflicts', '--filename', '-'], { input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }) });
  for (const { metadata } of objects.filter(({ kind }) => kind === 'Deployment')) {
    await cluster.kubectl(['--namespace', metadata.namespace, 'rollout', 'status', `deployment/${metadata.name}`, '--timeout=120s'], { timeout: 150_000 });
  }
  return {
    release: () => {
      release();
      kinds.release();
    },
    /** `kubeseal`, which asks the controller that runs here. */
    kubeseal: { PATH: `${join(operatorFolder('sealed-secrets'), 'bin')}:${process.env.PATH}`, SEALED_SECRETS_CONTROLLER_NAMESPACE: OPERATORS_NAMESPACE },
  };
}

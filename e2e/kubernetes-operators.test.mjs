// What generated manifests leave to the controllers of others, with those controllers: secrets from a store, sealed secrets, a database that takes over.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { inRoot } from '../tools/lib/root.mjs';
import { run, synth, waitFor } from './lib/index.mjs';
import { openCluster, sleeper } from './support/cluster.mjs';
import { inNamespace } from './support/namespace.mjs';
import { isLeftOut, openOperators } from './support/operators.mjs';

const RUN = `operators-e2e-${process.pid}`;
const secret = (letter) => letter.repeat(48);
const names = ['sealed-secrets', 'external-secrets', 'cloudnative-pg'];
const leftOut = Object.fromEntries(names.map((name) => [name, isLeftOut(name)]));
const wanted = names.filter((name) => !leftOut[name]);

/** The stack: in one environment for each way in which secrets come, or with a database that an operator runs. */
const definition = (lib, projen) => {
  const { KUBE_E2E_NAMESPACE: namespace, KUBE_E2E_CLUSTER: cluster } = process.env;
  const project = new projen.Project({ name: 'shop' });
  const stack = new lib.Stack(project);
  const postgres = new lib.PostgresService(stack, 'postgres', { version: '17', databases: ['analytics'] });
  postgres.addInitScript('10-text.sql', 'CREATE EXTENSION citext;\n');
  new lib.FastApiBackend(stack, 'backend', { database: postgres });
  stack.addTarget(new lib.KubernetesTarget({
    namespace,
    tag: 'operators',
    secretStore: namespace,
    settings: { POSTGRES_USER: 'shop', POSTGRES_DB: 'shop' },
    environments: {
      production: {},
      external: { secretSource: lib.SecretSource.EXTERNAL_SECRETS },
      sealed: { secretSource: lib.SecretSource.SEALED_SECRETS },
    },
    ...(cluster ? { services: { postgres: JSON.parse(cluster) } } : {}),
  }));
  project.synth();
};

/** Adds an item, from within the backend. */
const ADD = `
import json, sys, urllib.request
request = urllib.request.Request("http://127.0.0.1:8000/api/v1/items", json.dumps({"name": sys.argv[1]}).encode(), {"Content-Type": "application/json"})
print(urllib.request.urlopen(request, timeout=20).status)
`;

/** A store that reads the Secrets of a namespace, each of which is a key whose properties are its own. */
const storeObjects = (namespace, name) => [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'reader', namespace } },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'reader', namespace }, rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get', 'list', 'watch'] }] },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', metadata: { name: 'reader', namespace },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'reader' }, subjects: [{ kind: 'ServiceAccount', name: 'reader', namespace }],
  },
  {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ClusterSecretStore',
    metadata: { name },
    spec: {
      provider: {
        kubernetes: {
          remoteNamespace: namespace,
          server: { caProvider: { type: 'ConfigMap', name: 'kube-root-ca.crt', key: 'ca.crt', namespace } },
          auth: { serviceAccount: { name: 'reader', namespace } },
        },
      },
    },
  },
];

describe('controllers of others', { skip: wanted.length === 0 ? 'none of them is built on this machine: node tools/operators.mjs --all' : false }, () => {
  const STORE = `${RUN}-store`;
  const namespaceOf = (environment) => (environment === 'production' ? RUN : `${RUN}-${environment}`);
  let cluster;
  let operators;
  let files;
  const stacks = {};
  /** A deployment that is to go well, and what it said. */
  const succeeds = async (environment, args = [], options = {}) => {
    const { code, stdout, stderr } = await stacks[environment].deploy([environment, ...args], options);
    assert.deepEqual([code, stderr], [0, ''], stdout + stderr);
    return stdout;
  };
  /** The one line of a deployment that is to fail. */
  const fails = async (environment, args = []) => {
    const { code, stdout, stderr } = await stacks[environment].deploy([environment, ...args]);
    assert.deepEqual([code, stderr.trim().split('\n').length], [1, 1], stdout + stderr);
    return stderr;
  };
  /** Which of the workloads have other pods after some work. */
  const renewed = async (environment, work) => {
    const seen = async () => Object.fromEntries(await Promise.all(['backend', 'postgres'].map(async (name) => [name, (await stacks[environment].identities(name)).join()])));
    const earlier = await seen();
    await work();
    const later = await seen();
    return Object.keys(later).filter((name) => earlier[name] !== later[name]);
  };
  const keyOf = async (environment) => (await stacks[environment].exec('deploy/backend', 'printenv', 'SECRET_KEY')).trim();

  /** Takes away what a part of this file ran: a small node has no room for all of it. */
  const makeRoom = (environment) => cluster.kubectl(['delete', 'namespace', namespaceOf(environment), '--ignore-not-found', '--wait=false']);

  before(async () => {
    const environments = ['production', 'external', 'sealed'];
    cluster = await openCluster([...environments.map(namespaceOf), STORE]);
    operators = await openOperators(cluster, wanted, environments.map(namespaceOf));
    files = await synth(definition, { env: { KUBE_E2E_NAMESPACE: RUN } });
    for (const environment of environments) stacks[environment] = inNamespace(cluster, namespaceOf(environment), files);
    await run('docker', ['build', '--quiet', '--target', 'production', '--tag', 'shop-backend:operators', 'backend'], { cwd: files.dir, timeout: 900_000 });
    await cluster.load('shop-backend:operators', 'postgres:17-alpine');
  });
  after(() => {
    cluster?.release();
    operators?.release();
  });

  describe('Sealed Secrets', { skip: leftOut['sealed-secrets'] }, () => {
    const namespace = namespaceOf('sealed');
    /** The commands of the documentation, with the name of another namespace and another environment. */
    const commands = /```sh\n([^`]*kubeseal[^`]*)```/.exec(readFileSync(inRoot('docs/kubernetes.md'), 'utf8'))[1];
    const seal = async (letter, to = namespace) => {
      files.write('.env', `# settings\nPOSTGRES_USER=shop\nPOSTGRES_PASSWORD=${secret('a')}\nSECRET_KEY=${secret(letter)}\n`, 0o600);
      const line = commands.replaceAll('--namespace shop', `--namespace ${to}`).replaceAll('overlays/production', 'overlays/sealed');
      assert.ok(line.includes(`--namespace ${to} `) && line.includes('overlays/sealed/'), line);
      await run('sh', ['-c', line], { cwd: files.dir, env: operators.kubeseal });
    };

    after(() => makeRoom('sealed'));

    test('what kubeseal makes as documented is unsealed, and the stack runs', async () => {
      await seal('b');
      assert.ok(!files.read('k8s/overlays/sealed/sealed-secrets.yaml').includes(secret('b')));
      assert.match(await succeeds('sealed'), /✓ backend [^]*sealed runs\./);
      assert.equal(await keyOf('sealed'), secret('b'));
      const { data } = await cluster.get('secret', 'shop-secrets', '--namespace', namespace);
      assert.deepEqual(Object.keys(data).sort(), ['POSTGRES_PASSWORD', 'SECRET_KEY']);
      assert.equal((await stacks.sealed.deploy(['sealed', '--dry-run'])).stdout, 'sealed is what the manifests say.\n');
    });

    test('what is sealed anew makes those pods anew that use what changed', async () => {
      await seal('c');
      assert.deepEqual(await renewed('sealed', () => succeeds('sealed', ['--no-smoke'])), ['backend']);
      assert.equal(await keyOf('sealed'), secret('c'));
      assert.deepEqual(await renewed('sealed', () => succeeds('sealed', ['--no-smoke'])), []);
    });

    test('what was sealed for another namespace is said in one line, and changes no pod', async () => {
      await seal('d', `${namespace}-other`);
      files.write('k8s/overlays/sealed/sealed-secrets.yaml', files.read('k8s/overlays/sealed/sealed-secrets.yaml').replaceAll(`${namespace}-other`, namespace));
      const said = [];
      assert.deepEqual(await renewed('sealed', async () => said.push(await fails('sealed', ['--timeout', '15']))), []);
      assert.match(said[0], new RegExp(`^deploy\\.sh: the Secret shop-secrets in the namespace ${namespace} is not what it is to be: sealed-secrets says: no key could decrypt secret [^\\n]*\\n$`));
      assert.equal(await keyOf('sealed'), secret('c'));
    });
  });

  describe('External Secrets', { skip: leftOut['external-secrets'] }, () => {
    const namespace = namespaceOf('external');
    /** What the store has under the key of the namespace. */
    const store = (values) => cluster.kubectl(['apply', '--server-side', '--filename', '-'], {
      input: JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: namespace, namespace: STORE }, stringData: values }),
    });

    before(async () => {
      // The store is another namespace of this cluster.
      await cluster.kubectl(['apply', '--server-side', '--filename', '-'], { input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: storeObjects(STORE, RUN) }) });
      await cluster.kubectl(['wait', '--for=condition=Ready', `clustersecretstore/${RUN}`, '--timeout=60s']);
    });
    after(() => Promise.all([cluster.kubectl(['delete', 'clustersecretstore', RUN, '--ignore-not-found']), makeRoom('external')]));

    test('a value that the store lacks is named in one line, and no pod is made', async () => {
      await store({ POSTGRES_PASSWORD: secret('a') });
      const said = await fails('external', ['--timeout', '15']);
      assert.match(said, new RegExp(`^deploy\\.sh: the Secret shop-secrets in the namespace ${namespace} lacks: POSTGRES_PASSWORD SECRET_KEY after 15 s; external-secrets says: could not get secret data from provider: [^\\n]*SECRET_KEY[^\\n]*\\n$`));
      assert.deepEqual((await cluster.get('pods', '--namespace', namespace)).items, []);
    });

    test('what the store has becomes the Secret, and the stack runs', async () => {
      await store({ POSTGRES_PASSWORD: secret('a'), SECRET_KEY: secret('b') });
      assert.match(await succeeds('external'), /✓ backend [^]*external runs\./);
      assert.equal(await keyOf('external'), secret('b'));
      assert.equal((await stacks.external.deploy(['external', '--dry-run'])).stdout, 'external is what the manifests say.\n');
    });

    test('a value that changed in the store makes those pods anew that use it, with the next deployment', async () => {
      await store({ SECRET_KEY: secret('c') });
      assert.deepEqual(await renewed('external', () => succeeds('external', ['--no-smoke'])), ['backend']);
      assert.equal(await keyOf('external'), secret('c'));
      assert.deepEqual(await renewed('external', () => succeeds('external', ['--no-smoke'])), []);
    });

    test('a value that is gone from the store is named in one line, and the pods keep what they have', async () => {
      await cluster.kubectl(['--namespace', STORE, 'patch', 'secret', namespace, '--type', 'json', '--patch', '[{"op": "remove", "path": "/data/SECRET_KEY"}]']);
      const said = [];
      assert.deepEqual(await renewed('external', async () => said.push(await fails('external', ['--timeout', '15']))), []);
      assert.match(said[0], new RegExp(`^deploy\\.sh: the Secret shop-secrets in the namespace ${namespace} is not what it is to be: external-secrets says: could not get secret data from provider: [^\\n]*SECRET_KEY[^\\n]*\\n$`));
      assert.equal(await keyOf('external'), secret('c'));
    });
  });

  describe('CloudNativePG', { skip: leftOut['cloudnative-pg'] }, () => {
    const IMAGE = 'shop-postgres:17';
    const shop = () => stacks.production;
    const status = async () => (await cluster.get('clusters.postgresql.cnpg.io', 'postgres', '--namespace', RUN)).status;
    const instances = async () => (await cluster.get('pods', '--namespace', RUN, '--selector', 'cnpg.io/cluster=postgres,cnpg.io/podRole=instance')).items;
    const psql = async (database, statement) => (await shop().exec((await status()).currentPrimary, 'psql', '-U', 'postgres', '-d', database, '-Atc', statement)).trim();
    /** What the backend says about its items, seen from its own pod. */
    const items = async () => (await shop().ask('deploy/backend', 'http://127.0.0.1:8000/api/v1/items')).text;

    before(async () => {
      // What the operator calls is in any image of PostgreSQL; the user that it runs them as by default is not.
      await run('docker', ['build', '--quiet', '--tag', IMAGE, '-'], { input: 'FROM postgres:17-alpine\nRUN echo "cnpg:x:26:26::/var/lib/postgresql:/bin/sh" >>/etc/passwd && echo "cnpg:x:26:" >>/etc/group\nUSER 26\n' });
      await cluster.load(IMAGE);
      const { items: [slice] } = await cluster.get('endpointslices', '--namespace', 'default', '--selector', 'kubernetes.io/service-name=kubernetes');
      const egress = slice.endpoints.flatMap(({ addresses }) => slice.ports.map(({ port }) => ({ cidr: `${addresses[0]}/32`, port })));
      const settings = JSON.stringify({ cloudNativePg: { instances: 2, image: IMAGE }, storageSize: '1Gi', egress });
      const own = await synth(definition, { env: { KUBE_E2E_NAMESPACE: RUN, KUBE_E2E_CLUSTER: settings } });
      own.write('.env', `SECRET_KEY=${secret('b')}\n`, 0o600);
      stacks.production = inNamespace(cluster, RUN, own);
    });

    test('the stack runs: two servers, the migration done, the smoke checks passed', async () => {
      const said = await succeeds('production', ['--secrets-from', '.env']);
      assert.match(said, /Cluster\/postgres is ready[^]*the Job backend-migrate-[0-9a-f]{8} is done[^]*✓ backend [^]*production runs\./);
      assert.deepEqual([(await status()).readyInstances, (await instances()).length], [2, 2]);
      assert.equal(await psql('shop', "select extname from pg_extension where extname = 'citext'"), 'citext');
      assert.equal(await psql('postgres', "select pg_get_userbyid(datdba) from pg_database where datname = 'analytics'"), 'shop');
    });

    test('changes nothing when nothing has changed', async () => {
      assert.equal((await shop().deploy(['--dry-run'])).stdout, 'production is what the manifests say.\n');
    });

    test('an item reaches PostgreSQL', async () => {
      await shop().exec('deploy/backend', 'python', '-c', ADD, 'a pen');
      assert.equal(await psql('shop', 'select name from items'), 'a pen');
    });

    test('strangers reach no server, while the backend does', async () => {
      const [{ metadata: { name }, status: { podIP } }] = await instances();
      const input = [
        sleeper('stranger', RUN, 'shop-backend:operators', { app: 'stranger' }),
        JSON.stringify({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'stranger', namespace: RUN }, spec: { podSelector: { matchLabels: { app: 'stranger' } }, policyTypes: ['Egress'], egress: [{}] } }),
      ].join('\n---\n');
      await cluster.kubectl(['apply', '--filename', '-'], { input });
      await shop().kubectl('wait', '--for=condition=Ready', 'pod/stranger', '--timeout=60s');
      await waitFor(async () => await shop().knock('stranger', 'kubernetes.default.svc.cluster.local', 443) === 'open', { what: 'the stranger to be let out' });
      assert.equal(await shop().knock('stranger', `postgres.${RUN}.svc.cluster.local`, 5432), 'timeout');
      assert.equal(await shop().knock('stranger', podIP, 8000), 'timeout', `the port of ${name} that the operator asks`);
      assert.equal(await shop().knock('deploy/backend', 'postgres', 5432), 'open');
      await shop().kubectl('delete', 'pod/stranger', 'networkpolicy/stranger', '--wait=false');
    });

    test('a row outlives the server that took it, and the backend finds the one that takes over', async () => {
      const before = (await status()).currentPrimary;
      const backends = await shop().identities('backend');
      await shop().kubectl('delete', `pod/${before}`, '--wait=false');
      await waitFor(async () => (await status()).currentPrimary !== before, { what: 'another server to take over', timeout: 90_000 });
      await waitFor(async () => /a pen/.test(await items()), { what: 'the backend to find it', timeout: 60_000 });
      await shop().exec('deploy/backend', 'python', '-c', ADD, 'a cup');
      assert.equal(await psql('shop', 'select name from items order by 1'), 'a cup\na pen');
      await waitFor(async () => (await status()).readyInstances === 2, { what: 'two servers again', timeout: 120_000 });
      assert.deepEqual(await shop().identities('backend'), backends);
    });
  });
});

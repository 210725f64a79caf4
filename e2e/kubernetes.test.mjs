// A whole stack on a cluster: what the API server takes, what runs, what is closed, and what outlives what.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { run, synth, waitFor } from './lib/index.mjs';
import { openBrowser } from './support/browser.mjs';
import { openCluster, sleeper } from './support/cluster.mjs';
import { addItem, inNamespace } from './support/namespace.mjs';

const NAMESPACE = `shop-e2e-${process.pid}`;
const EDGE = `${NAMESPACE}-edge`;
const STAGING = `${NAMESPACE}-staging`;
const secret = (letter) => letter.repeat(48);

const definition = (lib, projen) => {
  const project = new projen.Project({ name: 'kube-e2e' });
  const stack = new lib.Stack(project);
  const postgres = new lib.PostgresService(stack, 'postgres', { version: '17', databases: ['analytics'] });
  const redis = new lib.RedisCache(stack, 'redis');
  const backend = new lib.FastApiBackend(stack, 'backend', { database: postgres, cache: redis, broker: redis });
  new lib.CeleryWorker(stack, 'worker', { backend });
  new lib.CeleryBeat(stack, 'beat', { backend });
  new lib.ViteFrontend(stack, 'frontend', { api: backend });
  new lib.Adminer(stack, 'adminer', { database: postgres });
  const namespace = process.env.KUBE_E2E_NAMESPACE;
  stack.addTarget(new lib.KubernetesTarget({
    namespace,
    ingressNamespace: `${namespace}-edge`,
    tag: 'v1',
    settings: { POSTGRES_USER: 'shop', POSTGRES_DB: 'shop' },
    environments: {
      staging: { hosts: { frontend: 'staging.shop.example.com' }, settings: { LOG_LEVEL: 'DEBUG' }, resources: { worker: { memory: '1G' } } },
      production: { hosts: { frontend: 'shop.example.com' }, replicas: { backend: 2, frontend: 2 } },
    },
  }));
  project.synth();
};

/** A policy that lets some pods of the namespace out, and in from them and from another namespace. */
const opened = (strangers, elsewhere) => [
  { name: 'stranger-out', spec: { podSelector: { matchLabels: strangers }, policyTypes: ['Egress'], egress: [{}] } },
  { name: 'stranger-in', spec: { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: { matchLabels: strangers } }, { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': elsewhere } } }] }] } },
].map(({ name, spec }) => JSON.stringify({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace: NAMESPACE }, spec }));

describe('a stack on a cluster', () => {
  let cluster;
  let files;
  let shop;
  const env = { KUBE_E2E_NAMESPACE: NAMESPACE };
  const psql = (statement) => shop.exec('postgres-0', 'psql', '-U', 'shop', '-d', 'shop', '-Atc', statement);
  const fromFrontend = (path) => shop.exec('deploy/frontend', 'wget', '-T', '5', '-t', '1', '-qO-', `http://backend:8000${path}`);
  const restarts = async () => (await shop.pods('backend')).flatMap(({ status }) => status.containerStatuses.map(({ restartCount }) => restartCount));
  const ready = async () => (await shop.pods('backend')).map(({ status }) => status.conditions.find(({ type }) => type === 'Ready').status);

  before(async () => {
    cluster = await openCluster([NAMESPACE, EDGE, STAGING]);
    files = await synth(definition, { env });
    shop = inNamespace(cluster, NAMESPACE, files);
    await Promise.all(['backend', 'frontend'].map((name) => (
      run('docker', ['build', '--quiet', '--target', 'production', '--tag', `kube-e2e-${name}:v1`, name], { cwd: files.dir, timeout: 900_000 })
    )));
    await cluster.load('kube-e2e-backend:v1', 'kube-e2e-frontend:v1', 'postgres:17-alpine', 'redis:8-alpine');
  });
  after(() => cluster?.release());

  test('leaves out what is for development alone', () => {
    assert.equal(files.has('k8s/base/adminer/deployment.yaml'), false);
    assert.match(files.stdout + files.stderr, /leaves adminer out/);
  });

  test('is taken by the API server without a warning, in every environment', async () => {
    for (const [environment, namespace] of [['staging', STAGING], ['production', NAMESPACE]]) {
      const { stdout: text } = await cluster.kubectl(['kustomize', files.path('k8s/overlays', environment)]);
      await cluster.kubectl(['apply', '--server-side', '--filename', '-'], { input: text.split('---\n').find((each) => /^kind: Namespace$/m.test(each)) });
      const { stdout, stderr } = await cluster.kubectl(['apply', '--server-side', '--dry-run=server', '--validate=strict', '--filename', '-'], { input: text });
      assert.equal(stderr, '');
      assert.equal(stdout.trim().split('\n').length, text.split('---\n').length);
      assert.ok(text.includes(`namespace: ${namespace}`));
    }
  });

  test('is not deployed without its Secret, and says what is missing', async () => {
    const { code, stdout, stderr } = await shop.deploy();
    assert.deepEqual([code, stdout], [2, '']);
    assert.equal(stderr, `deploy.sh: the Secret kube-e2e-secrets in the namespace ${NAMESPACE} lacks: POSTGRES_PASSWORD REDIS_PASSWORD SECRET_KEY; --secrets-from FILE makes it. Nothing was changed.\n`);
    assert.deepEqual((await cluster.get('deployments', '--namespace', NAMESPACE)).items, []);
  });

  test('runs: each pod ready, the migration done, the smoke checks passed', async () => {
    files.write('.env', `POSTGRES_PASSWORD=${secret('a')}\nREDIS_PASSWORD="${secret('b')}"\nSECRET_KEY=${secret('c')}\n`, 0o600);
    const { code, stdout, stderr } = await shop.deploy(['--secrets-from', '.env']);
    assert.equal(code, 0, stdout + stderr);
    assert.equal(stderr, '', 'the API server warned');
    assert.match(stdout, /the Job backend-migrate-[0-9a-f]{8} is done[^]*✓ frontend [^]*production runs\./);
    assert.ok(!(stdout + stderr).includes(secret('a')));
    const { items } = await cluster.get('pods', '--namespace', NAMESPACE);
    const states = Object.fromEntries(items.map(({ metadata, status }) => [
      metadata.name, status.phase === 'Succeeded' ? 'done' : status.containerStatuses.every(({ ready: is, restartCount }) => is && restartCount === 0),
    ]));
    assert.equal(items.length, 9, JSON.stringify(states));
    assert.deepEqual(Object.values(states).filter((state) => state !== true), ['done'], JSON.stringify(states));
    assert.match(await psql('select datname from pg_database'), /^analytics$/m, 'the init script did not run');
  });

  test('changes nothing when nothing has changed', async () => {
    const { code, stdout } = await shop.deploy(['--dry-run']);
    assert.deepEqual([code, stdout], [0, 'production is what the manifests say.\n']);
    assert.match((await shop.deploy(['--status'])).stdout, /^deployment\.apps\/backend +2\/2 [^]*^job\.batch\/backend-migrate-[0-9a-f]{8} +Complete /m);
  });

  test('shows pages in a browser, and an item reaches PostgreSQL', async () => {
    const entrance = await shop.forward('frontend', 3000);
    const browser = await openBrowser();
    try {
      const complaints = await addItem(browser, entrance.url, 'a pen');
      assert.equal(await psql('select name from items'), 'a pen\n');
      assert.deepEqual(complaints, []);
    } finally {
      await browser.close();
      entrance.close();
    }
  });

  test('is closed to strangers until a policy opens it, and open where the definition connects', async () => {
    const strangers = { app: 'stranger' };
    await cluster.kubectl(['create', 'namespace', EDGE]);
    for (const [name, namespace, labels] of [['stranger', NAMESPACE, strangers], ['edge', EDGE, {}]]) await cluster.kubectl(['apply', '--filename', '-'], { input: sleeper(name, namespace, 'kube-e2e-backend:v1', labels) });
    const [out, inwards] = opened(strangers, EDGE);
    await cluster.kubectl(['apply', '--filename', '-'], { input: out });
    await shop.kubectl('wait', '--for=condition=Ready', 'pod/stranger', '--timeout=60s');
    await cluster.kubectl(['--namespace', EDGE, 'wait', '--for=condition=Ready', 'pod/edge', '--timeout=60s']);
    const edge = inNamespace(cluster, EDGE, files);
    const full = (name) => `${name}.${NAMESPACE}.svc.cluster.local`;
    // Nothing keeps the stranger from asking, and no policy holds for the namespace of the edge: what keeps them out is at the other side.
    await waitFor(async () => await shop.knock('stranger', 'kubernetes.default.svc.cluster.local', 443) === 'open', { what: 'the stranger to be let out' });
    const doors = [['stranger', 'postgres', 5432], ['stranger', 'redis', 6379], ['stranger', 'backend', 8000], ['stranger', 'frontend', 3000], ['edge', 'postgres', 5432], ['edge', 'redis', 6379], ['edge', 'backend', 8000]];
    const found = () => Promise.all(doors.map(async ([who, name, port]) => `${who} ${name}: ${await (who === 'edge' ? edge : shop).knock(who, full(name), port)}`));
    assert.deepEqual(await found(), doors.map(([who, name]) => `${who} ${name}: timeout`));
    assert.equal(await edge.knock('edge', full('frontend'), 3000), 'open');
    for (const [host, port] of [['postgres', 5432], ['redis', 6379]]) assert.equal(await shop.knock('deploy/backend', host, port), 'open');
    assert.match(await fromFrontend('/health'), /"status":"healthy"/);
    await cluster.kubectl(['apply', '--filename', '-'], { input: inwards });
    await waitFor(async () => (await found()).every((line) => line.endsWith(': open')), { what: 'the same knocks to be heard when a policy lets them in' });
    await shop.kubectl('delete', 'pod/stranger', 'networkpolicy/stranger-in', 'networkpolicy/stranger-out', '--wait=false');
  });

  test('a pod that asks for more is refused', async () => {
    const pod = JSON.parse(sleeper('greedy', NAMESPACE, 'kube-e2e-backend:v1'));
    pod.spec.containers[0].securityContext = { privileged: true };
    const { code, stderr } = await cluster.kubectl(['apply', '--filename', '-'], { input: JSON.stringify(pod), check: false });
    assert.notEqual(code, 0);
    assert.match(stderr, /violates PodSecurity "restricted/);
  });

  test('pods wait for a schema that is behind, and not for one that is at its end or ahead', async () => {
    const { items: [deployment] } = await cluster.get('deployments', '--namespace', NAMESPACE, '--selector', 'app.kubernetes.io/name=backend');
    const { command, args } = deployment.spec.template.spec.initContainers.find(({ name }) => name === 'wait-for-backend-migrate');
    // As many times as it asks in this time; what waits is ended with the status 124.
    const asks = async () => (await shop.kubectl('exec', 'deploy/backend', '--', 'sh', '-c', 'timeout 12 "$@" >/dev/null 2>&1; echo $?', '-', ...command, ...args.map((each) => each.replaceAll('$$', '$')))).stdout.trim();
    const head = (await psql('select version_num from alembic_version')).trim();
    const seen = {};
    for (const [what, statement] of [
      ['ahead', "update alembic_version set version_num = 'of_tomorrow'"], ['behind', 'delete from alembic_version'], ['at its end', `insert into alembic_version values ('${head}')`],
    ]) {
      await psql(statement);
      seen[what] = await asks();
    }
    assert.deepEqual(seen, { 'ahead': '0', 'behind': '124', 'at its end': '0' });
  });

  test('a row outlives the pod of the database', async () => {
    const [{ metadata }] = await shop.pods('postgres');
    await shop.kubectl('delete', 'pod', 'postgres-0');
    await waitFor(async () => (await shop.pods('postgres'))[0].metadata.uid !== metadata.uid, { what: 'a new pod of the database' });
    await shop.kubectl('wait', '--for=condition=Ready', 'pod/postgres-0', '--timeout=90s');
    assert.equal(await psql('select name from items'), 'a pen\n');
    await waitFor(async () => /a pen/.test(await fromFrontend('/api/v1/items')), { what: 'the backend to find the database again' });
  });

  test('a backend without its database is not ready, lives longer than what is dead may, and recovers by itself', async () => {
    // The same questions, asked more often, so that what is dead is ended after 3 s instead of 50.
    const often = (probe, failureThreshold) => ['periodSeconds', 'failureThreshold'].map((key, at) => (
      { op: 'replace', path: `/spec/template/spec/containers/0/${probe}/${key}`, value: [1, failureThreshold][at] }
    ));
    await shop.kubectl('patch', 'deployment/backend', '--type', 'json', '--patch', JSON.stringify([...often('livenessProbe', 3), ...often('readinessProbe', 2)]));
    await shop.kubectl('rollout', 'status', 'deployment/backend', '--timeout=100s');
    await waitFor(async () => (await shop.pods('backend')).length === 2, { what: 'the pods before to be gone' });
    const backends = await shop.identities('backend');
    assert.deepEqual([await ready(), await restarts()], [['True', 'True'], [0, 0]]);

    await shop.kubectl('scale', 'statefulset/postgres', '--replicas', '0');
    await waitFor(async () => (await ready()).join() === 'False,False', { what: 'the backend not to be ready' });
    // Four times as long as something dead is given.
    await new Promise((resolve) => { setTimeout(resolve, 12_000); });
    assert.deepEqual([await ready(), await restarts()], [['False', 'False'], [0, 0]]);

    await shop.kubectl('scale', 'statefulset/postgres', '--replicas', '1');
    await waitFor(async () => (await ready()).join() === 'True,True', { what: 'the backend to be ready again', timeout: 90_000 });
    assert.deepEqual([await shop.identities('backend'), await restarts()], [backends, [0, 0]]);
    assert.match(await fromFrontend('/api/v1/items'), /a pen/);
  });
});

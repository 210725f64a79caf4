// A whole stack on a cluster: what the API server takes, what runs, what is closed, and what a deployment does that goes wrong.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { run, synth, waitFor } from './lib/index.mjs';
import { openBrowser } from './support/browser.mjs';
import { openCluster, sleeper } from './support/cluster.mjs';

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
    settings: { POSTGRES_USER: 'shop', POSTGRES_DB: 'shop', ...(process.env.KUBE_E2E_LEVEL ? { LOG_LEVEL: process.env.KUBE_E2E_LEVEL } : {}) },
    environments: {
      staging: { hosts: { frontend: 'staging.shop.example.com' }, settings: { LOG_LEVEL: 'DEBUG' }, resources: { worker: { memory: '1G' } } },
      production: { hosts: { frontend: 'shop.example.com' }, replicas: { backend: 2, frontend: 2 } },
    },
  }));
  project.synth();
};

/** Asks with 20 clients until its input ends, each with a new connection each time, and says what was not answered with 200. */
const LOAD = `
import http.client, json, sys, threading
stop, asked, failed = threading.Event(), [], []
def client(host, port, path):
    while not stop.is_set():
        try:
            connection = http.client.HTTPConnection(host, port, timeout=10)
            connection.request("GET", path)
            status = connection.getresponse().status
            if status != 200: failed.append(f"{path}: {status}")
            connection.close()
        except Exception as error:
            failed.append(f"{path}: {error!r}")
        asked.append(1)
        stop.wait(0.1)
threads = [threading.Thread(target=client, args=(sys.argv[1], 3000, path)) for path in ["/", "/api/v1/items"] * 10]
for thread in threads: thread.start()
print("begun", flush=True)
sys.stdin.read()
stop.set()
for thread in threads: thread.join()
print(json.dumps({"asked": len(asked), "failed": failed}))
`;

describe('a stack on a cluster', () => {
  let cluster;
  let files;
  const env = { KUBE_E2E_NAMESPACE: NAMESPACE };
  const kubectl = (...args) => cluster.kubectl(['--namespace', NAMESPACE, ...args]);
  const inside = async (where, ...words) => (await kubectl('exec', where, '--', ...words)).stdout;
  const deploy = (args = [], options = {}) => run('bash', ['scripts/deploy.sh', ...args], { cwd: files.dir, timeout: 400_000, check: false, ...options });
  const pods = async (name) => (await cluster.get('pods', '--namespace', NAMESPACE, '--selector', `app.kubernetes.io/name=${name}`)).items;
  const identities = async (name) => (await pods(name)).filter(({ metadata }) => !metadata.deletionTimestamp).map(({ metadata }) => metadata.uid).sort();
  const psql = (statement) => inside('postgres-0', 'psql', '-U', 'shop', '-d', 'shop', '-Atc', statement);

  /** A port of this machine that leads to a Service, until `close`. */
  async function forward(service, port) {
    const child = spawn('kubectl', ['--namespace', NAMESPACE, 'port-forward', `service/${service}`, `:${port}`, '--address', '127.0.0.1'], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => { said += chunk; });
    await waitFor(() => /127\.0\.0\.1:\d+/.test(said), { what: `the port-forward to ${service}`, timeout: 20_000 });
    return { url: `http://${/127\.0\.0\.1:\d+/.exec(said)[0]}`, close: () => child.kill() };
  }

  before(async () => {
    cluster = await openCluster([NAMESPACE, EDGE, STAGING]);
    files = await synth(definition, { env });
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
    const { code, stdout, stderr } = await deploy();
    assert.deepEqual([code, stdout], [2, '']);
    assert.equal(stderr, `deploy.sh: the Secret kube-e2e-secrets in the namespace ${NAMESPACE} lacks: POSTGRES_PASSWORD REDIS_PASSWORD SECRET_KEY; --secrets-from FILE makes it. Nothing was changed.\n`);
    assert.deepEqual((await cluster.get('deployments', '--namespace', NAMESPACE)).items, []);
  });

  test('runs: each pod ready, the migration done, the smoke checks passed', async () => {
    files.write('.env', `POSTGRES_PASSWORD=${secret('a')}\nREDIS_PASSWORD="${secret('b')}"\nSECRET_KEY=${secret('c')}\n`, 0o600);
    const { code, stdout, stderr } = await deploy(['--secrets-from', '.env']);
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /the Job backend-migrate-[0-9a-f]{8} is done[^]*✓ frontend [^]*production runs\./);
    assert.ok(!(stdout + stderr).includes(secret('a')));
    const { items } = await cluster.get('pods', '--namespace', NAMESPACE);
    const states = Object.fromEntries(items.map(({ metadata, status }) => [
      metadata.name, status.phase === 'Succeeded' ? 'done' : status.containerStatuses.every(({ ready, restartCount }) => ready && restartCount === 0),
    ]));
    assert.equal(items.length, 9, JSON.stringify(states));
    assert.deepEqual(Object.values(states).filter((state) => state !== true), ['done'], JSON.stringify(states));
    assert.match(await psql('select datname from pg_database'), /^analytics$/m, 'the init script did not run');
  });

  test('changes nothing when nothing has changed', async () => {
    const { code, stdout } = await deploy(['--dry-run']);
    assert.deepEqual([code, stdout], [0, 'production is what the manifests say.\n']);
  });

  test('shows pages in a browser, and an item reaches PostgreSQL', async () => {
    const entrance = await forward('frontend', 3000);
    const browser = await openBrowser();
    try {
      const page = await browser.page();
      await page.goto(entrance.url);
      await page.getByLabel('Name').fill('a pen');
      await page.getByRole('button', { name: 'Add' }).click();
      await page.getByRole('button', { name: 'Delete a pen' }).waitFor();
      assert.equal(await psql('select name from items'), 'a pen\n');
      assert.deepEqual(page.complaints, []);
    } finally {
      await browser.close();
      entrance.close();
    }
  });

  test('is closed to strangers, and open where the definition connects', async () => {
    await cluster.kubectl(['apply', '--filename', '-'], { input: sleeper('stranger', NAMESPACE, 'kube-e2e-backend:v1', { app: 'stranger' }) });
    await kubectl('wait', '--for=condition=Ready', 'pod/stranger', '--timeout=60s');
    const knock = (host, port) => ['python', '-c', `import socket; socket.create_connection(("${host}", ${port}), 3); print("open")`];
    const closed = async (where, host, port) => (await cluster.kubectl(['--namespace', NAMESPACE, 'exec', where, '--', ...knock(host, port)], { check: false })).stdout === '';
    for (const [host, port] of [['postgres', 5432], ['redis', 6379], ['backend', 8000], ['frontend', 3000], ['kubernetes.default', 443]]) assert.ok(await closed('stranger', host, port), `${host} is open`);
    for (const [host, port] of [['postgres', 5432], ['redis', 6379]]) assert.equal(await inside('deploy/backend', ...knock(host, port)), 'open\n');
    assert.match(await inside('deploy/frontend', 'wget', '-T', '5', '-t', '1', '-qO-', 'http://backend:8000/health'), /"status":"healthy"/);
    await kubectl('delete', 'pod', 'stranger', '--wait=false');
  });

  test('a pod that asks for more is refused', async () => {
    const pod = JSON.parse(sleeper('greedy', NAMESPACE, 'kube-e2e-backend:v1'));
    pod.spec.containers[0].securityContext = { privileged: true };
    const { code, stderr } = await cluster.kubectl(['apply', '--filename', '-'], { input: JSON.stringify(pod), check: false });
    assert.notEqual(code, 0);
    assert.match(stderr, /violates PodSecurity "restricted/);
  });

  test('a row outlives the pod of the database, and the backend is not started anew', async () => {
    const backends = await identities('backend');
    const [{ metadata }] = await pods('postgres');
    await kubectl('delete', 'pod', 'postgres-0');
    await waitFor(async () => (await pods('postgres'))[0].metadata.uid !== metadata.uid, { what: 'a new pod of the database' });
    await kubectl('wait', '--for=condition=Ready', 'pod/postgres-0', '--timeout=90s');
    assert.equal(await psql('select name from items'), 'a pen\n');
    await waitFor(async () => /a pen/.test(await inside('deploy/frontend', 'wget', '-T', '5', '-t', '1', '-qO-', 'http://backend:8000/api/v1/items')), { what: 'the backend to find the database again' });
    assert.deepEqual(await identities('backend'), backends);
    for (const { status } of await pods('backend')) assert.equal(status.containerStatuses[0].restartCount, 0);
  });

  test('loses no request of 20 clients while all pods that answer are replaced', async () => {
    await cluster.kubectl(['create', 'namespace', EDGE]);
    await cluster.kubectl(['apply', '--filename', '-'], { input: sleeper('edge', EDGE, 'kube-e2e-backend:v1') });
    await cluster.kubectl(['--namespace', EDGE, 'wait', '--for=condition=Ready', 'pod/edge', '--timeout=60s']);
    const before_ = [...await identities('backend'), ...await identities('frontend')];
    const child = spawn('kubectl', ['--namespace', EDGE, 'exec', '--stdin', 'edge', '--', 'python', '-c', LOAD, `frontend.${NAMESPACE}.svc.cluster.local`], { stdio: ['pipe', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => { said += chunk; });
    const ended = new Promise((resolve) => { child.on('close', resolve); });
    await waitFor(() => said.startsWith('begun'), { what: 'the clients to begin', timeout: 20_000 });
    await kubectl('rollout', 'restart', 'deployment/backend', 'deployment/frontend');
    for (const name of ['backend', 'frontend']) await cluster.kubectl(['--namespace', NAMESPACE, 'rollout', 'status', `deployment/${name}`, '--timeout=180s'], { timeout: 200_000 });
    child.stdin.end();
    await ended;
    const { asked, failed } = JSON.parse(said.split('\n')[1]);
    assert.deepEqual(failed, []);
    assert.ok(asked > 500, `only ${asked} requests were made`);
    for (const identity of [...await identities('backend'), ...await identities('frontend')]) assert.ok(!before_.includes(identity), 'a pod was not replaced');
  });

  test('a secret that changed makes those pods anew that use it, and a setting those that have it', async () => {
    const names = ['backend', 'worker', 'beat', 'frontend', 'postgres', 'redis'];
    const seen = async () => Object.fromEntries(await Promise.all(names.map(async (name) => [name, (await identities(name)).join()])));
    const earlier = await seen();
    files.write('.env', `POSTGRES_PASSWORD=${secret('a')}\nREDIS_PASSWORD=${secret('b')}\nSECRET_KEY=${secret('d')}\n`, 0o600);
    const { code, stdout, stderr } = await deploy(['--secrets-from', '.env']);
    assert.equal(code, 0, stdout + stderr);
    const later = await seen();
    assert.deepEqual(names.filter((name) => earlier[name] !== later[name]), ['backend', 'worker', 'beat']);

    await synth(definition, { dir: files.dir, env: { ...env, KUBE_E2E_LEVEL: 'WARNING' } });
    const diff = await deploy(['--dry-run']);
    const kinds = [...new Set([...diff.stdout.matchAll(/^\+\+\+ \S*\/(?:\w+\.)*v\d\.(\w+)\.[^.]+\.([a-z]+(?:-[a-z]+)*)/gm)].map(([, kind, name]) => `${kind} ${name}`))].sort();
    assert.deepEqual(kinds, [
      'ConfigMap backend-migrate-settings', 'ConfigMap backend-settings', 'ConfigMap beat-settings', 'ConfigMap worker-settings',
      'Deployment backend', 'Deployment beat', 'Deployment worker', 'Job backend-migrate',
    ]);
    await synth(definition, { dir: files.dir, env });
  });

  test('an image that cannot be pulled is named, and the old version serves', async () => {
    const serving = await identities('backend');
    const { code, stderr } = await deploy(['--tag', 'v404']);
    assert.equal(code, 1);
    assert.match(stderr, /^deploy\.sh: the image kube-e2e-backend:v404 cannot be pulled \(ErrImagePull\)\. The rest of the manifests stays applied; the old version serves where there was one\.\n$/);
    assert.deepEqual(await identities('backend'), serving);
    assert.deepEqual((await cluster.get('jobs', '--namespace', NAMESPACE)).items.filter(({ status }) => !status.completionTime && !status.deletionTimestamp).length, 0);
  });

  test('a migration that fails leaves the old version serving, and says why', async () => {
    const serving = await identities('backend');
    files.write('backend/alembic/versions/2030_01_01_broken.py', [
      '"""Fails."""', 'from alembic import op', 'revision = "broken"', 'down_revision = "8c1f0d2b6e47"', 'branch_labels = None', 'depends_on = None',
      'def upgrade() -> None:', '    op.execute("SELECT no_such_column FROM items")', 'def downgrade() -> None:', '    pass', '',
    ].join('\n'));
    await run('docker', ['build', '--quiet', '--target', 'production', '--tag', 'kube-e2e-backend:v2', 'backend'], { cwd: files.dir, timeout: 600_000 });
    await run('docker', ['tag', 'kube-e2e-frontend:v1', 'kube-e2e-frontend:v2']);
    await cluster.load('kube-e2e-backend:v2', 'kube-e2e-frontend:v2');
    const { code, stdout, stderr } = await deploy(['--tag', 'v2']);
    assert.equal(code, 1, stdout + stderr);
    assert.match(stderr, /^deploy\.sh: the Job backend-migrate-[0-9a-f]{8} failed; its log ends with: [^\n]*no_such_column[^\n]* the old version serves where there was one\.\n$/);
    assert.deepEqual(await identities('backend'), serving);
    assert.match(await inside('deploy/frontend', 'wget', '-T', '5', '-t', '1', '-qO-', 'http://backend:8000/health'), /"status":"healthy"/);
  });

  test('without a cluster, says so in one line', async () => {
    const { code, stdout, stderr } = await deploy([], { env: { KUBECONFIG: '/dev/null', KUBERNETES_SERVICE_HOST: undefined } });
    assert.deepEqual([code, stdout, stderr.trim().split('\n').length], [2, '', 1]);
    assert.match(stderr, /^deploy\.sh: no cluster answers in the context "none": .* Nothing was changed\.$/m);
  });
});

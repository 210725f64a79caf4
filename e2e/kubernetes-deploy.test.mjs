// Deployments to a cluster, one after another: what each of them touches, what it costs those who ask, and what it does when it goes wrong.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { run, synth, waitFor } from './lib/index.mjs';
import { openCluster, sleeper } from './support/cluster.mjs';
import { changes, inNamespace } from './support/namespace.mjs';

const NAMESPACE = `deploy-e2e-${process.pid}`;
const EDGE = `${NAMESPACE}-edge`;
const FRONTEND = `http://frontend.${NAMESPACE}.svc.cluster.local:3000`;
const secret = (letter) => letter.repeat(48);
const secrets = (letter) => `POSTGRES_PASSWORD=${secret('a')}\nSECRET_KEY=${secret(letter)}\n`;

/** What KUBE_E2E_CHANGE is changes one property. */
const definition = (lib, projen) => {
  const { KUBE_E2E_NAMESPACE: namespace, KUBE_E2E_CHANGE: change } = process.env;
  const project = new projen.Project({ name: 'kube-deploy' });
  const stack = new lib.Stack(project);
  const postgres = new lib.PostgresService(stack, 'postgres', {
    version: '17', ...(change === 'store' ? { overrides: { kubernetes: { container: { image: 'postgres:17-nowhere' } } } } : {}),
  });
  const backend = new lib.FastApiBackend(stack, 'backend', { database: postgres, ...(change === 'port' ? { port: 9000 } : {}) });
  new lib.ViteFrontend(stack, 'frontend', { api: backend });
  stack.addTarget(new lib.KubernetesTarget({
    namespace,
    ingressNamespace: `${namespace}-edge`,
    tag: 'v1',
    secretSource: lib.SecretSource.ENV_FILE,
    settings: { POSTGRES_USER: 'shop', POSTGRES_DB: 'shop', ...(change === 'variable' ? { LOG_LEVEL: 'WARNING' } : {}) },
    environments: { production: { replicas: { backend: change === 'replicas' ? 3 : 2, frontend: 2 } } },
  }));
  project.synth();
};

/** A migration after those that the sample has. */
const migration = (revision, statement) => [
  `"""${revision}."""`, 'from alembic import op', `revision = "${revision}"`, 'down_revision = "8c1f0d2b6e47"', 'branch_labels = None', 'depends_on = None',
  'def upgrade() -> None:', `    op.execute("${statement}")`, 'def downgrade() -> None:', '    pass', '',
].join('\n');

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

describe('deployments to a cluster', () => {
  let cluster;
  let files;
  let shop;
  let edge;
  const change = async (what) => { await synth(definition, { dir: files.dir, env: { KUBE_E2E_NAMESPACE: NAMESPACE, KUBE_E2E_CHANGE: what } }); };
  const build = (name, tag, ...options) => run('docker', ['build', '--quiet', '--target', 'production', '--tag', `kube-deploy-${name}:${tag}`, ...options, name], { cwd: files.dir, timeout: 900_000 });
  const psql = (statement) => shop.exec('postgres-0', 'psql', '-U', 'shop', '-d', 'shop', '-Atc', statement);
  const succeeds = async (...args) => {
    const { code, stdout, stderr } = await shop.deploy(args);
    assert.deepEqual([code, stderr], [0, ''], stdout + stderr);
    return stdout;
  };
  /** Another user of the cluster, who has a role in the namespace, or none. */
  const user = async (name, role) => {
    await shop.kubectl('create', 'serviceaccount', name);
    if (role) await shop.kubectl('create', 'rolebinding', name, '--clusterrole', role, '--serviceaccount', `${NAMESPACE}:${name}`);
    const config = JSON.parse((await cluster.kubectl(['config', 'view', '--minify', '--raw', '--output', 'json'])).stdout);
    config.users[0].user = { token: (await shop.kubectl('create', 'token', name)).stdout.trim() };
    files.write(`${name}.kubeconfig`, JSON.stringify(config), 0o600);
    return { env: { KUBECONFIG: files.path(`${name}.kubeconfig`) } };
  };
  /** The objects that something changes. */
  const touched = async (work) => {
    const earlier = await shop.versions();
    await work();
    return changes(earlier, await shop.versions());
  };
  /** Nobody who asks notices: the pages are there, and what is behind them. */
  const serves = async () => {
    for (const path of ['/', '/health', '/api/v1/items']) assert.equal((await edge.ask('edge', FRONTEND + path)).status, 200, path);
    return true;
  };

  before(async () => {
    cluster = await openCluster([NAMESPACE, EDGE]);
    files = await synth(definition, { env: { KUBE_E2E_NAMESPACE: NAMESPACE } });
    shop = inNamespace(cluster, NAMESPACE, files);
    edge = inNamespace(cluster, EDGE, files);
    files.write('.env', secrets('c'), 0o600);
    await Promise.all(['backend', 'frontend'].map((name) => build(name, 'v1')));
    await Promise.all(['backend', 'frontend'].map((name) => build(name, 'v2', '--label', 'version=2')));
    await cluster.load(...['backend', 'frontend'].flatMap((name) => [`kube-deploy-${name}:v1`, `kube-deploy-${name}:v2`]), 'postgres:17-alpine');
    await cluster.kubectl(['create', 'namespace', EDGE]);
    await cluster.kubectl(['apply', '--filename', '-'], { input: sleeper('edge', EDGE, 'kube-deploy-backend:v1') });
    await edge.kubectl('wait', '--for=condition=Ready', 'pod/edge', '--timeout=60s');
    await succeeds('--secrets-from', '.env');
  });
  after(() => cluster?.release());

  test('a first one with a file of secrets is whole: the next one finds nothing to do, as a user with rights in the namespace alone', async () => {
    const editor = await user('editor', 'edit');
    const results = [];
    assert.deepEqual(await touched(async () => results.push(await shop.deploy(['--no-smoke'], editor))), []);
    const [{ code, stdout, stderr }] = results;
    assert.deepEqual([code, stderr], [0, ''], stdout);
    assert.match(stdout, new RegExp(`^  the namespace ${NAMESPACE} stays as it is: this user may not change it$`, 'm'));
    assert.equal((await shop.deploy(['--dry-run'])).stdout, 'production is what the manifests say.\n');
    await serves();
  });

  test('a secret that changed makes those pods anew that use it, with the first deployment, and none with the second', async () => {
    const names = ['backend', 'frontend', 'postgres'];
    const seen = async () => Object.fromEntries(await Promise.all(names.map(async (name) => [name, (await shop.identities(name)).join()])));
    const earlier = await seen();
    files.write('.env', secrets('d'), 0o600);
    assert.deepEqual(await touched(() => succeeds('--secrets-from', '.env', '--no-smoke')), ['Deployment backend', 'Secret kube-deploy-secrets']);
    const later = await seen();
    assert.deepEqual(names.filter((name) => earlier[name] !== later[name]), ['backend']);
    assert.equal((await shop.exec('deploy/backend', 'printenv', 'SECRET_KEY')).trim(), secret('d'));
    assert.deepEqual(await touched(() => succeeds('--no-smoke')), []);
    assert.deepEqual(await seen(), later);
  });

  test('one property is one difference, and touches what has it', async () => {
    await change('replicas');
    const diff = await shop.deploy(['--dry-run']);
    assert.deepEqual(diff.stdout.split('\n').filter((line) => /^[-+] {2,}(?!generation)/.test(line)).map((line) => line.replace(/\s+/g, ' ')), ['- replicas: 2', '+ replicas: 3']);
    assert.deepEqual(await touched(() => succeeds('--no-smoke')), ['Deployment backend']);
    assert.equal((await shop.identities('backend')).length, 3);

    // What nothing goes back to any more is deleted; what is kept for it is not.
    await shop.kubectl('create', 'configmap', 'backend-settings-2222222222');
    await shop.kubectl('label', 'configmap', 'backend-settings-2222222222', 'app.kubernetes.io/part-of=kube-deploy');
    await change('variable');
    const said = [];
    assert.deepEqual(await touched(async () => said.push(await succeeds('--no-smoke'))), [
      'ConfigMap backend-migrate-settings', 'ConfigMap backend-settings', 'Deployment backend', 'Job backend-migrate',
    ]);
    assert.match(said.join(), /^ {2}settings of older versions were deleted: 1$/m);
    const settings = (await cluster.get('configmaps', '--namespace', NAMESPACE)).items.map(({ metadata }) => metadata.name).filter((name) => name.startsWith('backend-settings-'));
    assert.equal(settings.length, 2, settings.join());
  });

  test('a new version loses no request of 20 clients, until the last pod of the old one is gone', async () => {
    const old = await shop.identities('backend', 'frontend');
    const child = spawn('kubectl', ['--namespace', EDGE, 'exec', '--stdin', 'edge', '--', 'python', '-c', LOAD, new URL(FRONTEND).hostname], { stdio: ['pipe', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => { said += chunk; });
    const ended = new Promise((resolve) => { child.on('close', resolve); });
    await waitFor(() => said.startsWith('begun'), { what: 'the clients to begin', timeout: 20_000 });
    assert.deepEqual(await touched(() => succeeds('--tag', 'v2')), ['Deployment backend', 'Deployment frontend', 'Job backend-migrate']);
    const there = async () => (await Promise.all(['backend', 'frontend'].map(shop.pods))).flat();
    await waitFor(async () => (await there()).every(({ metadata }) => !old.includes(metadata.uid)), { what: 'the old pods to be gone' });
    child.stdin.end();
    await ended;
    const { asked, failed } = JSON.parse(said.split('\n')[1]);
    assert.deepEqual(failed, []);
    assert.ok(asked > 500, `only ${asked} requests were made`);
    for (const { spec } of await there()) assert.match(spec.containers[0].image, /:v2$/);
  });

  test('a smoke check that fails in a container is named, and what was not changed stays', async () => {
    const results = [];
    await psql(`ALTER USER shop PASSWORD '${secret('x')}'`);
    const made = await touched(async () => results.push(await shop.deploy(['--tag', 'v2', '--timeout', '2'])));
    await psql(`ALTER USER shop PASSWORD '${secret('a')}'`);
    const [{ code, stdout, stderr }] = results;
    assert.equal(code, 1, stdout + stderr);
    assert.match(stderr, /^deploy\.sh: the smoke check "postgres runs a query with the password" failed in statefulset\/postgres: [^\n]*password authentication failed [^\n]*\. What Jobs did, [^\n]*\n$/);
    assert.deepEqual(made, []);
  });

  test('an image that cannot be pulled is named', async () => {
    const serving = await shop.identities('backend', 'frontend');
    const { code, stderr } = await shop.deploy(['--tag', 'v404']);
    assert.equal(code, 1);
    assert.match(stderr, /^deploy\.sh: the image kube-deploy-backend:v404 cannot be pulled \(ErrImagePull\)\. What Jobs did, settings and secrets stay as they are now; the old version serves where there was one\.\n$/);
    assert.deepEqual(await shop.identities('backend', 'frontend'), serving);
    assert.deepEqual((await cluster.get('jobs', '--namespace', NAMESPACE)).items.filter(({ status }) => !status.completionTime && !status.deletionTimestamp).length, 0);
  });

  test('a store that does not start again is taken back, with its pod', async () => {
    await change('store');
    const { code, stderr } = await shop.deploy(['--tag', 'v2']);
    await change();
    assert.equal(code, 1);
    assert.match(stderr, /^deploy\.sh: the image postgres:17-nowhere cannot be pulled \(\w+\)\. Taken back to what they were: StatefulSet\/postgres\. What Jobs did, [^\n]* the old version serves where there was one\.\n$/);
    assert.equal(await psql('select 1'), '1\n');
    await waitFor(serves, { what: 'the backend to find its database again' });
  });

  test('a migration that fails leaves the old version serving, at its old port, and says why', async () => {
    const serving = await shop.identities('backend', 'frontend');
    files.write('backend/alembic/versions/2030_01_01_next.py', migration('broken', 'SELECT no_such_column FROM items'));
    await build('backend', 'v3');
    await cluster.load('kube-deploy-backend:v3');
    await change('port');
    const results = [];
    const made = await touched(async () => results.push(await shop.deploy(['--tag', 'v3'])));
    const [{ code, stdout, stderr }] = results;
    assert.equal(code, 1, stdout + stderr);
    assert.match(stderr, /^deploy\.sh: the Job backend-migrate-[0-9a-f]{8} failed; its log ends with: [^\n]*no_such_column[^\n]* the old version serves where there was one\.\n$/);
    assert.deepEqual(made.filter((each) => !/^(ConfigMap|Job) /.test(each)), []);
    assert.deepEqual(await shop.identities('backend', 'frontend'), serving);
    await serves();
  });

  test('a version that is ready, and of which a smoke check fails, is taken back with what leads to it', async () => {
    rmSync(files.path('backend/alembic/versions/2030_01_01_next.py'), { force: true });
    await build('backend', 'v4');
    // A page is there, but not the one that is looked for.
    await run('docker', ['build', '--quiet', '--tag', 'kube-deploy-frontend:v4', '-'], {
      input: 'FROM kube-deploy-frontend:v2\nUSER 0\nRUN echo moved >/usr/share/nginx/html/index.html\nUSER 101\n',
    });
    await cluster.load('kube-deploy-backend:v4', 'kube-deploy-frontend:v4');
    const { code, stdout, stderr } = await shop.deploy(['--tag', 'v4']);
    assert.equal(code, 1, stdout + stderr);
    assert.match(stdout, /Deployment\/backend is ready\n[^]*Deployment\/frontend is ready\n[^]*✓ backend is connected to its database\n/);
    assert.match(stderr, /^deploy\.sh: the smoke check "frontend serves its page" failed: GET \/ of frontend said "HTTP\/1\.1 200 OK", and not 200 with [^\n]*\. Taken back to what they were: Deployment\/backend Deployment\/frontend NetworkPolicy\/backend [^\n]*Service\/backend\. What Jobs did, [^\n]* the old version serves where there was one\.\n$/);
    await serves();
    assert.match((await edge.ask('edge', FRONTEND)).text, /\/assets\//);
    for (const { spec } of (await Promise.all(['backend', 'frontend'].map(shop.pods))).flat().filter(({ metadata }) => !metadata.deletionTimestamp)) assert.match(spec.containers[0].image, /:v2$/);
  });

  test('a version that ends again and again after its migration is taken back, with what leads to it, and the old one starts anew', async () => {
    files.write('backend/alembic/versions/2030_01_01_next.py', migration('of_tomorrow', 'ALTER TABLE items ADD COLUMN colour text'));
    files.write('backend/app/main.py', `raise SystemExit("no such setting")\n${files.read('backend/app/main.py')}`);
    await build('backend', 'v5');
    await run('docker', ['tag', 'kube-deploy-frontend:v2', 'kube-deploy-frontend:v5']);
    await cluster.load('kube-deploy-backend:v5', 'kube-deploy-frontend:v5');
    const { code, stdout, stderr } = await shop.deploy(['--tag', 'v5']);
    assert.equal(code, 1, stdout + stderr);
    assert.match(stderr, /^deploy\.sh: backend in backend-\S+ ends again and again; its log ends with: [^\n]*no such setting[^\n]* Taken back to what they were: Deployment\/backend Deployment\/frontend NetworkPolicy\/backend [^\n]*Service\/backend\. What Jobs did, settings and secrets stay as they are now; the old version serves where there was one\.\n$/);
    assert.equal(await psql('select version_num from alembic_version'), 'of_tomorrow\n');
    await serves();
    const [{ metadata }] = await shop.pods('backend');
    await shop.kubectl('delete', `pod/${metadata.name}`);
    await shop.kubectl('rollout', 'status', 'deployment/backend', '--timeout=60s');
    for (const { spec } of (await shop.pods('backend')).filter((pod) => !pod.metadata.deletionTimestamp)) assert.match(spec.containers[0].image, /:v2$/);
    await serves();
  });

  test('a user without rights is told what is refused, in one line', async () => {
    const { code, stdout, stderr } = await shop.deploy([], await user('nobody'));
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, new RegExp(`^deploy\\.sh: the namespace ${NAMESPACE} cannot be seen: [^\\n]*User "system:serviceaccount:${NAMESPACE}:nobody" cannot get resource "namespaces" [^\\n]* Nothing was changed\\.\\n$`));
  });

  test('without a cluster, says so in one line', async () => {
    const { code, stdout, stderr } = await shop.deploy([], { env: { KUBECONFIG: '/dev/null', KUBERNETES_SERVICE_HOST: undefined } });
    assert.deepEqual([code, stdout, stderr.trim().split('\n').length], [2, '', 1]);
    assert.match(stderr, /^deploy\.sh: no cluster answers in the context "none": .* Nothing was changed\.$/m);
  });
});

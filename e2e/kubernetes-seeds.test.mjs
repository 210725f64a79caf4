// The four stories' stacks on a cluster, as they are but for the target: deployed, ready, asked by the names of their Services.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { run, synth } from './lib/index.mjs';
import { openBrowser } from './support/browser.mjs';
import { openCluster, sleeper } from './support/cluster.mjs';
import { exampleDefinition, onCluster } from './support/examples-on-a-cluster.mjs';
import { addItem, inNamespace } from './support/namespace.mjs';

const RUN = `seeds-e2e-${process.pid}`;
const EDGE = `${RUN}-edge`;

/** What each is told, the images that are built of it (folder and Dockerfile), those that it names, and how many pods it has. */
const SEEDS = {
  'database': { settings: { POSTGRES_USER: 'ai', POSTGRES_DB: 'ai' }, builds: {}, images: ['postgres:15-alpine'], pods: 1 },
  'ai-agents': {
    settings: { POSTGRES_USER: 'aiagents', POSTGRES_DB: 'ai_agents' },
    builds: { 'ai-agents-api': ['--file', 'docker/backend.dockerfile', '.'] },
    images: ['postgres:17-alpine', 'redis:7-alpine'],
    pods: 3,
  },
  'emotion-visualizer': {
    settings: { POSTGRES_USER: 'emotionviz', POSTGRES_DB: 'emotionviz', JWT_ALGORITHM: 'HS256', ACCESS_TOKEN_EXPIRE_MINUTES: '60' },
    builds: { 'emotionvisualizer-api': ['backend'] },
    images: ['postgres:15-alpine'],
    pods: 2,
  },
  'full-stack': {
    settings: { POSTGRES_USER: 'ai', POSTGRES_DB: 'ai' },
    builds: { 'ai-interviewer-backend': ['backend'], 'ai-interviewer-frontend': ['frontend'] },
    images: ['postgres:15-alpine'],
    pods: 3,
  },
};

const namespaceOf = (name) => `${RUN}-${name}`;

/** The smoke checks of a script of deployment, as the words that it gives its functions. */
async function smokeChecks(files) {
  const functions = 'smoke_http() { printf "http\\t%s\\t%s\\t%s\\t%s\\t%s\\t%s\\n" "$@"; }; smoke_exec() { printf "exec\\t%s\\t%s\\n" "$1" "$2"; }';
  const { stdout } = await run('bash', ['-c', `${functions}; eval "$(sed -n '/^smoke_checks() {/,/^}/p' scripts/deploy.sh)"; smoke_checks`], { cwd: files.dir });
  return stdout.trimEnd().split('\n').map((line) => line.split('\t'));
}

/** The namespace and the labels of a pod that the policy of a workload lets in. */
async function admitted(cluster, namespace, name) {
  const { items: [policy] } = await cluster.get('networkpolicies', '--namespace', namespace, '--selector', `app.kubernetes.io/name=${name}`);
  const [peer] = policy.spec.ingress.flatMap(({ from }) => from);
  return peer.podSelector ? { namespace, labels: peer.podSelector.matchLabels } : { namespace: peer.namespaceSelector.matchLabels['kubernetes.io/metadata.name'], labels: {} };
}

describe('the stacks of the four stories on a cluster', () => {
  let cluster;
  before(async () => {
    cluster = await openCluster([EDGE, ...Object.keys(SEEDS).map(namespaceOf)]);
    await cluster.kubectl(['create', 'namespace', EDGE]);
  });
  after(() => cluster?.release());

  for (const [name, { settings, builds, images, pods }] of Object.entries(SEEDS)) {
    test(`${name}: each pod is ready, and each Service answers by its name`, { timeout: 900_000 }, async (context) => {
      const namespace = namespaceOf(name);
      // A small cluster has no room for all of them at once.
      context.after(() => cluster.kubectl(['delete', 'namespace', namespace, '--ignore-not-found', '--wait=false']));
      const definition = onCluster(exampleDefinition(name), { namespace, ingressNamespace: EDGE, tag: 'e2e', settings });
      let files = await synth(definition);
      // What a sample writes is there from the second time on.
      files = await synth(definition, { dir: files.dir });
      const built = Object.keys(builds).map((image) => `${image}:e2e`);
      for (const [image, words] of Object.entries(builds)) await run('docker', ['build', '--quiet', '--target', 'production', '--tag', `${image}:e2e`, ...words], { cwd: files.dir, timeout: 900_000 });
      await cluster.load(...built, ...images);

      const keys = /^secret_keys='(.*)'$/m.exec(files.read('scripts/deploy.sh'))[1].split(' ');
      files.write('.env', keys.map((key, at) => `${key}=${String.fromCharCode(97 + at).repeat(48)}\n`).join(''), 0o600);
      const seed = inNamespace(cluster, namespace, files);
      const { code, stdout, stderr } = await seed.deploy(['--secrets-from', '.env']);
      assert.deepEqual([code, stderr], [0, ''], stdout + stderr);
      const { items } = await cluster.get('pods', '--namespace', namespace);
      const states = items.map(({ status }) => (status.phase === 'Succeeded' ? 'done' : status.containerStatuses.every(({ ready, restartCount }) => ready && restartCount === 0)));
      assert.deepEqual(states.sort(), [...Array(pods).fill(true), ...(built.length > 0 ? ['done'] : [])].sort(), JSON.stringify(items.map(({ status }) => status)));

      const checks = await smokeChecks(files);
      for (const [, title] of checks) assert.ok(stdout.includes(`  ✓ ${title}\n`), `${title} was not asked`);
      const asked = checks.filter(([kind]) => kind === 'http');
      assert.equal(asked.length > 0, built.length > 0);
      const askers = new Map();
      for (const [, title, service, port, path, status, text] of asked) {
        const { namespace: where, labels } = await admitted(cluster, namespace, service);
        const asker = `asks-${name}-${service}`;
        if (!askers.has(asker)) {
          await cluster.kubectl(['apply', '--filename', '-'], { input: sleeper(asker, where, built[0], labels) });
          await cluster.kubectl(['--namespace', where, 'wait', '--for=condition=Ready', `pod/${asker}`, '--timeout=60s']);
          askers.set(asker, inNamespace(cluster, where, files));
        }
        const answer = await askers.get(asker).ask(asker, `http://${service}.${namespace}.svc.cluster.local:${port}${path}`);
        if (status !== '0') assert.equal(answer.status, Number(status), title);
        assert.match(answer.text, new RegExp(text), title);
      }

      if (name !== 'full-stack') return;
      const entrance = await seed.forward('frontend', 3000);
      const browser = await openBrowser();
      try {
        assert.deepEqual(await addItem(browser, entrance.url, 'a question'), []);
        assert.equal(await seed.exec('postgres-0', 'psql', '-U', 'ai', '-d', 'ai', '-Atc', 'select name from items'), 'a question\n');
      } finally {
        await browser.close();
        entrance.close();
      }
    });
  }
});

// The manifests of the examples, before readers that judge them without running them: the API server and linters.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { before, describe, test } from 'node:test';
import { run, synth, tempDir } from './lib/index.mjs';
import { openCluster } from './support/cluster.mjs';

/** What each example must be told for a cluster. */
const EXAMPLES = {
  'ai-agents': { POSTGRES_USER: 'aiagents', POSTGRES_DB: 'ai_agents' },
  'celery': {},
  'database': { POSTGRES_USER: 'ai', POSTGRES_DB: 'ai' },
  'emotion-visualizer': { POSTGRES_USER: 'emotionviz', POSTGRES_DB: 'emotionviz', JWT_ALGORITHM: 'HS256', ACCESS_TOKEN_EXPIRE_MINUTES: '60' },
  'everything': { POSTGRES_USER: 'shop', POSTGRES_DB: 'shop' },
  'full-stack': { POSTGRES_USER: 'ai', POSTGRES_DB: 'ai' },
  'quickstart': { POSTGRES_USER: 'shop', POSTGRES_DB: 'shop' },
};

/** What linters may say, each with the reason why it stays. */
const ACCEPTED = {
  'kube-score': {
    'ImagePullPolicy is not set to Always': 'Tags are not moved, and a start must not depend on the registry.',
    'The container is running with a low user ID': 'PostgreSQL, Redis and nginx have the users of their images.',
    'The container running with a low group ID': 'As their users.',
    'Deployment few replicas': 'How many pods there are is said for each environment; the examples say one.',
    'Deployment does not have a host podAntiAffinity set': 'Pods are spread by topologySpreadConstraints.',
  },
  'checkov': {
    CKV_K8S_8: 'A program without a port ends when it fails; a broker that is away must not end it.',
    CKV_K8S_15: 'As kube-score says: tags are not moved.',
    CKV_K8S_35: 'Programs of all kinds read their environment, few read files; it is not shown to anybody who may not read the Secret.',
    CKV_K8S_40: 'PostgreSQL, Redis and nginx have the users of their images.',
    CKV_K8S_43: 'A digest is known after the build, and a definition is written before it.',
  },
  'trivy': {
    'KSV-0020': 'PostgreSQL, Redis and nginx have the users of their images.',
    'KSV-0021': 'As their users.',
    'KSV-0109': 'It takes the minutes that a token is valid for a token.',
    'KSV-0125': 'Where images come from is for the team to say.',
    'KSV-01010': 'It takes numbers of ports for something that must not be seen.',
  },
};

/** Celery, which no example has. */
const CELERY = `
import { CeleryBeat, CeleryWorker, FastApiBackend, RedisCache, StackProject } from 'projen-stack';
const project = new StackProject({ name: 'celery' });
const backend = new FastApiBackend(project.stack, 'backend', { broker: new RedisCache(project.stack, 'redis') });
new CeleryWorker(project.stack, 'worker', { backend });
new CeleryBeat(project.stack, 'beat', { backend });
project.synth();
`;

/** What else a service can say that becomes something on a cluster. */
const EVERYTHING = `
import { HealthCheck, Mount, PortProtocol, PostgresService, RedisCache, Service, StackProject, Value, Variable } from 'projen-stack';
const project = new StackProject({ name: 'everything' });
const { stack } = project;
const rootless = { user: '10001:10001' };
const postgres = new PostgresService(stack, 'postgres', { version: '18', databases: ['more'] });
const redis = new RedisCache(stack, 'redis', { persistence: false });
const load = new Service(stack, 'load', { image: 'example.com/load:1', oneShot: true, completionCheck: ['load', '--is-done'], rootless, readOnly: true });
load.connect(postgres);
const web = new Service(stack, 'web', {
  image: 'example.com/web:1', rootless, readOnly: true, workingDir: '/app', hostname: 'web', platform: 'linux/amd64', initProcess: true, stopGracePeriod: '1m', shmSize: '64M',
  sysctls: { 'net.ipv4.ip_unprivileged_port_start': '0' }, extraHosts: { 'db.internal': '10.0.0.9' }, labels: { 'com.example.team': 'shop' },
  entrypoint: Value.literals('tini', '--'), command: [Value.literal('serve $(x) $$'), Value.of(new Variable('KEY', { secret: true }))], capAdd: ['NET_BIND_SERVICE'],
  environment: { LINES: Value.literal('a\\nb\\n'), EMPTY: Value.literal(''), QUOTED: Value.literal('"x"') },
  ports: [{ name: 'http', port: 80, hostPort: 8081, forBrowsers: true }, { name: 'dns', port: 53, hostPort: 5300, protocol: PortProtocol.UDP }],
  mounts: [Mount.config('settings', '/etc/app/app.toml', 'a = 1'), Mount.tmpfs('/tmp', { size: '32M' }), Mount.volume('files', '/files', { volumeName: 'uploads' })],
  healthCheck: HealthCheck.http('/health').withLiveness(HealthCheck.exec(['true'])), dependsOn: [{ service: load }],
  resources: { cpus: 0.5, memory: '1G', reservedCpus: 0.05, reservedMemory: '300M' },
});
web.connect(postgres);
web.connect(redis);
new Service(stack, 'media', { image: 'example.com/media:1', rootless, readOnly: true, mounts: [Mount.volume('files', '/files', { volumeName: 'uploads' })] });
new Service(stack, 'ledger', { image: 'example.com/ledger:1', rootless, readOnly: true, mounts: [Mount.volume('data', '/data')] });
new Service(stack, 'clock', { image: 'example.com/clock:1', rootless, readOnly: true, singleton: true });
project.synth();
`;

const DEFINITIONS = { celery: CELERY, everything: EVERYTHING };

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const OPTIONS = {
  quickstart: { environments: { staging: {}, production: { replicas: { backend: 2, frontend: 2 }, hosts: { frontend: 'shop.example.com' } } } },
  everything: {
    services: { web: { autoscaling: { maxReplicas: 5 }, egress: [{ port: 587 }] }, ledger: { storageSize: '5Gi', storageClass: 'fast' }, media: { storageClass: 'shared' } },
    environments: { staging: { externalHosts: { redis: 'redis.example.net' }, hosts: { web: 'web.example.com' } }, production: { externalHosts: { redis: 'redis.example.org' }, resources: { web: { memory: '2G' } } } },
    imagePullSecret: 'registry', certificateIssuer: 'letsencrypt', ingressClass: 'nginx',
  },
};

/** The definition of an example, with the target. */
function definitionOf(name, settings) {
  const text = DEFINITIONS[name] ?? readFileSync(join(ROOT, 'examples', name, '.projenrc.ts'), 'utf8');
  const target = `new KubernetesTarget(${JSON.stringify({
    namespace: `e2e-${name}`, tag: '1.4.0', registry: 'registry.example.com/shop', settings,
    ...OPTIONS[name],
  })})`;
  return `import { KubernetesTarget } from 'projen-stack';\n${text.replace('project.synth();', `project.stack.addTarget(${target});\n\nproject.synth();`)}`;
}

/** What a linter said that is not accepted; in CI it must be there. */
async function isMissing(program) {
  const found = await run(program, ['--version'], { check: false }).then(() => true, () => false);
  return found || process.env.CI ? false : `there is no ${program} on this machine`;
}

const missing = Object.fromEntries(await Promise.all(['kube-score', 'kubeconform', 'checkov', 'trivy'].map(async (program) => [program, await isMissing(program)])));

describe('the manifests of the examples', () => {
  let cluster;
  const folder = tempDir('manifests');
  const names = Object.keys(EXAMPLES).flatMap((name) => ['staging', 'production'].map((environment) => `${name}-${environment}`));
  const all = () => names.map((name) => join(folder, `${name}.yaml`));
  // What a definition asks for expressly is no news: privileged ports, a name for a server elsewhere.
  const judged = () => all().filter((file) => !file.includes('everything'));

  before(async () => {
    cluster = await openCluster(Object.keys(EXAMPLES).flatMap((name) => [`e2e-${name}`, `e2e-${name}-staging`]));
    for (const [name, settings] of Object.entries(EXAMPLES)) {
      let files = await synth(definitionOf(name, settings));
      // What a sample writes is there from the second time on.
      files = await synth(definitionOf(name, settings), { dir: files.dir });
      for (const environment of ['staging', 'production']) {
        const { stdout } = await cluster.kubectl(['kustomize', files.path('k8s/overlays', environment)]);
        writeFileSync(join(folder, `${name}-${environment}.yaml`), stdout);
      }
      if (name === 'emotion-visualizer') assert.ok(files.has('k8s/base/db/init-scripts/10-extensions.sql') || files.has('k8s/base/db/docker-entrypoint-initdb-d/10-extensions.sql'), 'the folder of scripts');
    }
  });

  test('are taken by the API server, with strict validation and without a warning', async () => {
    for (const file of all()) {
      const text = readFileSync(file, 'utf8');
      await cluster.kubectl(['apply', '--server-side', '--filename', '-'], { input: text.split('---\n').find((each) => /^kind: Namespace$/m.test(each)) });
      const { stdout, stderr } = await cluster.kubectl(['apply', '--server-side', '--dry-run=server', '--validate=strict', '--filename', file]);
      assert.equal(stderr, '', file);
      assert.equal(stdout.trim().split('\n').length, text.split('---\n').length);
    }
    cluster.release();
  });

  test('follow the schemas of this Kubernetes, with nothing in them that it does not know', { skip: missing.kubeconform }, async () => {
    const { definitions } = JSON.parse((await cluster.kubectl(['get', '--raw', '/openapi/v2'])).stdout);
    const schemas = join(folder, 'schemas');
    mkdirSync(schemas);
    // What is listed is all that there is: kubeconform's own schemas are made strict in the same way.
    for (const definition of Object.values(definitions)) if (definition.properties) definition.additionalProperties = false;
    // Version 2 of OpenAPI knows no alternatives.
    for (const name of ['util.intstr.IntOrString', 'api.resource.Quantity']) definitions[`io.k8s.apimachinery.pkg.${name}`] = { type: ['string', 'number'] };
    writeFileSync(join(schemas, '_definitions.json'), JSON.stringify({ definitions }));
    for (const [name, { 'x-kubernetes-group-version-kind': kinds = [] }] of Object.entries(definitions)) {
      for (const { group, version, kind } of kinds) {
        const file = `${kind}-${group.split('.')[0] ? `${group.split('.')[0]}-` : ''}${version}.json`.toLowerCase();
        writeFileSync(join(schemas, file), JSON.stringify({ $ref: `_definitions.json#/definitions/${name}` }));
      }
    }
    const { stdout } = await run('kubeconform', ['-summary', '-output', 'json', '-schema-location', `${schemas}/{{.ResourceKind}}{{.KindSuffix}}.json`, ...all()], { check: false });
    const { resources, summary } = JSON.parse(stdout);
    assert.deepEqual(resources ?? [], []);
    assert.ok(summary.valid > 150, JSON.stringify(summary));
  });

  const said = {
    'kube-score': async () => {
      const { stdout } = await run('kube-score', ['score', '--output-format', 'ci', ...judged()], { check: false });
      assert.match(stdout, /^\[OK\]/m);
      return stdout.split('\n').filter((line) => /^\[(CRITICAL|WARNING)\]/.test(line)).map((line) => ({ id: line.replace(/^[^:]*: (\([^)]*\) )?/, ''), line }));
    },
    'checkov': async () => {
      const { stdout } = await run('checkov', ['--framework', 'kubernetes', '--output', 'json', '--quiet', ...judged().flatMap((file) => ['--file', file])], { check: false });
      const { results, summary } = JSON.parse(stdout);
      assert.ok(summary.passed > 1000, JSON.stringify(summary));
      return results.failed_checks.map(({ check_id: id, check_name: what, resource }) => ({ id, line: `${id} ${what}: ${resource}` }));
    },
    'trivy': async () => {
      const { stdout } = await run('trivy', ['config', '--skip-check-update', '--quiet', '--format', 'json', '--skip-files', '**/everything-*.yaml', folder], { check: false });
      const results = JSON.parse(stdout).Results;
      assert.ok(results.length >= judged().length, `only ${results.length} files were read`);
      return results.flatMap(({ Misconfigurations = [] }) => Misconfigurations).map(({ ID, Title, Message }) => ({ id: ID, line: `${ID} ${Title}: ${Message}` }));
    },
  };
  for (const [linter, ask] of Object.entries(said)) {
    test(`${linter} finds nothing but what is accepted with a reason, and all of that`, { skip: missing[linter] }, async () => {
      const findings = await ask();
      assert.deepEqual(findings.filter(({ id }) => !(id in ACCEPTED[linter])).map(({ line }) => line), []);
      assert.deepEqual(Object.keys(ACCEPTED[linter]).filter((id) => !findings.some((finding) => finding.id === id)), [], 'what nobody says any more is accepted');
    });
  }
});

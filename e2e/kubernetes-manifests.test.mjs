// The manifests of the examples, before readers that judge them without running them: the API server and linters.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { run, synth, tempDir } from './lib/index.mjs';
import { resourceOf, unaccounted } from './support/accepted-findings.mjs';
import { openCluster } from './support/cluster.mjs';
import { CUSTOM_KINDS } from './support/custom-kinds.mjs';
import { exampleDefinition, onCluster } from './support/examples-on-a-cluster.mjs';

const RUN = `manifests-e2e-${process.pid}`;

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
import { HealthCheck, Mount, PortProtocol, PostgresService, RedisCache, SecretFiles, Service, StackProject, Value, Variable } from 'projen-stack';
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
new Service(stack, 'clock', { image: 'example.com/clock:1', rootless, readOnly: true, singleton: true, environment: { TOKEN: Value.of(new Variable('KEY', { secret: true })) }, secretFiles: SecretFiles.folder('SECRETS_DIR') });
project.synth();
`;

const DEFINITIONS = { celery: CELERY, everything: EVERYTHING };

const OPTIONS = {
  // Each way in which secrets come into a cluster, and both in which browsers reach it.
  celery: {
    exposure: 'gateway', gateway: 'edge/public', secretSource: 'external-secrets', secretStore: 'vault',
    environments: { staging: { hosts: { backend: 'celery.test.example.com' } }, production: { hosts: { backend: 'celery.example.com' } } },
  },
  quickstart: {
    // Saved, and in one environment run by somebody else.
    backups: { schedule: '0 3 * * *', storageSize: '20Gi', storageClass: 'slow' },
    clusterCidrs: ['10.244.0.0/16', '10.96.0.0/12'], dns: { cidrs: ['169.254.20.10/32'] },
    environments: {
      staging: { secretSource: 'sealed-secrets' },
      production: { replicas: { backend: 2, frontend: 2 }, hosts: { frontend: 'shop.example.com' } },
      laptop: { secretSource: 'env-file', externalHosts: { postgres: 'db.example.net' } },
    },
  },
  everything: {
    // With the operator's name of the primary, copies and a claim of its own.
    services: { postgres: { cloudNativePg: {}, storageSize: '20Gi' }, web: { autoscaling: { maxReplicas: 5 }, egress: [{ port: 587 }] }, ledger: { storageSize: '5Gi', storageClass: 'fast' }, media: { storageClass: 'shared' } },
    environments: { staging: { externalHosts: { redis: 'redis.example.net' }, hosts: { web: 'web.example.com' } }, production: { externalHosts: { redis: 'redis.example.org' }, resources: { web: { memory: '2G' } } } },
    imagePullSecret: 'registry', certificateIssuer: 'letsencrypt', ingressClass: 'nginx',
  },
};

/** What git ignores beside an overlay, or somebody makes with a program of its own. */
const BESIDE = {
  'quickstart/k8s/overlays/laptop/secrets.env': 'POSTGRES_PASSWORD=a\nREDIS_PASSWORD=b\nSECRET_KEY=c\n',
  'quickstart/k8s/overlays/staging/sealed-secrets.yaml': 'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata:\n  name: shop-secrets\nspec:\n  encryptedData:\n    SECRET_KEY: AgBy3i4OJSWK\n',
};

const environmentsOf = (name) => Object.keys(OPTIONS[name]?.environments ?? { staging: {}, production: {} });
const namespaceOf = (name, environment) => (environment === 'production' ? `${RUN}-${name}` : `${RUN}-${name}-${environment}`);
/** The definition of an example, with the target. */
const definitionOf = (name, settings) => onCluster(DEFINITIONS[name] ?? exampleDefinition(name), {
  namespace: `${RUN}-${name}`, tag: '1.4.0', registry: 'registry.example.com/shop', settings, ...OPTIONS[name],
});

/** What a linter said that is not accepted; in CI it must be there. */
async function isMissing(program) {
  const found = await run(program, ['--version'], { check: false }).then(() => true, () => false);
  return found || process.env.CI ? false : `there is no ${program} on this machine`;
}

const missing = Object.fromEntries(await Promise.all(['kube-score', 'kubeconform', 'checkov', 'trivy'].map(async (program) => [program, await isMissing(program)])));

describe('the manifests of the examples', () => {
  let cluster;
  const folder = tempDir('manifests');
  const sets = Object.keys(EXAMPLES).flatMap((name) => environmentsOf(name).map((environment) => [name, environment]));
  const all = () => sets.map((set) => join(folder, `${set.join('-')}.yaml`));
  let kinds;

  before(async () => {
    cluster = await openCluster(sets.map((set) => namespaceOf(...set)));
    kinds = await cluster.kinds(CUSTOM_KINDS);
    for (const [name, settings] of Object.entries(EXAMPLES)) {
      let files = await synth(definitionOf(name, settings));
      // What a sample writes is there from the second time on.
      files = await synth(definitionOf(name, settings), { dir: files.dir });
      for (const [file, text] of Object.entries(BESIDE)) if (file.startsWith(`${name}/`)) files.write(file.slice(name.length + 1), text);
      for (const environment of environmentsOf(name)) {
        const { stdout } = await cluster.kubectl(['kustomize', files.path('k8s/overlays', environment)]);
        writeFileSync(join(folder, `${name}-${environment}.yaml`), stdout);
      }
      if (name === 'emotion-visualizer') assert.ok(files.has('k8s/base/db/init-scripts/10-extensions.sql') || files.has('k8s/base/db/docker-entrypoint-initdb-d/10-extensions.sql'), 'the folder of scripts');
    }
  });

  after(() => {
    cluster?.release();
    kinds?.release();
  });

  test('have one of each kind that is not Kubernetes\' own', () => {
    const said = all().map((file) => readFileSync(file, 'utf8')).join('---\n');
    for (const { spec } of CUSTOM_KINDS) assert.match(said, new RegExp(`^kind: ${spec.names.kind}$`, 'm'));
    assert.match(said, /^kind: Secret\n/m, 'the file of secrets of a developer');
  });

  test('are taken by the API server, with strict validation and without a warning', async () => {
    for (const file of all()) {
      const text = readFileSync(file, 'utf8');
      await cluster.kubectl(['apply', '--server-side', '--filename', '-'], { input: text.split('---\n').find((each) => /^kind: Namespace$/m.test(each)) });
      const { stdout, stderr } = await cluster.kubectl(['apply', '--server-side', '--dry-run=server', '--validate=strict', '--filename', file]);
      assert.equal(stderr, '', file);
      assert.equal(stdout.trim().split('\n').length, text.split('---\n').length);
    }
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
      const { stdout } = await run('kube-score', ['score', '--output-format', 'json', ...all()], { check: false });
      const objects = JSON.parse(stdout);
      assert.ok(objects.length > 150, `only ${objects.length} objects were read`);
      return objects.flatMap(({ type_meta: { kind }, object_meta: { name }, checks }) => checks.filter(({ skipped, grade }) => !skipped && grade < 10).map(({ check, comments }) => (
        { id: check.id, resource: resourceOf(kind, name), line: (comments ?? []).map(({ summary }) => summary).join(', ') }
      )));
    },
    'checkov': async () => {
      const { stdout } = await run('checkov', ['--framework', 'kubernetes', '--output', 'json', '--quiet', ...all().flatMap((file) => ['--file', file])], { check: false });
      const { results, summary } = JSON.parse(stdout);
      assert.ok(summary.passed > 1000, JSON.stringify(summary));
      return results.failed_checks.map(({ check_id: id, check_name: line, resource }) => {
        const [kind, , name] = resource.split('.');
        return { id, resource: resourceOf(kind, name), line };
      });
    },
    'trivy': async () => {
      const { stdout } = await run('trivy', ['config', '--skip-check-update', '--quiet', '--format', 'json', '--skip-dirs', join(folder, 'schemas'), folder], { check: false });
      const results = JSON.parse(stdout).Results;
      assert.ok(results.length >= all().length, `only ${results.length} files were read`);
      return results.flatMap(({ Misconfigurations = [] }) => Misconfigurations).map(({ ID, Title, Message }) => {
        const [, kind, name] = /^(?:Container \S+ (?:of|in) )?(\w+) (\S+) /.exec(Message.replaceAll("'", '')) ?? [undefined, 'unknown', Message];
        return { id: ID, resource: resourceOf(kind, name), line: `${Title}: ${Message}` };
      });
    },
  };
  for (const [linter, ask] of Object.entries(said)) {
    test(`${linter} finds nothing but what is accepted of a resource with a reason, and all of that`, { skip: missing[linter] }, async () => {
      assert.deepEqual(unaccounted(linter, await ask()), { found: [], gone: [] });
    });
  }
});

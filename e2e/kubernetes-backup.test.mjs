// Backups on a cluster: a CronJob that saves over the network, and the way back.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { synth } from './lib/index.mjs';
import { openCluster } from './support/cluster.mjs';

const NAMESPACE = `backup-e2e-${process.pid}`;

const definition = (lib, projen) => {
  const project = new projen.Project({ name: 'kube-backup' });
  const stack = new lib.Stack(project);
  new lib.PostgresService(stack, 'postgres', { version: '17', databases: ['analytics'] });
  stack.addTarget(new lib.KubernetesTarget({
    namespace: process.env.KUBE_E2E_NAMESPACE,
    settings: { POSTGRES_USER: 'shop', POSTGRES_DB: 'shop' },
    environments: { production: {} },
    backups: { schedule: '0 3 * * *', keep: 1, storageSize: '1Gi' },
  }));
  project.synth();
};

describe('backups on a cluster', () => {
  let cluster;
  const kubectl = (...args) => cluster.kubectl(['--namespace', NAMESPACE, ...args]);
  const psql = async (statement) => (await kubectl('exec', 'postgres-0', '--', 'psql', '-X', '-q', '-U', 'shop', '-d', 'shop', '-Atc', statement)).stdout.trim();

  /** Runs what the CronJob would, with other arguments, as the documentation says; gives what it said and whether it was done. */
  async function save(name, ...args) {
    const { stdout: plain } = await kubectl('create', 'job', name, '--from=cronjob/postgres-backup', '--dry-run=client', '--output=json');
    const patch = JSON.stringify([{ op: 'add', path: '/spec/template/spec/containers/0/args', value: args }]);
    const { stdout: job } = await cluster.kubectl(['patch', '--local', '--filename', '-', '--type=json', '--patch', patch, '--output=json'], { input: plain });
    await cluster.kubectl(['--namespace', NAMESPACE, 'create', '--filename', '-'], { input: job });
    const ended = (condition) => kubectl('wait', `job/${name}`, `--for=condition=${condition}`, '--timeout=90s').then(() => condition);
    const how = await Promise.any([ended('Complete'), ended('FailureTarget')]);
    return { how, said: (await kubectl('logs', `job/${name}`)).stdout };
  }

  before(async () => {
    cluster = await openCluster([NAMESPACE]);
    const files = await synth(definition, { env: { KUBE_E2E_NAMESPACE: NAMESPACE } });
    await cluster.load('postgres:17-alpine');
    await cluster.kubectl(['apply', '--server-side', '--filename', files.path('k8s/base/namespace.yaml')]);
    await kubectl('create', 'secret', 'generic', 'kube-backup-secrets', `--from-literal=POSTGRES_PASSWORD=${'a'.repeat(48)}`);
    const { stderr } = await cluster.kubectl(['apply', '--server-side', '--validate=strict', '--kustomize', files.path('k8s/overlays/production')]);
    assert.equal(stderr, '');
    await kubectl('rollout', 'status', 'statefulset/postgres', '--timeout=90s');
    await psql("create table items (name text); insert into items values ('a pen')");
  });
  after(() => cluster?.release());

  let file;

  test('each database is saved, read back and kept with a checksum', async () => {
    const { how, said } = await save('first');
    assert.equal(how, 'Complete', said);
    assert.match(said, /^postgres: app is saved: postgres-app-\d{8}T\d{6}Z\.dump, \d{3,} bytes$/m);
    assert.match(said, /^postgres: analytics is saved: postgres-analytics-/m);
    [, file] = /saved: (postgres-app-\S+),/.exec(said);
  });

  test('a file is put back', async () => {
    await psql('delete from items');
    const { how, said } = await save('back', '--restore', file, '--force');
    assert.equal(how, 'Complete', said);
    assert.equal(await psql('select name from items'), 'a pen');
  });

  test('no more files are kept than was said', async () => {
    const { said } = await save('second');
    assert.match(said, new RegExp(`^postgres: ${file} is removed$`, 'm'));
  });
});

import Ajv from 'ajv';
import schema from './cloud-native-pg.schema.json';
import { app, define, manifests, SETTINGS } from './stacks';
import { KubernetesTarget, KubernetesTargetOptions, PostgresService, RedisCache, Stack } from '../../../src';
import { lines, newStack, render } from '../../support/stack';

/** A PostgreSQL that the operator runs, and what is connected to it. */
function shop(options: KubernetesTargetOptions = {}, service: object = {}): Stack {
  return define(newStack({
    targets: [new KubernetesTarget({ settings: SETTINGS, tag: '1.4.0', services: { postgres: { cloudNativePg: {}, ...service } }, ...options })],
  }));
}

const isCluster = new Ajv({ strict: false }).compile(schema);

test('a Cluster has the databases, the user and the size of the service, in fields that the operator has', () => {
  const { spec, ...rest } = manifests(shop({ imagePullSecret: 'registry' }, { storageSize: '20Gi', storageClass: 'fast' }))['base/postgres/cluster.yaml'];
  expect(rest).toMatchObject({ apiVersion: 'postgresql.cnpg.io/v1', kind: 'Cluster', metadata: { name: 'postgres' } });
  expect(spec).toMatchObject({
    instances: 3,
    imageName: 'ghcr.io/cloudnative-pg/postgresql:17',
    enableSuperuserAccess: false,
    enablePDB: true,
    smartShutdownTimeout: 0,
    bootstrap: { initdb: { database: 'shop', owner: 'shop', postInitSQL: ['CREATE DATABASE "analytics" OWNER "shop"'] } },
    storage: { size: '20Gi', storageClass: 'fast' },
    resources: { limits: { memory: '1Gi' } },
  });
  expect([isCluster(spec), isCluster.errors]).toEqual([true, null]);
  expect(isCluster({ ...spec, instance: 3 })).toBe(false);
});

test('scripts and parameters come along', () => {
  const stack = shop();
  const [postgres] = stack.node.findAll().filter((each): each is PostgresService => each instanceof PostgresService);
  postgres.addInitScript('10-trigram.sql', 'CREATE EXTENSION pg_trgm;\n');
  postgres.addParameter('max_connections', '200');
  const all = manifests(stack);
  const { spec } = all['base/postgres/cluster.yaml'];
  expect(spec.bootstrap.initdb.postInitApplicationSQLRefs).toEqual({ configMapRefs: [{ name: 'postgres-init', key: '10-trigram.sql' }] });
  expect(spec.postgresql).toEqual({ parameters: { max_connections: '200' } });
  expect([isCluster(spec), isCluster.errors]).toEqual([true, null]);
  expect(all['base/kustomization.yaml'].configMapGenerator).toContainEqual({ name: 'postgres-init', files: ['postgres/init/10-trigram.sql'], options: { disableNameSuffixHash: true } });
  expect(render(stack)['k8s/base/postgres/init/10-trigram.sql']).toBe('CREATE EXTENSION pg_trgm;\n');
});

test('its name leads to the server that takes writes, and its password is that which the operator makes', () => {
  const stack = shop({ backups: { schedule: '@daily' } });
  const all = manifests(stack);
  expect(all['base/postgres/service.yaml'].spec).toEqual({
    selector: { 'cnpg.io/cluster': 'postgres', 'cnpg.io/instanceRole': 'primary' }, ports: [{ name: 'postgres', port: 5432, targetPort: 5432, protocol: 'TCP' }],
  });
  const made = { secretKeyRef: { name: 'postgres-app', key: 'password' } };
  expect(all['base/backend/deployment.yaml'].spec.template.spec.containers[0].env).toContainEqual({ name: 'DB_PASSWORD', valueFrom: made });
  expect(all['base/postgres-backup/cron-job.yaml'].spec.jobTemplate.spec.template.spec.containers[0].env).toContainEqual({ name: 'PGPASSWORD', valueFrom: made });
  const script = render(stack)['scripts/deploy.sh'];
  expect(script).toContain("secret_keys='REDIS_PASSWORD SECRET_KEY'\n");
  expect(script).not.toMatch(/statefulset\/postgres/i);
  expect(Object.keys(all).filter((file) => file.startsWith('base/postgres/'))).toEqual([
    'base/postgres/cluster.yaml', 'base/postgres/service.yaml', 'base/postgres/network-policy.yaml',
  ]);
});

test('its pods copy from each other, are asked by the operator and ask the API server; clients find them by their own labels', () => {
  const all = manifests(shop({}, { cloudNativePg: { operatorNamespace: 'operators' } }));
  const pods = { podSelector: { matchLabels: { 'cnpg.io/cluster': 'postgres' } } };
  const { podSelector, ingress, egress } = all['base/postgres/network-policy.yaml'].spec;
  expect({ podSelector }).toEqual(pods);
  const on = (...ports: number[]) => ports.map((port) => ({ protocol: 'TCP', port }));
  expect(ingress.slice(1)).toEqual([
    { from: [pods], ports: on(5432, 8000) },
    { from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'operators' } } }], ports: on(5432, 8000) },
  ]);
  expect(egress).toEqual([{ to: [pods], ports: on(5432, 8000) }, { to: [{ ipBlock: { cidr: '0.0.0.0/0' } }], ports: on(443, 6443) }]);
  expect(all['base/backend/network-policy.yaml'].spec.egress).toContainEqual({ to: [pods], ports: on(5432) });
});

test('an environment has as many as it says, one unless it is production, with its own names', () => {
  const all = manifests(shop({
    environments: { staging: { settings: { POSTGRES_DB: 'trial' } }, load: { replicas: { postgres: 2 }, resources: { postgres: { memory: '2G' } } }, production: {} },
  }));
  expect(all['overlays/staging/postgres-cluster.yaml'].spec).toMatchObject({ instances: 1, enablePDB: false, bootstrap: { initdb: { database: 'trial', owner: 'shop' } } });
  expect(all['overlays/load/postgres-cluster.yaml'].spec).toMatchObject({ instances: 2, resources: { limits: { memory: '2Gi' } } });
  expect(all['overlays/production/postgres-cluster.yaml']).toBeUndefined();
});

describe('what cannot be', () => {
  const said = (stack: Stack) => lines(stack.findings(), 'PS187', 'PS188').map((line) => line.replace(/^(\w+ PS\d+) at \S+(?: \([^)]*\))?: /, '$1: '));

  test('another program', () => {
    expect(said(app({}, { services: { app: { cloudNativePg: {} } } }))).toEqual(['error PS188: CloudNativePG is to run it, and it is no PostgreSQL. Remove cloudNativePg.']);
    const stack = newStack({ targets: [new KubernetesTarget({ services: { redis: { cloudNativePg: {} } } })] });
    new RedisCache(stack, 'redis');
    expect(said(stack)).toHaveLength(1);
  });

  test('somebody else in one environment', () => {
    expect(said(shop({ environments: { staging: {}, production: { externalHosts: { postgres: 'db.example.net' } } } }))).toEqual([
      'error PS188: CloudNativePG is to run it, and somebody else does in production: the password would be in two Secrets. Remove cloudNativePg, or the external hosts.',
    ]);
  });

  test('scripts for a shell, no instance, an autoscaler', () => {
    const stack = shop({}, { cloudNativePg: { instances: 0 }, autoscaling: { maxReplicas: 3 } });
    stack.node.findAll().forEach((each) => each instanceof PostgresService && each.addInitScript('20-more.sh', 'exit\n'));
    expect(said(stack)).toEqual([
      'error PS188: CloudNativePG runs no "20-more.sh" when the data is initialised, but SQL alone. Write it as a file that ends in .sql, or do it in a migration.',
      'error PS187: There cannot be 0 instances of it. Write: instances: 3.',
      'error PS187: It is autoscaled, and one of its pods takes all writes. Remove autoscaling.',
    ]);
  });
});

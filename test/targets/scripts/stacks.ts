import { Adminer, CeleryWorker, FastApiBackend, Flower, Mount, NetworkSpec, PostgresService, RedisCache, Service, SmokeCheck, Stack, Storage, ViteFrontend } from '../../../src';

/** A database and nothing else. */
export function database(stack: Stack): void {
  new PostgresService(stack, 'postgres', { version: '17' });
}

/** One of each. */
export function full(stack: Stack): void {
  const postgres = new PostgresService(stack, 'postgres', { version: '17', databases: ['it\'s "reports"'] });
  const redis = new RedisCache(stack, 'redis');
  const backend = new FastApiBackend(stack, 'backend', { database: postgres, cache: redis, broker: redis, logDirectory: 'data/logs' });
  new CeleryWorker(stack, 'worker', { backend, queues: ['mail', 'a.b'] });
  new Flower(stack, 'flower', { backend });
  new ViteFrontend(stack, 'frontend', { api: backend });
  new Adminer(stack, 'adminer', { database: postgres });
}

export const AWKWARD_NETWORKS: NetworkSpec[] = [{ name: 'app', fixedName: 'acme-net' }, { name: 'shared', external: true }];

/** Everything that two copies of a stack would fight for. */
export function awkward(stack: Stack): void {
  const db = new PostgresService(stack, 'db', {
    version: '17',
    containerName: 'acme-db',
    hostname: 'db',
    hostPort: 5433,
    storage: Storage.bind('./data/postgres'),
    overrides: { compose: { networks: { app: { ipv4_address: '10.1.2.3' } } } },
  });
  const api = new Service(stack, 'api', {
    image: 'acme/api:dev',
    imageBuild: { context: './api' },
    ports: [{ name: 'http', port: 8000 }],
    mounts: [
      Mount.volume('cache', '/cache'), Mount.bind('../common', '/common', { readOnly: true }), Mount.bind('/srv/uploads', '/uploads', { holdsData: true }),
      Mount.bind('./docs', '/docs'), Mount.bind('/var/run/docker.sock', '/var/run/docker.sock'),
    ],
    overrides: { compose: { ports: ['8000:8000', '127.0.0.1:${METRICS_PORT:-9000}:9000', { target: 7000, published: '7000', protocol: 'udp' }, '6000'] } },
  });
  api.addConnection({ target: db });
  api.addSmokeCheck(SmokeCheck.exec('says what it is told', { command: ['echo', "it's\n$HOME `x` \"y\" \\"], expect: "^it's$" }));
  new Service(stack, 'job', { oneShot: true, imageOf: api, dependsOn: [{ service: db }] });
  api.addDependency(stack.node.findChild('job') as Service);
  stack.addOverrides({ compose: { volumes: { api_cache: { name: 'acme-cache', driver_opts: { type: 'none', o: 'bind', device: '/srv/cache' } } }, networks: { app: { ipam: { config: [{ subnet: '10.1.2.0/24' }] } } } } });
}

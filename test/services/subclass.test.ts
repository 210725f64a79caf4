import { Construct } from 'constructs';
import {
  Adminer, AdminerProps, CeleryBeat, CeleryBeatProps, CeleryWorker, CeleryWorkerProps, ConnectionStyle, ExternalPostgres,
  ExternalPostgresProps, ExternalRedis, ExternalRedisProps, FastApiBackend, FastApiProps, Flower, FlowerProps, Mode, Mount, PostgresProps,
  PostgresService, RedisCache, RedisProps, Service, ServiceProps, Stack, StackTesting, Value, ViteFrontend, ViteProps,
} from '../../src';
import { document, newStack } from '../support/stack';

/** The company's own of each: with a default of theirs that whoever uses it can still change. */
class AcmeService extends Service {
  constructor(scope: Construct, id: string, props: ServiceProps = {}) {
    super(scope, id, Service.merge({ image: 'acme/app:1.0', labels: { owner: 'acme' } }, props));
  }
}
class AcmePostgres extends PostgresService {
  constructor(scope: Construct, id: string, props: Partial<PostgresProps> = {}) {
    super(scope, id, { version: '17', labels: { owner: 'acme' }, ...props });
  }
}
class AcmeRedis extends RedisCache {
  constructor(scope: Construct, id: string, props: RedisProps = {}) {
    super(scope, id, { labels: { owner: 'acme' }, ...props });
  }
}
class AcmeBackend extends FastApiBackend {
  constructor(scope: Construct, id: string, props: FastApiProps = {}) {
    super(scope, id, { labels: { owner: 'acme' }, ...props });
    this.dockerfile.stage('production').addLabel('owner', 'acme');
  }
}
class AcmeFrontend extends ViteFrontend {
  constructor(scope: Construct, id: string, props: ViteProps = {}) {
    super(scope, id, { labels: { owner: 'acme' }, ...props });
    this.dockerfile.stage('production').addLabel('owner', 'acme');
  }
}
class AcmeWorker extends CeleryWorker {
  constructor(scope: Construct, id: string, props: CeleryWorkerProps) {
    super(scope, id, { labels: { owner: 'acme' }, ...props });
  }
}
class AcmeBeat extends CeleryBeat {
  constructor(scope: Construct, id: string, props: CeleryBeatProps) {
    super(scope, id, { labels: { owner: 'acme' }, ...props });
  }
}
class AcmeFlower extends Flower {
  constructor(scope: Construct, id: string, props: FlowerProps) {
    super(scope, id, { labels: { owner: 'acme' }, ...props });
  }
}
class AcmeAdminer extends Adminer {
  constructor(scope: Construct, id: string, props: AdminerProps) {
    super(scope, id, { labels: { owner: 'acme' }, ...props });
  }
}
class AcmeDatabaseElsewhere extends ExternalPostgres {
  constructor(scope: Construct, id: string, props: ExternalPostgresProps = {}) {
    super(scope, id, { host: 'db.acme.example', ...props });
  }
}
class AcmeCacheElsewhere extends ExternalRedis {
  constructor(scope: Construct, id: string, props: ExternalRedisProps = {}) {
    super(scope, id, { host: 'cache.acme.example', ...props });
  }
}

/** Each of them in a stack with what it needs. */
const SHIPPED: { readonly [name: string]: (stack: Stack) => Service } = {
  service: (stack) => new AcmeService(stack, 'it'),
  postgres: (stack) => new AcmePostgres(stack, 'it'),
  redis: (stack) => new AcmeRedis(stack, 'it'),
  backend: (stack) => new AcmeBackend(stack, 'it', { database: new AcmePostgres(stack, 'db') }),
  frontend: (stack) => new AcmeFrontend(stack, 'it', { api: new AcmeBackend(stack, 'api') }),
  worker: (stack) => new AcmeWorker(stack, 'it', { backend: new AcmeBackend(stack, 'api', { broker: new AcmeRedis(stack, 'redis') }) }),
  beat: (stack) => new AcmeBeat(stack, 'it', { backend: new AcmeBackend(stack, 'api', { broker: new AcmeRedis(stack, 'redis') }) }),
  flower: (stack) => new AcmeFlower(stack, 'it', { backend: new AcmeBackend(stack, 'api', { broker: new AcmeRedis(stack, 'redis') }) }),
  adminer: (stack) => new AcmeAdminer(stack, 'it', { database: new AcmePostgres(stack, 'db') }),
};

/** What can be said of every service after it was made; none of these speaks about what another one says. */
const ADJUSTMENTS: ((service: Service) => void)[] = [
  (service) => service.addEnvironment('ACME_LEVEL', Value.literal('high')),
  (service) => service.addEnvironment('ACME_TOKEN', Value.of(service.addSecret('ACME_TOKEN'))),
  (service) => service.addMount(Mount.tmpfs('/acme')),
  (service) => service.addSettings({ hostname: 'acme' }),
  (service) => service.addSettings({ hostname: 'acme-prod' }, Mode.PRODUCTION),
  (service) => service.addOverrides({ compose: { oom_score_adj: -500 } }),
  (service) => service.addOverrides({ compose: { oom_score_adj: -900 } }, Mode.PRODUCTION),
  (service) => service.addTask({ taskName: 'acme:task', description: 'Does it', command: ['true'] }),
  (service) => service.addDependency(new Service(service.node.scope as Stack, 'extra', { image: 'acme/extra:1.0' })),
];

function adjusted(name: string, adjustments: readonly ((service: Service) => void)[]): Stack {
  const stack = newStack();
  const service = SHIPPED[name](stack);
  adjustments.forEach((adjust) => adjust(service));
  return stack;
}

describe.each(Object.keys(SHIPPED))('a subclass of each: %s', (name) => {
  test('is itself, with the default of its company', () => {
    expect(document(adjusted(name, [])).services.it.labels).toMatchObject({ owner: 'acme' });
  });

  test('is adjusted afterwards', () => {
    const stack = adjusted(name, ADJUSTMENTS);
    const [entry, production] = [Mode.DEVELOPMENT, Mode.PRODUCTION].map((mode) => document(stack, mode).services.it);
    expect(entry).toMatchObject({
      hostname: 'acme', oom_score_adj: -500, environment: { ACME_LEVEL: 'high', ACME_TOKEN: '${ACME_TOKEN:-dev_acme_token}' }, depends_on: { extra: { condition: 'service_started' } },
    });
    expect(entry.tmpfs ?? entry.volumes).toContainEqual(expect.stringMatching(/^\/acme/));
    if (production) expect(production).toMatchObject({ hostname: 'acme-prod', oom_score_adj: -900 });
    expect(Object.keys(StackTesting.tasks(stack))).toContain('acme:task');
    expect(StackTesting.synth(stack)['.env.example']).toMatch(/^ACME_TOKEN=/m);
  });

  test('comes to the same in any order of these calls', () => {
    const inOrder = document(adjusted(name, ADJUSTMENTS));
    for (const turn of [1, 4, 7]) {
      expect(document(adjusted(name, [...ADJUSTMENTS.slice(turn), ...ADJUSTMENTS.slice(0, turn)]))).toEqual(inOrder);
    }
    expect(document(adjusted(name, [...ADJUSTMENTS].reverse()))).toEqual(inOrder);
  });
});

describe('what only some of them take', () => {
  test('a server takes scripts, databases and parameters after others were connected to it', () => {
    const stack = newStack();
    const postgres = new AcmePostgres(stack, 'postgres');
    const backend = new AcmeBackend(stack, 'backend', { database: postgres });
    postgres.addParameter('max_connections', '300');
    postgres.addInitScript('10-acme.sql', 'SELECT 1;\n');
    postgres.addDatabase('audit');
    backend.connect({ connection: () => postgres.databaseConnection('audit') }, { style: ConnectionStyle.URL, urlKey: 'AUDIT_URL' });
    const files = StackTesting.synth(stack);
    expect(files['config/postgres/docker-entrypoint-initdb.d/10-acme.sql']).toBe('SELECT 1;\n');
    expect(files['compose.yaml']).toContain('max_connections=300');
    expect(document(stack).services.backend.environment.AUDIT_URL).toContain('/audit');
  });

  test.each<[string, (stack: Stack) => FastApiBackend | ViteFrontend]>([
    ['a backend', (stack) => new AcmeBackend(stack, 'it', { database: new AcmePostgres(stack, 'db') })],
    ['a frontend', (stack) => new AcmeFrontend(stack, 'it')],
  ])('the image of %s takes steps, which stand before the last user and the command', (_, make) => {
    const stack = newStack();
    const service = make(stack);
    service.dockerfile.stage('production').run('echo acme > /etc/acme');
    service.addSettings({ hostname: 'acme' });
    const text = StackTesting.synth(stack)[service.pathOf('Dockerfile')];
    const production = text.slice(text.indexOf(' AS production'));
    expect(production).toContain('\nLABEL owner=acme\n');
    const [step, user, command] = ['RUN echo acme', '\nUSER 1', '\nCMD '].map((part) => production.indexOf(part));
    expect(step).toBeGreaterThan(0);
    expect(step).toBeLessThan(user);
    if (command >= 0) expect(step).toBeLessThan(command);
  });

  test('a program on a backend\'s image has what is said about the backend later', () => {
    const stack = newStack();
    const backend = new AcmeBackend(stack, 'backend', { broker: new AcmeRedis(stack, 'redis') });
    new AcmeWorker(stack, 'worker', { backend });
    backend.addEnvironment('ACME_LEVEL', Value.literal('high'));
    expect(document(stack).services.worker.environment.ACME_LEVEL).toBe('high');
  });

  test('what runs elsewhere is subclassed as well', () => {
    const stack = newStack();
    new AcmeBackend(stack, 'backend', { database: new AcmeDatabaseElsewhere(stack, 'db'), cache: new AcmeCacheElsewhere(stack, 'cache') });
    expect(document(stack).services.backend.environment).toMatchObject({
      DB_HOST: '${POSTGRES_HOST:-db.acme.example}', REDIS_HOST: '${REDIS_HOST:-cache.acme.example}',
    });
  });

  test('a property that a subclass of others adds is passed on without a word; a misspelt one of ours is not seen there', () => {
    const stack = newStack();
    new AcmeService(stack, 'it', { acmeOnly: true } as ServiceProps);
    expect(stack.findings().filter(({ rule }) => rule.ruleId === 'PS041')).toEqual([]);
  });
});

import { ConnectionStyle, EvictionPolicy, Mode, Mount, RedisCache, RedisProps, Service, Stack, Storage, Value } from '../../src';
import { expectFile } from '../support/expected';
import { document, lines, messageOf, newStack, render, serviceOf } from '../support/stack';

/** A stack with one Redis server called redis. */
function withRedis(props: RedisProps = {}): { stack: Stack; redis: RedisCache } {
  const stack = newStack();
  return { stack, redis: new RedisCache(stack, 'redis', props) };
}

const entry = (props: RedisProps = {}, mode = Mode.DEVELOPMENT) => serviceOf(withRedis(props).stack, 'redis', mode);
const PASSWORD = '${REDIS_PASSWORD:-dev_password_change_in_production}';

describe('a server of which nothing is said', () => {
  test.each(['compose.yaml', 'compose.prod.yaml'])('is a whole %s', (file) => {
    const text = render(withRedis().stack)[file];
    expectFile(__dirname, `redis.${file}`, text);
    if (file === 'compose.prod.yaml') expect(text).not.toMatch(/dev_password|ports:|:-/);
  });
});

describe('the image', () => {
  test.each([
    [{}, 'redis:8-alpine'], [{ version: '7' }, 'redis:7-alpine'], [{ version: '8.2', variant: 'trixie' }, 'redis:8.2-trixie'], [{ variant: '' }, 'redis:8'],
  ])('of %j is %s [002-022]', (props, image) => expect(entry(props).image).toBe(image));
});

describe('persistence', () => {
  test('is on: every write goes to a file in a volume [002-025]', () => {
    expect(entry()).toMatchObject({ command: expect.arrayContaining(['redis-server', '--appendonly', 'yes']), volumes: ['redis_data:/data'] });
    expect(entry().command).not.toContain('--save');
    expect(document(withRedis().stack).volumes).toEqual({ redis_data: null });
  });

  test('may be in a folder of the host, which git ignores [002-023]', () => {
    const { stack } = withRedis({ storage: Storage.bind('./data/redis') });
    expect(serviceOf(stack, 'redis').volumes).toEqual(['./data/redis:/data']);
    expect(stack.evaluate().outputs.flatMap((output) => output.gitIgnore ?? [])).toContain('/data/redis/');
  });

  test('is off: nothing is kept, and the image makes no nameless volume', () => {
    const { stack } = withRedis({ persistence: false, authentication: false });
    for (const mode of [Mode.DEVELOPMENT, Mode.PRODUCTION]) {
      const { command, volumes, tmpfs } = serviceOf(stack, 'redis', mode);
      expect(command.slice(0, 5)).toEqual(['redis-server', '--appendonly', 'no', '--save', '']);
      expect(volumes).toBeUndefined();
      expect(tmpfs).toEqual(['/data']);
      expect(document(stack, mode).volumes).toBeUndefined();
    }
  });

  test('may be on in production alone', () => {
    const props = { persistence: false, production: { persistence: true, storage: Storage.volume('kept') } };
    expect(entry(props)).toMatchObject({ tmpfs: ['/data'] });
    expect(entry(props, Mode.PRODUCTION)).toMatchObject({ volumes: ['kept:/data'] });
    expect(entry(props, Mode.PRODUCTION).tmpfs).toBeUndefined();
  });
});

describe('the password', () => {
  test('is asked of every client, and given to redis-cli by the environment', () => {
    expect(entry()).toMatchObject({ command: ['redis-server', '--appendonly', 'yes', '--requirepass', PASSWORD], environment: { REDISCLI_AUTH: PASSWORD } });
    expect(entry({}, Mode.PRODUCTION).environment).toEqual({ REDISCLI_AUTH: '${REDIS_PASSWORD:?set REDIS_PASSWORD in .env (scripts/env.sh init makes it)}' });
  });

  test('has another default in development', () => {
    expect(entry({ developmentPassword: 'letmein' }).environment).toEqual({ REDISCLI_AUTH: '${REDIS_PASSWORD:-letmein}' });
  });

  test('may be left out', () => {
    const { stack, redis } = withRedis({ authentication: false });
    expect(serviceOf(stack, 'redis').command).toEqual(['redis-server', '--appendonly', 'yes']);
    expect(serviceOf(stack, 'redis').environment).toBeUndefined();
    expect(redis.passwordVariable).toBeUndefined();
    expect(redis.hostUrl().developmentText).toBe('redis://localhost:6379/0');
    expect(stack.model().variables.map((variable) => variable.variableName)).toEqual(['REDIS_PORT']);
  });
});

describe('the memory', () => {
  const command = (props: RedisProps, mode: Mode) => entry({ authentication: false, ...props }, mode).command.slice(3);

  test('is limited in production, in the words of Redis, where m would be a million', () => {
    expect(command({}, Mode.DEVELOPMENT)).toEqual([]);
    expect(command({}, Mode.PRODUCTION)).toEqual(['--maxmemory', '256mb', '--maxmemory-policy', 'noeviction']);
  });

  test.each([['256M', '256mb'], ['1g', null], ['64k', '64kb'], ['1000', '1000'], ['1536k', '1536kb']])('%s is %s', (maxMemory, text) => {
    const resources = { memory: '4G' };
    expect(command({ maxMemory, production: { resources } }, Mode.PRODUCTION)[1]).toBe(text ?? '1gb');
  });

  test('is limited where it is said, with the policy that is said', () => {
    const props = { maxMemory: '64M', evictionPolicy: EvictionPolicy.ALLKEYS_LRU, production: { maxMemory: '128M' } };
    expect(command(props, Mode.DEVELOPMENT)).toEqual(['--maxmemory', '64mb', '--maxmemory-policy', 'allkeys-lru']);
    expect(command(props, Mode.PRODUCTION)).toEqual(['--maxmemory', '128mb', '--maxmemory-policy', 'allkeys-lru']);
  });

  test('a policy without a limit is passed on', () => {
    expect(command({ evictionPolicy: EvictionPolicy.VOLATILE_TTL }, Mode.DEVELOPMENT)).toEqual(['--maxmemory-policy', 'volatile-ttl']);
  });
});

test('the health check reads the answer, since redis-cli ends with 0 also when it is refused [002-026]', () => {
  expect(entry().healthcheck.test).toEqual(['CMD-SHELL', 'redis-cli ping | grep -q PONG']);
});

test('it is asked as often as is said, and the question stays [002-045]', () => {
  const { test: question } = entry().healthcheck;
  expect(entry({ healthTiming: { retries: 3 } }).healthcheck).toMatchObject({ test: question, retries: 3, interval: '10s', start_period: '10s' });
});

test('the port is open on the loopback in development, moved by a variable, and closed in production [002-024]', () => {
  expect(entry().ports).toEqual(['127.0.0.1:${REDIS_PORT:-6379}:6379']);
  expect(entry({ hostPort: 6380 }).ports).toEqual(['127.0.0.1:${REDIS_PORT:-6380}:6379']);
  expect(entry({}, Mode.PRODUCTION).ports).toBeUndefined();
});

describe('the logical databases', () => {
  const { stack, redis } = withRedis({ databases: { cache: 0, broker: 1 } });
  const api = new Service(stack, 'api', { image: 'api:1' });
  api.connect(redis, { style: ConnectionStyle.URL, envPrefix: 'AI_AGENTS_' });
  api.connect({ connection: () => redis.logicalConnection('broker') }, { style: ConnectionStyle.URL, urlKey: 'CELERY_BROKER_URL' });
  api.connect(redis);

  test('are given to consumers in parts and as URLs of their own [002-035] [002-036] [002-092]', () => {
    expect(serviceOf(stack, 'api')).toMatchObject({
      environment: {
        AI_AGENTS_REDIS_URL: `\${AI_AGENTS_REDIS_URL:-redis://default:${PASSWORD}@redis:6379/0}`,
        CELERY_BROKER_URL: `\${CELERY_BROKER_URL:-redis://default:${PASSWORD}@redis:6379/1}`,
        REDIS_HOST: 'redis',
        REDIS_PORT: '6379',
        REDIS_DB: '0',
        REDIS_PASSWORD: PASSWORD,
      },
      depends_on: { redis: { condition: 'service_healthy' } },
    });
    const template = render(stack)['.env.example'];
    expect(template).toContain('\nAI_AGENTS_REDIS_URL=redis://default:${REDIS_PASSWORD}@redis:6379/0\n');
    expect(template).toContain('\nCELERY_BROKER_URL=redis://default:${REDIS_PASSWORD}@redis:6379/1\n');
  });

  test('are reached from the host by name', () => {
    expect(redis.hostUrl('broker').developmentText).toBe('redis://default:dev_password_change_in_production@localhost:6379/1');
    expect(redis.hostUrl().developmentText).toMatch(/:6379\/0$/);
  });

  test('that nobody named are refused with a free number', () => {
    expect(messageOf(() => redis.logicalConnection('sessions'))).toBe(
      'shop/stack/redis has no database "sessions". Write: databases: { cache: 0, broker: 1, sessions: 2 }.',
    );
  });

  test('the first is the lowest, not the one that was named first', () => {
    expect(withRedis({ databases: { broker: 3, cache: 2 } }).redis.hostUrl().developmentText).toMatch(/\/2$/);
  });
});

describe('what a server finds wrong with itself', () => {
  const AT = 'at shop/stack/redis (test/services/redis.test.ts:LINE):';
  const findings = (props: RedisProps) => lines(withRedis(props).stack.findings(), 'PS100', 'PS110', 'PS111');

  test('nothing, when it is sound', () => expect(findings({ databases: { a: 0, b: 15 }, maxMemory: '300M' })).toEqual([]));

  test.each([16, -1, 1.5, NaN])('PS110: the number %d', (number) => {
    expect(findings({ databases: { cache: number } })).toEqual([`error PS110 ${AT} The database "cache" has the number ${number}. Write a whole number from 0 to 15.`]);
  });

  test('PS110: two names for one number', () => {
    expect(findings({ databases: { cache: 0, broker: 1, sessions: 0 } })).toEqual([
      `error PS110 ${AT} The databases "cache" and "sessions" both have the number 0. Write a number of its own for each.`,
    ]);
  });

  test('PS110: no database at all', () => {
    expect(findings({ databases: {} })).toEqual([`error PS110 ${AT} No database has a name. Write: databases: { cache: 0 }, or leave databases out.`]);
  });

  test('PS111: a size that cannot be read, once for both modes', () => {
    const message = `error PS111 ${AT} The memory limit "much" cannot be read. Write a size such as: maxMemory: '256M'.`;
    expect(findings({ maxMemory: 'much' })).toEqual([message]);
    expect(findings({ development: { maxMemory: 'much' } })).toEqual([message]);
  });

  test.each(['512M', '1G'])('PS111: %s leaves the container nothing', (maxMemory) => {
    expect(findings({ maxMemory })).toEqual([
      `error PS111 ${AT} In production Redis may use ${maxMemory}, and its container 512M. Write a smaller maxMemory, three quarters of resources.memory, say.`,
    ]);
    expect(findings({ maxMemory, production: { resources: { memory: '2G' } } })).toEqual([]);
  });

  test('PS100: two servers with one prefix', () => {
    const { stack } = withRedis();
    new RedisCache(stack, 'queue', { variablePrefix: 'REDIS' });
    expect(lines(stack.findings(), 'PS100')).toEqual([
      `error PS100 ${AT} Its settings begin with REDIS, as those of shop/stack/queue do. Write: variablePrefix: 'REDIS_2' on one of them.`,
      `error PS100 ${AT.replace('redis (', 'queue (')} Its settings begin with REDIS, as those of shop/stack/redis do. Write: variablePrefix: 'REDIS_2' on one of them.`,
    ]);
  });
});

test('takes every property of a service, in place of its own defaults', () => {
  const props: RedisProps = { command: Value.literals('redis-server', '/etc/redis.conf'), mounts: [Mount.bind('./cache', '/data')], readOnly: false, resources: { memory: '4G' } };
  for (const mode of [Mode.DEVELOPMENT, Mode.PRODUCTION]) {
    expect(entry(props, mode)).toMatchObject({ command: ['redis-server', '/etc/redis.conf'], volumes: ['./cache:/data'], read_only: false });
  }
  expect(entry(props, Mode.PRODUCTION).deploy.resources.limits).toEqual({ cpus: '1', memory: '4G', pids: 512 });
});

test('two servers in one stack share no setting, no volume and no task', () => {
  const { stack } = withRedis();
  new RedisCache(stack, 'job-queue', { hostPort: 6380 });
  expect(stack.model().variables.map((variable) => variable.variableName)).toEqual(['REDIS_PASSWORD', 'REDIS_PORT', 'JOB_QUEUE_PASSWORD', 'JOB_QUEUE_PORT']);
  expect(document(stack).volumes).toEqual({ 'redis_data': null, 'job-queue_data': null });
  const tasks = stack.evaluate().outputs.flatMap((output) => output.tasks ?? []).filter((task) => task.taskName.endsWith(':cli'));
  expect(tasks.map((task) => [task.taskName, task.command])).toEqual([
    ['redis:cli', ['docker', 'compose', 'exec', 'redis', 'redis-cli']], ['job-queue:cli', ['docker', 'compose', 'exec', 'job-queue', 'redis-cli']],
  ]);
});

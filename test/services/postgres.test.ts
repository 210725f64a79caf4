import { HealthCheck, Mode, Mount, PostgresProps, PostgresService, Resources, Stack, Storage } from '../../src';
import { expectFile } from '../support/expected';
import { document, newStack, render, serviceOf } from '../support/stack';

/** A stack with one PostgreSQL server called postgres. */
function withPostgres(props: Partial<PostgresProps> = {}): { stack: Stack; postgres: PostgresService } {
  const stack = newStack();
  return { stack, postgres: new PostgresService(stack, 'postgres', { version: '17', ...props }) };
}

const entry = (props: Partial<PostgresProps> = {}, mode = Mode.DEVELOPMENT) => serviceOf(withPostgres(props).stack, 'postgres', mode);

describe('a server of which only the version is said', () => {
  test('is a whole development file at the root of the project [001-001] [001-007] [001-024] [000-035]', () => {
    expectFile(__dirname, 'postgres.compose.yaml', render(withPostgres().stack)['compose.yaml']);
    expect(Object.keys(document(withPostgres().stack))).toEqual(['name', 'services', 'volumes']);
  });

  test('is a whole production file, in which every setting must be set and no port is open [001-038]', () => {
    const text = render(withPostgres().stack)['compose.prod.yaml'];
    expectFile(__dirname, 'postgres.compose.prod.yaml', text);
    expect(text).not.toContain('dev_password');
    expect(text).not.toContain('ports:');
    expect(text.match(/\$\{\w+:-/g)).toBeNull();
  });
});

describe('a server of which everything is said', () => {
  test.each([Mode.DEVELOPMENT, Mode.PRODUCTION])('%s', (mode) => {
    const { stack } = withPostgres({
      version: '16.4',
      variant: 'trixie',
      description: 'The shop\'s orders',
      userName: 'shop',
      databaseName: 'orders',
      developmentPassword: 'letmein',
      databases: ['audit'],
      initScripts: './database/init',
      hostPort: 5433,
      parameters: { max_connections: '200', shared_buffers: '512MB' },
      storage: Storage.bind('./data/postgres'),
      production: { storage: Storage.volume(), parameters: { max_connections: '50' }, resources: { cpus: 4, memory: '8G' } },
    });
    const file = mode === Mode.DEVELOPMENT ? 'compose.yaml' : 'compose.prod.yaml';
    expectFile(__dirname, `postgres-all.${file}`, render(stack)[file]);
  });
});

describe('the image and the place of the data follow the version', () => {
  test.each([
    ['15', 'postgres:15-alpine', '/var/lib/postgresql/data'],
    ['16', 'postgres:16-alpine', '/var/lib/postgresql/data'],
    ['17', 'postgres:17-alpine', '/var/lib/postgresql/data'],
    ['18', 'postgres:18-alpine', '/var/lib/postgresql'],
    ['17.6', 'postgres:17.6-alpine', '/var/lib/postgresql/data'],
    ['18.1', 'postgres:18.1-alpine', '/var/lib/postgresql'],
  ])('%s [000-044] [000-048] [001-008] [001-012] [001-013] [002-018]', (version, image, path) => {
    for (const mode of [Mode.DEVELOPMENT, Mode.PRODUCTION]) {
      const { stack } = withPostgres({ version });
      expect(serviceOf(stack, 'postgres', mode)).toMatchObject({ image, volumes: [`postgres_data:${path}`] });
      expect(document(stack, mode).volumes).toEqual({ postgres_data: null });
    }
  });

  test.each([['trixie', 'postgres:17-trixie'], ['', 'postgres:17'], ['alpine3.22', 'postgres:17-alpine3.22']])('the variant "%s"', (variant, image) => {
    expect(entry({ variant }).image).toBe(image);
  });

  test('an image of another registry replaces it', () => expect(entry({ image: 'ghcr.io/acme/postgres:17' }).image).toBe('ghcr.io/acme/postgres:17'));
});

describe('the data', () => {
  test('is in a folder of the host, which git ignores [002-019] [003-002] [003-011] [002-070]', () => {
    const { stack } = withPostgres({ storage: Storage.bind('./data/postgres') });
    expect(serviceOf(stack, 'postgres').volumes).toEqual(['./data/postgres:/var/lib/postgresql/data']);
    expect(document(stack).volumes).toBeUndefined();
    expect(stack.evaluate().outputs.flatMap((output) => output.gitIgnore ?? [])).toContain('/data/postgres/');
  });

  test('of 18 is mounted a folder higher there too', () => {
    expect(entry({ version: '18', storage: Storage.bind('./data/postgres') }).volumes).toEqual(['./data/postgres:/var/lib/postgresql']);
  });

  test('may be kept differently in each mode', () => {
    const props = { development: { storage: Storage.bind('./data/db') }, production: { storage: Storage.volume('legacy_data') } };
    expect(entry(props).volumes).toEqual(['./data/db:/var/lib/postgresql/data']);
    expect(entry(props, Mode.PRODUCTION).volumes).toEqual(['legacy_data:/var/lib/postgresql/data']);
  });
});

describe('the server itself', () => {
  test('is configured by the environment, with defaults in development [000-046] [001-003] [001-009] [001-037] [003-008]', () => {
    expect(entry({ userName: 'ai_interviewer_user', databaseName: 'ai_interviewer_db' }).environment).toEqual({
      POSTGRES_USER: '${POSTGRES_USER:-ai_interviewer_user}',
      POSTGRES_PASSWORD: '${POSTGRES_PASSWORD:-dev_password_change_in_production}',
      POSTGRES_DB: '${POSTGRES_DB:-ai_interviewer_db}',
    });
    expect(entry({ userName: 'emotionviz', developmentPassword: 'devpassword', databaseName: 'emotionviz_db' }).environment).toEqual({
      POSTGRES_USER: '${POSTGRES_USER:-emotionviz}', POSTGRES_PASSWORD: '${POSTGRES_PASSWORD:-devpassword}', POSTGRES_DB: '${POSTGRES_DB:-emotionviz_db}',
    });
  });

  test('names no password outside of the defaults for development, and trusts nobody [001-034] [003-009]', () => {
    const { stack } = withPostgres({ developmentPassword: 'letmein' });
    const files = render(stack);
    for (const [name, text] of Object.entries(files)) {
      const places = text.split('\n').filter((line) => line.includes('letmein'));
      if (name === 'compose.yaml') expect(places).toEqual(['      POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:-letmein}']);
      else if (name !== 'scripts/env.sh') expect(places).toEqual([]);
      expect(text).not.toMatch(/POSTGRES_HOST_AUTH_METHOD|\btrust\b/);
    }
  });

  test('is checked over TCP, for its user and its database, every 10 s [000-039] [000-049] [001-011] [001-039] [002-021] [003-013]', () => {
    for (const mode of [Mode.DEVELOPMENT, Mode.PRODUCTION]) {
      expect(entry({}, mode).healthcheck).toEqual({
        test: ['CMD-SHELL', 'pg_isready -q -h 127.0.0.1 -U "$$POSTGRES_USER" -d "$$POSTGRES_DB"'],
        interval: '10s',
        timeout: '5s',
        retries: 5,
        start_period: '30s',
        start_interval: '1s',
      });
    }
  });

  test('is asked as often as is said, and the question stays [002-045]', () => {
    const { test: question } = entry().healthcheck;
    expect(entry({ healthTiming: { retries: 3, interval: '20s' } }).healthcheck).toMatchObject({ test: question, retries: 3, interval: '20s', timeout: '5s' });
  });

  test('can be checked otherwise [002-045]', () => {
    expect(entry({ healthCheck: HealthCheck.exec(['pg_isready'], { retries: 3 }) }).healthcheck).toMatchObject({
      test: ['CMD', 'pg_isready'], interval: '10s', timeout: '5s', retries: 3,
    });
  });

  test('is started again unless somebody stopped it [000-043] [001-040] [003-015]', () => {
    for (const mode of [Mode.DEVELOPMENT, Mode.PRODUCTION]) expect(entry({}, mode).restart).toBe('unless-stopped');
  });

  test('takes parameters as arguments, in the order in which they were said [001-069]', () => {
    const { stack, postgres } = withPostgres({
      parameters: { shared_buffers: '512MB', work_mem: '16MB' },
      production: { parameters: { shared_buffers: '2GB' } },
    });
    postgres.addParameter('max_connections', '200');
    postgres.addParameter('log_min_duration_statement', '250', Mode.PRODUCTION);
    expect(serviceOf(stack, 'postgres').command).toEqual([
      'postgres', '-c', 'shared_buffers=512MB', '-c', 'work_mem=16MB', '-c', 'max_connections=200',
    ]);
    expect(serviceOf(stack, 'postgres', Mode.PRODUCTION).command).toEqual([
      'postgres', '-c', 'shared_buffers=2GB', '-c', 'work_mem=16MB', '-c', 'max_connections=200', '-c', 'log_min_duration_statement=250',
    ]);
  });

  test('has the image\'s own command without parameters', () => expect(entry().command).toBeUndefined());

  test('is limited, and its log rotated, in production [003-065] [003-071]', () => {
    const resources: Resources = { cpus: 2, memory: '2G', reservedCpus: 0.5, reservedMemory: '512M' };
    const { deploy, logging } = entry({ production: { resources } }, Mode.PRODUCTION);
    expect(deploy).toEqual({ resources: { limits: { cpus: '2', memory: '2G', pids: 512 }, reservations: { cpus: '0.5', memory: '512M' } } });
    expect(logging).toEqual({ driver: 'json-file', options: { 'max-size': '10m', 'max-file': '3' } });
    expect(entry().deploy).toBeUndefined();
  });

  test('is limited as its user says, in production too [003-065]', () => {
    const resources: Resources = { cpus: 4, memory: '8G' };
    expect(entry({ resources, readOnly: false }, Mode.PRODUCTION)).toMatchObject({ read_only: false, deploy: { resources: { limits: { cpus: '4', memory: '8G', pids: 512 } } } });
  });

  test('has a name for the container only when asked [000-045] [001-030] [003-007]', () => {
    expect(entry().container_name).toBeUndefined();
    expect(entry({ containerName: 'ai-interviewer-postgres-dev' }).container_name).toBe('ai-interviewer-postgres-dev');
    expect(entry({ version: '15', containerName: 'emotionvisualizer-db' })).toMatchObject({ image: 'postgres:15-alpine', container_name: 'emotionvisualizer-db' });
  });

  test('takes every property of a service', () => {
    const { stack } = withPostgres({ stopGracePeriod: '1m', shmSize: '1G', labels: { team: 'data' }, mounts: [Mount.tmpfs('/run/extra')] });
    expect(serviceOf(stack, 'postgres')).toMatchObject({
      stop_grace_period: '1m', shm_size: '1G', labels: { team: 'data' }, tmpfs: ['/run/extra'], volumes: ['postgres_data:/var/lib/postgresql/data'],
    });
  });
});

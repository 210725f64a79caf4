import { mkdirSync, writeFileSync } from 'fs';
import * as path from 'path';
import { Project } from 'projen';
import { CeleryBeat, CeleryWorker, CeleryWorkerProps, FastApiBackend, FastApiProps, Flower, Mode, RedisCache, Stack, Value } from '../../src';
import { document, lines, newStack, serviceOf } from '../support/stack';
import { tempFolder } from '../support/synth';

/** A stack with a backend, a worker, a beat and a Flower. */
function withCelery(worker: Partial<CeleryWorkerProps> = {}, props: FastApiProps = {}, stack: Stack = newStack()) {
  const backend = new FastApiBackend(stack, 'backend', { broker: new RedisCache(stack, 'redis'), ...props });
  new CeleryWorker(stack, 'worker', { backend, ...worker });
  new CeleryBeat(stack, 'beat', { backend });
  new Flower(stack, 'flower', { backend });
  return { stack, backend };
}

describe('a worker', () => {
  const worker = (props: Partial<CeleryWorkerProps> = {}, mode = Mode.DEVELOPMENT) => serviceOf(withCelery(props).stack, 'worker', mode);

  test('runs the backend\'s image with a command, a check and patience of its own [002-091]', () => {
    expect(worker({}, Mode.PRODUCTION)).toMatchObject({
      image: '${COMPOSE_PROJECT_NAME}-backend',
      command: ['celery', '-A', 'app.worker', 'worker', '--loglevel', 'INFO', '--concurrency', '2'],
      init: true,
      stop_grace_period: '60s',
      depends_on: { redis: { condition: 'service_healthy' } },
      read_only: true,
    });
    expect(worker().healthcheck.test).toEqual(['CMD-SHELL', 'celery -A app.worker inspect ping --destination "celery@$$HOSTNAME" --timeout 5']);
    expect(worker()).not.toHaveProperty('ports');
    expect(worker()).not.toHaveProperty('build');
  });

  test('starts anew in development when its code changes, unless the backend does not', () => {
    expect(worker().command).toEqual(['watchfiles', '--filter', 'python', '--sigint-timeout', '60', 'celery -A app.worker worker --loglevel INFO --concurrency 2', 'app']);
    expect(serviceOf(withCelery({}, { reload: false }).stack, 'worker').command[0]).toBe('celery');
  });

  test('takes other queues, more at once, from another module', () => {
    expect(worker({ queues: ['mail', 'reports'], concurrency: 8, celeryModule: 'app.celery' }, Mode.PRODUCTION).command.join(' ')).toBe(
      'celery -A app.celery worker --loglevel INFO --concurrency 8 --queues mail,reports',
    );
    expect(worker({ production: { concurrency: 6 } }, Mode.PRODUCTION).command).toContain('6');
    expect(worker({ production: { concurrency: 6 } }).command.join(' ')).toContain('--concurrency 2');
  });

  test('has what the backend has, and what is said of it alone', () => {
    const { stack, backend } = withCelery({ environment: { OWN: Value.literal('1') }, stopGracePeriod: '5m' });
    backend.addEnvironment('SHARED', Value.literal('2'));
    expect(serviceOf(stack, 'worker').environment).toEqual({ ...serviceOf(stack, 'backend').environment, OWN: '1' });
    expect(serviceOf(stack, 'backend').environment).not.toHaveProperty('OWN');
    expect(serviceOf(stack, 'worker').stop_grace_period).toBe('5m');
    expect(serviceOf(stack, 'worker').volumes).toEqual(serviceOf(stack, 'backend').volumes);
  });
});

test('beat keeps its schedule in memory, and is asked for its broker', () => {
  const beat = serviceOf(withCelery().stack, 'beat', Mode.PRODUCTION);
  expect(beat.command.join(' ')).toBe('celery -A app.worker beat --loglevel INFO --schedule /tmp/celerybeat-schedule --pidfile=');
  expect(beat.tmpfs).toEqual(['/tmp']);
  expect(beat.healthcheck.test[3]).toContain('ensure_connection');
});

test('Flower is a tool of developers behind a login', () => {
  const { stack } = withCelery();
  const flower = serviceOf(stack, 'flower');
  expect(flower).toMatchObject({ profiles: ['tools'], ports: ['127.0.0.1:${FLOWER_PORT:-5555}:5555'] });
  expect(flower.environment.FLOWER_BASIC_AUTH).toBe('${FLOWER_USER:-admin}:${FLOWER_PASSWORD:-dev_flower_password}');
  expect(document(stack, Mode.PRODUCTION).services).not.toHaveProperty('flower');
  expect(serviceOf(stack, 'backend').environment).not.toHaveProperty('FLOWER_BASIC_AUTH');
});

describe('what cannot work', () => {
  test('a backend without a broker', () => {
    expect(lines(withCelery({}, { broker: undefined }).stack.findings(), 'PS128')).toEqual(['worker', 'beat', 'flower'].map((id) => (
      `error PS128 at shop/stack/${id} (test/services/celery.test.ts:LINE): The backend "backend" has no broker. Write: broker: redis on backend.`
    )));
  });

  const found = (file: string, text: string) => {
    const outdir = tempFolder();
    mkdirSync(path.join(outdir, 'backend'));
    writeFileSync(path.join(outdir, 'backend', file), text);
    return lines(withCelery({}, {}, new Stack(new Project({ name: 'shop', outdir }))).stack.findings(), 'PS129');
  };

  test.each([
    ['requirements.txt', 'kombu==5.6.2 \\\n    --hash=sha256:0\nredis==6.5.0 \\\n', 'redis 6.5.0, and kombu 5.6.2, the transport of Celery, takes versions from 4.5 to below 6.5'],
    ['requirements.txt', 'kombu[redis]==5.7.0\nredis==6.3.0\n', 'redis 6.3.0, and kombu 5.7.0, the transport of Celery, takes versions from 6.4 to below 9'],
    ['requirements.txt', 'redis==9.0.0\n', 'redis 9.0.0, and kombu, the transport of Celery, takes versions from 6.4 to below 9'],
    ['uv.lock', '[[package]]\nname = "kombu"\nversion = "5.5.4"\n\n[[package]]\nname = "redis"\nversion = "7.0.1"\n', 'redis 7.0.1, and kombu 5.5.4, the transport of Celery, takes versions from 4.5 to below 6.5'],
  ])('pins in %s that do not agree', (file, text, pins) => {
    expect(found(file, text)[0]).toBe(
      `error PS129 at shop/stack/worker (test/services/celery.test.ts:LINE): backend/${file} pins ${pins}. `
      + 'Write "redis>=6.4,<6.5" in pyproject.toml, which every kombu takes, then run: npx projen backend:lock',
    );
  });

  test.each([
    ['requirements.txt', 'kombu==5.7.0\nredis==6.4.0 \\\n'], ['requirements.txt', 'kombu==5.10.1\nredis==8.1.0 \\\n'], ['requirements.txt', 'kombu==5.6.2\nredis==6.4.0\n'],
    ['uv.lock', 'name = "redis"\nversion = "6.4.0"\n'], ['requirements.txt', 'redis-om==9.0\n'], ['requirements.txt', 'kombu==5.7.0\n'],
  ])('other pins in %s are fine: %j', (file, text) => expect(found(file, text)).toEqual([]));
});

test('in development, all that Python runs hears a signal at once; in production, programs that start others have an init process', () => {
  const { stack } = withCelery();
  const withInit = (mode: Mode) => Object.entries(document(stack, mode).services as { [name: string]: { init?: boolean } })
    .filter(([, { init }]) => init).map(([name]) => name);
  expect(withInit(Mode.DEVELOPMENT)).toEqual(['backend', 'worker', 'beat', 'flower']);
  expect(withInit(Mode.PRODUCTION)).toEqual(['worker', 'beat']);
});

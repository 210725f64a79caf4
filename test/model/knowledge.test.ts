import {
  Adminer, CeleryWorker, ExternalPostgres, ExternalRedis, FastApiBackend, GuideTopic, PostgresService, RedisCache, Service, ServiceRole, SmokeCheck,
  SmokeCheckKind, StackCommand, StackCommandKind, StackElement, ViteFrontend,
} from '../../src';
import { newStack } from '../support/stack';

/** Who opens connections to whom, by name. */
const arrows = (element: StackElement) => element.connections().map(({ target, portName }) => (portName ? `${target.node.id}:${portName}` : target.node.id));

describe('what a service opens connections to', () => {
  const stack = newStack();
  const database = new PostgresService(stack, 'postgres', { version: '17' });
  const redis = new RedisCache(stack, 'redis');
  const backend = new FastApiBackend(stack, 'backend', { database, cache: redis, broker: redis });
  const worker = new CeleryWorker(stack, 'worker', { backend });
  const frontend = new ViteFrontend(stack, 'frontend', { api: backend });
  const adminer = new Adminer(stack, 'adminer', { database });

  test('is what it is connected to, each once', () => expect(arrows(backend)).toEqual(['postgres', 'redis']));
  test('a migration reaches the database alone', () => expect(arrows(backend.migration!)).toEqual(['postgres']));
  test('a worker reaches what its backend reaches', () => expect(arrows(worker)).toEqual(['postgres', 'redis']));
  test('a page\'s server reaches the API', () => expect(arrows(frontend)).toEqual(['backend']));
  test('a tool reaches its database', () => expect(arrows(adminer)).toEqual(['postgres']));
  test('a store reaches nothing', () => expect([database, redis].flatMap(arrows)).toEqual([]));

  test('what runs elsewhere is reached too', () => {
    const elsewhere = newStack();
    const warehouse = new ExternalPostgres(elsewhere, 'warehouse');
    const queue = new ExternalRedis(elsewhere, 'queue');
    const api = new FastApiBackend(elsewhere, 'api', { database: warehouse, broker: queue });
    expect(arrows(api)).toEqual(['warehouse', 'queue']);
    expect(arrows(new Adminer(elsewhere, 'adminer', { database: warehouse }))).toEqual(['warehouse']);
  });

  test('a port can be named, and the same arrow is drawn once', () => {
    const own = newStack();
    const mail = new Service(own, 'mail', { image: 'mail:1', ports: [{ name: 'http', port: 80 }, { name: 'smtp', port: 25 }] });
    const api = new Service(own, 'api', { image: 'api:1' });
    for (const portName of ['smtp', 'smtp', undefined]) api.addConnection({ target: mail, portName });
    expect(arrows(api)).toEqual(['mail:smtp', 'mail']);
  });
});

test('each service that is shipped says what part it plays, and whoever uses it may say otherwise', () => {
  const stack = newStack();
  const database = new PostgresService(stack, 'postgres', { version: '17' });
  const redis = new RedisCache(stack, 'redis');
  const backend = new FastApiBackend(stack, 'backend', { database, broker: redis });
  const roles = [
    database, redis, backend, new ViteFrontend(stack, 'frontend'), new CeleryWorker(stack, 'worker', { backend }), new Adminer(stack, 'adminer', { database }),
    new RedisCache(stack, 'records', { role: ServiceRole.DATABASE }), new Service(stack, 'other', { image: 'other:1' }), backend.migration!,
  ].map((service) => service.role);
  expect(roles).toEqual(['database', 'cache', 'backend', 'frontend', 'worker', 'tool', 'database', undefined, undefined]);
});

test('what is added to a service is what it has, beside what its class brings', () => {
  const service = new Service(newStack(), 'api', { image: 'api:1' });
  expect([service.smokeChecks(), service.guides(), service.troubles(), service.backups()]).toEqual([[], [], [], []]);
  const check = SmokeCheck.http('answers');
  const guide = { topic: GuideTopic.SECURITY, text: 'Text.' };
  const trouble = { symptom: 's', cause: 'c', fix: 'f' };
  service.addSmokeCheck(check);
  service.addGuide(guide);
  service.addTrouble(trouble);
  expect([service.smokeChecks(), service.guides(), service.troubles()]).toEqual([[check], [guide], [trouble]]);
});

test('a smoke check says what it asks and what is right', () => {
  expect(SmokeCheck.http('answers')).toMatchObject({ kind: SmokeCheckKind.HTTP, title: 'answers', path: '/', status: 200, expect: undefined });
  expect(SmokeCheck.http('refuses', { port: 'admin', path: '/a', status: 401, expect: 'no' })).toMatchObject({ portName: 'admin', path: '/a', status: 401, expect: 'no' });
  expect(SmokeCheck.tcp('talks', { send: 'PING\r\n', expect: 'PONG' })).toMatchObject({ kind: SmokeCheckKind.TCP, send: 'PING\r\n', expect: 'PONG' });
  expect(SmokeCheck.exec('runs', { command: ['true'] })).toMatchObject({ kind: SmokeCheckKind.EXEC, command: ['true'] });
  expect(SmokeCheck.persistence('keeps', { write: ['w'], read: ['r'], expect: 'x' })).toMatchObject({ kind: SmokeCheckKind.PERSISTENCE, write: ['w'], command: ['r'], expect: 'x' });
  expect(SmokeCheck.reload('follows', { file: 'f', append: 'a', path: '/p', expect: 'x' })).toMatchObject({ kind: SmokeCheckKind.RELOAD, file: 'f', append: 'a', path: '/p', expect: 'x' });
});

test('a command says what it does, and to what', () => {
  const service = new Service(newStack(), 'api', { image: 'api:1' });
  const commands = [
    StackCommand.start('Start'), StackCommand.stop('Stop', service), StackCommand.remove('Remove'), StackCommand.removeData('Forget'),
    StackCommand.restart('Again', service), StackCommand.rebuild('Build', service, { afresh: true }), StackCommand.logs('Logs', service, { interactive: true }),
    StackCommand.status('Status'), StackCommand.exec('Exec', service, ['ls', '-l'], { outputFile: 'list' }), StackCommand.run('Run', service, ['ls']),
    StackCommand.host('Host', 'ls | wc'),
  ];
  expect(commands.map(({ kind, service: about, command, interactive, afresh, outputFile }) => (
    [kind, about?.serviceName, command.join(' '), interactive, afresh, outputFile]
  ))).toEqual([
    [StackCommandKind.START, undefined, '', false, false, undefined],
    [StackCommandKind.STOP, 'api', '', false, false, undefined],
    [StackCommandKind.REMOVE, undefined, '', false, false, undefined],
    [StackCommandKind.REMOVE_DATA, undefined, '', false, false, undefined],
    [StackCommandKind.RESTART, 'api', '', false, false, undefined],
    [StackCommandKind.REBUILD, 'api', '', false, true, undefined],
    [StackCommandKind.LOGS, 'api', '', true, false, undefined],
    [StackCommandKind.STATUS, undefined, '', false, false, undefined],
    [StackCommandKind.EXEC, 'api', 'ls -l', false, false, 'list'],
    [StackCommandKind.RUN, 'api', 'ls', false, false, undefined],
    [StackCommandKind.HOST, undefined, 'ls | wc', false, false, undefined],
  ]);
  expect(commands[0].remark).toBe('Start');
});

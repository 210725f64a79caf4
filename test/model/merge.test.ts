import { DependencyCondition, Mode, Mount, Service, ServiceProps, Value } from '../../src';
import { newStack } from '../support/stack';

const merge = (defaults: ServiceProps, props: ServiceProps) => Service.merge(defaults, props);

test('scalars replace', () => {
  expect(merge({ image: 'a:1', user: '1' }, { image: 'b:2' })).toEqual({ image: 'b:2', user: '1' });
});

test('undefined is ignored, an empty text and 0 are not', () => {
  expect(merge({ image: 'a:1', hostname: 'x', replicas: 2 }, { image: undefined, hostname: '', replicas: 0 })).toEqual({ image: 'a:1', hostname: '', replicas: 0 });
});

test('maps merge by key, keep their order, and ignore undefined within', () => {
  const [one, two, three] = Value.literals('1', '2', '3');
  const merged = merge({ environment: { A: one, B: two } }, { environment: { C: three, A: three } });
  expect(Object.entries(merged.environment!)).toEqual([['A', three], ['B', two], ['C', three]]);
  expect(merge({ resources: { cpus: 1, memory: '1G' } }, { resources: { memory: undefined, pids: 9 } }).resources).toEqual({ cpus: 1, memory: '1G', pids: 9 });
});

test('maps merge at any depth', () => {
  expect(merge(
    { logging: { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '3' } }, overrides: { compose: { deploy: { labels: { a: '1' } }, tty: true } } },
    { logging: { options: { 'max-file': '5' } }, overrides: { compose: { deploy: { labels: { b: '2' } } }, other: 1 } },
  )).toEqual({
    logging: { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '5' } },
    overrides: { compose: { deploy: { labels: { a: '1', b: '2' } }, tty: true }, other: 1 },
  });
});

test('null in an override survives, since it removes a key later', () => {
  expect(merge({ overrides: { compose: { tty: true } } }, { overrides: { compose: { tty: null } } }).overrides).toEqual({ compose: { tty: null } });
});

test('ports merge by name, field by field and in place', () => {
  expect(merge(
    { ports: [{ name: 'http', port: 80, hostPort: 8080 }, { name: 'admin', port: 9000 }] },
    { ports: [{ name: 'metrics', port: 9100 }, { name: 'http', port: 8000 }] },
  ).ports).toEqual([{ name: 'http', port: 8000, hostPort: 8080 }, { name: 'admin', port: 9000 }, { name: 'metrics', port: 9100 }]);
});

test('mounts merge by target: one replaces the other where it stands', () => {
  const [volume, tmpfs, bind, extra] = [Mount.volume('data', '/data'), Mount.tmpfs('/tmp'), Mount.bind('./data', '/data'), Mount.tmpfs('/run')];
  const merged = merge({ mounts: [volume, tmpfs] }, { mounts: [extra, bind] }).mounts;
  expect(merged).toEqual([bind, tmpfs, extra]);
});

test('dependencies merge by service, and what the later one leaves open stays', () => {
  const stack = newStack();
  const [db, cache] = ['db', 'cache'].map((id) => new Service(stack, id, { image: `${id}:1` }));
  const merged = merge(
    { dependsOn: [{ service: db, condition: DependencyCondition.HEALTHY }, { service: cache }] },
    { dependsOn: [{ service: cache, condition: DependencyCondition.STARTED }, { service: db, restart: true }] },
  ).dependsOn!;
  expect(merged.map(({ service, condition, restart }) => [service.serviceName, condition, restart])).toEqual([
    ['db', DependencyCondition.HEALTHY, true], ['cache', DependencyCondition.STARTED, undefined],
  ]);
});

test.each(['capDrop', 'capAdd', 'securityOpt', 'networks', 'profiles'] as const)('the list %s is replaced whole', (key) => {
  expect(merge({ [key]: ['a', 'b'] }, { [key]: ['c'] })).toEqual({ [key]: ['c'] });
  expect(merge({ [key]: ['a'] }, { [key]: [] })).toEqual({ [key]: [] });
});

test('a command is replaced whole', () => {
  expect(merge({ command: Value.literals('a', 'b') }, { command: Value.literals('c') }).command).toEqual(Value.literals('c'));
});

test('objects of a class replace, they are not mixed', () => {
  const [below, above] = [Value.literal('below'), Value.literal('above')];
  expect(merge({ environment: { A: below } }, { environment: { A: above } }).environment!.A).toBe(above);
});

test('what is said for one mode merges by the same rule', () => {
  expect(merge(
    { development: { user: '1', ports: [{ name: 'http', port: 80, hostPort: 1 }, { name: 'admin', port: 90 }] }, production: { user: '2' } },
    { development: { ports: [{ name: 'http', port: 80, hostPort: 2 }] } },
  )).toEqual({ development: { user: '1', ports: [{ name: 'http', port: 80, hostPort: 2 }, { name: 'admin', port: 90 }] }, production: { user: '2' } });
  expect(merge({}, { production: { user: '1' } })).toEqual({ production: { user: '1' } });
});

test('what a user says for both modes covers what a subclass says for one, and no more than that', () => {
  const defaults: ServiceProps = {
    production: {
      user: '1',
      readOnly: true,
      capAdd: ['CHOWN'],
      resources: { cpus: 2, memory: '1G' },
      environment: { A: Value.literal('default'), B: Value.literal('default') },
      ports: [{ name: 'http', port: 80, hostPort: 1, publish: [Mode.PRODUCTION] }, { name: 'admin', port: 90 }],
      mounts: [Mount.tmpfs('/data'), Mount.tmpfs('/tmp')],
    },
  };
  const [own, bind] = [Value.literal('own'), Mount.bind('./data', '/data')];
  const service = new Service(newStack(), 'web', merge(defaults, {
    image: 'web:1',
    readOnly: false,
    capAdd: [],
    resources: { memory: '8G' },
    environment: { A: own },
    ports: [{ name: 'http', port: 80, hostPort: 2 }],
    mounts: [bind],
    production: { user: '2' },
  }));
  const settings = service.settings(Mode.PRODUCTION);
  expect(settings).toMatchObject({ user: '2', readOnly: false, capAdd: [], resources: { cpus: 2, memory: '8G' } });
  expect(Object.values(settings.environment!).map((value) => value.developmentText)).toEqual(['own', 'default']);
  expect(settings.ports).toEqual([{ name: 'http', port: 80, hostPort: 2, publish: [Mode.PRODUCTION] }, { name: 'admin', port: 90 }]);
  expect(settings.mounts!.map((mount) => [mount.target, mount.kind])).toEqual([['/data', 'bind'], ['/tmp', 'tmpfs']]);
});

test('neither side is changed by it', () => {
  const defaults: ServiceProps = { environment: {}, ports: [{ name: 'http', port: 80 }], overrides: { compose: {} } };
  const before = JSON.stringify(defaults);
  merge(defaults, { environment: { A: Value.literal('') }, ports: [{ name: 'http', port: 81 }], overrides: { compose: { tty: true } } });
  expect(JSON.stringify(defaults)).toBe(before);
});

describe('the layers of a service', () => {
  const user = (service: Service, mode: Mode) => service.settings(mode).user;

  test('what is said for a mode wins over both, and later wins over earlier', () => {
    const service = new Service(newStack(), 'web', { image: 'nginx:1.29', user: 'props', production: { user: 'production' } });
    expect([user(service, Mode.DEVELOPMENT), user(service, Mode.PRODUCTION)]).toEqual(['props', 'production']);
    service.addSettings({ user: 'added' });
    expect([user(service, Mode.DEVELOPMENT), user(service, Mode.PRODUCTION)]).toEqual(['added', 'production']);
    service.addSettings({ user: 'added for production' }, Mode.PRODUCTION);
    service.addSettings({ user: 'added again' });
    expect([user(service, Mode.DEVELOPMENT), user(service, Mode.PRODUCTION)]).toEqual(['added again', 'added for production']);
  });

  test('the defaults of the library lie below all', () => {
    const { resources, logging, securityOpt, restart } = new Service(newStack(), 'web', {
      image: 'nginx:1.29', resources: { cpus: 2 }, logging: { options: { 'max-file': '9' } }, securityOpt: [],
    }).settings(Mode.PRODUCTION);
    expect(resources).toEqual({ cpus: 2, memory: '512M', pids: 512 });
    expect(logging).toEqual({ driver: 'json-file', options: { 'max-size': '10m', 'max-file': '9' } });
    expect(securityOpt).toEqual([]);
    expect(restart).toBe('unless-stopped');
  });
});

import {
  ConnectionStyle, DependencyCondition, HealthCheck, Mode, MountKind, Mount, PostgresService, RestartPolicy, Service, ServiceProps, Value, Variable,
} from '../../src';
import { newStack } from '../support/stack';

const web = (props: Partial<ServiceProps> = {}) => new Service(newStack(), 'web', { image: 'nginx:1.29', ...props });
const names = (variables: Variable[]) => variables.map((variable) => variable.variableName);

test('a service is called by its id, unless it is said otherwise', () => {
  expect(web().serviceName).toBe('web');
  expect(web({ serviceName: 'front' }).serviceName).toBe('front');
});

test('a service exists in both modes, unless it is said otherwise', () => {
  expect(web().modes).toEqual([Mode.DEVELOPMENT, Mode.PRODUCTION]);
  expect(web({ modes: [Mode.DEVELOPMENT] }).modes).toEqual([Mode.DEVELOPMENT]);
});

test('services are found in the order in which they were made, those within another construct too', () => {
  const stack = newStack();
  const first = new Service(stack, 'first', { image: 'a:1' });
  const inner = new Service(first, 'inner', { image: 'a:1' });
  const last = new Service(stack, 'last', { image: 'a:1' });
  expect(Service.servicesOf(stack)).toEqual([first, inner, last]);
  expect(Service.servicesOf(first)).toEqual([first, inner]);
});

describe('what is added', () => {
  test.each([
    ['a key of the environment', (service: Service) => service.addEnvironment('A', Value.literal('1')), { environment: { A: Value.literal('1') } }],
    ['a port', (service: Service) => service.addPort({ name: 'http', port: 80 }), { ports: [{ name: 'http', port: 80 }] }],
    ['a mount', (service: Service) => service.addMount(Mount.tmpfs('/tmp')), { mounts: [expect.objectContaining({ kind: MountKind.TMPFS, target: '/tmp' })] }],
    ['a setting', (service: Service) => service.addSettings({ user: '1' }), { user: '1' }],
  ])('%s holds in both modes', (_, add, expected) => {
    const service = web();
    add(service);
    for (const mode of [Mode.DEVELOPMENT, Mode.PRODUCTION]) expect(service.settings(mode)).toMatchObject(expected);
  });

  test('for one mode it does not hold in the other', () => {
    const service = web();
    service.addEnvironment('A', Value.literal('1'), Mode.DEVELOPMENT);
    service.addMount(Mount.tmpfs('/tmp'), Mode.PRODUCTION);
    expect(service.settings(Mode.DEVELOPMENT).mounts).toBeUndefined();
    expect(service.settings(Mode.PRODUCTION).environment).toBeUndefined();
    expect(Object.keys(service.settings(Mode.DEVELOPMENT).environment!)).toEqual(['A']);
    expect(service.settings(Mode.PRODUCTION).mounts).toHaveLength(1);
  });

  test('comes to the same in any order of calls that say different things', () => {
    const add = [
      (service: Service) => service.addEnvironment('A', Value.literal('1'), Mode.DEVELOPMENT),
      (service: Service) => service.addEnvironment('A', Value.literal('2')),
      (service: Service) => service.addPort({ name: 'http', port: 80 }),
      (service: Service) => service.addSettings({ user: '1' }, Mode.PRODUCTION),
    ];
    const settings = (order: number[]) => {
      const service = web();
      for (const index of order) add[index](service);
      return [service.settings(Mode.DEVELOPMENT), service.settings(Mode.PRODUCTION)];
    };
    const expected = settings([0, 1, 2, 3]);
    for (const order of [[3, 2, 1, 0], [1, 0, 3, 2], [2, 3, 0, 1]]) expect(settings(order)).toEqual(expected);
    expect(expected[0].environment!.A.developmentText).toBe('1');
    expect(expected[1].environment!.A.developmentText).toBe('2');
  });

  test('what is asked is not changed by what is added later', () => {
    const service = web({ ports: [{ name: 'http', port: 80 }] });
    const before = service.settings(Mode.DEVELOPMENT);
    service.addPort({ name: 'http', port: 81 });
    expect(before.ports).toEqual([{ name: 'http', port: 80 }]);
  });
});

describe('restart', () => {
  test.each([
    ['a service that runs on is started again', {}, RestartPolicy.UNLESS_STOPPED],
    ['one that runs once is not', { oneShot: true }, RestartPolicy.NO],
    ['what is said wins', { oneShot: true, restart: RestartPolicy.ON_FAILURE }, RestartPolicy.ON_FAILURE],
  ])('%s', (_, props, restart) => {
    for (const mode of [Mode.DEVELOPMENT, Mode.PRODUCTION]) expect(web(props).settings(mode).restart).toBe(restart);
  });
});

describe('what waits for a service waits until it', () => {
  test.each([
    ['runs, when it has no check', {}, DependencyCondition.STARTED],
    ['is healthy, when it has one', { healthCheck: HealthCheck.tcp() }, DependencyCondition.HEALTHY],
    ['runs, when its check is switched off', { healthCheck: HealthCheck.none() }, DependencyCondition.STARTED],
    ['has ended, when it runs once', { oneShot: true }, DependencyCondition.COMPLETED],
    ['has ended, even with a check', { oneShot: true, healthCheck: HealthCheck.tcp() }, DependencyCondition.COMPLETED],
  ])('%s', (_, props, condition) => expect(web(props).readiness(Mode.DEVELOPMENT)).toBe(condition));

  test('is healthy in the mode that has a check', () => {
    const service = web({ production: { healthCheck: HealthCheck.tcp() } });
    expect(service.readiness(Mode.DEVELOPMENT)).toBe(DependencyCondition.STARTED);
    expect(service.readiness(Mode.PRODUCTION)).toBe(DependencyCondition.HEALTHY);
  });
});

describe('the settings of the operator', () => {
  const variable = (name: string) => Value.of(new Variable(name));

  test('are found wherever a value names them', () => {
    const service = web({
      environment: { A: variable('IN_ENVIRONMENT') },
      command: [Value.concat(Value.literal('--x='), variable('IN_COMMAND'))],
      entrypoint: [variable('IN_ENTRYPOINT')],
      imageBuild: { args: { B: variable('IN_BUILD') } },
      ports: [{ name: 'http', port: 80 }],
    });
    expect(names(service.variablesIn(Mode.DEVELOPMENT))).toEqual(['IN_ENVIRONMENT', 'IN_COMMAND', 'IN_ENTRYPOINT', 'IN_BUILD', 'WEB_PORT']);
  });

  test('bring along what their defaults name', () => {
    const url = new Variable('URL', { defaultValue: variable('HOST_NAME') });
    expect(names(web({ environment: { A: Value.of(url) } }).variablesIn(Mode.DEVELOPMENT))).toEqual(['HOST_NAME', 'URL']);
  });

  test('count in the modes in which they have an effect', () => {
    const service = web({
      ports: [{ name: 'http', port: 80 }],
      production: { environment: { A: variable('ONLY_PRODUCTION') } },
    });
    expect(names(service.variablesIn(Mode.DEVELOPMENT))).toEqual(['WEB_PORT']);
    expect(names(service.variablesIn(Mode.PRODUCTION))).toEqual(['ONLY_PRODUCTION']);
    expect(new Set(names(service.variables()))).toEqual(new Set(['WEB_PORT', 'ONLY_PRODUCTION']));
    expect(web({ modes: [Mode.DEVELOPMENT], environment: { A: variable('X') } }).variablesIn(Mode.PRODUCTION)).toEqual([]);
  });

  test('that are declared count though no value names them', () => {
    const service = web({ description: 'Front door' });
    const declared = service.addVariable('DECLARED', { description: 'Known to a script' });
    const secret = service.addSecret('SECRET_KEY', { section: 'Secrets' });
    expect(names(service.variables())).toEqual(['DECLARED', 'SECRET_KEY']);
    expect(declared).toMatchObject({ secret: false, section: 'Front door', description: 'Known to a script' });
    expect(secret).toMatchObject({ secret: true, section: 'Secrets' });
    expect(web().addVariable('X').section).toBe('web');
  });

  test('that are used twice are listed once', () => {
    const service = web();
    const value = Value.of(service.addVariable('TWICE'));
    service.addEnvironment('A', value);
    service.addEnvironment('B', value);
    expect(names(service.variables())).toEqual(['TWICE']);
  });
});

test('shortcuts keep their order, and the list is a copy', () => {
  const service = web();
  for (const taskName of ['web:a', 'web:b']) service.addTask({ taskName, description: taskName, command: ['true'] });
  service.tasks().pop();
  expect(service.tasks().map((task) => task.taskName)).toEqual(['web:a', 'web:b']);
});

test('a dependency that is added keeps the condition that was said before, and a later one replaces it', () => {
  const stack = newStack();
  const db = new Service(stack, 'db', { image: 'db:1' });
  const api = new Service(stack, 'api', { image: 'api:1' });
  api.addDependency(db, DependencyCondition.HEALTHY);
  api.addDependency(db);
  expect(api.settings(Mode.DEVELOPMENT).dependsOn).toEqual([{ service: db, condition: DependencyCondition.HEALTHY }]);
  api.addDependency(db, DependencyCondition.STARTED);
  expect(api.settings(Mode.DEVELOPMENT).dependsOn).toEqual([{ service: db, condition: DependencyCondition.STARTED }]);
});

describe('what a service reaches', () => {
  function define() {
    const stack = newStack();
    const postgres = new PostgresService(stack, 'postgres', { version: '17' });
    const search = new Service(stack, 'search', { image: 'search:1', ports: [{ name: 'http', port: 7700 }] });
    const api = new Service(stack, 'api', { image: 'api:1', production: { environment: { SEARCH: search.endpoint('http').internalUrl } } });
    api.connect(postgres, { style: ConnectionStyle.URL });
    return { postgres, search, api };
  }

  test('are the services whose addresses its values and their defaults name, in the mode', () => {
    const { postgres, search, api } = define();
    expect(api.addressed(Mode.DEVELOPMENT)).toEqual([postgres]);
    expect(api.addressed(Mode.PRODUCTION)).toEqual([postgres, search].reverse());
    expect(search.addressed(Mode.PRODUCTION)).toEqual([]);
  });
});

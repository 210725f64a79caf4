import { HealthCheck, HealthCheckClient, Mode, Mount, NetworkSpec, Service, ServiceProps, Stack, Value, WatchAction } from '../../../src';
import { document, newStack, render, serviceOf } from '../../support/stack';

/** A stack with one service called web. */
function web(props: Partial<ServiceProps> = {}, networks?: NetworkSpec[]): Stack {
  const stack = newStack({ networks });
  new Service(stack, 'web', { image: 'nginx:1.29', ...props });
  return stack;
}

describe('networks', () => {
  test('are Compose\'s own when nothing is said [002-066]', () => {
    expect(document(web())).not.toHaveProperty('networks');
    expect(serviceOf(web(), 'web')).not.toHaveProperty('networks');
  });

  test('of the stack are joined by every service, and by no other network [000-030] [000-040]', () => {
    const stack = web({}, [{ name: 'app-network' }]);
    new Service(stack, 'api', { image: 'api:1' });
    expect(document(stack).networks).toEqual({ 'app-network': { driver: 'bridge' } });
    for (const name of ['web', 'api']) expect(serviceOf(stack, name).networks).toEqual(['app-network']);
  });

  test('may have a fixed name, so that other stacks join them [003-014]', () => {
    expect(document(web({}, [{ name: 'emotionviz', fixedName: 'emotionviz-network' }])).networks).toEqual({
      emotionviz: { name: 'emotionviz-network', driver: 'bridge' },
    });
  });

  test('may be external, internal, or of another driver', () => {
    expect(document(web({}, [{ name: 'a', external: true, fixedName: 'proxy' }, { name: 'b', internal: true }, { name: 'c', driver: 'overlay' }])).networks).toEqual({
      a: { name: 'proxy', external: true }, b: { driver: 'bridge', internal: true }, c: { driver: 'overlay' },
    });
  });

  test('may be added later, and chosen by a service', () => {
    const stack = web({ networks: ['front'] });
    stack.addNetwork({ name: 'front' });
    stack.addNetwork({ name: 'back' });
    new Service(stack, 'api', { image: 'api:1' });
    expect(serviceOf(stack, 'web').networks).toEqual(['front']);
    expect(serviceOf(stack, 'api').networks).toEqual(['front', 'back']);
  });
});

describe('configs', () => {
  const config = (text: string) => Mount.config('settings', '/etc/web/settings.toml', text);
  const files = (stack: Stack) => Object.fromEntries(Object.entries(render(stack)).filter(([name]) => name.startsWith('config/')));

  test('are files under the path that they have in the container', () => {
    const stack = web({ mounts: [config('[a]\nb = "$c"\n')] });
    expect(files(stack)).toEqual({ 'config/web/etc/web/settings.toml': '[a]\nb = "$c"\n' });
    for (const mode of [Mode.DEVELOPMENT, Mode.PRODUCTION]) {
      expect(document(stack, mode).configs).toEqual({ web_settings: { file: './config/web/etc/web/settings.toml' } });
      expect(serviceOf(stack, 'web', mode).configs).toEqual([{ source: 'web_settings', target: '/etc/web/settings.toml' }]);
    }
  });

  test('have a second file for production, where the text differs', () => {
    const stack = web({ mounts: [config('development')], production: { mounts: [config('production')] } });
    expect(files(stack)).toEqual({ 'config/web/etc/web/settings.toml': 'development', 'config/web.production/etc/web/settings.toml': 'production' });
    expect(document(stack).configs.web_settings.file).toBe('./config/web/etc/web/settings.toml');
    expect(document(stack, Mode.PRODUCTION).configs.web_settings.file).toBe('./config/web.production/etc/web/settings.toml');
  });

  test('of production alone need no second name', () => {
    expect(files(web({ production: { mounts: [config('production')] } }))).toEqual({ 'config/web/etc/web/settings.toml': 'production' });
    expect(files(web({ modes: [Mode.PRODUCTION], mounts: [config('production')] }))).toEqual({ 'config/web/etc/web/settings.toml': 'production' });
  });

  test('have no header, since only the program knows how a comment begins', () => {
    const output = web({ mounts: [config('x')] }).evaluate().outputs.flatMap((each) => each.files).find((file) => file.filePath.startsWith('config/'));
    expect(output).toMatchObject({ commentPrefix: '' });
  });
});

describe('a build', () => {
  test('has a context, a file and a stage', () => {
    const stack = web({ image: undefined, imageBuild: { context: './backend', dockerfile: 'Dockerfile', target: 'development' } });
    expect(serviceOf(stack, 'web').build).toEqual({ context: './backend', dockerfile: 'Dockerfile', target: 'development' });
  });

  test('is of the whole folder when nothing is said', () => {
    expect(serviceOf(web({ image: undefined, imageBuild: {} }), 'web').build).toEqual({ context: '.' });
  });

  test('stops at another stage in production, with the same context', () => {
    const stack = web({ image: undefined, imageBuild: { context: './a', target: 'development' }, production: { imageBuild: { target: 'production' } } });
    expect(serviceOf(stack, 'web', Mode.PRODUCTION).build).toEqual({ context: './a', target: 'production' });
  });
});

describe('limits', () => {
  test('are modest in production, and none in development', () => {
    expect(serviceOf(web(), 'web')).not.toHaveProperty('deploy');
    expect(serviceOf(web(), 'web', Mode.PRODUCTION).deploy).toEqual({ resources: { limits: { cpus: '1', memory: '512M', pids: 512 } } });
  });

  test('and reservations can be said [003-065]', () => {
    const resources = { cpus: 2, memory: '2G', reservedCpus: 0.5, reservedMemory: '512M' };
    expect(serviceOf(web({ resources }), 'web').deploy).toEqual({
      resources: { limits: { cpus: '2', memory: '2G' }, reservations: { cpus: '0.5', memory: '512M' } },
    });
  });

  test('stand beside the number of containers', () => {
    expect(serviceOf(web({ replicas: 3 }), 'web').deploy).toEqual({ replicas: 3 });
  });
});

describe('the log', () => {
  test('is rotated in production, and the engine\'s own in development [003-071]', () => {
    expect(serviceOf(web(), 'web')).not.toHaveProperty('logging');
    expect(serviceOf(web(), 'web', Mode.PRODUCTION).logging).toEqual({ driver: 'json-file', options: { 'max-size': '10m', 'max-file': '3' } });
  });

  test('may go elsewhere', () => {
    expect(serviceOf(web({ logging: { driver: 'journald' } }), 'web').logging).toEqual({ driver: 'journald' });
  });
});

test('a service is started with one of its profiles only', () => {
  expect(serviceOf(web({ profiles: ['tools'] }), 'web').profiles).toEqual(['tools']);
});

test('labels, names and the rest are what was said', () => {
  const stack = web({ labels: { 'traefik.enable': 'true' }, containerName: 'shop-web', hostname: 'web', user: '1000:1000' });
  expect(serviceOf(stack, 'web')).toMatchObject({ labels: { 'traefik.enable': 'true' }, container_name: 'shop-web', hostname: 'web', user: '1000:1000' });
});

test('empty lists and maps say nothing', () => {
  const stack = web({ command: [], environment: {}, ports: [], mounts: [], capAdd: [], labels: {}, profiles: [], extraHosts: {} });
  expect(Object.keys(serviceOf(stack, 'web'))).toEqual(['image', 'restart']);
});

test('what is required in production is asked for, and what is missing is said [001-038]', () => {
  const stack = web({ environment: {} });
  const service = stack.model().services[0];
  service.addEnvironment('KEY', Value.of(service.addSecret('API_KEY')));
  expect(serviceOf(stack, 'web', Mode.PRODUCTION).environment.KEY).toBe('${API_KEY:?set API_KEY in .env (scripts/env.sh init makes it)}');
});

describe('one image for several services', () => {
  const stackOf = (props: Partial<ServiceProps> = {}) => {
    const stack = newStack();
    const api = new Service(stack, 'api', { imageBuild: { context: './api' }, ...props });
    new Service(stack, 'worker', { imageOf: api, command: [Value.literal('work')] });
    return stack;
  };

  test('is built by one of them, under a name that a second checkout does not share [002-091]', () => {
    for (const mode of [Mode.DEVELOPMENT, Mode.PRODUCTION]) {
      expect(serviceOf(stackOf(), 'api', mode)).toMatchObject({ image: '${COMPOSE_PROJECT_NAME}-api', build: { context: './api' } });
      expect(serviceOf(stackOf(), 'worker', mode).image).toBe('${COMPOSE_PROJECT_NAME}-api');
      expect(serviceOf(stackOf(), 'worker', mode)).not.toHaveProperty('build');
    }
  });

  test('has the name that the definition gives it', () => {
    const stack = stackOf({ production: { image: 'registry.example.com/api:1.2' } });
    expect(serviceOf(stack, 'worker', Mode.PRODUCTION).image).toBe('registry.example.com/api:1.2');
    expect(serviceOf(stack, 'worker').image).toBe('${COMPOSE_PROJECT_NAME}-api');
  });

  test('that nobody else runs is called as Compose likes', () => {
    expect(serviceOf(web({ image: undefined, imageBuild: { context: '.' } }), 'web')).not.toHaveProperty('image');
  });
});

test('files that are followed without a mount are followed in development alone, from what is there at first', () => {
  const stack = web({
    watch: [
      { path: './web/src', target: '/app/src', action: WatchAction.SYNC, ignore: ['__pycache__/'] },
      { path: './web/package.json', action: WatchAction.REBUILD },
    ],
  });
  expect(serviceOf(stack, 'web').develop).toEqual({
    watch: [
      { action: 'sync', path: './web/src', target: '/app/src', ignore: ['__pycache__/'], initial_sync: true },
      { action: 'rebuild', path: './web/package.json' },
    ],
  });
  expect(serviceOf(stack, 'web', Mode.PRODUCTION)).not.toHaveProperty('develop');
});

describe('folders of the host', () => {
  const outputs = (stack: Stack) => stack.evaluate().outputs;

  test('that belong to whoever cloned are there, empty, and only their content is ignored', () => {
    const stack = web({ mounts: [Mount.bind('./data/logs/', '/logs', { holdsData: true, keepsFolder: true }), Mount.bind('./data/db', '/db', { holdsData: true })] });
    expect(outputs(stack).flatMap((output) => output.gitIgnore ?? []).filter((line) => line.includes('data'))).toEqual(['/data/logs/*', '!/data/logs/.gitkeep', '/data/db/']);
    expect(render(stack)['data/logs/.gitkeep']).toBe('');
    expect(Object.keys(render(stack)).filter((file) => file.includes('.gitkeep'))).toHaveLength(1);
  });
});

describe('a check from inside the container', () => {
  const question = (healthCheck: HealthCheck) => serviceOf(web({ ports: [{ name: 'http', port: 80 }], healthCheck }), 'web').healthcheck.test;
  const { PYTHON, NODE } = HealthCheckClient;

  test.each([
    [HealthCheck.http('/h?$', { client: PYTHON }), ['CMD', 'python', '-c', "import urllib.request as r; r.urlopen('http://127.0.0.1:80/h?$$')"]],
    [HealthCheck.http('/h', { client: NODE }), ['CMD', 'node', '-e', "fetch('http://127.0.0.1:80/h').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]],
    [HealthCheck.tcp({ client: PYTHON }), ['CMD', 'python', '-c', "import socket; socket.create_connection(('127.0.0.1', 80))"]],
    [HealthCheck.tcp({ client: NODE }), ['CMD', 'node', '-e', "require('net').connect(80, '127.0.0.1', () => process.exit(0)).on('error', () => process.exit(1))"]],
  ])('%# asks with what the image has', (check, test_) => expect(question(check)).toEqual(test_));
});

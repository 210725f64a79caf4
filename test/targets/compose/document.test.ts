import { DependencyCondition, HealthCheck, Mode, Mount, PortProtocol, RestartPolicy, Service, ServiceProps, Stack, Value } from '../../../src';
import { expectFile } from '../../support/expected';
import { document, newStack, render, serviceOf } from '../../support/stack';

const FILES = { [Mode.DEVELOPMENT]: 'compose.yaml', [Mode.PRODUCTION]: 'compose.prod.yaml' };

/** A stack with one service called web, for whose keys it is made. */
function web(props: Partial<ServiceProps> = {}): Stack {
  const stack = newStack();
  new Service(stack, 'web', { image: 'nginx:1.29', ...props });
  return stack;
}

const entry = (props: Partial<ServiceProps>, mode = Mode.DEVELOPMENT) => serviceOf(web(props), 'web', mode);

/** A service of which everything is said that has a property, in no order, and what it waits for. */
function everything(): Stack {
  const stack = newStack({ networks: [{ name: 'front' }, { name: 'back', internal: true }] });
  const migrate = new Service(stack, 'migrate', { imageBuild: { context: './backend' }, oneShot: true, networks: ['back'] });
  const queue = new Service(stack, 'queue', { image: 'rabbitmq:4.1', networks: ['back'] });
  const api = new Service(stack, 'api', {
    labels: { 'com.example.team': 'shop' },
    logging: { options: { 'max-size': '5m' } },
    resources: { cpus: 0.5, memory: '1G', reservedMemory: '64M' },
    sysctls: { 'net.core.somaxconn': '1024' },
    capAdd: ['NET_BIND_SERVICE'],
    capDrop: ['ALL'],
    readOnly: true,
    healthCheck: HealthCheck.http('/health', { timing: { note: 'The page that\nalso asks the database.' } }),
    shmSize: '64M',
    mounts: [
      Mount.config('settings', '/app/settings.toml', '[app]\ndebug = true\n'),
      Mount.tmpfs('/tmp', { size: '64M', fileMode: '1777' }),
      Mount.bind('./backend/app', '/app/app', { readOnly: true, note: 'Sources: a change reloads the server.' }),
      Mount.volume('uploads', '/app/uploads'),
    ],
    extraHosts: { 'host.docker.internal': 'host-gateway' },
    networks: ['front', 'back'],
    ports: [{ name: 'http', port: 8000 }, { name: 'metrics', port: 9100, publish: [] }, { name: 'dns', port: 53, protocol: PortProtocol.UDP, hostAddress: '0.0.0.0', hostPort: 5353 }],
    stopGracePeriod: '20s',
    stopSignal: 'SIGINT',
    restart: RestartPolicy.ALWAYS,
    dependsOn: [{ service: migrate }, { service: queue, condition: DependencyCondition.STARTED, restart: true }],
    environment: { DEBUG: Value.literal('true'), PORT: Value.literal('8000') },
    initProcess: true,
    user: '1000:1000',
    workingDir: '/app',
    command: Value.literals('uvicorn', 'app.main:app', '--host', '0.0.0.0', '--reload'),
    entrypoint: Value.literals('tini', '--'),
    profiles: ['backend'],
    hostname: 'api',
    pullPolicy: 'build',
    platform: 'linux/amd64',
    imageBuild: { args: { APP_UID: Value.literal('1000') }, target: 'development', dockerfile: 'Dockerfile', context: './backend' },
    image: 'shop-api:dev',
    description: 'The API',
    production: { securityOpt: ['no-new-privileges:true', 'seccomp=default.json'], command: [] },
  });
  api.addSettings({ imageBuild: { target: 'production' } }, Mode.PRODUCTION);
  return stack;
}

test.each([Mode.DEVELOPMENT, Mode.PRODUCTION])('everything that has a property is written as a person would, for %s [001-024] [000-035] [000-041]', (mode) => {
  expectFile(__dirname, `everything.${FILES[mode]}`, render(everything())[FILES[mode]]);
});

test('the keys of a service stand in one order, whatever the order in which they were said', () => {
  const keys = Object.keys(serviceOf(everything(), 'api', Mode.PRODUCTION));
  expect(keys).toEqual([
    'image', 'build', 'platform', 'pull_policy', 'hostname', 'profiles', 'entrypoint', 'working_dir', 'user', 'init', 'environment', 'depends_on', 'restart',
    'stop_signal', 'stop_grace_period', 'networks', 'extra_hosts', 'volumes', 'tmpfs', 'configs', 'shm_size', 'healthcheck', 'read_only', 'cap_drop',
    'cap_add', 'security_opt', 'sysctls', 'deploy', 'logging', 'labels',
  ]);
  expect(Object.keys(document(everything()))).toEqual(['name', 'services', 'networks', 'volumes', 'configs']);
});

test('services keep the order in which they were made, and keys of the environment that in which they were said', () => {
  expect(Object.keys(document(everything()).services)).toEqual(['migrate', 'queue', 'api']);
  expect(Object.keys(entry({ environment: { Z: Value.literal('1'), A: Value.literal('2') } }).environment)).toEqual(['Z', 'A']);
});

test('the same definition gives the same bytes', () => expect(render(everything())).toEqual(render(everything())));

describe('names', () => {
  test('of the project differ by mode, so that both run on one machine', () => {
    expect([Mode.DEVELOPMENT, Mode.PRODUCTION].map((mode) => document(web(), mode).name)).toEqual(['shop', 'shop-prod']);
  });

  test('of the files can be chosen, and say how they are started', () => {
    const stack = newStack({ composeFile: 'docker-compose.yml', productionComposeFile: 'deploy/compose.yaml' });
    new Service(stack, 'web', { image: 'nginx:1.29' });
    const files = render(stack);
    expect(Object.keys(files)).toEqual(expect.arrayContaining(['docker-compose.yml', 'deploy/compose.yaml']));
    expect(files['docker-compose.yml']).toContain('# Start: docker compose up --detach --wait\n');
    expect(files['deploy/compose.yaml']).toContain('# Start: docker compose --file deploy/compose.yaml up --detach --wait\n');
    expect(render(web())['compose.yaml']).toContain('# Start: docker compose up --detach --wait\n');
  });
});

describe('modes', () => {
  test('a service stands in the files of its modes, and what waits for it waits only there', () => {
    const stack = web();
    const adminer = new Service(stack, 'adminer', { image: 'adminer:5.4', modes: [Mode.DEVELOPMENT], mounts: [Mount.volume('x', '/x')] });
    new Service(stack, 'api', { image: 'api:1', dependsOn: [{ service: adminer }] });
    stack.accept('PS015', { because: 'the missing service is what this test is about' });
    expect(Object.keys(document(stack).services)).toEqual(['web', 'adminer', 'api']);
    expect(Object.keys(document(stack, Mode.PRODUCTION).services)).toEqual(['web', 'api']);
    expect(serviceOf(stack, 'api').depends_on).toEqual({ adminer: { condition: 'service_started' } });
    expect(serviceOf(stack, 'api', Mode.PRODUCTION).depends_on).toBeUndefined();
    expect(document(stack, Mode.PRODUCTION).volumes).toBeUndefined();
  });

  test('a mode without a service has no file', () => {
    const stack = newStack();
    new Service(stack, 'web', { image: 'nginx:1.29', modes: [Mode.PRODUCTION] });
    expect(Object.keys(render(stack))).toEqual(['compose.prod.yaml']);
  });

  test('sources that are mounted for development are not in production', () => {
    const stack = web({ development: { mounts: [Mount.bind('./src', '/app/src')] } });
    expect(serviceOf(stack, 'web').volumes).toEqual(['./src:/app/src']);
    expect(serviceOf(stack, 'web', Mode.PRODUCTION).volumes).toBeUndefined();
  });
});

describe('ports', () => {
  const http = { name: 'http', port: 80 };

  test.each([
    ['on the loopback', http, '127.0.0.1:${WEB_PORT:-80}:80'],
    ['of another number', { ...http, hostPort: 8080 }, '127.0.0.1:${WEB_PORT:-8080}:80'],
    ['on every address, on purpose', { ...http, hostAddress: '0.0.0.0' }, '0.0.0.0:${WEB_PORT:-80}:80'],
    ['on an IPv6 address', { ...http, hostAddress: '::1' }, '[::1]:${WEB_PORT:-80}:80'],
    ['over UDP', { ...http, protocol: PortProtocol.UDP }, '127.0.0.1:${WEB_PORT:-80}:80/udp'],
    ['moved by a variable of another name', { ...http, variableName: 'ADMINER_PORT', port: 8080 }, '127.0.0.1:${ADMINER_PORT:-8080}:8080'],
  ])('are open %s', (_, port, line) => expect(entry({ ports: [port] }).ports).toEqual([line]));

  test('are open in the modes that are said', () => {
    const open = (publish: Mode[] | undefined, mode: Mode) => entry({ ports: [{ ...http, publish }] }, mode).ports?.length ?? 0;
    const modes = (publish?: Mode[]) => [open(publish, Mode.DEVELOPMENT), open(publish, Mode.PRODUCTION)];
    expect(modes()).toEqual([1, 0]);
    expect(modes([])).toEqual([0, 0]);
    expect(modes([Mode.PRODUCTION])).toEqual([0, 1]);
    expect(modes([Mode.DEVELOPMENT, Mode.PRODUCTION])).toEqual([1, 1]);
  });

  test('are text in quotes, since YAML 1.1 reads some as numbers', () => {
    expect(render(web({ ports: [{ name: 'ssh', port: 22 }] }))['compose.yaml']).toContain('      - "127.0.0.1:${WEB_PORT:-22}:22"\n');
  });
});

describe('dependencies', () => {
  test.each([
    ['started', {}, 'service_started'],
    ['healthy', { healthCheck: HealthCheck.exec(['true']) }, 'service_healthy'],
    ['completed', { oneShot: true }, 'service_completed_successfully'],
  ])('are waited for until they are %s', (_, props, condition) => {
    const stack = newStack();
    const first = new Service(stack, 'first', { image: 'busybox:1.37', ...props });
    new Service(stack, 'web', { image: 'nginx:1.29', dependsOn: [{ service: first }] });
    expect(serviceOf(stack, 'web').depends_on).toEqual({ first: { condition } });
  });
});

describe('health checks', () => {
  const check = (healthCheck: HealthCheck) => entry({ healthCheck, ports: [{ name: 'http', port: 80 }, { name: 'admin', port: 9000 }] }).healthcheck;

  test.each([
    ['a program', HealthCheck.exec(['a b', '$HOME']), ['CMD', 'a b', '$$HOME']],
    ['a line of shell', HealthCheck.shell('test "$A" = 1'), ['CMD-SHELL', 'test "$$A" = 1']],
    ['HTTP', HealthCheck.http('/h?a=$b'),
      ['CMD-SHELL', "wget -q -O /dev/null 'http://127.0.0.1:80/h?a=$$b' || curl -f -s -S -o /dev/null 'http://127.0.0.1:80/h?a=$$b'"]],
    ['HTTP of a port', HealthCheck.http('/', { port: 'admin' }),
      ['CMD-SHELL', "wget -q -O /dev/null 'http://127.0.0.1:9000/' || curl -f -s -S -o /dev/null 'http://127.0.0.1:9000/'"]],
    ['TCP', HealthCheck.tcp(), ['CMD-SHELL', "nc -z 127.0.0.1 80 || bash -c '</dev/tcp/127.0.0.1/80'"]],
  ])('ask by %s', (_, healthCheck, question) => expect(check(healthCheck).test).toEqual(question));

  test('are patient as they are told', () => {
    expect(check(HealthCheck.tcp({ timing: { interval: '30s', timeout: '10s', retries: 3, startPeriod: '40s', startInterval: '2s' } }))).toMatchObject({
      interval: '30s', timeout: '10s', retries: 3, start_period: '40s', start_interval: '2s',
    });
  });

  test('that are switched off are, in Compose\'s words', () => expect(check(HealthCheck.none())).toEqual({ disable: true }));
});

describe('volumes', () => {
  const volumes = (...mounts: Mount[]) => entry({ mounts }).volumes;

  test('are written in the short form, where it says the same', () => {
    expect(volumes(Mount.volume('data', '/data'), Mount.volume('ro', '/ro', { readOnly: true }), Mount.bind('./src', '/src', { readOnly: true }))).toEqual([
      'web_data:/data', 'web_ro:/ro:ro', './src:/src:ro',
    ]);
  });

  test('are written in the long form, where a colon or a dollar sign would be misread', () => {
    expect(volumes(Mount.bind('C:\\src', '/src'), Mount.bind('./a:b', '/c', { readOnly: true }), Mount.bind('./a$b', '/d$e'))).toEqual([
      { type: 'bind', source: 'C:\\src', target: '/src', bind: { create_host_path: true } },
      { type: 'bind', source: './a:b', target: '/c', read_only: true, bind: { create_host_path: true } },
      { type: 'bind', source: './a$$b', target: '/d$$e', bind: { create_host_path: true } },
    ]);
  });

  test('that services share are declared once', () => {
    const stack = web({ mounts: [Mount.volume('media', '/media', { volumeName: 'uploads' })] });
    new Service(stack, 'api', { image: 'api:1', mounts: [Mount.volume('files', '/files', { volumeName: 'uploads' })] });
    expect(document(stack).volumes).toEqual({ uploads: null });
    expect(['web', 'api'].map((name) => serviceOf(stack, name).volumes[0])).toEqual(['uploads:/media', 'uploads:/files']);
  });

  test('of memory have size and permissions', () => {
    expect(entry({ mounts: [Mount.tmpfs('/a'), Mount.tmpfs('/b', { size: '64M' }), Mount.tmpfs('/c', { size: '1M', fileMode: '700' })] }).tmpfs).toEqual([
      '/a', '/b:size=64M', '/c:size=1M,mode=700',
    ]);
  });
});

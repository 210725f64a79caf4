/** A value that a key accepts, and values that it refuses, with what the document needs besides. */
export interface Example {
  readonly accepts: readonly unknown[];
  /** Values of a wrong type or form: the schema refuses them. */
  readonly refuses: readonly unknown[];
  /** Further keys of the service. */
  readonly service?: { [key: string]: unknown };
  /** Keys of the service that an accepted value replaces. */
  readonly without?: readonly string[];
  /** Further top-level keys and services. */
  readonly document?: { [key: string]: unknown };
}

const other = { services: { other: { image: 'busybox' } } };
const typed = (accepts: unknown[], refuses: unknown[], rest: Partial<Example> = {}): Example => ({ accepts, refuses, ...rest });
const text = (value: string, rest: Partial<Example> = {}) => typed([value], [5, ['a'], { a: 1 }], rest);
const flag = typed([true, false, 'true'], [1, ['a'], {}]);
const number = (...values: unknown[]) => typed(values, [true, ['a'], {}]);
const listOrMapping = typed([['A=1', 'B=2'], { A: '1', B: 2, C: true, D: null }], ['A=1', 5, { A: ['b'] }, { A: {} }, [5], ['A=1', 'A=1']]);
const command = typed(['run it', ['run', 'it'], null], [5, { a: 1 }, [5], [null]]);
const words = (...values: string[]) => typed([values], [values[0], 5, [5], [values[0], values[0]]]);

/** One for each service key of the specification. The test fails for a key that has none. */
export const SERVICE_KEYS: { readonly [key: string]: Example } = {
  annotations: listOrMapping,
  attach: flag,
  blkio_config: typed(
    [{ weight: 300, weight_device: [{ path: '/dev/sda', weight: 400 }], device_read_bps: [{ path: '/dev/sdb', rate: '12mb' }], device_write_iops: [{ path: '/dev/sdb', rate: 30 }] }],
    ['x', { wieght: 1 }, { weight: true }, { device_read_bps: [{ path: 5 }] }],
  ),
  build: typed(
    ['.', { context: '.', dockerfile: 'Dockerfile', args: ['A=1'], target: 'production', platforms: ['linux/amd64'], ssh: ['default'], tags: ['a/b:c'], extra_hosts: ['a=1.2.3.4'] }],
    [5, ['.'], { contxt: '.' }, { context: 1 }, { args: 5 }],
    { without: ['image'] },
  ),
  cap_add: words('NET_ADMIN', 'SYS_TIME'),
  cap_drop: words('ALL'),
  cgroup: typed(['host', 'private', '${CGROUP:-host}'], ['none', 5]),
  cgroup_parent: text('m-executor-abcd'),
  command,
  configs: typed(
    [['settings'], [{ source: 'settings', target: '/etc/settings', uid: '103', gid: '103', mode: 288 }]],
    ['settings', [5], [{ sorce: 'settings' }]],
    { document: { configs: { settings: { content: 'a=1' } } } },
  ),
  container_name: typed(['one-web'], [5, 'a', '--']),
  cpu_count: typed([2, '2'], [-1, true, ['a']]),
  cpu_percent: typed([50, '50'], [101, -1, true]),
  cpu_period: number('50000', 50000),
  cpu_quota: number('50000', 50000),
  cpu_rt_period: number('1400', 1400),
  cpu_rt_runtime: number('400', 400),
  cpu_shares: number(73, '73'),
  cpus: number(0.5, '0.5'),
  cpuset: text('0-3'),
  credential_spec: typed([{ file: 'credential-spec.json' }], ['x', { config: 5 }, { path: 'x' }]),
  depends_on: typed(
    [['other'], { other: { condition: 'service_started', restart: true, required: true } }],
    ['other', { other: {} }, { other: { condition: 'service_ready' } }, { other: null }, ['other', 'other']],
    { document: other },
  ),
  deploy: typed(
    [{
      mode: 'replicated',
      replicas: 2,
      endpoint_mode: 'vip',
      labels: ['a=b'],
      resources: { limits: { cpus: '0.5', memory: '50M', pids: 10 }, reservations: { memory: '20M', devices: [{ capabilities: ['gpu'], count: 'all' }] } },
      restart_policy: { condition: 'on-failure', delay: '5s', max_attempts: 3, window: '120s' },
      update_config: { order: 'start-first', parallelism: 2, delay: '10s' },
      placement: { constraints: ['node.role==manager'], preferences: [{ spread: 'zone' }] },
    }, null],
    ['x', { replicas: true }, { resources: { limits: { memory: 512 } } }, { resources: { limit: {} } }, { update_config: { order: 'later' } }],
  ),
  develop: typed(
    [{ watch: [{ path: './src', action: 'sync', target: '/app', ignore: ['node_modules/'] }, { path: 'package.json', action: 'rebuild' }] }, null],
    ['x', { watch: [{ path: '.' }] }, { watch: [{ path: '.', action: 'copy' }] }, { wach: [] }],
  ),
  device_cgroup_rules: words('c 1:3 mr', 'a 7:* rmw'),
  devices: typed([['/dev/ttyUSB0:/dev/ttyUSB0'], [{ source: '/dev/a', target: '/dev/b', permissions: 'rw' }]], ['/dev/a', [5], [{ target: '/dev/b' }]]),
  dns: typed(['8.8.8.8', ['8.8.8.8', '9.9.9.9']], [5, [5], {}]),
  dns_opt: words('use-vc', 'no-tld-query'),
  dns_search: typed(['example.com', ['dc1.example.com']], [5, [5], {}]),
  domainname: text('example.com'),
  entrypoint: command,
  env_file: typed(
    [[{ path: './missing.env', required: false }], [{ path: 'raw.env', required: false, format: 'raw' }]],
    [5, [5], [{ required: false }], [{ path: 'a', requird: false }]],
  ),
  environment: listOrMapping,
  expose: typed([['3000', 8000, '9000-9010/udp']], ['3000', [true], ['3000', '3000']]),
  extends: typed(['other', { service: 'other' }], [5, ['other'], { file: 'a.yaml' }, { service: 'other', as: 'x' }], { document: other }),
  external_links: words('redis', 'database:mysql'),
  extra_hosts: typed([['host.docker.internal=host-gateway'], { somehost: '162.242.195.82', both: ['10.0.0.1', '::1'] }], ['a=1.2.3.4', 5, { a: 5 }, [5]]),
  gpus: typed(['all', [{ driver: 'nvidia', count: 2 }]], ['some', 5, [5], {}]),
  group_add: typed([['mail', 100]], ['mail', [true], ['a', 'a']]),
  healthcheck: typed(
    [
      { test: ['CMD', 'curl', '-f', 'http://localhost'], interval: '1m30s', timeout: '10s', retries: 3, start_period: '40s', start_interval: '5s' },
      { test: 'curl -f http://localhost' }, { disable: true },
    ],
    ['x', { tst: 'x' }, { test: 5 }, { interval: 10, test: 'x' }],
  ),
  hostname: text('web'),
  image: text('busybox:1.37'),
  init: flag,
  ipc: text('host'),
  isolation: text('default'),
  label_file: typed([[]], [5, [5], {}]),
  labels: listOrMapping,
  links: typed([['other', 'other:alias']], ['other', [5], ['other', 'other']], { document: other }),
  logging: typed([{ driver: 'json-file', options: { 'max-size': '10m', 'max-file': 3 } }], ['json-file', { drivr: 'x' }, { options: { a: true } }]),
  mac_address: text('02:42:ac:11:65:43'),
  mem_limit: number('512m', 536870912),
  mem_reservation: typed(['256m', 268435456], [true, 1.5, {}]),
  mem_swappiness: typed([60, '60'], [true, 1.5, {}]),
  memswap_limit: number('1g', -1),
  models: typed(
    [['llm'], { llm: { endpoint_var: 'LLM_URL', model_var: 'LLM_NAME' } }, { llm: null }],
    ['llm', [5], { llm: { endpoint: 'x' } }],
    { document: { models: { llm: { model: 'ai/smollm2' } } } },
  ),
  network_mode: text('host'),
  networks: typed(
    [['back'], { back: null }, { back: { aliases: ['db'], ipv4_address: '10.5.0.2', priority: 1000 } }, ['default']],
    ['back', [5], { back: { alias: ['db'] } }, { back: { priority: 'high' } }, ['back', 'back']],
    { document: { networks: { back: { ipam: { config: [{ subnet: '10.5.0.0/24' }] } } } } },
  ),
  oom_kill_disable: flag,
  oom_score_adj: typed([500, '500'], [1001, -1001, true]),
  pid: typed(['host'], [5, ['a']]),
  pids_limit: number(100, '100', -1),
  platform: text('linux/amd64'),
  ports: typed(
    [['8080:80', '127.0.0.1:${WEB_PORT:-8001}:81', '[::1]:8002:82/udp', 83, '9000-9001:9000-9001'], [{ target: 80, published: '8080', host_ip: '127.0.0.1', protocol: 'tcp', mode: 'host', name: 'web' }]],
    ['8080:80', [true], [null], [{ target: true }], [{ publish: 80 }], ['80', '80']],
  ),
  post_start: typed([[{ command: './init.sh', user: 'root', privileged: true, environment: ['A=1'] }]], ['x', [{ user: 'root' }], [{ command: 5 }]]),
  pre_stop: typed([[{ command: ['./flush.sh'], working_dir: '/app' }]], ['x', ['./flush.sh'], [{ cmd: 'x', command: 'x' }]]),
  privileged: flag,
  profiles: words('debug', 'tools'),
  provider: typed([{ type: 'awesomecloud', options: { type: 'mysql', size: 5, tags: ['a'] } }], ['x', {}, { type: 'x', option: {} }], { without: ['image'] }),
  pull_policy: typed(['always', 'missing', 'every_12h'], ['sometimes', 5]),
  pull_refresh_after: text('12h'),
  read_only: flag,
  restart: text('unless-stopped'),
  runtime: text('runc'),
  scale: typed([2, '2'], [1.5, true, {}]),
  secrets: typed(
    [['token'], [{ source: 'token', target: '/run/secrets/t', uid: '103', gid: '103', mode: '0440' }]],
    ['token', [5], [{ source: 5 }]],
    { document: { secrets: { token: { environment: 'TOKEN' } } } },
  ),
  security_opt: words('no-new-privileges:true'),
  shm_size: number('64m', 67108864),
  stdin_open: flag,
  stop_grace_period: text('1m30s'),
  stop_signal: text('SIGINT'),
  storage_opt: typed([{ size: '1G' }], ['1G', 5, ['a']]),
  sysctls: typed([{ 'net.core.somaxconn': 1024 }, ['net.core.somaxconn=1024']], ['a=1', { a: [] }]),
  tmpfs: typed(['/run', ['/run:mode=755,size=64m', '/tmp']], [5, [5], {}]),
  tty: flag,
  ulimits: typed([{ nproc: 65535, nofile: { soft: 20000, hard: 40000 } }], ['x', { nofile: { soft: 1 } }, { nofile: true }]),
  use_api_socket: typed([true, false], ['true', 1]),
  user: text('1000:1000'),
  userns_mode: text('host'),
  uts: text('host'),
  volumes: typed(
    [
      ['data:/data', './src:/app:ro', '/anonymous', { type: 'tmpfs', target: '/tmp', tmpfs: { size: '10m', mode: 1777 } }],
      [{ type: 'volume', source: 'data', target: '/data', volume: { nocopy: true, subpath: 'a' } }, { type: 'bind', source: '.', target: '/app', bind: { create_host_path: false } }],
    ],
    ['data:/data', [5], [{ source: 'data', target: '/d' }], [{ type: 'nfs', target: '/d' }], [{ type: 'bind', traget: '/d' }]],
    { document: { volumes: { data: null } } },
  ),
  volumes_from: typed([['other:ro', 'container:elsewhere']], ['other', [5], ['other', 'other']], { document: other }),
  working_dir: text('/app'),
};

/** One for each top-level key. `include` names a file, so it has no example that Compose could load. */
export const TOP_LEVEL_KEYS: { readonly [key: string]: Example } = {
  configs: typed([{ c: { file: './c' } }, { c: { content: 'x' } }], [['c'], { c: null }, { c: { fil: 'x' } }, { 'a/b': { file: 'x' } }]),
  include: typed([['other.yaml'], [{ path: ['a.yaml', 'b.yaml'], project_directory: '..', env_file: 'x.env' }]], ['other.yaml', [5], [{ paths: 'x' }]]),
  models: typed([{ llm: { model: 'ai/smollm2', context_size: 1024, runtime_flags: ['--x'] } }], [['llm'], { llm: {} }, { llm: { model: 'x', context_size: 'big' } }]),
  name: typed(['shop'], [5, null]),
  networks: typed([{ back: null }, { back: { driver: 'bridge', internal: true, ipam: { config: [{ subnet: '10.5.0.0/24' }] }, labels: { a: 'b' } } }], [['back'], { back: { drivr: 'x' } }, { back: 'x' }]),
  secrets: typed([{ s: { file: './s' } }, { s: { external: true, name: 'x' } }], [['s'], { s: null }, { s: { files: 'x' } }]),
  services: typed([{ web: { image: 'busybox' } }], [['web'], null, { web: null }, { 'a b': { image: 'x' } }, { web: { img: 'x' } }]),
  version: typed(['3.9'], [3.9, null]),
  volumes: typed([{ data: null }, { data: { driver: 'local', driver_opts: { type: 'none' } } }], [['data'], { data: { drver: 'local' } }, { 'a/b': null }]),
};

/** The document of an example. */
export function documentWith(key: string, value: unknown, { service, without = [], document = {} }: Example): { [key: string]: unknown } {
  const web: { [key: string]: unknown } = { image: 'busybox', ...service, [key]: value };
  for (const name of without) if (name !== key) delete web[name];
  return { ...document, services: { web, ...(document.services as object | undefined) } };
}

import { describeCases, services, told, web } from './support';
import { checkShape } from '../../../../src/targets/compose/schema/check-shape';

/** A value at a dotted path of a service. */
const at = (path: string, value: unknown) => web(path.split('.').reduceRight<unknown>((inner, key) => (/^\d+$/.test(key) ? [inner] : { [key]: inner }), value) as object);

const DURATION = 'Write a number with its unit, for example "10s", "1m30s" or "500ms".';
const SIZE = 'Write a number with its unit, for example "512m" or "2g".';
const YES = 'Write true or false.';
const RESTART = 'Write "no", "always", "on-failure", "on-failure:3" or "unless-stopped".';

describe.each([
  ['restart', 'sometimes', 'a restart policy', RESTART],
  ['restart', 'on-failure:x', 'a restart policy', RESTART],
  ['restart', 'never', 'a restart policy', 'Write "no".'],
  ['stop_grace_period', '10', 'a duration', DURATION],
  ['stop_grace_period', '10 s', 'a duration', DURATION],
  ['stop_grace_period', '${GRACE:-}', 'a duration', DURATION, ''],
  ['healthcheck.interval', '-1s', 'a duration', DURATION],
  ['deploy.restart_policy.window', 'x', 'a duration', DURATION],
  ['pull_refresh_after', 'soon', 'a duration', DURATION],
  ['mem_limit', '10x', 'a size', SIZE],
  ['mem_limit', 1.5, 'a size', SIZE],
  ['mem_limit', '-1', 'a size', SIZE],
  ['memswap_limit', '-1', 'a size', 'Write a number with its unit ("2g"), or the number -1.'],
  ['shm_size', 'lots', 'a size', SIZE],
  ['deploy.resources.limits.memory', 'huge', 'a size', SIZE],
  ['deploy.resources.limits.cpus', 'one', 'a number from 0 on', 'Write a number, for example 0.5.'],
  ['cpus', '-1', 'a number from 0 on', 'Write a number, for example 0.5.'],
  ['scale', 'two', 'a whole number from 0 on', 'Write 0 or more.'],
  ['deploy.replicas', -1, 'a whole number from 0 on', 'Write 0 or more.'],
  ['healthcheck.retries', 1.5, 'a whole number from 0 on', 'Write 0 or more.'],
  ['cpu_rt_runtime', '400ms', 'a whole number', 'Write a whole number.'],
  ['ulimits.nofile', 'lots', 'a whole number', 'Write a whole number.'],
  ['tty', 'maybe', 'true or false', YES],
  ['privileged', '1', 'true or false', YES],
  ['build.no_cache', 'maybe', 'true or false', YES],
  ['blkio_config.weight', '500', 'a number', 'Write a number without quotes; Compose reads no text and no variable here.'],
  ['gpus.0.count', 'some', 'a number of devices', 'Write a number or "all".'],
  ['pull_policy', 'alwaysx', 'a pull policy', 'Write "always", "missing", "never", "build", "daily", "weekly", or "every_" with a duration (every_12h).'],
  ['container_name', 'my web', 'a name for a container', 'Use letters, digits, "_", "." and "-" only, and begin with a letter or digit.'],
  ['mac_address', 'zz', 'a MAC address', 'Write six pairs, for example "02:42:ac:11:65:43".'],
  ['dns', 'example.com', 'an IP address', 'Write an address such as "10.0.0.2".'],
  ['group_add.0', 1.5, 'a group', 'Write the name of a group or its number.'],
  ['extra_hosts.0', 'web', 'a host with its address', 'Write HOST=ADDRESS, for example "host.docker.internal=host-gateway".'],
  ['healthcheck.test.0', 'curl', 'the way to run a health check', 'Begin the list with "CMD" (or "CMD-SHELL" and one text), or write a text instead of a list.'],
  ['deploy.restart_policy.condition', 'sometimes', 'one of "none", "no", "on-failure", "any", "always", "unless-stopped"', 'Write "none", "no", "on-failure", "any", "always" or "unless-stopped".'],
  ['deploy.mode', 'replicatd', 'one of "replicated", "global", "replicated-job", "global-job"', 'Did you mean "replicated"?'],
  ['develop.watch.0', { path: '', action: 'rebuild' }, 'a path', 'Write the path.', '', '.path'],
  ['pid', null, 'a PID mode', 'Write "host", "service:NAME" or "container:NAME", or leave the key out.'],
])('%s: %p', (path, value, kind, fix, seen: unknown = value, below = '') => {
  test('is told', () => expect(told(at(path, value))).toEqual([
    `error services.web.${path}${below} | ${typeof seen === 'string' ? `"${seen}"` : String(seen)} is not ${kind}. | ${fix}`,
  ]));
});

test.each([
  ['restart', ['no', 'always', 'on-failure', 'on-failure:3', 'unless-stopped', '${R:-always}', '${R}']],
  ['stop_grace_period', ['0', '10s', '1m30s', '1.5s', '1d', '-1s', '${G:-10s}']],
  ['healthcheck.interval', ['500ms', '1h', '0s', '1us']],
  ['mem_limit', ['512m', '1.5g', '512 MB', '1GiB', '1024', 1024]],
  ['memswap_limit', [-1, '2g']],
  ['cpus', ['0.5', 2, '1e1']],
  ['scale', ['1', '+1', 0, '${N}']],
  ['oom_score_adj', ['-500', 500]],
  ['pids_limit', [-1, '100']],
  ['tty', [true, 'yes', 'OFF', '${TTY:-true}']],
  ['pull_policy', ['refresh', 'if_not_present', 'every_1d12h', '${P:-missing}']],
  ['gpus.0.count', ['all', 1, '-1']],
  ['extra_hosts.0', ['a=1.2.3.4', 'a:1.2.3.4', 'a=::1']],
  ['healthcheck.test', ['curl x', ['CMD', 'x'], ['CMD-SHELL', 'x'], ['NONE'], []]],
  ['build.ulimits.nofile', [-1, { soft: 1, hard: '2' }]],
])('%s: good values pass', (path, values) => {
  expect(values.flatMap((value) => told(at(path, value)))).toEqual([]);
});

describe('each place has its kind', () => {
  const BAD: { [path: string]: unknown } = {
    'networks.default.mac_address': 'zz',
    'networks.default.link_local_ips.0': 'x',
    'networks.default.ipv6_address': 'x',
    'dns.0': 'x',
    'deploy.endpoint_mode': 'x',
    'deploy.update_config.failure_action': 'x',
    'deploy.update_config.delay': 'x',
    'deploy.update_config.parallelism': 'x',
    'deploy.update_config.max_failure_ratio': 'x',
    'deploy.rollback_config.failure_action': 'rollback',
    'deploy.rollback_config.monitor': 'x',
    'deploy.restart_policy.max_attempts': 'x',
    'deploy.placement.max_replicas_per_node': 'x',
    'deploy.resources.limits.pids': 'x',
    'deploy.resources.reservations.cpus': 'x',
    'deploy.resources.reservations.memory': 'x',
    'deploy.resources.reservations.devices.0': { capabilities: ['gpu'], count: 'x' },
    'deploy.resources.reservations.generic_resources.0.discrete_resource_spec.value': 'x',
    'env_file.0': { path: 'x', format: 'x' },
    'mem_reservation': 'x',
    'mem_swappiness': 'x',
    'build.shm_size': 'x',
    'build.extra_hosts.0': 'x',
    'build.pull': 'x',
    'build.privileged': 'x',
    'build.ulimits.nofile': 'x',
    'blkio_config.weight_device.0.weight': '5',
    'blkio_config.device_read_bps.0.rate': 'x',
    'blkio_config.device_write_iops.0.rate': 'x',
    'volumes.0': { type: 'tmpfs', target: '/x', tmpfs: { mode: '0700' } },
    'volumes.1': { type: 'tmpfs', target: '/x', tmpfs: { size: 'x' } },
    'volumes.2': { type: 'tmpfs', target: '/x', read_only: 'x' },
    'cpu_count': 'x',
    'cpu_percent': 'x',
    'cpu_period': 'x',
    'cpu_quota': 'x',
    'cpu_rt_period': 'x',
    'cpu_shares': 'x',
    'oom_score_adj': 'x',
    'pids_limit': 'x',
    'ulimits.nofile': { soft: 'x', hard: 1 },
    'attach': 'x',
    'init': 'x',
    'oom_kill_disable': 'x',
    'read_only': 'x',
    'stdin_open': 'x',
    'healthcheck.disable': 'x',
    'healthcheck.timeout': 'x',
    'healthcheck.start_period': 'x',
    'healthcheck.start_interval': 'x',
    'post_start.0': { command: 'x', privileged: 'x' },
    'pre_stop.0': { command: 'x', privileged: 'x' },
  };
  test.each(Object.entries(BAD))('%s: %j', (path, value) => {
    const document = at(path.replace(/^volumes\.\d/, 'volumes.0'), value);
    expect(checkShape(document)).toEqual([]);
    expect(told(document)).toEqual([expect.stringMatching(/^error services\.web\.[\w.]+ \| "[^"]+" is not .+\. \| .+[.?]$/)]);
  });

  test.each(['secrets', 'configs', 'build.secrets'])('%s: the mode of a file', (path) => {
    const rest = { secrets: { s: { file: 'x' } }, configs: { s: { file: 'x' } } };
    const used = { secrets: ['s'], configs: ['s'] };
    const [first, second] = path.split('.');
    const modes = (mode: unknown) => (second ? { ...used, [first]: { context: '.', [second]: [{ source: 's', mode }] } } : { ...used, [first]: [{ source: 's', mode }] });
    expect(told(web(modes('0999'), rest))).toEqual([`error services.web.${path}.0.mode | "0999" is not a file mode. | Write octal digits, for example "0440".`]);
    expect(told(web(modes('0440'), rest))).toEqual([]);
  });

  test.each(['networks', 'volumes', 'secrets', 'configs'])('%s: external', (section) => {
    const used = { networks: ['s'], volumes: ['s0:/s', { type: 'volume', source: 's', target: '/t' }], secrets: ['s'], configs: ['s'] };
    const rest = { networks: { s: null }, volumes: { s0: null, s: null }, secrets: { s: { file: 'x' } }, configs: { s: { file: 'x' } } };
    const declared = (external: unknown) => ({ ...rest, [section]: { ...rest[section as 'networks'], s: { ...(rest[section as 'secrets'].s ?? {}), external } } });
    expect(told(web(used, declared('maybe')))).toEqual([`error ${section}.s.external | "maybe" is not true or false. | Write true or false.`]);
    expect(told(web(used, declared('false')))).toEqual([]);
  });

  test.each([['attachable', 'x'], ['enable_ipv4', 'x'], ['enable_ipv6', 'x'], ['ipam', { config: [{ ip_range: 'x' }] }]])('networks: %s', (key, value) => {
    expect(told(web({ networks: ['n'] }, { networks: { n: { [key]: value } } }))).toEqual([expect.stringMatching(/^error networks\.n\.[\w.]+ \| "x" is not .+\. \| .+\.$/)]);
  });
});

test('values of networks and of their use', () => {
  expect(told(web({ networks: { n: { ipv4_address: '10.5.0' } } }, { networks: { n: { internal: 'maybe', ipam: { config: [{ subnet: '10.5.0.0', gateway: '10.5.0.1/24' }] } } } }))).toEqual([
    'error services.web.networks.n.ipv4_address | "10.5.0" is not an IP address. | Write an address such as "10.0.0.2".',
    'error networks.n.internal | "maybe" is not true or false. | Write true or false.',
    'error networks.n.ipam.config.0.subnet | "10.5.0.0" is not a subnet. | Write how many bits are the network\'s: "10.5.0.0/24".',
    'error networks.n.ipam.config.0.gateway | "10.5.0.1/24" is not an IP address. | Write an address such as "10.0.0.2".',
  ]);
});

describeCases([
  {
    what: 'a mount that cannot be read',
    bad: web({ volumes: ['', './x::/d', './a:/b:ro:z'] }),
    says: ['it is empty', 'a part between colons is empty', 'it has too many colons'].map((why, i) => (
      `error services.web.volumes.${i} | "${['', './x::/d', './a:/b:ro:z'][i]}" is no volume that Compose can read: ${why}. | Write SOURCE:TARGET or SOURCE:TARGET:ro, or the long syntax.`
    )),
    good: [web({ volumes: ['./x:/d:ro,z', 'C:\\x:/e', '${A}:/f:ro'] })],
  },
  {
    what: 'a mount without a target, and one without a source',
    bad: web({ volumes: [{ type: 'tmpfs' }, { type: 'bind', target: '/a' }, { type: 'image', target: '/b' }] }),
    says: [
      'error services.web.volumes.0 | This mount has no target. | Add "target": the path in the container.',
      'error services.web.volumes.1 | A mount of type "bind" needs a source. | Add "source": the path on the host.',
      'error services.web.volumes.2 | A mount of type "image" needs a source. | Add "source": the name of the image.',
    ],
    good: [web({ volumes: [{ type: 'tmpfs', target: '/t' }, { type: 'bind', source: '.', target: '/a' }, { type: 'image', source: 'busybox', target: '/b' }] })],
  },
  {
    what: 'a target that is no absolute path',
    bad: web({ volumes: ['./x:app'] }),
    says: ['error services.web.volumes.0 | "app" is no absolute path in the container. | Write "/app".'],
    good: [web({ volumes: ['./x:/app', './y:${TARGET}'] })],
  },
  {
    what: 'a volume of one letter in short syntax',
    bad: web({ volumes: ['d:/data', { type: 'volume', source: 'd', target: '/x' }] }, { volumes: { d: null } }),
    says: ['error services.web.volumes.0 | Compose reads "d:/data" as a path on drive D, not as the volume "d". | Give the volume a name of two characters or more, or use the long syntax.'],
    good: [web({ volumes: ['dd:/data'] }, { volumes: { dd: null } })],
  },
  {
    what: 'two mounts on one path',
    bad: web({ volumes: ['./a:/d', './b:/d/'], tmpfs: ['/t', '/t:size=1m'] }),
    says: [
      'error services.web.volumes.1 | "/d" has a mount already: volumes[0]. | Mount each path once.',
      'error services.web.tmpfs.1 | "/t" has a mount already: tmpfs[0]. | Mount each path once.',
    ],
    good: [web({ volumes: ['./a:/d', './b:/d/e'], tmpfs: '/t' })],
  },
  {
    what: 'a service without an image',
    bad: { services: { web: { command: 'x' }, api: { image: '' } } },
    says: ['error services.web | Service "web" has neither an image nor a build. | Add "image" or "build".', 'error services.api | Service "api" has neither an image nor a build. | Add "image" or "build".'],
    good: [
      { services: { a: { image: '${IMAGE}' }, b: { build: '.' }, c: { build: {} }, d: { provider: { type: 'x' } }, e: { extends: 'a' }, f: { extends: { service: 'x', file: 'x.yaml' } } } },
    ],
  },
  {
    what: 'two Dockerfiles, a platform that is not built, and contexts that no service makes',
    bad: services({ web: { platform: 'linux/arm64', build: { context: '.', dockerfile: 'a', dockerfile_inline: 'b', platforms: ['linux/amd64'], additional_contexts: { x: 'service:db', y: 'service:z' } } }, db: {} }),
    says: [
      'error services.web.build.dockerfile_inline | A build has a "dockerfile" or a "dockerfile_inline", not both. | Remove one of the two.',
      'error services.web.build.platforms | The service runs on "linux/arm64", for which it is not built. | Add "linux/arm64" to the list.',
      'error services.web.build.additional_contexts.x | The context is the image of "db", which is not built. | Name a service with a "build".',
      'error services.web.build.additional_contexts.y | The context is the image of "z", which is no service of this file. | Name a service with a "build".',
    ],
    good: [services({ web: { platform: 'linux/arm64', build: { dockerfile: 'a', platforms: ['linux/arm64'], additional_contexts: ['x=service:db', 'y=../y'] } }, db: { build: '.' } })],
  },
  {
    what: 'a network mode and networks',
    bad: web({ network_mode: 'host', networks: ['default'] }),
    says: ['error services.web.networks | A service with "network_mode" joins no networks. | Remove "networks" or "network_mode".'],
    good: [web({ network_mode: 'host', networks: [] })],
  },
  {
    what: 'limits that contradict each other',
    bad: web({ cpus: 1, mem_limit: '1g', pids_limit: 5, mem_reservation: '1m', deploy: { resources: { limits: { memory: '2g', pids: 6 }, reservations: {} } } }),
    says: [
      'error services.web.cpus | "cpus" is 1, and "deploy.resources.limits.cpus" is not set. | Remove "cpus" and write the value in "deploy.resources.limits.cpus".',
      'error services.web.mem_limit | "mem_limit" is 1g, and "deploy.resources.limits.memory" is 2g. | Remove "mem_limit" and write the value in "deploy.resources.limits.memory".',
      'error services.web.pids_limit | "pids_limit" is 5, and "deploy.resources.limits.pids" is 6. | Remove "pids_limit" and write the value in "deploy.resources.limits.pids".',
      'error services.web.mem_reservation | "mem_reservation" is 1m, and "deploy.resources.reservations.memory" is not set. | Remove "mem_reservation" and write the value in "deploy.resources.reservations.memory".',
    ],
    good: [web({ cpus: 1, mem_limit: '1g', deploy: { resources: { limits: { cpus: '1.0', memory: '1024m' } } } }), web({ cpus: 1, deploy: { replicas: 1 } })],
  },
  {
    what: 'two numbers of containers',
    bad: web({ scale: 2, deploy: { replicas: 3 } }),
    says: ['error services.web.scale | "scale" is 2, and "deploy.replicas" is 3. | Remove one of the two.'],
    good: [web({ scale: 2, deploy: { replicas: '2' } })],
  },
  {
    what: 'one name for several containers, and for several services',
    bad: services({ a: { container_name: 'one', deploy: { replicas: 2 } }, b: { container_name: 'one' } }),
    says: [
      'error services.a.container_name | 2 replicas cannot have one name. | Remove "container_name", or run one replica.',
      'error services.b.container_name | Service "a" has the container name "one" already. | Give each its own, or none.',
    ],
    good: [services({ a: { container_name: 'one', scale: 1 }, b: { container_name: 'two' }, c: { scale: 2 } })],
  },
  {
    what: 'a watch without a target, devices asked for twice, and devices that cannot be read',
    bad: web({ develop: { watch: [{ path: '.', action: 'sync' }] }, gpus: [{ count: 1, device_ids: ['0'] }], devices: ['/a:/b:r:w', { source: '/a' }] }),
    says: [
      'error services.web.develop.watch.0 | The action "sync" needs a target. | Add "target": the path in the container.',
      'error services.web.gpus.0 | Devices are asked for by "count" or by "device_ids", not both. | Remove one of the two.',
      'error services.web.devices.0 | "/a:/b:r:w" has too many colons. | Write SOURCE:TARGET:PERMISSIONS, or the long syntax.',
      'error services.web.devices.1 | This device has no target. | Add "target": the path in the container.',
    ],
    good: [web({ develop: { watch: [{ path: '.', action: 'sync', target: '/a' }, { path: '.', action: 'restart' }] }, gpus: [{ count: 1 }], devices: ['/a', '/a:/b:rwm', { source: '/a', target: '/b' }] })],
  },
  {
    what: 'a health check without a command',
    bad: web({ healthcheck: { test: ['CMD'] } }),
    says: ['error services.web.healthcheck.test | The health check has no command. | Add the command after "CMD".'],
    good: [web({ healthcheck: { test: ['CMD', 'true'] } })],
  },
  {
    what: 'a key that a list sets twice',
    bad: web({ environment: ['A=1', 'B=1', 'A=2'] }),
    says: ['warning services.web.environment.2 | "A" is set already, at [0]. | Keep one of the two.'],
    good: [web({ environment: ['A=1', 'B=1', '${C}'] })],
  },
  {
    what: 'secrets and configs from nowhere or from two places',
    bad: web({ secrets: ['a', 'b'], configs: ['c'] }, { secrets: { a: {}, b: { file: 'x', environment: 'X' } }, configs: { c: { external: false } } }),
    says: [
      'error secrets.a | Nothing says where its content comes from. | Add one of "file", "environment", or "external": true.',
      'error secrets.b | Its content comes from "file" and "environment". | Keep one of them.',
      'error configs.c | Nothing says where its content comes from. | Add one of "file", "environment", "content", or "external": true.',
    ],
    good: [web({ secrets: ['a', 'b'], configs: ['c'] }, { secrets: { a: { external: true }, b: { file: 'x' } }, configs: { c: { content: '' } } })],
  },
  {
    what: 'what is external and described nevertheless',
    bad: web({ volumes: ['data:/d'], networks: ['back'] }, { volumes: { data: { external: true, driver: 'local' } }, networks: { back: { external: true, internal: true } } }),
    says: [
      'error volumes.data.driver | An external volume exists already: "driver" has no effect on it. | Remove "driver" or "external".',
      'warning networks.back.internal | An external network exists already: "internal" has no effect on it. | Remove "internal" or "external".',
    ],
    good: [web({ volumes: ['data:/d'] }, { volumes: { data: { 'external': true, 'name': 'x', 'x-mine': 1 } } }), web({ volumes: ['data:/d'] }, { volumes: { data: { external: false, driver: 'x' } } })],
  },
  {
    what: 'two names of what is external',
    bad: web({ volumes: ['data:/d'] }, { volumes: { data: { external: { name: 'x' }, name: 'y' } } }),
    says: ['error volumes.data.external.name | It has two names, "x" and "y". | Write "external": true, and the name in "name" only.'],
    good: [web({ volumes: ['data:/d'] }, { volumes: { data: { external: { name: 'x' } } } })],
  },
  {
    what: 'a project name that Compose changes',
    bad: web({}, { name: '_My App!' }),
    says: ['warning name | Compose changes the name "_My App!" to "myapp". | Write "myapp".'],
    good: [web({}, { name: 'my-app_2' }), web({}, { name: '${NAME}' })],
  },
  {
    what: 'a project name of which nothing is left',
    bad: web({}, { name: '!' }),
    says: ['warning name | The project has no name; Compose takes that of the folder. | Write a name, or leave the key out.'],
    good: [web({}, { name: 'a' })],
  },
  { what: 'an empty document', bad: {}, says: ['error  | The document is empty. | Add "services" with one service.'], good: [{ services: {} }] },
]);

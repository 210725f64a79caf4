import { Check } from './compose-view';
import { ShapeProblem } from './shape-problem';
import {
  address, containerName, count, decimal, device, duration, group, healthTest, host, Kind, macAddress, numberOnly, octal, oneOf, path, pullPolicy,
  restart, size, subnet, whole, yesOrNo,
} from './value-kinds';
import { asWritten, isOpen } from './variables';
import { quoted } from '../../../model/nearest';

/** What the schema says too little about. `*` stands for every key and every position. */
const SERVICE_VALUES: ReadonlyArray<readonly [string, Kind]> = [
  // `docker compose config` accepts any text in these. The engine or `up` refuses most; an unknown pull policy counts as "missing".
  ['restart', restart], ['pull_policy', pullPolicy], ['container_name', containerName], ['pull_refresh_after', duration], ['mac_address', macAddress],
  ['networks.*.mac_address', macAddress], ['networks.*.ipv4_address', address], ['networks.*.ipv6_address', address], ['networks.*.link_local_ips.*', address],
  ['dns', address], ['dns.*', address],
  ['deploy.mode', oneOf('replicated', 'global', 'replicated-job', 'global-job')], ['deploy.endpoint_mode', oneOf('vip', 'dnsrr')],
  ['deploy.restart_policy.condition', oneOf('none', 'no', 'on-failure', 'any', 'always', 'unless-stopped')],
  ['deploy.update_config.failure_action', oneOf('continue', 'pause', 'rollback')], ['deploy.rollback_config.failure_action', oneOf('continue', 'pause')],
  ['ports.*.mode', oneOf('host', 'ingress')], ['env_file.*.format', oneOf('raw')],
  // `docker compose config` refuses the rest, most of it without the line.
  // A stop that takes no end is one that waits for ever.
  ['stop_grace_period', { ...duration, accepts: (value) => duration.accepts(String(value).replace(/^-/, '')) }],
  ...[
    'healthcheck.interval', 'healthcheck.timeout', 'healthcheck.start_period', 'healthcheck.start_interval', 'deploy.update_config.delay',
    'deploy.update_config.monitor', 'deploy.rollback_config.delay', 'deploy.rollback_config.monitor', 'deploy.restart_policy.delay', 'deploy.restart_policy.window',
  ].map((key) => [key, duration] as const),
  // A number with a fraction is read as 0, without a word.
  ...[
    'mem_limit', 'mem_reservation', 'shm_size', 'build.shm_size', 'deploy.resources.limits.memory', 'deploy.resources.reservations.memory', 'volumes.*.tmpfs.size',
    'blkio_config.device_read_bps.*.rate', 'blkio_config.device_write_bps.*.rate', 'blkio_config.device_read_iops.*.rate', 'blkio_config.device_write_iops.*.rate',
  ].map((key) => [key, size] as const),
  ['memswap_limit', { ...size, accepts: (value) => value === -1 || size.accepts(value), fix: 'Write a number with its unit ("2g"), or the number -1.' }],
  ['mem_swappiness', size],
  ...[
    'scale', 'deploy.replicas', 'deploy.update_config.parallelism', 'deploy.rollback_config.parallelism', 'deploy.restart_policy.max_attempts',
    'deploy.placement.max_replicas_per_node', 'healthcheck.retries',
  ].map((key) => [key, count] as const),
  ...[
    'cpu_count', 'cpu_percent', 'cpu_period', 'cpu_quota', 'cpu_rt_period', 'cpu_rt_runtime', 'cpu_shares', 'oom_score_adj', 'pids_limit', 'deploy.resources.limits.pids', 'ulimits.*',
    'ulimits.*.hard', 'ulimits.*.soft', 'build.ulimits.*', 'build.ulimits.*.hard', 'build.ulimits.*.soft',
    'deploy.resources.reservations.generic_resources.*.discrete_resource_spec.value',
  ].map((key) => [key, whole] as const),
  ...[
    'cpus', 'deploy.resources.limits.cpus', 'deploy.resources.reservations.cpus', 'deploy.update_config.max_failure_ratio',
    'deploy.rollback_config.max_failure_ratio',
  ].map((key) => [key, decimal] as const),
  ...[
    'attach', 'init', 'oom_kill_disable', 'privileged', 'read_only', 'stdin_open', 'tty', 'healthcheck.disable', 'build.no_cache', 'build.pull', 'build.privileged',
    'depends_on.*.restart', 'env_file.*.required', 'volumes.*.read_only', 'volumes.*.volume.nocopy', 'volumes.*.bind.create_host_path', 'post_start.*.privileged',
    'pre_stop.*.privileged',
  ].map((key) => [key, yesOrNo] as const),
  ['secrets.*.mode', octal], ['configs.*.mode', octal], ['build.secrets.*.mode', octal],
  ['blkio_config.weight', numberOnly], ['blkio_config.weight_device.*.weight', numberOnly], ['volumes.*.tmpfs.mode', numberOnly],
  ['gpus.*.count', device], ['deploy.resources.reservations.devices.*.count', device],
  ['healthcheck.test.0', healthTest], ['group_add.*', group], ['extra_hosts.#', host], ['build.extra_hosts.#', host], ['develop.watch.*.path', path],
  // `pid: null` passes the schema and crashes Compose 2.40.
  ['pid', { accepts: (value) => value !== null, is: 'a PID mode', fix: 'Write "host", "service:NAME" or "container:NAME", or leave the key out.' }],
];

const TOP_VALUES: ReadonlyArray<readonly [string, Kind]> = [
  ...['networks', 'volumes', 'secrets', 'configs'].map((key) => [`${key}.*.external`, yesOrNo] as const),
  ...['internal', 'attachable', 'enable_ipv4', 'enable_ipv6'].map((key) => [`networks.*.${key}`, yesOrNo] as const),
  // Accepted by `docker compose config`, refused by the engine.
  ['networks.*.ipam.config.*.subnet', subnet], ['networks.*.ipam.config.*.ip_range', subnet], ['networks.*.ipam.config.*.gateway', address],
];

/** Every place of a document that fits a pattern: `*` is any key or position, `#` a position in a list, a number that position. */
function* places(node: unknown, pattern: readonly string[], at: readonly string[] = []): Generator<{ at: readonly string[]; value: unknown }> {
  const [key, ...rest] = pattern;
  const every = key === '*' || (key === '#' && Array.isArray(node));
  if (key === undefined) {
    yield { at, value: node };
  } else if (typeof node === 'object' && node !== null) {
    for (const name of every ? Object.keys(node) : Object.hasOwn(node, key) ? [key] : []) {
      yield* places((node as { [key: string]: unknown })[name], rest, [...at, name]);
    }
  }
}

/** The kinds of value fit scalars; a list or mapping in such a place is another syntax of the key. */
function isScalar(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

/** Everything that is a text to the schema and more than that to Compose. */
export const valueChecks: readonly Check[] = [({ content }) => [
  ...SERVICE_VALUES.map(([pattern, kind]) => [`services.*.${pattern}`, kind] as const), ...TOP_VALUES,
].flatMap(([pattern, kind]) => [...places(content, pattern.split('.'))]
  .filter(({ value }) => isScalar(value) && (!isOpen(value) || kind === numberOnly) && !kind.accepts(value))
  .map(({ at, value }): ShapeProblem => ({
    path: [...at],
    message: `${typeof value === 'string' ? quoted(asWritten(value)) : String(value)} is not ${kind.is}.`,
    fix: typeof kind.fix === 'string' ? kind.fix : kind.fix(value),
    severity: 'error',
  })))];

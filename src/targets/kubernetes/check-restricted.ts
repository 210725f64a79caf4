import { Manifest } from './manifest';
import { podSpecOf } from './pod-spec';
import { aboutService } from './report';
import { KUBERNETES_RESTRICTED } from './rules';
import { Finding } from '../../model/finding';

/** The kinds of volumes that are no part of a node. */
const VOLUMES = ['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'persistentVolumeClaim', 'projected', 'secret'];

/** The parameters of the kernel that are a pod's own. */
const SYSCTLS = [
  'kernel.shm_rmid_forced', 'net.ipv4.ip_local_port_range', 'net.ipv4.ip_unprivileged_port_start', 'net.ipv4.tcp_syncookies', 'net.ipv4.ping_group_range',
  'net.ipv4.ip_local_reserved_ports', 'net.ipv4.tcp_keepalive_time', 'net.ipv4.tcp_fin_timeout', 'net.ipv4.tcp_keepalive_intvl', 'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem',
];

const SELINUX = ['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'];

/** A finished pod, held against Pod Security's `restricted`: a namespace that enforces it would refuse the pod, not the workload. */
export function restrictedFindings({ filePath, content, workload }: Manifest): Finding[] {
  const pod = podSpecOf(content);
  if (!pod || !workload) return [];
  const report = (what: string, fix: string) => aboutService(KUBERNETES_RESTRICTED, workload.service, `${filePath}: ${what}.`, fix);
  const containers: any[] = [...pod.initContainers ?? [], ...pod.containers ?? [], ...pod.ephemeralContainers ?? []];
  return [
    ...['hostNetwork', 'hostPID', 'hostIPC'].filter((key) => pod[key]).map((key) => report(`its pods have ${key}`, `Remove ${key}.`)),
    ...(pod.volumes ?? []).flatMap((volume: any) => (
      Object.keys(volume).filter((key) => key !== 'name' && !VOLUMES.includes(key)).map((key) => report(`the volume "${volume.name}" is a ${key}`, `Write one of: ${VOLUMES.join(', ')}.`))
    )),
    ...(pod.securityContext?.sysctls ?? []).filter(({ name }: any) => !SYSCTLS.includes(name)).map(({ name }: any) => (
      report(`the kernel parameter ${name} is no pod's own`, `Remove ${name} in production, or have it set on the nodes.`)
    )),
    // Who is root in the definition is said there.
    ...contextProblems(/^0+(:|$)/.test(workload.settings.user ?? '') ? { ...pod.securityContext, runAsUser: undefined } : pod.securityContext ?? {}, 'its pods').map(([what, fix]) => report(what, fix)),
    ...containers.flatMap((container) => containerProblems(container, pod.securityContext ?? {}).map(([what, fix]) => report(what, fix))),
  ];
}

type Problem = readonly [what: string, fix: string];

/** What may stand in neither the pod nor a container. */
function contextProblems(context: any, who: string): Problem[] {
  const { seLinuxOptions = {}, runAsUser, seccompProfile, appArmorProfile, windowsOptions } = context;
  return [
    ...(runAsUser === 0 ? [[`${who} run as root`, 'Write another number for runAsUser.'] as const] : []),
    ...(seccompProfile && !isProfile(seccompProfile) ? [[`${who} have the seccomp profile ${seccompProfile.type}`, "Write: seccompProfile: { type: 'RuntimeDefault' }."] as const] : []),
    ...(appArmorProfile?.type === 'Unconfined' ? [[`${who} have no AppArmor profile`, 'Remove appArmorProfile.'] as const] : []),
    ...(windowsOptions?.hostProcess ? [[`${who} are processes of the node`, 'Remove hostProcess.'] as const] : []),
    ...(seLinuxOptions.user || seLinuxOptions.role || !SELINUX.includes(seLinuxOptions.type ?? '') ? [[`${who} have seLinuxOptions of their own`, 'Remove seLinuxOptions.'] as const] : []),
  ];
}

function isProfile(profile: any): boolean {
  return ['RuntimeDefault', 'Localhost'].includes(profile?.type);
}

function containerProblems(container: any, pod: any): Problem[] {
  const { securityContext: context = {}, ports = [] } = container;
  const who = `the container "${container.name}"`;
  const added = (context.capabilities?.add ?? []).filter((capability: string) => capability !== 'NET_BIND_SERVICE');
  const { startupProbe, readinessProbe, livenessProbe, lifecycle } = container;
  const handlers = [startupProbe, readinessProbe, livenessProbe, lifecycle?.preStop, lifecycle?.postStart];
  const hosts = handlers.flatMap((each) => [each?.httpGet?.host, each?.tcpSocket?.host]).filter(Boolean);
  return [
    ...(context.privileged ? [[`${who} is privileged`, 'Remove privileged.'] as const] : []),
    ...(context.allowPrivilegeEscalation === false ? [] : [[`${who} may gain rights`, 'Write: allowPrivilegeEscalation: false.'] as const]),
    ...((context.capabilities?.drop ?? []).includes('ALL') ? [] : [[`${who} keeps capabilities`, "Write: capabilities: { drop: ['ALL'] }."] as const]),
    ...(added.length > 0 ? [[`${who} is given ${added.join(', ')}`, 'Remove it: NET_BIND_SERVICE alone may be given.'] as const] : []),
    ...((context.runAsNonRoot ?? pod.runAsNonRoot) === true ? [] : [[`${who} may run as root`, 'Write: runAsNonRoot: true.'] as const]),
    ...(context.seccompProfile ?? pod.seccompProfile ? [] : [[`${who} has no seccomp profile`, "Write: seccompProfile: { type: 'RuntimeDefault' }."] as const]),
    ...((context.procMount ?? 'Default') === 'Default' ? [] : [[`${who} has the procMount ${context.procMount}`, 'Remove procMount.'] as const]),
    ...(ports.some(({ hostPort }: any) => hostPort) ? [[`${who} has a port of the node`, 'Remove hostPort: a Service leads to it.'] as const] : []),
    ...(hosts.length > 0 ? [[`${who} asks another host, ${hosts.join(', ')}`, 'Remove host: a probe asks its own pod.'] as const] : []),
    ...contextProblems(context, `the processes of "${container.name}"`),
  ];
}

import { isAddress } from './address';
import { MODE, mostReplicas, Plan, waitsFor, Workload, WorkloadKind } from './plan';
import { aboutService, aboutStack, shown } from './report';
import {
  KUBERNETES_BIND, KUBERNETES_COMPLETION, KUBERNETES_COUNTERPART, KUBERNETES_NAME, KUBERNETES_REPLICAS, KUBERNETES_SETTING, KUBERNETES_USER,
} from './rules';
import { readFolder } from './storage';
import { piecesOf, settingText } from './values';
import { clientOf, isHealthy } from './waits';
import { Finding } from '../../model/finding';
import { MountKind } from '../../model/mount';
import { RestartPolicy } from '../../model/restart-policy';
import { Variable } from '../../model/variable';

/** What a StatefulSet adds to its name, and a Job to its own, must fit into the 63 characters of a label. */
const NAME_LENGTH = 52;

/** What is wrong with a definition for a cluster. */
export function definitionFindings(plan: Plan): Finding[] {
  const services = plan.workloads.filter(({ kind }) => kind !== WorkloadKind.CRON_JOB);
  // What an operator runs has its user, its folders and its restarts.
  const running = services.filter(({ kind }) => kind !== WorkloadKind.EXTERNAL && kind !== WorkloadKind.CLUSTER);
  return [
    ...services.flatMap(nameFindings),
    ...running.flatMap((workload) => [
      ...userFindings(workload), ...bindFindings(workload), ...completionFindings(workload), ...replicaFindings(workload, plan),
      ...counterpartFindings(workload, plan),
    ]),
    ...settingFindings(plan),
  ];
}

function nameFindings({ name, service, settings }: Workload): Finding[] {
  const report = (message: string, fix: string) => aboutService(KUBERNETES_NAME, service, message, fix);
  return [
    ...(/^[a-z]/.test(name) ? [] : [report(`The name ${shown(name)} does not begin with a letter.`, `Write: serviceName: 'app-${name}'.`)]),
    ...(name.length <= NAME_LENGTH ? [] : [
      report(`The name ${shown(name)} has ${name.length} characters, and pods add to it.`, `Write a serviceName of ${NAME_LENGTH} characters at most.`),
    ]),
    ...(settings.ports ?? []).filter((port) => !isPortName(port.name)).map((port) => report(
      `The name of the port ${shown(port.name)} is none for Kubernetes.`, 'Write 15 characters at most, a letter among them, and no two hyphens in a row.',
    )),
  ];
}

function isPortName(name: string): boolean {
  return name.length <= 15 && /[a-z]/.test(name) && !name.includes('--');
}

function userFindings({ service, settings }: Workload): Finding[] {
  const { user, rootless, capAdd = [] } = settings;
  const [id] = (user ?? '').split(':');
  const refused = rootless ? [] : capAdd.filter((capability) => capability !== 'NET_BIND_SERVICE');
  const said = user === undefined ? 'It is not said as which user its image runs.' : `Its user is ${shown(user)}.`;
  return [
    ...(/^[1-9]\d*$/.test(id) ? [] : [aboutService(
      KUBERNETES_USER, service, said, "Write: rootless: { user: '10001:10001' }, with the numbers of a user who may read what the image runs.",
    )]),
    ...(refused.length === 0 ? [] : [aboutService(
      KUBERNETES_USER, service, `It is given ${refused.join(', ')}, which no pod may have.`,
      'Write: rootless: { user: … } if it does without them when it does not begin as root; else remove capAdd.',
    )]),
  ];
}

function bindFindings(workload: Workload): Finding[] {
  const binds = (workload.settings.mounts ?? []).filter((mount) => mount.kind === MountKind.BIND && !mount.holdsData);
  return binds.flatMap((mount) => {
    const at = `The folder ${shown(mount.source ?? '')} cannot be mounted at ${mount.target} in a cluster`;
    const report = (why: string, fix: string) => [aboutService(KUBERNETES_BIND, workload.service, `${at}: ${why}.`, fix)];
    if (!(mount.source ?? '').startsWith('.')) {
      return report('it lies outside of the repository', 'Write: Mount.volume(…) in production, or put what it holds into the image.');
    }
    if (!mount.readOnly) return report('the container may write into it', 'Write: Mount.volume(…) in production, or readOnly: true for what is only read.');
    const { problem, missing } = readFolder(workload, mount);
    // Somebody may be about to write it, a sample among others.
    if (missing) {
      return [aboutService(
        KUBERNETES_COUNTERPART, workload.service, `There is nothing at ${shown(mount.source ?? '')} yet, so nothing is mounted at ${mount.target} in a cluster.`,
        'Write the files, and synthesize again.',
      )];
    }
    return problem ? report(problem, 'Write: Mount.config(…) for a small text, or put what it holds into the image.') : [];
  });
}

function completionFindings(workload: Workload): Finding[] {
  return waitsFor(workload).filter((service) => service.settings(MODE).completionCheck === undefined).map((service) => aboutService(
    KUBERNETES_COMPLETION, service, `${workload.name} waits for it, and nothing can tell a pod that its work is done.`,
    "Write: completionCheck: ['program', 'argument'], which ends with 0 when it is.",
  ));
}

function replicaFindings(workload: Workload, plan: Plan): Finding[] {
  const { name, service, settings, options, kind } = workload;
  const report = (message: string, fix: string) => aboutService(KUBERNETES_REPLICAS, service, message, fix);
  const { autoscaling } = options;
  const environments = plan.environments.filter(({ replicas }) => replicas?.[name] !== undefined);
  const wrong = environments.filter(({ replicas }) => !Number.isInteger(replicas![name]) || replicas![name] < 0);
  const findings = wrong.map(({ environmentName, replicas }) => (
    report(`In ${environmentName} it is to have ${replicas![name]} pods, which is no whole number from 0.`, `Write: replicas: { '${name}': 2 }.`)
  ));
  if (kind === WorkloadKind.JOB && (environments.length > 0 || autoscaling)) findings.push(report('It runs once.', 'Remove replicas and autoscaling.'));
  if (service.singleton && (mostReplicas(workload, plan) > 1 || autoscaling)) {
    findings.push(report('There may be one of it, and the target is told of more.', 'Remove replicas and autoscaling.'));
  }
  if (kind === WorkloadKind.STATEFUL_SET && !autoscaling && mostReplicas(workload, plan) > 1) {
    findings.push(report(
      'It keeps data, and each of its pods would have its own behind one name.',
      `Remove replicas. Where its pods copy from each other, write: stack.accept('PS187', { at: '${name}', because: 'its pods copy from each other' }).`,
    ));
  }
  if (!autoscaling) return findings;
  const { minReplicas = 2, maxReplicas } = autoscaling;
  const fixed = settings.replicas !== undefined ? ['the definition'] : [];
  const places = [...fixed, ...environments.map(({ environmentName }) => environmentName)];
  if (places.length > 0) {
    findings.push(report(`It is autoscaled, and ${places.join(', ')} says a fixed number of pods.`, 'Remove replicas, or autoscaling.'));
  }
  if (kind === WorkloadKind.STATEFUL_SET) {
    findings.push(report('It is autoscaled, and keeps data that each pod would have its own of.', 'Remove autoscaling.'));
  }
  if (!(Number.isInteger(minReplicas) && Number.isInteger(maxReplicas) && minReplicas >= 1 && maxReplicas >= minReplicas)) {
    findings.push(report(`It cannot have between ${minReplicas} and ${maxReplicas} pods.`, 'Write: autoscaling: { minReplicas: 2, maxReplicas: 5 }.'));
  }
  return findings;
}

function settingFindings(plan: Plan): Finding[] {
  const running = plan.workloads.filter(({ kind }) => kind !== WorkloadKind.EXTERNAL);
  const settings = new Map<string, Variable>();
  for (const { settings: { environment, command, entrypoint } } of running) {
    for (const value of [...Object.values(environment ?? {}), ...command ?? [], ...entrypoint ?? []]) {
      for (const { setting } of piecesOf(value, plan)) if (setting) settings.set(setting.variableName, setting);
    }
  }
  return plan.environments.flatMap((environment) => {
    const missing = [...settings.values()].filter((variable) => settingText(variable, environment) === undefined);
    if (missing.length === 0) return [];
    const names = missing.map(({ variableName }) => variableName);
    const likely = ({ defaultValue }: Variable) => (defaultValue?.isLiteral ? defaultValue.developmentText.replace(/'/g, "\\'") : '…');
    const lines = missing.map((variable) => `${variable.variableName}: '${likely(variable)}'`);
    return [aboutStack(
      KUBERNETES_SETTING, plan.stack, `In ${environment.environmentName}, ${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} not set.`,
      `Write in new KubernetesTarget({ … }): settings: { ${lines.join(', ')} }, for all environments or for one.`,
    )];
  });
}

function counterpartFindings(workload: Workload, plan: Plan): Finding[] {
  const { service, settings, kind, options: told } = workload;
  const { containerName, restart, stopSignal, extraHosts = {}, mounts = [], securityOpt = [] } = settings;
  const named = Object.entries(extraHosts).filter(([, address]) => !isAddress(address)).map(([host]) => host);
  const moded = mounts.filter((mount) => mount.kind === MountKind.TMPFS && mount.fileMode !== undefined);
  const options = securityOpt.filter((option) => !option.startsWith('no-new-privileges'));
  const holding = mounts.filter((mount) => mount.kind === MountKind.VOLUME || mount.holdsData);
  const shared = kind === WorkloadKind.STATEFUL_SET || told.storageClass ? [] : holding;
  const unasked = clientOf(workload) ? [] : (settings.dependsOn ?? []).filter((dependency) => (
    isHealthy(dependency) && plan.byName.has(dependency.service.serviceName)
  ));
  const ends = kind !== WorkloadKind.JOB && restart !== undefined && [RestartPolicy.NO, RestartPolicy.ON_FAILURE].includes(restart);
  const report = (message: string, fix: string) => aboutService(KUBERNETES_COUNTERPART, service, message, fix);
  return [
    ...(containerName === undefined ? [] : [report(`The container name ${shown(containerName)} is left out: pods are numbered.`, 'Remove containerName in production.')]),
    ...(ends ? [report(`A pod is started anew whenever it ended, not as restart "${restart}" says.`, 'Write: oneShot: true for what ends by itself.')] : []),
    ...(stopSignal === undefined ? [] : [report(`The stop signal ${stopSignal} is left out: the image's is sent.`, `Write it into the image: STOPSIGNAL ${stopSignal}.`)]),
    ...(unasked.length === 0 ? [] : [report(
      `It does not wait for ${unasked.map((dependency) => dependency.service.serviceName).join(', ')}: nothing says what its image can ask with.`,
      'Write a healthCheck over HTTP or TCP with its client, HealthCheckClient.SHELL say, or accept this for a program that tries again.',
    )]),
    ...named.map((host) => report(`The host ${shown(host)} is left out: it has no address there.`, 'Write an IP address.')),
    ...moded.map((mount) => report(`The permissions ${mount.fileMode} of ${mount.target} are left out: memory is open to all users of a pod.`, 'Remove fileMode.')),
    ...shared.map((mount) => report(
      `The volume at ${mount.target} asks for ReadWriteMany, since pods on several nodes mount it, and few classes of storage have that.`,
      "Write in new KubernetesTarget({ … }): services: { … : { storageClass: '…' } }, a class that has it.",
    )),
    ...options.map((option) => report(`The security option ${shown(option)} is left out.`, 'Write it in Kubernetes\' words: overrides: { kubernetes: { pod: { securityContext: … } } }.')),
  ];
}

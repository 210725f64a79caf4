import { servedPorts } from './network';
import { ends, isElsewhere, MODE, Plan, Workload, WorkloadKind } from './plan';
import { secretKeys } from './secrets';
import { valuesOf } from './values';
import { completions } from './waits';
import { HealthCheckKind } from '../../model/health-check';
import { SmokeCheck, SmokeCheckKind } from '../../model/smoke-check';
import { OutputFile } from '../../model/target';
import { scriptWithFacts } from '../asset-script';
import { bareShellWord, shellWord } from '../shell-word';

/** The script that brings a stack to a cluster. */
export const DEPLOY_SCRIPT = 'scripts/deploy.sh';

/** `scripts/deploy.sh` for a stack: the script in `assets/` with the stack's facts in place of the example's. */
export function deployScript(plan: Plan): OutputFile {
  const content = scriptWithFacts('kubernetes/deploy.sh', facts(plan));
  return { filePath: DEPLOY_SCRIPT, content, executable: true };
}

function facts(plan: Plan): string {
  const { environments, options, stack, secretName, directory } = plan;
  const registry = options.registry === undefined ? '' : `${options.registry.replace(/\/+$/, '')}/`;
  const running = plan.workloads.filter(({ kind }) => kind !== WorkloadKind.EXTERNAL);
  const images = [...new Set(running.filter(({ built }) => built).map(({ image }) => `${registry}${image}`))];
  const fallback = environments.find(({ environmentName }) => environmentName === 'production') ?? environments[0];
  const checks = running.flatMap((workload) => smokeLines(workload).map((line) => inEnvironments(line, workload, plan)));
  const users = secretUsers(plan);
  return [
    '# What this stack knows of itself. The rest of this file is the same for every stack.',
    `directory=${shellWord(directory)}`,
    `default_environment=${shellWord(fallback?.environmentName ?? '')}`,
    `part_of=${shellWord(stack.stackName)}`,
    `secret_name=${shellWord(secretName)}`,
    `secret_keys=${shellWord(secretNames(plan, true))}`,
    `optional_secret_keys=${shellWord(secretNames(plan, false))}`,
    `images=${shellWord(images.join(' '))}`,
    'secret_users() {',
    ...users.length > 0 ? ['  # what has pods that must be made anew when one of these keys of the Secret changes', ...users] : ['  :'],
    '}',
    'environments() {',
    '  # name namespace secrets',
    ...environments.map(({ environmentName, namespace, secretSource }) => `  environment ${bareShellWord(environmentName)} ${bareShellWord(namespace)} ${secretSource}`),
    '}',
    '# shellcheck disable=SC2016 # what is run in a container is not for this shell',
    'smoke_checks() {',
    '  # title service number-of-the-port path status text, or title workload text program arguments',
    ...(checks.length > 0 ? checks : ['  :']),
    '}',
    '',
  ].join('\n');
}

function secretNames(plan: Plan, wanted: boolean): string {
  return secretKeys(plan).filter(({ required }) => required === wanted).map(({ variableName }) => variableName).join(' ');
}

/** A check, left out where somebody else runs what it asks. */
function inEnvironments(line: string, workload: Workload, plan: Plan): string {
  const without = plan.environments.filter((environment) => isElsewhere(workload, environment)).map(({ environmentName }) => environmentName);
  return without.length === 0 ? line : `  case $environment in ${without.map(bareShellWord).join(' | ')}) ;; *)${line.slice(1)} ;; esac`;
}

/** What has pods that must be made anew when the Secret changes. */
function secretUsers(plan: Plan): string[] {
  const keys = (workload: Workload) => valuesOf(workload, plan).secrets.map(({ variableName }) => variableName);
  return plan.workloads.filter(({ kind }) => kind === WorkloadKind.DEPLOYMENT || kind === WorkloadKind.STATEFUL_SET).flatMap((workload) => {
    const used = [...new Set([workload, ...completions(workload, plan)].flatMap(keys))];
    return used.length > 0 ? [`  secret_user ${workload.kind}/${workload.name} ${used.join(' ')}`] : [];
  });
}

/** The smoke checks of a service that a cluster can ask, one line each; what browsers reach is asked in any case. */
function smokeLines(workload: Workload): string[] {
  // An operator's pods have names that it chooses.
  if (ends(workload) || workload.kind === WorkloadKind.CLUSTER) return [];
  const { service } = workload;
  const checks = service.smokeChecks().filter((check) => check.isFor(MODE)).flatMap((check) => smokeLine(check, workload) ?? []);
  const { healthCheck } = service.settings(MODE);
  if (checks.length > 0 || !workload.exposed || healthCheck?.kind !== HealthCheckKind.HTTP) return checks;
  const own = SmokeCheck.http(`answers at ${healthCheck.path}`, { port: healthCheck.portName, path: healthCheck.path });
  return [smokeLine(own, workload)].filter((line): line is string => line !== undefined);
}

function smokeLine(check: SmokeCheck, { name, kind, service }: Workload): string | undefined {
  const title = shellWord(`${name} ${check.title}`);
  if (check.kind === SmokeCheckKind.HTTP) {
    const port = servedPorts(service).find((each) => check.portName === undefined || each.name === check.portName);
    return port && `  smoke_http ${title} ${name} ${port.port} ${shellWord(check.path ?? '/')} ${check.status ?? 200} ${shellWord(check.expect ?? '')}`;
  }
  if (check.kind === SmokeCheckKind.EXEC) {
    return `  smoke_exec ${title} ${kind.toLowerCase()}/${name} ${shellWord(check.expect ?? '')} ${(check.command ?? []).map(bareShellWord).join(' ')}`;
  }
  return undefined;
}

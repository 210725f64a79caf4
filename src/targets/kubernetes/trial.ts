import { Exposure, SecretSource } from './choices';
import { Environment, isElsewhere, Plan, WorkloadKind } from './plan';
import { DEPLOY_SCRIPT } from './script';
import { secretKeys } from './secrets';
import { storageOf } from './storage';
import { Service } from '../../model/service';
import { OutputTrial } from '../../model/target';
import { SecretFormat } from '../../model/variable';

/** How the manifests are tried on a cluster that has just been made; undefined when they need what such a one does not have. */
export function trialOf(plan: Plan): OutputTrial | undefined {
  if (!isSelfContained(plan)) return undefined;
  const fit = plan.environments.filter((environment) => isAlone(environment, plan));
  // Elsewhere than in production there is one pod of each.
  const environment = fit.find(({ environmentName }) => environmentName !== 'production') ?? fit[0];
  if (!environment) return undefined;
  const prefix = plan.options.registry === undefined ? '' : `${plan.options.registry.replace(/\/+$/, '')}/`;
  const built = plan.workloads.filter(({ built: own, settings, kind }) => own && settings.imageOf === undefined && kind !== WorkloadKind.CRON_JOB);
  return {
    script: DEPLOY_SCRIPT,
    environment: environment.environmentName,
    images: Object.fromEntries(built.map(({ name, image }) => [name, `${prefix}${image}`])),
    givenSecrets: secretKeys(plan)
      .filter(({ required, secretFormat }) => required && secretFormat === SecretFormat.GIVEN).map(({ variableName }) => variableName),
  };
}

/** Whether nothing is asked for that somebody must bring into a cluster first: an operator, a class of storage, a server elsewhere. */
function isSelfContained(plan: Plan): boolean {
  const { workloads, options } = plan;
  if ((options.wholeSecrets ?? []).length > 0) return false;
  return workloads.every((workload) => {
    const { kind, service, options: told } = workload;
    if (kind === WorkloadKind.CLUSTER || told.storageClass !== undefined) return false;
    if (service.connections().some(({ target }) => !(target instanceof Service))) return false;
    // Folders of one node are no storage for several.
    return kind === WorkloadKind.EXTERNAL || kind === WorkloadKind.CRON_JOB || storageOf(workload, plan).claims.length === 0;
  });
}

function isAlone(environment: Environment, { workloads, exposure }: Plan): boolean {
  const { secretSource, hosts = {} } = environment;
  return [SecretSource.PLAIN, SecretSource.ENV_FILE].includes(secretSource)
    && !workloads.some((workload) => isElsewhere(workload, environment))
    && (exposure === Exposure.INGRESS || Object.keys(hosts).length === 0);
}

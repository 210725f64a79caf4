import { createHash } from 'crypto';
import { Manifest } from './manifest';
import { ends, Environment, mostReplicas, Plan, Workload, WorkloadKind } from './plan';
import { labelsOf, podTemplate, selectorOf } from './pod';
import { compact, Entry } from './quantities';
import { PodStorage } from './storage';
import { textIn, valuesOf } from './values';
import { applyOverrides } from '../overrides';

/** How long the Job of work that is done stays, for its log. */
const JOB_DAYS = 1;

/** What runs the pods of a workload. */
export function workloadObject(workload: Workload, plan: Plan, storage: PodStorage): Manifest {
  const { name, kind, settings } = workload;
  const template = podTemplate(workload, plan, storage);
  const metadata = { name, labels: labelsOf(name, plan) };
  const overrides = settings.overrides?.kubernetes ?? {};
  const file = (fileName: string, content: Entry, said: Entry | undefined): Manifest => (
    { filePath: `${name}/${fileName}.yaml`, content: applyOverrides(content, said ?? {}), workload }
  );
  switch (kind) {
    case WorkloadKind.JOB: return file('job', { apiVersion: 'batch/v1', kind, metadata, spec: jobSpec(template) }, overrides.job);
    case WorkloadKind.CRON_JOB: return file('cron-job', { apiVersion: 'batch/v1', kind, metadata, spec: cronJobSpec(workload, template) }, overrides.cronJob);
    case WorkloadKind.STATEFUL_SET: return file(
      'stateful-set', { apiVersion: 'apps/v1', kind, metadata, spec: statefulSetSpec(workload, template, storage) }, overrides.statefulSet,
    );
    default: return file('deployment', { apiVersion: 'apps/v1', kind, metadata, spec: deploymentSpec(workload, template) }, overrides.deployment);
  }
}

function replicas({ settings, options }: Workload): number | undefined {
  return options.autoscaling ? undefined : settings.replicas ?? 1;
}

function deploymentSpec(workload: Workload, template: Entry): Entry {
  return compact({
    replicas: replicas(workload),
    revisionHistoryLimit: 5,
    selector: { matchLabels: selectorOf(workload.name) },
    strategy: workload.service.singleton
      ? { type: 'Recreate' }
      : { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    template,
  });
}

function statefulSetSpec(workload: Workload, template: Entry, { claimTemplates }: PodStorage): Entry {
  return compact({
    replicas: replicas(workload),
    revisionHistoryLimit: 5,
    serviceName: workload.name,
    selector: { matchLabels: selectorOf(workload.name) },
    persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
    template,
    volumeClaimTemplates: claimTemplates,
  });
}

function jobSpec(template: Entry): Entry {
  return {
    backoffLimit: 1,
    activeDeadlineSeconds: 900,
    ttlSecondsAfterFinished: JOB_DAYS * 24 * 3600,
    template,
  };
}

function cronJobSpec({ backups }: Workload, template: Entry): Entry {
  return {
    schedule: backups?.schedule,
    timeZone: backups?.timeZone ?? 'Etc/UTC',
    // One that takes longer than the time between two is not overtaken.
    concurrencyPolicy: 'Forbid',
    startingDeadlineSeconds: 3600,
    successfulJobsHistoryLimit: 1,
    failedJobsHistoryLimit: 3,
    jobTemplate: { spec: { backoffLimit: 1, activeDeadlineSeconds: 6 * 3600, template } },
  };
}

/**
 * The name of a Job in an environment: what it runs, and with which settings, is part of it, since the pods of a Job cannot be
 * changed.
 */
export function jobName(workload: Workload, plan: Plan, storage: PodStorage, environment: Environment): string {
  const { settings } = valuesOf(workload, plan);
  const content = {
    template: podTemplate(workload, plan, storage),
    tag: workload.built ? environment.tag : undefined,
    registry: workload.built ? plan.options.registry : undefined,
    settings: [...settings].map(([key, pieces]) => [key, textIn(environment, pieces)]),
    files: storage.configFiles,
    resources: environment.resources?.[workload.name],
    overrides: workload.settings.overrides?.kubernetes?.job,
  };
  return `${workload.name}-${createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 8)}`;
}

/** What else belongs to the pods of a workload: the account, the claims that it shares, how many pods there are. */
export function companions(workload: Workload, plan: Plan): Manifest[] {
  const { name, kind, options, settings } = workload;
  // The operator makes an account, and a budget.
  if (kind === WorkloadKind.CLUSTER) return [];
  const metadata = { name, labels: labelsOf(name, plan) };
  const { imagePullSecret } = plan.options;
  const { serviceAccount = {}, podDisruptionBudget = {}, horizontalPodAutoscaler = {} } = settings.overrides?.kubernetes ?? {};
  const result: Manifest[] = [{
    filePath: `${name}/service-account.yaml`,
    content: applyOverrides(compact({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata,
      automountServiceAccountToken: false,
      imagePullSecrets: imagePullSecret ? [{ name: imagePullSecret }] : undefined,
    }), serviceAccount),
    workload,
  }];
  if (!ends(workload) && mostReplicas(workload, plan) > 1) {
    result.push({
      filePath: `${name}/pod-disruption-budget.yaml`,
      content: applyOverrides({
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata,
        spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow', selector: { matchLabels: selectorOf(name) } },
      }, podDisruptionBudget),
      workload,
    });
  }
  if (options.autoscaling) {
    const { minReplicas, maxReplicas, cpuPercent } = options.autoscaling;
    result.push({
      filePath: `${name}/horizontal-pod-autoscaler.yaml`,
      content: applyOverrides({
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata,
        spec: {
          scaleTargetRef: { apiVersion: 'apps/v1', kind, name },
          minReplicas: minReplicas ?? 2,
          maxReplicas,
          metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: cpuPercent ?? 80 } } }],
        },
      }, horizontalPodAutoscaler),
      workload,
    });
  }
  return result;
}

import { otherScripts } from './cloud-native-pg';
import { Plan, WorkloadKind } from './plan';
import { aboutService, shown } from './report';
import { KUBERNETES_OPTION, KUBERNETES_REPLICAS } from './rules';
import { Finding } from '../../model/finding';

/** What is wrong with what an operator is to run. */
export function cloudNativePgFindings({ workloads, environments }: Plan): Finding[] {
  return workloads.filter(({ options, kind }) => options.cloudNativePg && kind !== WorkloadKind.CRON_JOB).flatMap((workload): Finding[] => {
    const { service, kind, name, options } = workload;
    const report = (message: string, fix: string, rule = KUBERNETES_OPTION) => aboutService(rule, service, message, fix);
    const elsewhere = environments.filter(({ externalHosts }) => externalHosts?.[name] !== undefined).map(({ environmentName }) => environmentName);
    if (kind === WorkloadKind.EXTERNAL || elsewhere.length > 0) {
      return [report(
        `CloudNativePG is to run it, and somebody else does${elsewhere.length > 0 ? ` in ${elsewhere.join(', ')}` : ''}: the password would be in two Secrets.`,
        'Remove cloudNativePg, or the external hosts.',
      )];
    }
    if (kind !== WorkloadKind.CLUSTER) return [report('CloudNativePG is to run it, and it is no PostgreSQL.', 'Remove cloudNativePg.')];
    const { instances = 3 } = options.cloudNativePg!;
    const counts = [instances, ...environments.flatMap(({ replicas }) => replicas?.[name] ?? [])];
    return [
      ...otherScripts(workload).map((script) => report(
        `CloudNativePG runs no ${shown(script)} when the data is initialised, but SQL alone.`, 'Write it as a file that ends in .sql, or do it in a migration.',
      )),
      ...counts.filter((count) => !(Number.isInteger(count) && count >= 1)).map((count) => report(
        `There cannot be ${count} instances of it.`, 'Write: instances: 3.', KUBERNETES_REPLICAS,
      )),
      ...(options.autoscaling ? [report('It is autoscaled, and one of its pods takes all writes.', 'Remove autoscaling.', KUBERNETES_REPLICAS)] : []),
    ];
  });
}

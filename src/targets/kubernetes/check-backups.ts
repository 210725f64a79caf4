import { isSaved } from './backup';
import { Plan, WorkloadKind } from './plan';
import { isQuantity } from './quantities';
import { aboutService, aboutStack, shown } from './report';
import { KUBERNETES_NAME, KUBERNETES_OPTION, KUBERNETES_UNIT } from './rules';
import { Finding } from '../../model/finding';

/** Fields of cron: numbers, names, ranges, steps and lists of them. */
const SCHEDULE = /^(@(yearly|annually|monthly|weekly|daily|midnight|hourly)|([\w*?/,-]+\s+){4}[\w*?/,-]+)$/;

/** What is wrong with when data is saved. */
export function backupFindings({ workloads, options, stack }: Plan): Finding[] {
  const said = workloads.filter(({ kind, service }) => kind !== WorkloadKind.CRON_JOB && options.services?.[service.serviceName]?.backups);
  const savers = workloads.filter(({ kind }) => kind === WorkloadKind.CRON_JOB);
  const taken = savers.filter(({ name }) => workloads.filter((other) => other.name === name).length > 1);
  const wrong = [...new Set(savers.flatMap(({ backups }) => backups ?? []))];
  return [
    ...said.filter(({ kind }) => kind === WorkloadKind.EXTERNAL).map(({ service }) => aboutService(
      KUBERNETES_OPTION, service, 'Its backups are asked for, and somebody else runs it.', 'Remove backups: whoever runs it saves its data.',
    )),
    ...said.filter(({ kind, service }) => kind !== WorkloadKind.EXTERNAL && !isSaved(service)).map(({ service }) => aboutService(
      KUBERNETES_OPTION, service, 'Its backups are asked for, and nothing says how its data is saved from another container.',
      'Remove backups, or override backups() in its class, with a networkEnvironment.',
    )),
    ...(options.backups && savers.length === 0 ? [aboutStack(
      KUBERNETES_OPTION, stack, 'Backups are asked for, and no service that runs in the cluster says how its data is saved.', 'Remove backups.',
    )] : []),
    ...taken.map(({ service, name }) => aboutService(
      KUBERNETES_NAME, service, `What saves its data is called ${shown(name)}, and so is a service.`, 'Write another serviceName.',
    )),
    ...wrong.filter(({ schedule }) => !SCHEDULE.test(schedule)).map(({ schedule }) => aboutStack(
      KUBERNETES_OPTION, stack, `${shown(schedule)} is no schedule of cron.`, "Write minute, hour, day, month and weekday: schedule: '0 3 * * *'.",
    )),
    ...wrong.filter(({ keep = 1 }) => !(Number.isInteger(keep) && keep >= 1)).map(({ keep }) => aboutStack(
      KUBERNETES_OPTION, stack, `${keep} files of backups cannot be kept.`, 'Write a whole number from 1: keep: 7.',
    )),
    ...wrong.filter(({ storageSize = '1Gi' }) => !isQuantity(storageSize) || /m$/.test(storageSize)).map(({ storageSize }) => aboutStack(
      KUBERNETES_UNIT, stack, `The storageSize ${shown(storageSize!)} of the backups is no size.`, "Write: storageSize: '20Gi'.",
    )),
  ];
}

import { KubernetesBackups, KubernetesServiceOptions } from './service-options';
import { DatabaseServer } from '../../model/database-server';
import { Mode } from '../../model/mode';
import { Service } from '../../model/service';
import { ServiceSettings } from '../../model/settings';

/** The mode whose properties hold in a cluster, in every environment. */
export const MODE = Mode.PRODUCTION;

/** What becomes of a service. */
export enum WorkloadKind {
  DEPLOYMENT = 'Deployment',
  STATEFUL_SET = 'StatefulSet',
  JOB = 'Job',
  /** Saves the data of another one, at times. */
  CRON_JOB = 'CronJob',
  /** CloudNativePG runs it. */
  CLUSTER = 'Cluster',
  /** Somebody else runs it: only its name leads there. */
  EXTERNAL = 'ExternalName',
}

/** A service, and what becomes of it. */
export interface Workload {
  /** The service, or that whose data it saves. */
  readonly service: Service;
  readonly name: string;
  /** What was said about the service, with what differs where no container begins as root. */
  readonly settings: ServiceSettings;
  readonly kind: WorkloadKind;
  readonly options: KubernetesServiceOptions;
  /** When it saves data, where that is what it does. */
  readonly backups?: KubernetesBackups;
  /** What it is as a database server, where an operator runs it. */
  readonly server?: DatabaseServer;
  /** The image, as the base names it. */
  readonly image: string;
  /** Whether the image is built from the repository, so that its name and tag are the environment's. */
  readonly built: boolean;
  readonly exposed: boolean;
  /** The services that it reaches over the network. */
  readonly reach: readonly Service[];
}

/** Whether the pods of a workload do something and end. */
export function ends({ kind }: Workload): boolean {
  return kind === WorkloadKind.JOB || kind === WorkloadKind.CRON_JOB;
}

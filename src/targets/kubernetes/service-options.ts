import { KubernetesEgress } from './network-options';

/**
 * Between how many pods a cluster may choose, by the processor time that they use.
 *
 * @experimental
 */
export interface KubernetesAutoscaling {
  /**
   * The fewest pods.
   *
   * @default 2
   */
  readonly minReplicas?: number;

  /** The most pods. */
  readonly maxReplicas: number;

  /**
   * The processor time to aim at, in percent of what is requested.
   *
   * @default 80
   */
  readonly cpuPercent?: number;
}

/**
 * When the data of a service is saved, and where: a CronJob with a claim of its own.
 *
 * @experimental
 */
export interface KubernetesBackups {
  /** When, as cron writes it: `0 3 * * *`. */
  readonly schedule: string;

  /**
   * The time zone of the schedule.
   *
   * @default "Etc/UTC"
   */
  readonly timeZone?: string;

  /**
   * How many files are kept of each database.
   *
   * @default 7
   */
  readonly keep?: number;

  /**
   * How much the claim of the files holds, as Kubernetes writes sizes.
   *
   * @default "10Gi"
   */
  readonly storageSize?: string;

  /**
   * The class of storage of that claim.
   *
   * @default - the cluster's default
   */
  readonly storageClass?: string;
}

/**
 * How CloudNativePG runs a database server. The operator must be in the cluster.
 *
 * @see https://cloudnative-pg.io/docs/
 * @experimental
 */
export interface KubernetesCloudNativePg {
  /**
   * How many servers there are in production: one takes writes, the others follow it and take over.
   *
   * @default - 3; one in every environment that is not production, unless its `replicas` says otherwise
   */
  readonly instances?: number;

  /**
   * The image, one that is built for the operator.
   *
   * @default - ghcr.io/cloudnative-pg/postgresql with the major version of the service
   */
  readonly image?: string;

  /**
   * The namespace of the operator.
   *
   * @default "cnpg-system"
   */
  readonly operatorNamespace?: string;
}

/**
 * What a cluster must be told about one service beyond the definition, in all environments.
 *
 * @experimental
 */
export interface KubernetesServiceOptions {
  /**
   * How much a volume holds, as Kubernetes writes sizes.
   *
   * @default "10Gi"
   */
  readonly storageSize?: string;

  /**
   * The class of storage.
   *
   * @default - the cluster's default
   */
  readonly storageClass?: string;

  /**
   * The host under which somebody else runs it, a managed database say: nothing is run here, and its name leads there.
   *
   * @default - it is run here
   */
  readonly externalHost?: string;

  /**
   * How CloudNativePG runs it, with servers that take over; for PostgreSQL only.
   *
   * @default - one pod of a StatefulSet
   */
  readonly cloudNativePg?: KubernetesCloudNativePg;

  /**
   * Between how many pods the cluster may choose.
   *
   * @default - as many as `replicas` says
   */
  readonly autoscaling?: KubernetesAutoscaling;

  /**
   * Whether browsers reach it from outside.
   *
   * @default - a service with a port for browsers, unless another such service passes requests on to it
   */
  readonly exposed?: boolean;

  /**
   * What it may reach outside of the cluster, beside what it was connected to.
   *
   * @default - nothing
   */
  readonly egress?: KubernetesEgress[];

  /**
   * The most that it may write on its node's disk, logs among it.
   *
   * @default "1Gi"
   */
  readonly ephemeralStorage?: string;

  /**
   * When its data is saved; it must say how that is done, as PostgreSQL does.
   *
   * @default - as the target says for all that can be saved
   */
  readonly backups?: KubernetesBackups;
}

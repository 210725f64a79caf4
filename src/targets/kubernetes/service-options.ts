/**
 * Between how many pods a cluster may choose, by the processor time that they use.
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
 * Something outside of the cluster that a service may reach.
 */
export interface KubernetesEgress {
  /**
   * The addresses, as a CIDR block.
   *
   * @default "0.0.0.0/0"
   */
  readonly cidr?: string;

  /**
   * The TCP port.
   *
   * @default 443
   */
  readonly port?: number;
}

/**
 * What a cluster must be told about one service beyond the definition, in all environments.
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
}

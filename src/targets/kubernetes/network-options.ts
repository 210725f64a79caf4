/**
 * Something outside of the cluster that a service may reach.
 *
 * @experimental
 */
export interface KubernetesEgress {
  /**
   * The addresses, as a CIDR block.
   *
   * @default - every address but those of `clusterCidrs` and of the nodes' own services (169.254.0.0/16)
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
 * What answers questions for names in a cluster.
 *
 * @experimental
 */
export interface KubernetesDns {
  /**
   * The namespace of its pods.
   *
   * @default "kube-system"
   */
  readonly namespace?: string;

  /**
   * The labels of its pods.
   *
   * @default - `k8s-app: kube-dns`
   */
  readonly podLabels?: { [name: string]: string };

  /**
   * The port on which these pods listen.
   *
   * @default 53
   */
  readonly port?: number;

  /**
   * Addresses that answer beside them, as CIDR blocks: `169.254.20.10/32`, where NodeLocal DNSCache runs.
   *
   * @default - none
   */
  readonly cidrs?: string[];
}

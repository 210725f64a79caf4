import { Exposure, SecretSource } from './choices';
import { Resources } from '../../model/resources';

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

/**
 * An environment: what is different there. Services are named by their names.
 *
 * @experimental
 */
export interface KubernetesEnvironment {
  /**
   * The namespace.
   *
   * @default - the target's for production, followed by the environment's name for others
   */
  readonly namespace?: string;

  /**
   * The tag of the images that are built from this repository. `scripts/deploy.sh --tag` says another one.
   *
   * @default - the target's
   */
  readonly tag?: string;

  /**
   * The host names under which browsers find services.
   *
   * @default - none: nothing is reached from outside
   */
  readonly hosts?: { [serviceName: string]: string };

  /**
   * How many pods.
   *
   * @default - as the definition says; one in every environment that is not production
   */
  readonly replicas?: { [serviceName: string]: number };

  /**
   * What services may use.
   *
   * @default - as the definition says
   */
  readonly resources?: { [serviceName: string]: Resources };

  /**
   * The operator's settings that are no secrets.
   *
   * @default - the target's
   */
  readonly settings?: { [variableName: string]: string };

  /**
   * The hosts under which somebody else runs services.
   *
   * @default - the services' own
   */
  readonly externalHosts?: { [serviceName: string]: string };

  /**
   * Where the secrets come from.
   *
   * @default - the target's
   */
  readonly secretSource?: SecretSource;
}

/**
 * What a cluster must be told beyond the definition.
 *
 * @experimental
 */
export interface KubernetesTargetOptions {
  /**
   * The folder of the manifests, relative to the stack's.
   *
   * @default "k8s"
   */
  readonly directory?: string;

  /**
   * The namespace of production.
   *
   * @default - the name of the stack
   */
  readonly namespace?: string;

  /**
   * Where the images are that are built from this repository: `ghcr.io/acme`.
   *
   * @default - none: the image is called as the stack and the service
   */
  readonly registry?: string;

  /**
   * The tag of the images that are built from this repository.
   *
   * @default "latest"
   */
  readonly tag?: string;

  /**
   * The operator's settings that are no secrets. The defaults of development are none here.
   *
   * @default - none
   */
  readonly settings?: { [variableName: string]: string };

  /**
   * The environments, each an overlay of its name.
   *
   * @default - staging and production
   */
  readonly environments?: { [environment: string]: KubernetesEnvironment };

  /**
   * The name of the Secret with the operator's secrets, keyed by the names of the variables.
   *
   * @default - the stack's name and `-secrets`
   */
  readonly secretName?: string;

  /**
   * Where the secrets come from.
   *
   * @default SecretSource.PLAIN
   */
  readonly secretSource?: SecretSource;

  /**
   * The `ClusterSecretStore` that External Secrets asks, for the key of the environment's namespace.
   *
   * @default - the stack's name
   */
  readonly secretStore?: string;

  /**
   * Secrets that are made of others by default, and that are in the Secret as a whole instead: `DATABASE_URL`.
   *
   * @default - none
   */
  readonly wholeSecrets?: string[];

  /**
   * How browsers reach services.
   *
   * @default Exposure.INGRESS
   */
  readonly exposure?: Exposure;

  /**
   * The class of the Ingress.
   *
   * @default - the cluster's default
   */
  readonly ingressClass?: string;

  /**
   * The namespace of what passes requests on from outside.
   *
   * @default "ingress-nginx"
   */
  readonly ingressNamespace?: string;

  /**
   * The `ClusterIssuer` of cert-manager that issues the certificates.
   *
   * @default - none: the certificate is in a Secret that is called as the service, and `-tls`
   */
  readonly certificateIssuer?: string;

  /**
   * The Gateway, as `namespace/name`.
   *
   * @default "gateway/public"
   */
  readonly gateway?: string;

  /**
   * What answers questions for names.
   *
   * @default - the pods `k8s-app: kube-dns` in `kube-system`
   */
  readonly dns?: KubernetesDns;

  /**
   * The addresses of pods and Services, as CIDR blocks. What may reach the outside does not reach those by it.
   *
   * @default - none are known
   */
  readonly clusterCidrs?: string[];

  /**
   * The Secret with the login of the registry.
   *
   * @default - none
   */
  readonly imagePullSecret?: string;

  /**
   * When the data of each service that says how it is saved is: of PostgreSQL, say.
   *
   * @default - never
   */
  readonly backups?: KubernetesBackups;

  /**
   * What is said about single services, by their names.
   *
   * @default - nothing
   */
  readonly services?: { [serviceName: string]: KubernetesServiceOptions };
}

import { Exposure, SecretSource } from './choices';
import { KubernetesDns } from './network-options';
import { KubernetesBackups, KubernetesServiceOptions } from './service-options';
import { Resources } from '../../model/resources';

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

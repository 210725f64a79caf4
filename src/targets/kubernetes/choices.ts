/**
 * Where the secrets of an environment come from. No secret is ever written into a file that is committed.
 *
 * @experimental
 */
export enum SecretSource {
  /** A Secret that somebody made; `scripts/deploy.sh` says what is missing in it, and makes it of a file on request. */
  PLAIN = 'plain',
  /** A file beside the overlay that git ignores, for a cluster on a developer's machine. */
  ENV_FILE = 'env-file',
  /** External Secrets: an `ExternalSecret` that names a store. */
  EXTERNAL_SECRETS = 'external-secrets',
  /** Sealed Secrets: a `SealedSecret` in `sealed-secrets.yaml` beside the overlay, which you make and commit. */
  SEALED_SECRETS = 'sealed-secrets',
}

/**
 * How browsers reach a service.
 *
 * @experimental
 */
export enum Exposure {
  /** An `Ingress`. */
  INGRESS = 'ingress',
  /** An `HTTPRoute` of the Gateway API. */
  GATEWAY = 'gateway',
}

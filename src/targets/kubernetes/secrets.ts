import { SecretSource } from './choices';
import { Manifest } from './manifest';
import { Environment, Plan } from './plan';
import { Entry } from './quantities';
import { valuesOf } from './values';
import { Variable } from '../../model/variable';

/** The file beside an overlay with the secrets of a developer's cluster; git ignores it. */
export const SECRETS_FILE = 'secrets.env';

/** The manifest of Sealed Secrets beside an overlay, which a person makes. */
export const SEALED_FILE = 'sealed-secrets.yaml';

/** The keys that the Secret must have, in the order in which the services need them. */
export function secretKeys(plan: Plan): Variable[] {
  const all = plan.workloads.flatMap((workload) => valuesOf(workload, plan).secrets);
  return [...new Map(all.map((variable) => [variable.variableName, variable])).values()];
}

/** What an overlay says about the secrets, beside the name by which the pods know them. */
export interface SecretPart {
  readonly resources: readonly string[];
  readonly manifests: readonly Manifest[];
  readonly generator?: Entry;
}

/** How the secrets of an environment come into the cluster. */
export function secretPart(plan: Plan, environment: Environment): SecretPart {
  const keys = secretKeys(plan);
  const { secretName, options, stack } = plan;
  if (keys.length === 0) return { resources: [], manifests: [] };
  switch (environment.secretSource) {
    case SecretSource.ENV_FILE: return {
      resources: [],
      manifests: [],
      // Under one name: the pods are told of new values by scripts/deploy.sh, in every environment.
      generator: { name: secretName, envs: [SECRETS_FILE], options: { disableNameSuffixHash: true } },
    };
    case SecretSource.SEALED_SECRETS: return { resources: [SEALED_FILE], manifests: [] };
    case SecretSource.EXTERNAL_SECRETS: return {
      resources: [],
      manifests: [{
        filePath: 'external-secret.yaml',
        content: {
          apiVersion: 'external-secrets.io/v1',
          kind: 'ExternalSecret',
          metadata: { name: secretName, labels: { 'app.kubernetes.io/part-of': stack.stackName } },
          spec: {
            refreshInterval: '1h',
            secretStoreRef: { kind: 'ClusterSecretStore', name: options.secretStore ?? stack.stackName },
            target: { name: secretName },
            data: keys.map(({ variableName }) => ({ secretKey: variableName, remoteRef: { key: environment.namespace, property: variableName } })),
          },
        },
      }],
    };
    default: return { resources: [], manifests: [] };
  }
}

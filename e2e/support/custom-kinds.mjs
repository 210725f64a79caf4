// Kinds that are not Kubernetes' own, with the fields that the target writes, as their documentation has them: what is misspelt is refused.
import { readFileSync } from 'node:fs';

const text = { type: 'string' };
const object = (properties, required) => ({ type: 'object', properties, ...(required ? { required } : {}) });
const list = (items) => ({ type: 'array', items });
const texts = { type: 'object', additionalProperties: text };

const kind = (group, version, kindName, plural, spec, annotations = {}) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `${plural}.${group}`, annotations },
  spec: {
    group,
    scope: 'Namespaced',
    names: { kind: kindName, plural, singular: kindName.toLowerCase() },
    versions: [{ name: version, served: true, storage: true, schema: { openAPIV3Schema: object({ apiVersion: text, kind: text, metadata: { type: 'object' }, spec }, ['spec']) } }],
  },
});

/** A schema as the API server takes it: what is not named is refused there in any case. */
function structural({ $comment, additionalProperties, properties, items, anyOf, ...rest }) {
  return {
    ...rest,
    ...(anyOf ? { anyOf, 'x-kubernetes-int-or-string': true } : {}),
    ...(typeof additionalProperties === 'object' ? { additionalProperties: structural(additionalProperties) } : {}),
    ...(properties ? { properties: Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, structural(each)])) } : {}),
    ...(items ? { items: structural(items) } : {}),
  };
}

/** https://external-secrets.io/latest/api/externalsecret/, https://github.com/bitnami-labs/sealed-secrets, https://gateway-api.sigs.k8s.io/ */
export const CUSTOM_KINDS = [
  kind('postgresql.cnpg.io', 'v1', 'Cluster', 'clusters', structural(JSON.parse(readFileSync(new URL('../../test/targets/kubernetes/cloud-native-pg.schema.json', import.meta.url), 'utf8')))),
  kind('external-secrets.io', 'v1', 'ExternalSecret', 'externalsecrets', object({
    refreshInterval: text,
    secretStoreRef: object({ kind: { ...text, enum: ['SecretStore', 'ClusterSecretStore'] }, name: { ...text, minLength: 1 } }),
    target: object({ name: text, creationPolicy: { ...text, enum: ['Owner', 'Orphan', 'Merge', 'None'] } }),
    data: list(object({
      secretKey: { ...text, pattern: '^[-._a-zA-Z0-9]+$' }, remoteRef: object({ key: text, property: text, version: text }, ['key']),
    }, ['secretKey', 'remoteRef'])),
  })),
  kind('bitnami.com', 'v1alpha1', 'SealedSecret', 'sealedsecrets', object({
    encryptedData: texts, template: object({ type: text, metadata: object({ name: text, namespace: text, labels: texts, annotations: texts }) }),
  }, ['encryptedData'])),
  // The API server takes a group of Kubernetes' own only with the word of those who approved it.
  kind('gateway.networking.k8s.io', 'v1', 'HTTPRoute', 'httproutes', object({
    parentRefs: list(object({ group: text, kind: text, namespace: text, name: text, sectionName: text }, ['name'])),
    hostnames: list(text),
    rules: list(object({
      matches: list(object({ path: object({ type: text, value: text }) })),
      backendRefs: list(object({ group: text, kind: text, name: text, namespace: text, port: { type: 'integer', minimum: 1, maximum: 65535 } }, ['name'])),
    })),
  }), { 'api-approved.kubernetes.io': 'https://github.com/kubernetes-sigs/gateway-api/pull/3328' }),
];

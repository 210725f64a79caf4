// What linters of manifests may say of which resources, each with the reason why it stays. A resource is its kind and its name, without a hash.
const STORES = ['StatefulSet db', 'StatefulSet postgres', 'StatefulSet redis'];
const BACKENDS = ['Deployment api', 'Deployment backend', 'Deployment beat', 'Deployment worker', 'Job api-migrate', 'Job backend-migrate'];
const FRONTEND = 'Deployment frontend';
/** The services of `everything`, which no image is shipped for. */
const OTHERS = ['Deployment clock', 'Deployment media', 'Deployment web', 'Job load', 'StatefulSet ledger'];
const BACKUP = 'CronJob postgres-backup';
/** What runs PostgreSQL's image. */
const POSTGRES = ['StatefulSet db', 'StatefulSet postgres', BACKUP];
const WORKLOADS = [BACKUP, ...STORES, ...BACKENDS, FRONTEND, ...OTHERS];
/** What has no port that could be asked, and says of itself nothing else. */
const SILENT = ['Deployment clock', 'Deployment media', 'StatefulSet ledger'];

const TAGS = 'Tags are not moved, and a start must not depend on the registry.';
const USERS = 'PostgreSQL has the user of its image: initdb wants one that the image knows.';
const ASKED_FOR = 'The definition asks for it expressly.';

export const ACCEPTED = {
  'kube-score': [
    ['container-image-pull-policy', WORKLOADS, TAGS],
    ['container-security-context-user-group-id', POSTGRES, USERS],
    ['deployment-has-host-podantiaffinity', ['Deployment backend', FRONTEND, 'Deployment web'], 'Pods are spread by topologySpreadConstraints.'],
    ['deployment-replicas', ['Deployment api', 'Deployment backend', FRONTEND, 'Deployment clock', 'Deployment media'], 'How many pods there are is said for each environment; the examples say one.'],
    ['deployment-strategy', ['Deployment clock'], 'There may be one of it, so it ends before its successor starts.'],
    ['networkpolicy-targets-pod', ['NetworkPolicy postgres'], 'The pods are those that an operator makes.'],
    ['pod-probes', SILENT, 'The definition says no health check, which is a warning there.'],
    ['service-targets-pod', ['Service postgres'], 'The pods are those that an operator makes.'],
  ],
  'checkov': [
    ['CKV_K8S_8', [...SILENT, 'Deployment beat', 'Deployment worker'], 'A program without a port ends when it fails; a broker that is away must not end it.'],
    ['CKV_K8S_9', SILENT, 'The definition says no health check, which is a warning there.'],
    ['CKV_K8S_15', WORKLOADS, TAGS],
    ['CKV_K8S_25', ['Deployment web'], ASKED_FOR],
    ['CKV_K8S_35', [BACKUP, 'StatefulSet redis', ...BACKENDS, 'Deployment web', 'Job load'], 'Programs of all kinds read their environment, few read files; it is not shown to anybody who may not read the Secret.'],
    ['CKV_K8S_40', POSTGRES, USERS],
    ['CKV_K8S_43', WORKLOADS, 'A digest is known after the build, and a definition is written before it.'],
  ],
  'trivy': [
    ['KSV-0007', ['Deployment web'], ASKED_FOR],
    ['KSV-0020', POSTGRES, USERS],
    ['KSV-0021', POSTGRES, 'As its user.'],
    ['KSV-0022', ['Deployment web'], ASKED_FOR],
    ['KSV-0108', ['Service postgres', 'Service redis'], 'Its name leads to a server elsewhere, as the options say.'],
    ['KSV-0109', ['ConfigMap api-migrate-settings', 'ConfigMap api-settings'], 'It takes the minutes that a token is valid for a token.'],
    ['KSV-0117', ['Deployment web'], ASKED_FOR],
    ['KSV-0125', [...BACKENDS, FRONTEND, ...OTHERS], 'Where images come from is for the team to say.'],
    ['KSV-01010', ['api', 'api-migrate', 'backend', 'backend-migrate', 'load', 'web'].map((name) => `ConfigMap ${name}-settings`), 'It takes numbers of ports, and the way in which tokens are signed, for something that must not be seen.'],
  ],
};

const KINDS = { deployment: 'Deployment', statefulset: 'StatefulSet', job: 'Job' };

/** A resource as the lists above have it. */
export const resourceOf = (kind, name) => `${KINDS[kind] ?? kind} ${name.replace(/-([0-9a-f]{8}|[2456789bcdfghkmt]{10})$/, '')}`;

/** What is found and not accepted, and what is accepted and not found, of `{ id, resource, line }`. */
export function unaccounted(linter, findings) {
  const key = (id, resource) => `${id} of ${resource}`;
  const accepted = ACCEPTED[linter].flatMap(([id, resources]) => resources.map((resource) => key(id, resource)));
  const found = new Set(findings.map(({ id, resource }) => key(id, resource)));
  return {
    found: findings.filter(({ id, resource }) => !accepted.includes(key(id, resource))).map(({ id, resource, line }) => `${key(id, resource)}: ${line}`),
    gone: accepted.filter((each) => !found.has(each)),
  };
}

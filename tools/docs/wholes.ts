/** A class around services that has a page of its own: a stack, a project, a target. */
export interface WholePage {
  /** The class. */
  readonly className: string;
  /** What is there already: lines that the page does not show. */
  readonly given?: string;
  /** What the page shows; afterwards there is a `stack`, or a `project` with one. */
  readonly definition: string;
  /** The files whose text is shown; of all others the names. */
  readonly shown: readonly string[];
  /** The page that says how it is used. */
  readonly guide: string;
}

const API = [
  "const api = new Service(stack, 'api', {",
  "  image: 'ghcr.io/acme/api:1.4.0',",
  "  ports: [{ name: 'http', port: 8000, forBrowsers: true }],",
  "  healthCheck: HealthCheck.http('/health'),",
  "  rootless: { user: '10001:10001' },",
  '});',
].join('\n');

/** From the outside in. */
export const WHOLES: readonly WholePage[] = [
  {
    className: 'StackProject',
    definition: "const shop = new StackProject({ name: 'shop' });\nnew RedisCache(shop.stack, 'redis');",
    shown: ['compose.yaml'],
    guide: 'projects.md',
  },
  {
    className: 'Stack',
    definition: "const infra = new Stack(project, 'infra', { directory: 'infra', networks: [{ name: 'shared', external: true }] });\nnew RedisCache(infra, 'redis');",
    shown: ['infra/compose.yaml'],
    guide: 'projects.md',
  },
  {
    className: 'KubernetesTarget',
    given: `const stack = new Stack(project);\n${API}`,
    definition: "stack.addTarget(new KubernetesTarget({ environments: { production: { hosts: { api: 'shop.example.com' } } } }));",
    shown: ['k8s/base/api/deployment.yaml', 'k8s/overlays/production/kustomization.yaml'],
    guide: 'kubernetes.md',
  },
  {
    className: 'WorkflowTarget',
    given: `const stack = new Stack(project);\n${API}`,
    definition: "stack.addTarget(new WorkflowTarget({ branch: 'trunk', definition: { installCommands: ['npm ci'] } }));",
    shown: ['.github/workflows/stack.yml', '.github/dependabot.yml'],
    guide: 'workflow.md',
  },
];

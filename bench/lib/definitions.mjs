import { readFileSync } from 'node:fs';
import { inRoot } from '../../tools/lib/root.mjs';
import { problem } from '../../tools/lib/say.mjs';

/** The definitions of a `.projenrc.ts` that are measured against each other. They differ in one thing at a time. */

const EXAMPLE = 'examples/quickstart/.projenrc.ts';

/** A handful of generic services beside those of the example, with what most have: ports, data, health, connections. */
const FURTHER = `
const database = stack.node.findChild('postgres') as PostgresService;
const cache = stack.node.findChild('redis') as RedisCache;

const migrate = new Service(stack, 'migrate', { image: 'ghcr.io/acme/api:1.4.2', oneShot: true, command: Value.literals('migrate', 'up') });
migrate.connect(database);

const api = new Service(stack, 'api', {
  description: 'The HTTP API',
  image: 'ghcr.io/acme/api:1.4.2',
  ports: [{ name: 'http', port: 8000, hostPort: 8010 }],
  environment: { LOG_LEVEL: Value.literal('info') },
  mounts: [Mount.volume('uploads', '/srv/uploads')],
  healthCheck: HealthCheck.http('/health'),
  production: { resources: { cpus: 1, memory: '512M' } },
});
api.connect(database, { style: ConnectionStyle.URL });
api.connect(cache);
api.addDependency(migrate);
api.addEnvironment('API_TOKEN', Value.of(api.addSecret('API_TOKEN', { description: 'What callers must present' })));

const worker = new Service(stack, 'worker', {
  image: 'ghcr.io/acme/api:1.4.2',
  command: Value.literals('worker', '--concurrency', '4'),
  healthCheck: HealthCheck.exec(['worker', 'ping']),
  production: { resources: { cpus: 1, memory: '512M' } },
});
worker.connect(database);
worker.connect(cache);

const web = new Service(stack, 'web', {
  image: 'nginxinc/nginx-unprivileged:1.29-alpine',
  ports: [{ name: 'http', port: 8080 }],
  healthCheck: HealthCheck.http('/'),
  production: { resources: { cpus: 1, memory: '128M' } },
});
web.addDependency(api);

new Service(stack, 'mail', {
  image: 'axllent/mailpit:v1.27',
  modes: [Mode.DEVELOPMENT],
  ports: [{ name: 'http', port: 8025 }, { name: 'smtp', port: 1025 }],
  healthCheck: HealthCheck.http('/livez', { port: 'http' }),
});
`;

const CLASSES = ['ConnectionStyle', 'HealthCheck', 'Mode', 'Mount', 'PostgresService', 'RedisCache', 'Service', 'Value'];

/** How many generic services stand beside those of the example. */
export const FURTHER_SERVICES = FURTHER.match(/new Service\(/g).length;

/** The parts of the example: the project, and its services. */
export function partsOf(text) {
  const [, imports, head, services] = /^import \{([^}]*)\} from 'projen-stack';\n([^]*?\nconst \{ stack \} = project;\n)([^]*)\nproject\.synth\(\);\s*$/.exec(text) ?? [];
  if (services === undefined) throw problem(`${EXAMPLE} no longer has the form that the measurement expects (import, project, stack, services, synth).`);
  return { imported: imports.split(',').map((name) => name.trim()).filter(Boolean), head, services };
}

const importOf = (names, module) => `import { ${[...new Set(names)].sort().join(', ')} } from '${module}';`;

/** A project of projen's own parts, with or without the library. */
const plain = (devDeps, runner) => [
  "const project = new Project({ name: 'shop' });",
  `new javascript.NodePackage(project, { packageManager: javascript.NodePackageManager.NPM, entrypoint: '', devDeps: ${JSON.stringify(devDeps)} });`,
  'new typescript.ProjenrcTs(project);',
  runner,
].join('\n');

const runBy = (...words) => `project.defaultTask?.reset();\nproject.defaultTask?.addSteps({ execArgs: ${JSON.stringify([...words, '.projenrc.ts'])} });`;

/** As StackProject does, in a project that is not one. */
const PINNED_TSX = runBy('node', '--import', 'tsx');

/** As projen's TypeScriptProject does. In a plain project projen would put an npx before it, which costs even more. */
const DEFAULT_TS_NODE = runBy('ts-node', '--project', 'tsconfig.projen.json');

/**
 * The texts of the four definitions.
 *
 * @param packages what they install: `{ common, tsx, tsNode, library }`, specifications as npm takes them
 */
export function definitions({ common, tsx, tsNode, library }) {
  const { imported, head, services } = partsOf(readFileSync(inRoot(EXAMPLE), 'utf8'));
  const fromProjen = importOf(['Project', 'javascript', 'typescript'], 'projen');
  const synth = 'project.synth();\n';
  const body = `${services}${FURTHER}`;
  return {
    full: [importOf([...imported, ...CLASSES], 'projen-stack'), head, body, synth].join('\n'),
    withoutServices: [importOf(['StackProject'], 'projen-stack'), head, synth].join('\n'),
    withoutLibrary: [fromProjen, plain([...common, tsx], PINNED_TSX), synth].join('\n'),
    defaultRunner: [
      importOf([...imported.filter((name) => name !== 'StackProject'), ...CLASSES, 'Stack'], 'projen-stack'), fromProjen,
      plain([...common, tsNode, library], DEFAULT_TS_NODE), 'const stack = new Stack(project);', body, synth,
    ].join('\n'),
  };
}

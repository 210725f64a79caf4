import { Definition, service } from './case';
import { Dockerfile, DockerfileProps } from '../../../src/model/dockerfile';
import { Mount } from '../../../src/model/mount';
import { SampleTree } from '../../../src/model/sample';
import { Service } from '../../../src/model/service';
import { ServiceProps } from '../../../src/model/service-props';
import { Value } from '../../../src/model/value';
import { Variable } from '../../../src/model/variable';
import { Adminer } from '../../../src/services/adminer/adminer';
import { CeleryWorker } from '../../../src/services/celery/celery-worker';
import { FastApiBackend } from '../../../src/services/fastapi/fastapi-backend';
import { FastApiProps } from '../../../src/services/fastapi/props';
import { ExternalPostgres } from '../../../src/services/postgres/external-postgres';
import { PostgresService } from '../../../src/services/postgres/postgres-service';
import { RedisCache } from '../../../src/services/redis/redis-cache';
import { ViteProps } from '../../../src/services/vite/props';
import { ViteFrontend } from '../../../src/services/vite/vite-frontend';
import { Stack } from '../../../src/stack';
import { KubernetesTarget } from '../../../src/targets/kubernetes/kubernetes-target';
import { KubernetesTargetOptions } from '../../../src/targets/kubernetes/options';
import { WorkflowTarget } from '../../../src/targets/workflow/workflow-target';

/** A definition that a rule refuses which is not asked with the others: what a service knows of itself, or of a document. */
export interface ElsewhereCase extends Definition {
  readonly ruleId: string;
}

export const ELSEWHERE: ElsewhereCase[] = [
  { ruleId: 'PS031', name: 'stale', define: (stack) => { stack.accept('PS016', { because: 'it retries' }); } },
  { ruleId: 'PS032', name: 'no reason', define: (stack) => { stack.accept('PS014', { because: '' }); } },
  {
    ruleId: 'PS040',
    name: 'a URL in parts',
    define: (stack) => { service(stack, 'api').connect(new ExternalPostgres(stack, 'db', { urlVariable: 'DATABASE_URL' })); },
  },
  { ruleId: 'PS041', name: 'a property that is none', define: (stack) => { new Service(stack, 'api', { image: 'app:1', comand: [] } as object); } },
  {
    ruleId: 'PS042',
    name: 'a text in the place of a list',
    define: (stack) => { stack.addTarget(new WorkflowTarget({ definition: { installCommands: 'npm ci' as unknown as string[] } })); },
  },
  { ruleId: 'PS050', name: 'an unknown key', define: (stack) => { service(stack, 'api', { overrides: { compose: { imagee: 'app:2' } } }); } },
  { ruleId: 'PS051', name: 'a network that is not there', define: (stack) => { service(stack, 'api', { overrides: { compose: { networks: ['back'] } } }); } },
  { ruleId: 'PS052', name: 'a volume for nobody', props: { overrides: { compose: { volumes: { data: {} } } } }, define: (stack) => { service(stack, 'api'); } },
  {
    ruleId: 'PS062',
    name: 'the file that people fill in',
    props: { envTemplates: ['.env'] },
    define: (stack) => { const api = service(stack, 'api'); api.addEnvironment('KEY', Value.of(api.addSecret('KEY'))); },
  },
  { ruleId: 'PS063', name: 'a folder outside', define: (stack) => { new SampleTree(stack, 'sample', { directory: '../backend', parts: [] }); } },
  { ruleId: 'PS070', name: 'outside its context', define: (stack) => built(stack, () => {}, { file: 'docker/backend.dockerfile', context: 'backend' }) },
  { ruleId: 'PS071', name: 'a name in capitals', define: (stack) => built(stack, (file) => { file.addStage('Debug', { base: 'production' }); }) },
  { ruleId: 'PS072', name: 'a stage that is not there', define: (stack) => built(stack, (file) => { file.stage('production').copy(['/opt/venv'], '/opt/venv', { fromStage: 'dependencies' }); }) },
  { ruleId: 'PS073', name: 'a base without a version', define: (stack) => built(stack, (file) => { file.addStage('assets', { base: 'node' }); }) },
  { ruleId: 'PS074', name: 'a source outside', define: (stack) => built(stack, (file) => { file.stage('production').copy(['../common'], '.'); }) },
  { ruleId: 'PS075', name: 'two packages in one', define: (stack) => built(stack, (file) => { file.stage('production').addPackages('libpq5 gcc'); }) },
  { ruleId: 'PS076', name: 'a path that loses all programs', define: (stack) => built(stack, (file) => { file.stage('production').addEnvironment('PATH', '/opt/venv/bin:$PATH'); }) },
  { ruleId: 'PS077', name: 'nobody builds it', define: (stack) => { new Dockerfile(stack, 'Dockerfile', { file: 'backend/Dockerfile' }).addStage('production', { base: 'python:3.13-slim' }); } },
  { ruleId: 'PS078', name: 'a token', define: (stack) => built(stack, (file) => { file.stage('production').addArgument('NPM_TOKEN'); }) },
  { ruleId: 'PS079', name: 'an override', define: (stack) => { service(stack, 'api', { overrides: { dockerfile: {} } }); } },
  {
    ruleId: 'PS100',
    name: 'two servers with one prefix',
    define: (stack) => { for (const id of ['db', 'db2']) new PostgresService(stack, id, { version: '17', variablePrefix: 'POSTGRES' }); },
  },
  { ruleId: 'PS101', name: 'a version', define: (stack) => { new PostgresService(stack, 'postgres', { version: '9' }); } },
  {
    ruleId: 'PS102',
    name: 'the path of another major',
    define: (stack) => { new PostgresService(stack, 'postgres', { version: '18' }).addMount(Mount.volume('data', '/var/lib/postgresql/data')); },
  },
  { ruleId: 'PS103', name: 'a parameter', define: (stack) => { new PostgresService(stack, 'postgres', { version: '17', parameters: { 'max connections': '9' } }); } },
  { ruleId: 'PS110', name: 'a database', define: (stack) => { new RedisCache(stack, 'redis', { databases: { cache: 16 } }); } },
  { ruleId: 'PS111', name: 'memory', define: (stack) => { new RedisCache(stack, 'redis', { maxMemory: '1 GiB' }); } },
  backend('PS120', 'an old Python', () => ({ pythonVersion: '3.9' })),
  backend('PS122', 'a module elsewhere', () => ({ appModule: 'src.main:app' })),
  backend('PS123', 'a prefix with a dash', () => ({ envPrefix: 'ai-agents_', sample: false })),
  backend('PS124', 'a URL by hand', (stack) => ({
    database: new PostgresService(stack, 'postgres', { version: '17' }), environment: { DATABASE_URL: Value.literal('postgresql://db/app') },
  })),
  backend('PS125', 'more than the server takes', (stack) => ({
    database: new PostgresService(stack, 'postgres', { version: '17', parameters: { max_connections: '50' } }), workers: 4,
  })),
  backend('PS126', 'more than a server takes', (stack) => ({ database: new PostgresService(stack, 'postgres', { version: '17' }), workers: 8 })),
  backend('PS127', 'an origin with a path', () => ({ corsOrigins: ['https://shop.example.com/app'] })),
  { ruleId: 'PS128', name: 'no broker', define: (stack) => { new CeleryWorker(stack, 'worker', { backend: new FastApiBackend(stack, 'backend') }); } },
  backend('PS130', 'one database for both', (stack) => {
    const redis = new RedisCache(stack, 'redis', { databases: { all: 0 } });
    return { cache: redis, broker: redis };
  }),
  frontend('PS140', 'a URL that no browser knows', (backendUrl) => ({ apiUrl: backendUrl })),
  frontend('PS141', 'a secret', () => ({ publicVariables: { VITE_API_SECRET: {} } })),
  frontend('PS142', 'a name that Vite does not pass on', () => ({ publicVariables: { TITLE: {} } })),
  frontend('PS143', 'an old Node.js', () => ({ nodeVersion: '20' })),
  frontend('PS145', 'a host with a scheme', () => ({ allowedHosts: ['http://shop.test'] })),
  {
    ruleId: 'PS161',
    name: 'no design',
    define: (stack) => { new Adminer(stack, 'adminer', { database: new PostgresService(stack, 'postgres', { version: '17' }), design: 'nett' }); },
  },
  cluster('PS180', 'a name that begins with a digit', { serviceName: '2048' }),
  cluster('PS181', 'a user that is not known', { rootless: undefined }),
  cluster('PS182', 'a setting without a value', { environment: { APP_MODE: Value.of(new Variable('APP_MODE', { defaultValue: Value.literal('fast') })) } }),
  {
    ruleId: 'PS183',
    name: 'work whose end nobody sees',
    define: (stack) => {
      const rootless = { user: '10001:10001' };
      const load = service(stack, 'load', { oneShot: true, rootless });
      service(stack, 'app', { dependsOn: [{ service: load }], rootless });
      stack.addTarget(new KubernetesTarget());
    },
  },
  cluster('PS184', 'a folder that is written into', { mounts: [Mount.bind('./uploads', '/app/uploads')] }),
  cluster('PS186', 'no size', { mounts: [Mount.volume('data', '/data')] }, { services: { app: { storageSize: '20 GB' } } }),
  cluster('PS187', 'a fixed number beside an autoscaler', { replicas: 2, ports: [{ name: 'http', port: 8080, publish: [] }] }, { services: { app: { autoscaling: { maxReplicas: 5 } } } }),
  cluster('PS188', 'a service that there is not', {}, { environments: { production: { hosts: { ap: 'shop.example.com' } } } }),
  cluster('PS189', 'a port that leads nowhere', { overrides: { kubernetes: { service: { spec: { ports: [{ name: 'http', port: 80, targetPort: 'web' }] } } } } }),
  cluster('PS190', 'a container name', { containerName: 'shop-app' }),
  cluster('PS191', 'no tag', { image: undefined, imageBuild: { context: 'app' } }),
  cluster('PS192', 'more than a namespace takes', { overrides: { kubernetes: { pod: { hostNetwork: true } } } }),
];

/** A definition of one service for a cluster, with something wrong in it or in what the cluster is told. */
function cluster(ruleId: string, name: string, props: ServiceProps, options: KubernetesTargetOptions = {}): ElsewhereCase {
  return {
    ruleId,
    name,
    define: (stack) => {
      service(stack, 'app', { rootless: { user: '10001:10001' }, ports: [{ name: 'http', port: 8080 }], ...props });
      stack.addTarget(new KubernetesTarget(options));
    },
  };
}

/** A definition of one frontend beside a backend. */
function frontend(ruleId: string, name: string, propsOf: (backendUrl: string) => ViteProps): ElsewhereCase {
  return {
    ruleId,
    name,
    define: (stack) => {
      const api = new FastApiBackend(stack, 'backend');
      new ViteFrontend(stack, 'frontend', { api, ...propsOf('http://backend:8000/api/v1') });
    },
  };
}

/** A definition of one backend. */
function backend(ruleId: string, name: string, propsOf: (stack: Stack) => FastApiProps): ElsewhereCase {
  return { ruleId, name, define: (stack) => { new FastApiBackend(stack, 'backend', propsOf(stack)); } };
}

/** A Dockerfile with one stage that a service builds, and something wrong in it. */
function built(stack: Stack, define: (dockerfile: Dockerfile) => void, props: DockerfileProps = { file: 'backend/Dockerfile' }): void {
  const dockerfile = new Dockerfile(stack, 'Dockerfile', props);
  dockerfile.addStage('production', { base: 'python:3.13-slim' });
  define(dockerfile);
  new Service(stack, 'backend', { imageBuild: dockerfile.imageBuild() });
}

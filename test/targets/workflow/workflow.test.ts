import { LogLevel } from 'projen';
import { NodePackageManager, NodeProject } from 'projen/lib/javascript';
import { parse } from 'yaml';
import {
  Adminer, CeleryWorker, EnvTarget, Exposure, FastApiBackend, KubernetesTarget, KubernetesTargetOptions, Mode, PostgresService, RedisCache, SecretFormat,
  SecretSource, Service, Stack, StackProject, StackProps, Value, ViteFrontend, WorkflowTarget, WorkflowTargetOptions,
} from '../../../src';
import { ACTIONS } from '../../../src/targets/workflow/actions';
import { expectFile } from '../../support/expected';
import { newStack, render } from '../../support/stack';
import { synthIn, tempFolder } from '../../support/synth';

const WORKFLOW = '.github/workflows/stack.yml';
const DEPENDABOT = '.github/dependabot.yml';

/** A stack with everything that a workflow looks at. */
function shop(options: WorkflowTargetOptions = {}, props: StackProps = {}): Stack {
  const stack = newStack({ targets: [new WorkflowTarget(options)], ...props });
  const database = new PostgresService(stack, 'postgres', { version: '17' });
  const redis = new RedisCache(stack, 'redis');
  const backend = new FastApiBackend(stack, 'backend', { database, broker: redis });
  new CeleryWorker(stack, 'worker', { backend });
  new ViteFrontend(stack, 'frontend', { api: backend });
  new Adminer(stack, 'adminer', { database });
  return stack;
}

const jobs = (stack: Stack) => parse(render(stack)[WORKFLOW]).jobs;
const stepsOf = (job: any): any[] => job.steps;

test('the workflow of a whole stack, and what Dependabot looks after [000-124]', () => {
  const files = render(shop({ installCommand: 'npm ci' }));
  expectFile(__dirname, 'stack.yml', files[WORKFLOW]);
  expectFile(__dirname, 'dependabot.yml', files[DEPENDABOT]);
});

test('every action is pinned to a commit, and its version said', () => {
  for (const { commit, version } of Object.values(ACTIONS)) {
    expect(commit).toMatch(/^[0-9a-f]{40}$/);
    expect(version).toMatch(/^v\d+\.\d+\.\d+$/);
  }
  const used = render(shop({ installCommand: 'npm ci' }))[WORKFLOW].match(/uses: .*/g)!;
  expect(used.length).toBeGreaterThan(8);
  for (const line of used) expect(line).toMatch(/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d/);
});

test('a job may do what it needs: only publishing writes packages, and none keeps the token', () => {
  const workflow = parse(render(shop({ installCommand: 'npm ci' }))[WORKFLOW]);
  expect(workflow.permissions).toEqual({});
  expect(Object.fromEntries(Object.entries<any>(workflow.jobs).map(([id, job]) => [id, job.permissions]))).toEqual({
    drift: { contents: 'read' }, stack: { contents: 'read' }, publish: { contents: 'read', packages: 'write' },
  });
  for (const job of Object.values<any>(workflow.jobs)) {
    expect(job['timeout-minutes']).toBeLessThanOrEqual(30);
    const [checkout] = stepsOf(job);
    expect(checkout).toMatchObject({ uses: expect.stringMatching(/^actions\/checkout@/), with: { 'persist-credentials': false } });
  }
});

test('the definition is only run where something installs it', () => {
  expect(Object.keys(jobs(shop()))).toEqual(['stack', 'publish']);
  expect(jobs(shop()).publish.needs).toEqual(['stack']);
  expect(stepsOf(jobs(shop({ installCommand: 'yarn install' })).drift).map(({ run }) => run)).toContain('yarn install');
});

test('a stack that builds nothing has no images to build or to publish', () => {
  const stack = newStack({ targets: [new WorkflowTarget()] });
  new PostgresService(stack, 'postgres', { version: '17' });
  const text = render(stack)[WORKFLOW];
  expect(Object.keys(parse(text).jobs)).toEqual(['stack']);
  expect(text).not.toMatch(/buildx|tags:|packages/);
  expect(parse(text).on.push).toEqual({ branches: ['main'] });
});

test('an image that production does not have is not published', () => {
  const stack = newStack({ targets: [new WorkflowTarget()] });
  new FastApiBackend(stack, 'backend', { modes: [Mode.DEVELOPMENT] });
  expect(Object.keys(jobs(stack))).toEqual(['stack']);
});

test('the checks of services that are started are run, and those of others are not', () => {
  const stack = shop();
  new Service(stack, 'tool', { image: 'tool:1', profiles: ['tools'] }).addTask({ taskName: 'tool:check', description: 'Check', command: ['check'], check: true });
  new Service(stack, 'api', { image: 'api:1' }).addTask({ taskName: 'api:audit', description: "Look: what's wrong", command: ['sh', '-c', "it's"], check: true });
  const lines = stepsOf(jobs(stack).stack).filter(({ run }) => / exec /.test(run ?? ''));
  expect(lines.map(({ run }) => run)).toEqual([
    'docker compose exec -T backend pytest', "docker compose exec -T backend sh -c 'ruff check . && ruff format --check . && mypy'",
    'docker compose exec -T frontend pnpm run test', 'docker compose exec -T frontend pnpm run lint', 'docker compose exec -T frontend pnpm run build',
    'docker compose exec -T frontend pnpm run api:check', "docker compose exec -T api sh -c 'it'\\''s'",
  ]);
  expect(lines[lines.length - 1].name).toBe("api: Look: what's wrong");
});

test('a stack in a folder is built, started and looked after there', () => {
  const files = render(shop({ branch: 'trunk' }, { directory: 'infra', composeFile: 'stack.yaml' }));
  const { jobs: all, on } = parse(files[`../${WORKFLOW}`]);
  expect(on.push.branches).toEqual(['trunk']);
  const steps = stepsOf(all.stack);
  expect(steps.find(({ name }) => name === 'Build the image of backend').with).toMatchObject({ context: './infra/backend', file: 'infra/backend/Dockerfile' });
  const start = steps.find(({ name }) => /^Start/.test(name));
  expect(start['working-directory']).toBe('infra');
  expect(parse(files[`../${DEPENDABOT}`]).updates.map((each: any) => `${each['package-ecosystem']} ${each.directory}`)).toEqual([
    'github-actions /', 'pip /infra/backend', 'npm /infra/frontend', 'docker /infra/backend', 'docker /infra/frontend', 'docker-compose /infra',
  ]);
});

test('the Compose file is named where it is not found by itself', () => {
  const stack = shop({ composeFile: 'stack.yaml' }, { composeFile: 'stack.yaml' });
  expect(stepsOf(jobs(stack).stack).map(({ run }) => run)).toContain('docker compose --file stack.yaml up --detach --wait');
});

describe('a stack with manifests', () => {
  const onCluster = (options: KubernetesTargetOptions = {}, props: StackProps = {}) => shop({}, {
    ...props,
    targets: [new EnvTarget(), new KubernetesTarget({ registry: 'ghcr.io/acme', settings: { POSTGRES_USER: 'shop', POSTGRES_DB: 'shop' }, tag: '1.4.0', ...options }), new WorkflowTarget()],
  });
  const runs = (job: any) => stepsOf(job).flatMap(({ run }) => run ?? []);

  test('is tried on a cluster of the runner, where one pod of each is enough', () => {
    const files = render(onCluster());
    expectFile(__dirname, 'kubernetes.yml', files[WORKFLOW]);
    const { kubernetes, publish } = parse(files[WORKFLOW]).jobs;
    expect(kubernetes.permissions).toEqual({ contents: 'read' });
    expect(publish.needs).toEqual(['stack', 'kubernetes']);
    expect(stepsOf(kubernetes).flatMap(({ with: inputs }) => inputs?.tags ?? [])).toEqual(['ghcr.io/acme/shop-backend:ci', 'ghcr.io/acme/shop-frontend:ci']);
    expect(runs(kubernetes)).toContain('./scripts/deploy.sh staging --tag ci --secrets-from .env --timeout 600');
  });

  test('gets a value for what others issue, in its folder', () => {
    const stack = onCluster({}, { directory: 'infra' });
    const service = Service.servicesOf(stack)[2];
    service.addEnvironment('PAYMENT_KEY', Value.of(service.addSecret('PAYMENT_KEY', { secretFormat: SecretFormat.GIVEN })));
    const { kubernetes } = parse(render(stack)[`../${WORKFLOW}`]).jobs;
    const secrets = stepsOf(kubernetes).find(({ name }) => name === 'Make secrets');
    expect(secrets).toMatchObject({ 'working-directory': 'infra', 'run': "./scripts/env.sh init\necho 'PAYMENT_KEY=issued-by-nobody' >> .env\n" });
  });

  test.each<[string, KubernetesTargetOptions]>([
    ['an operator', { services: { postgres: { cloudNativePg: {} } } }],
    ['a class of storage', { services: { redis: { storageClass: 'fast' } } }],
    ['a server elsewhere', { services: { postgres: { externalHost: 'db.example.net' } } }],
    ['secrets from elsewhere', { secretSource: SecretSource.EXTERNAL_SECRETS }],
    ['a gateway', { exposure: Exposure.GATEWAY, environments: { production: { hosts: { frontend: 'shop.example.com' } } } }],
  ])('is not where a new cluster lacks what it needs: %s', (_, options) => expect(Object.keys(jobs(onCluster(options)))).toEqual(['stack', 'publish']));

  test('is in the environment that needs nothing else', () => {
    const environments = { staging: { externalHosts: { postgres: 'db.example.net' } }, production: { externalHosts: { redis: 'r.example.net' } }, trial: {} };
    expect(runs(jobs(onCluster({ environments })).kubernetes)).toContain('./scripts/deploy.sh trial --tag ci --secrets-from .env --timeout 600');
  });
});

describe('who has one', () => {
  const files = (make: (outdir: string) => any) => Object.keys(synthIn(tempFolder(), make)).filter((file) => file.startsWith('.github'));

  test('a StackProject, unless it says no', () => {
    const make = (stackProps?: StackProps) => (outdir: string) => {
      const project = new StackProject({ name: 'shop', outdir, stackProps });
      new RedisCache(project.stack, 'redis');
      return project;
    };
    expect(files(make())).toEqual([DEPENDABOT, WORKFLOW]);
    expect(files(make({ workflow: false }))).toEqual([]);
    expect(files((outdir) => new StackProject({ name: 'shop', outdir }))).toEqual([]);
  });

  test('another project that asks for it, and what it has already stays', () => {
    const said: string[] = [];
    const make = (workflow?: boolean) => (outdir: string) => {
      const project = new NodeProject({
        name: 'shop', outdir, defaultReleaseBranch: 'main', packageManager: NodePackageManager.PNPM, dependabot: true, depsUpgrade: false, logging: { level: LogLevel.INFO },
      });
      jest.spyOn(project.logger, 'info').mockImplementation((...words) => { said.push(words.join(' ')); });
      new RedisCache(new Stack(project, 'stack', { workflow }), 'redis');
      return project;
    };
    expect(files(make())).not.toContain(WORKFLOW);
    const folder = tempFolder();
    const all = synthIn(folder, make(true));
    expect(all[WORKFLOW]).toContain('run: corepack enable && pnpm');
    expect(all[DEPENDABOT]).not.toContain('docker-compose');
    expect(said).toContain('.github/dependabot.yml is written by somebody else, so that of shop/stack was left out.');
  });
});

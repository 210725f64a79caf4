import { LogLevel, Project } from 'projen';
import { NodePackageManager, NodeProject } from 'projen/lib/javascript';
import { PythonProject } from 'projen/lib/python';
import { parse } from 'yaml';
import {
  Adminer, CeleryWorker, EnvTarget, Exposure, FastApiBackend, KubernetesTarget, KubernetesTargetOptions, Mode, PostgresService, RedisCache,
  SecretFormat, SecretSource, Service, Stack, StackProject, StackProps, Value, ViteFrontend, WorkflowTarget, WorkflowTargetOptions,
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
  const files = render(shop({ definition: { installCommands: ['npm ci'] } }));
  expectFile(__dirname, 'stack.yml', files[WORKFLOW]);
  expectFile(__dirname, 'dependabot.yml', files[DEPENDABOT]);
});

test('every action is pinned to a commit, and its version said', () => {
  for (const { commit, version } of Object.values(ACTIONS)) {
    expect(commit).toMatch(/^[0-9a-f]{40}$/);
    expect(version).toMatch(/^v\d+\.\d+\.\d+$/);
  }
  const used = render(shop({ definition: { installCommands: ['npm ci'] } }))[WORKFLOW].match(/uses: .*/g)!;
  expect(used.length).toBeGreaterThan(8);
  for (const line of used) expect(line).toMatch(/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d/);
});

test('a job may do what it needs: only publishing writes packages, and none keeps the token', () => {
  const workflow = parse(render(shop({ definition: { installCommands: ['npm ci'] } }))[WORKFLOW]);
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

test('the definition is only run where something says how', () => {
  expect(Object.keys(jobs(shop()))).toEqual(['stack', 'publish']);
  expect(jobs(shop()).publish.needs).toEqual(['stack']);
  const { drift } = jobs(shop({ definition: { installCommands: ['corepack enable', 'yarn install'], synthesizeCommand: 'yarn projen', nodeVersion: '22.10' } }));
  expect(stepsOf(drift).map(({ run }) => run)).toEqual([undefined, undefined, 'corepack enable\nyarn install\n', 'yarn projen', 'git add --intent-to-add .\ngit diff --exit-code\n']);
  expect(stepsOf(drift)[1]).toMatchObject({ uses: expect.stringMatching(/^actions\/setup-node@/), with: { 'node-version': '22.10' } });
});

test('a definition in Python has its Python, and is looked after with its own packages', () => {
  const files = render(shop({ definition: { installCommands: ['uv sync'], synthesizeCommand: 'uv run .projenrc.py', pythonVersion: '3.10', packageEcosystem: 'uv' } }));
  const { drift } = parse(files[WORKFLOW]).jobs;
  expect(stepsOf(drift).slice(1, 3).map(({ uses, with: inputs }) => [uses.replace(/@.*/, ''), inputs['node-version'] ?? inputs['python-version']])).toEqual([
    ['actions/setup-node', '24'], ['actions/setup-python', '3.10'],
  ]);
  expect(parse(files[DEPENDABOT]).updates.slice(0, 2).map((each: any) => `${each['package-ecosystem']} ${each.directory}`)).toEqual(['github-actions /', 'uv /']);
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
    expect(stepsOf(parse(all[WORKFLOW]).jobs.drift).map(({ run }) => run)).toContain('corepack enable\npnpm i --frozen-lockfile\n');
    expect(all[DEPENDABOT]).not.toContain('docker-compose');
    expect(said).toContain('.github/dependabot.yml is written by somebody else, so that of shop/stack was left out.');
  });
});

describe('the definition of a project is run as the project is', () => {
  const python = { name: 'shop', moduleName: 'shop', version: '1.0.0', authorName: 'Shop', authorEmail: 'shop@example.com' };
  const filesOf = (make: (outdir: string) => Project) => synthIn(tempFolder(), (outdir) => {
    const project = make(outdir);
    new RedisCache(project instanceof StackProject ? project.stack : new Stack(project, 'stack', { workflow: true }), 'redis');
    return project;
  });
  const ejectedFilesOf: typeof filesOf = (make) => {
    process.env.PROJEN_EJECTING = 'true';
    try {
      return filesOf(make);
    } finally {
      delete process.env.PROJEN_EJECTING;
    }
  };
  /** The programs that are set up, and the commands that are run. */
  const driftOf = (files: { [file: string]: string }) => stepsOf(parse(files[WORKFLOW]).jobs.drift)
    .flatMap(({ run, with: inputs = {} }) => run ?? inputs['node-version'] ?? inputs['python-version'] ?? []).slice(0, -1);
  const ecosystems = (files: { [file: string]: string }) => parse(files[DEPENDABOT]).updates.map((each: any) => each['package-ecosystem']);

  test.each<[string, object, string[]]>([
    ['the version of its other workflows', { workflowNodeVersion: 'lts/*', minNodeVersion: '20.0.0' }, ['lts/*', 'npm ci', 'npx projen']],
    ['the oldest version that it promises', { minNodeVersion: '20.0.0' }, ['20.0.0', 'npm ci', 'npx projen']],
    ['the newest that the library is tested with', {}, ['24', 'npm ci', 'npx projen']],
    ['a bun of its own', { packageManager: NodePackageManager.BUN, projenCommand: 'bunx projen' }, ['24', 'npm install --global bun\nbun install --frozen-lockfile\n', 'bunx projen']],
  ])('by Node.js: %s', (_, options, expected) => {
    const files = filesOf((outdir) => new NodeProject({
      name: 'shop', outdir, defaultReleaseBranch: 'main', packageManager: NodePackageManager.NPM, depsUpgrade: false, ...options,
    }));
    expect(driftOf(files)).toEqual(expected);
  });

  test.each<[string, object, string[], string]>([
    ['pip', { venvOptions: { envdir: '.venv' } }, [
      'python -m venv .venv\n.venv/bin/pip install -r requirements.txt -r requirements-dev.txt\n', 'PROJEN_DISABLE_POST=true .venv/bin/python .projenrc.py',
    ], 'pip'],
    ['uv', { uv: true }, ['pipx install uv==0.13.8\nuv sync --locked --no-install-project\n', 'PROJEN_DISABLE_POST=true uv run --no-sync python .projenrc.py'], 'uv'],
    ['poetry', { poetry: true }, ['pipx install poetry==2.5.1\npoetry install --no-root\n', 'PROJEN_DISABLE_POST=true poetry run python .projenrc.py'], 'pip'],
  ])('by Python with %s', (_, options, commands, ecosystem) => {
    const files = filesOf((outdir) => new PythonProject({ ...python, outdir, ...options }));
    expect(driftOf(files)).toEqual(['24', '3.13', ...commands]);
    expect(ecosystems(files)).toEqual(['github-actions', ecosystem, 'docker-compose']);
  });

  test('not where nobody can know: a definition in TypeScript, whose packages a Python project does not manage', () => {
    const files = filesOf((outdir) => new PythonProject({ ...python, outdir, uv: true, projenrcTs: true }));
    expect(Object.keys(parse(files[WORKFLOW]).jobs)).toEqual(['stack']);
    expect(ecosystems(files)).toEqual(['github-actions', 'docker-compose']);
  });

  test('not in a project that is ejected: it has none any more, and the README names tasks as they are run then', () => {
    const make = (outdir: string) => new StackProject({ name: 'shop', outdir });
    const files = ejectedFilesOf(make);
    expect(Object.keys(parse(files[WORKFLOW]).jobs)).toEqual(['stack']);
    expect(ecosystems(files)).toEqual(['github-actions', 'docker-compose']);
    expect(files['README.md']).toContain('`node scripts/run-task.cjs stack:up`');
    expect(files['README.md'].replace(/\s+/g, ' ')).toContain('Words after the name are not passed on: what a task runs is in `.projen/tasks.json`.');
    for (const file of [WORKFLOW, DEPENDABOT, 'README.md', 'compose.yaml', 'scripts/test-stack.sh']) expect([file, files[file].match(/(?<!`\.)projen(?!_stack_smoke|-stack-smoke).*/gi)]).toEqual([file, null]);
    expect(filesOf(make)['README.md']).toContain('`npx projen stack:up`');
  });

  test('nor by a target that says how: there is nothing that it could run', () => {
    const make = (outdir: string) => {
      const project = new StackProject({ name: 'shop', outdir, stackProps: { workflow: false } });
      project.stack.addTarget(new WorkflowTarget({ definition: { installCommands: ['npm ci'] } }));
      return project;
    };
    expect(Object.keys(parse(filesOf(make)[WORKFLOW]).jobs)).toEqual(['drift', 'stack']);
    expect(Object.keys(parse(ejectedFilesOf(make)[WORKFLOW]).jobs)).toEqual(['stack']);
  });
});

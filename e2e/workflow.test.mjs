// The generated workflow, run step by step as it stands in its file. What an action does is done by the program behind it; nothing is
// left out but what only GitHub has: its cache, its login, the provenance.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { appendFileSync, chmodSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { parse } from 'yaml';
import { atExit, compose, freePort, projectName, run, synth, tarball, tempDir, waitFor } from './lib/index.mjs';
import { openCluster } from './support/cluster.mjs';
import { inNamespace } from './support/namespace.mjs';

const PORTS = { PAGE_PORT: '0', REDIS_PORT: '0' };
const GIT = ['-c', 'user.name=e2e', '-c', 'user.email=e2e@example.org', '-c', 'commit.gpgsign=false'];

/** A service that is built here, checks its code in its container, and is asked from outside. */
const definitionOf = (name, library) => `
  import { HealthCheck, HealthCheckClient, KubernetesTarget, RedisCache, Service, StackProject } from 'projen-stack';
  const project = new StackProject({ name: 'shop', devDeps: ['projen-stack@file:${library}'], stackProps: { stackName: '${name}', envTemplates: [] } });
  const cache = new RedisCache(project.stack, 'redis');
  const page = new Service(project.stack, 'page', {
    description: 'A page',
    imageBuild: { context: 'page' },
    ports: [{ name: 'http', port: 8000 }],
    healthCheck: HealthCheck.http('/', { client: HealthCheckClient.PYTHON }),
    rootless: { user: '10001:10001' },
  });
  page.connect(cache);
  page.addTask({ taskName: 'page:lint', description: 'Look for mistakes', command: ['python', '-c', 'compile(open("/page/app.py").read(), "app.py", "exec")'], check: true });
  project.stack.addTarget(new KubernetesTarget({ tag: 'v1', registry: 'registry.invalid' }));
  project.synth();
`;

const FILES = {
  'page/Dockerfile': 'FROM python:3.11-slim\nWORKDIR /page\nCOPY app.py index.html ./\nCMD ["python", "app.py"]\n',
  'page/app.py': 'import signal\nimport sys\nfrom http.server import HTTPServer, SimpleHTTPRequestHandler\n\n'
    + 'signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))\nHTTPServer(("0.0.0.0", 8000), SimpleHTTPRequestHandler).serve_forever()\n',
  'page/index.html': '<!doctype html><title>Page</title>\n',
};

/** What runs a job as GitHub's runner does: one step after the other, each by `bash -e`, with what earlier steps gave. */
class Runner {
  constructor(folder, job, { env = {}, github = {}, arranged = {} } = {}) {
    Object.assign(this, { folder, job, env, github, arranged, outputs: {} });
  }

  /** Expressions as GitHub reads them. */
  filled(text) {
    return String(text).replace(/\$\{\{ (.+?) \}\}/g, (_, expression) => {
      const output = /^steps\.(\w+)\.outputs\.(\w+)$/.exec(expression);
      const value = output ? this.outputs[output[1]]?.[output[2]] : this.github[/^github\.(\w+)$/.exec(expression)?.[1]];
      assert.ok(value !== undefined, `nothing is known of \${{ ${expression} }}`);
      return value;
    });
  }

  /** Runs all steps, or those whose names a pattern finds; the first that fails ends the job. */
  async run(pattern = /./) {
    const done = [];
    for (const step of this.job.steps.filter(({ name }) => pattern.test(name))) {
      if (step.if === 'failure()') continue;
      assert.equal(step.if, undefined, `the condition of "${step.name}"`);
      const outcome = step.run === undefined ? await this.action(step) : await this.commands(step);
      done.push(step.name);
      if (outcome.code !== 0) return { failed: step.name, done, ...outcome };
    }
    return { failed: undefined, done };
  }

  async commands({ 'id': id, run: text, 'working-directory': within = '.' }) {
    const outputs = join(tempDir('outputs'), 'outputs');
    writeFileSync(outputs, '');
    const outcome = await run('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', text], {
      cwd: join(this.folder, within), check: false, timeout: 600_000, env: { ...this.env, GITHUB_OUTPUT: outputs },
    });
    if (id) this.outputs[id] = Object.fromEntries(readFileSync(outputs, 'utf8').trim().split('\n').map((line) => line.split(/=(.*)/s).slice(0, 2)));
    return outcome;
  }

  async action({ uses, with: inputs = {} }) {
    const name = uses.replace(/@.*/, '');
    assert.match(uses, /@[0-9a-f]{40}$/);
    // The folder is checked out, Node and the builder are there, and a registry on this machine asks for no login.
    if (['actions/checkout', 'actions/setup-node', 'docker/setup-buildx-action', 'docker/login-action'].includes(name)) return { code: 0 };
    assert.equal(name, 'docker/build-push-action', `nothing does what ${name} does`);
    const { context, file, target, load, push, tags } = inputs;
    return run('docker', [
      'buildx', 'build', '--quiet', '--file', file, ...(target ? ['--target', target] : []), '--tag', this.filled(tags), ...(load ? ['--load'] : []), ...(push ? ['--push'] : []), context,
    ], { cwd: this.folder, check: false, timeout: 600_000 });
  }
}

describe('the workflow of a stack', () => {
  const name = projectName('workflow');
  let files;
  let jobs;
  let stack;
  const git = (...args) => run('git', [...GIT, ...args], { cwd: files.dir, env: { GIT_CONFIG_GLOBAL: '/dev/null' } });
  const job = (id, options) => new Runner(files.dir, jobs[id], options);
  before(async () => {
    files = await synth(definitionOf(name, await tarball()), { files: FILES });
    jobs = parse(files.read('.github/workflows/stack.yml')).jobs;
    stack = compose(name, files.dir, undefined, PORTS);
  });
  after(() => stack?.release());

  test('has the jobs that it should have', () => assert.deepEqual(Object.keys(jobs), ['drift', 'stack', 'kubernetes', 'publish']));

  describe('drift', () => {
    // Packages of earlier runs are taken as they are.
    const npm = { npm_config_prefer_offline: 'true', npm_config_audit: 'false', npm_config_fund: 'false', NODE_NO_WARNINGS: '1' };
    const commit = async (message) => { await git('add', '.'); await git('commit', '--quiet', '--message', message); };
    before(async () => {
      unlinkSync(files.path('node_modules'));
      await run('npm', ['install'], { cwd: files.dir, env: npm });
      // As after `projen new`: the definition says which projen it was, and the lockfile too.
      await run('npx', ['projen'], { cwd: files.dir, env: npm });
      await git('init', '--quiet');
      await commit('feat: a shop');
    });

    test('passes on a clone that nobody touched: it installs, synthesizes, and nothing changed', async () => {
      const outcome = await job('drift', { env: npm }).run();
      assert.equal(outcome.failed, undefined, `${outcome.stdout}${outcome.stderr}`);
      assert.equal(outcome.done.length, 5);
    });

    /** The later steps: what is installed is there. */
    const LATER = /^(Synthesize|See that nothing changed)$/;

    test('fails on a generated file that was edited by hand, and shows what it would be', async () => {
      const was = files.read('compose.yaml');
      rmSync(files.path('compose.yaml'));
      writeFileSync(files.path('compose.yaml'), was.replace('restart: ', 'restart: no # '));
      await commit('fix: by hand');
      const { failed, stdout } = await job('drift', { env: npm }).run(LATER);
      assert.equal(failed, 'See that nothing changed');
      assert.match(stdout, /^-.*restart: no # /m);
      await commit('fix: as the definition gives it');
    });

    test('fails on a definition whose new file was not committed', async () => {
      writeFileSync(files.path('.projenrc.ts'), files.read('.projenrc.ts').replace('envTemplates: []', "envTemplates: ['.env.docker']"));
      await commit('feat: another template');
      const { failed, stdout } = await job('drift', { env: npm }).run(LATER);
      assert.equal(failed, 'See that nothing changed');
      assert.match(stdout, /^\+\+\+ b\/\.env\.docker$/m);
      await commit('feat: and what it gives');
      assert.equal((await job('drift', { env: npm }).run(LATER)).failed, undefined);
    });
  });

  describe('stack', () => {
    test('builds, starts and checks the services, and proves a copy', async () => {
      const outcome = await job('stack', { env: PORTS }).run();
      assert.equal(outcome.failed, undefined, `${outcome.stdout}${outcome.stderr}`);
      assert.deepEqual(outcome.done.slice(2), [
        'Build the image of page', 'Start the stack, and wait until it is healthy', 'page: Look for mistakes', 'Prove a copy of the stack',
      ]);
    });

    test('starts the image that the step before built, not another one', async () => {
      const { stdout: built } = await run('docker', ['image', 'inspect', '--format', '{{.Id}}', `${name}-page`]);
      const { stdout: id } = await stack.run(['ps', '--quiet', 'page']);
      const { stdout: used } = await run('docker', ['inspect', '--format', '{{.Image}}', id.trim()]);
      assert.equal(used, built);
    });

    test('fails on a mistake in the code, at the check that finds it', async () => {
      await stack.run(['exec', '--no-TTY', '--user', '0', 'page', 'sh', '-c', 'echo "def (" >> /page/app.py']);
      const { failed, stderr } = await job('stack', { env: PORTS }).run(/Look for mistakes/);
      assert.equal(failed, 'page: Look for mistakes');
      assert.match(stderr, /SyntaxError/);
    });

    test('fails on a service that does not become healthy, and shows what was printed', async () => {
      appendFileSync(files.path('page/app.py'), 'def (\n');
      const runner = job('stack', { env: PORTS });
      const { failed } = await runner.run(/^(Build|Start)/);
      assert.equal(failed, 'Start the stack, and wait until it is healthy');
      const last = jobs.stack.steps.at(-1);
      assert.equal(last.if, 'failure()');
      assert.match((await runner.commands(last)).stdout, /SyntaxError/);
      writeFileSync(files.path('page/app.py'), FILES['page/app.py']);
      await stack.down();
    });
  });

  describe('kubernetes', () => {
    const image = `registry.invalid/${name}-page:ci`;
    const namespace = `${name}-staging`;
    let cluster;
    let shop;
    let env;
    let asked;
    /** The job with a `kind` that makes no cluster, since there is one, and copies images to its nodes. */
    const onCluster = () => job('kubernetes', { env });
    before(async () => {
      cluster = await openCluster([namespace]);
      shop = inNamespace(cluster, namespace, files);
      // What its nodes pull elsewhere.
      await cluster.load(/image: (redis:\S+)/.exec(files.read('k8s/base/redis/stateful-set.yaml'))[1]);
      const folder = tempDir('kind');
      asked = join(folder, 'asked');
      writeFileSync(join(folder, 'kind'), [
        '#!/bin/sh', `echo "$*" >>${asked}`, `PATH='${process.env.PATH}'`, 'case "$1 $2" in',
        '  "create cluster") kubectl wait --for=condition=Ready nodes --all --timeout "$4" ;;',
        `  "load docker-image") shift 2; ${process.env.KUBE_LOAD} "$@" ;;`,
        '  *) exit 64 ;;', 'esac', '',
      ].join('\n'));
      chmodSync(join(folder, 'kind'), 0o755);
      env = { PATH: `${folder}:${process.env.PATH}` };
    });
    after(() => cluster?.release());

    test('builds the images, copies them to a cluster and deploys them, with secrets made for it', async () => {
      const outcome = await onCluster().run();
      assert.equal(outcome.failed, undefined, `${outcome.stdout}${outcome.stderr}`);
      assert.deepEqual(outcome.done.slice(2), [
        'Build the image of page for production', 'Make a cluster', 'Copy the images to its node', 'Make secrets', 'Deploy, and watch until it works',
      ]);
      assert.deepEqual(readFileSync(asked, 'utf8').trim().split('\n'), ['create cluster --wait 120s', `load docker-image ${image}`]);
      const [{ spec, status }] = await shop.pods('page');
      assert.deepEqual([spec.containers[0].image, status.containerStatuses[0].ready], [image, true]);
      const { stdout: secret } = await shop.kubectl('get', 'secret', `${name}-secrets`, '--output', 'go-template={{.data.REDIS_PASSWORD}}');
      assert.ok(files.read('.env').includes(`REDIS_PASSWORD=${Buffer.from(secret, 'base64')}`));
    });

    test('fails on a deployment that fails, and shows what happened', async () => {
      // The runner's cluster is a new one each time.
      await shop.kubectl('delete', 'deployment/page');
      appendFileSync(files.path('page/app.py'), 'def (\n');
      const runner = onCluster();
      const { failed, stderr } = await runner.run(/^(Build|Copy|Deploy)/);
      writeFileSync(files.path('page/app.py'), FILES['page/app.py']);
      assert.equal(failed, 'Deploy, and watch until it works');
      assert.match(stderr, /^deploy\.sh: page in page-\S+ ends again and again; its log ends with: [^\n]*SyntaxError/);
      const last = jobs.kubernetes.steps.at(-1);
      assert.equal(last.if, 'failure()');
      assert.match((await runner.commands(last)).stdout, /^deployment\.apps\/page +0\/1 [^]*BackOff/m);
    });
  });

  describe('publish', () => {
    let registry;
    let port;
    before(async () => {
      port = await freePort();
      // A registry in one process; its images are gone with it.
      const server = spawn('crane', ['registry', 'serve', '--address', `127.0.0.1:${port}`], { stdio: 'ignore' });
      await new Promise((resolve, reject) => { server.on('spawn', resolve); server.on('error', reject); });
      const release = atExit(() => server.kill());
      registry = { release };
      await waitFor(async () => (await fetch(`http://127.0.0.1:${port}/v2/`)).ok, { what: 'the registry' });
    });
    after(() => registry?.release());

    test('is for tags of versions alone, after everything else', () => {
      assert.equal(jobs.publish.if, "startsWith(github.ref, 'refs/tags/v')");
      assert.deepEqual(jobs.publish.needs, ['drift', 'stack', 'kubernetes']);
    });

    test('pushes the production image under a name that a registry takes, with the tag', async () => {
      const naming = jobs.publish.steps.find(({ id }) => id === 'names');
      // The registry is another one, so its name is replaced where the workflow says it.
      assert.match(naming.run, /prefix=ghcr\.io\//);
      const local = { ...jobs.publish, steps: jobs.publish.steps.map((step) => (step === naming ? { ...step, run: step.run.replace('ghcr.io', `localhost:${port}`) } : step)) };
      const runner = new Runner(files.dir, local, { env: { GITHUB_REPOSITORY: 'Acme-Shop/Shop' }, github: { ref_name: 'v1.4.0' } });
      const outcome = await runner.run();
      assert.equal(outcome.failed, undefined, `${outcome.stdout}${outcome.stderr}`);
      const image = `localhost:${port}/acme-shop/shop/${name}-page`;
      const { stdout: tags } = await run('crane', ['ls', '--insecure', image]);
      assert.equal(tags.trim(), 'v1.4.0');
      const { stdout: config } = await run('crane', ['config', '--insecure', `${image}:v1.4.0`]);
      assert.deepEqual(JSON.parse(config).config.Cmd, ['python', 'app.py']);
      await run('docker', ['image', 'rm', '--force', `${image}:v1.4.0`], { check: false });
    });
  });
});

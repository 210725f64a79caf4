// Health checks and the order of start, with services that are nothing but an image and a few words.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { compose, projectName, synth, waitFor } from './lib/index.mjs';
import { inspect } from './support/databases.mjs';

const health = async (stack, service) => (await inspect(stack, service)).State.Health.Status;

describe('services that are well', () => {
  let stack;
  before(async () => {
    const files = await synth((lib, projen) => {
      const { HealthCheck, Service, Value } = lib;
      const project = new projen.Project({ name: 'well' });
      const services = new lib.Stack(project);
      const web = { image: 'nginxinc/nginx-unprivileged:1.29-alpine', ports: [{ name: 'http', port: 8080, publish: [] }] };
      new Service(services, 'web', { ...web, healthCheck: HealthCheck.http('/?a=$b&c=d') });
      new Service(services, 'socket', { image: 'redis:7-alpine', ports: [{ name: 'redis', port: 6379, publish: [] }], healthCheck: HealthCheck.tcp() });
      new Service(services, 'second-port', { ...web, ports: [{ name: 'other', port: 9, publish: [] }, ...web.ports], healthCheck: HealthCheck.tcp({ port: 'http' }) });

      const sleep = { image: 'redis:7-alpine', entrypoint: Value.literals('sh', '-c'), initProcess: true };
      // Well after three seconds, and not before.
      const slow = new Service(services, 'slow', {
        ...sleep, command: Value.literals('sleep 3; touch /tmp/ready; exec sleep 600'), healthCheck: HealthCheck.exec(['test', '-e', '/tmp/ready']),
      });
      const once = new Service(services, 'once', { ...sleep, oneShot: true, command: Value.literals('sleep 2; exit 0') });
      new Service(services, 'late', {
        ...sleep,
        environment: { WORD: Value.literal('$HOME "and" more') },
        command: Value.literals('exec sleep 600'),
        healthCheck: HealthCheck.shell('[ "$WORD" = "\\$HOME \\"and\\" more" ]'),
        dependsOn: [{ service: slow }, { service: once }],
      });
      project.synth();
    });
    stack = compose(projectName('well'), files.dir);
    await stack.up();
  });
  after(() => stack?.release());

  const kinds = { web: 'an HTTP check', socket: 'a TCP check', 'second-port': 'a TCP check of a named port', slow: 'a program', late: 'a line of shell' };
  for (const [service, kind] of Object.entries(kinds)) {
    test(`${kind} makes ${service} healthy`, async () => assert.equal(await health(stack, service), 'healthy'));
  }

  test('up --wait returns only when the last one is healthy, and each starts after what it waits for', async () => {
    const { State: slow } = await inspect(stack, 'slow');
    const { State: once } = await inspect(stack, 'once');
    const { State: late } = await inspect(stack, 'late');
    assert.ok(Date.parse(late.StartedAt) - Date.parse(slow.StartedAt) >= 3000, `${slow.StartedAt} to ${late.StartedAt}`);
    assert.ok(Date.parse(late.StartedAt) >= Date.parse(once.FinishedAt));
    assert.deepEqual([once.Status, once.ExitCode], ['exited', 0]);
  });

  test('the start interval makes a service known as ready long before the first interval is over', async () => {
    const { State } = await inspect(stack, 'slow');
    const first = State.Health.Log.find(({ ExitCode }) => ExitCode === 0);
    const waited = Date.parse(first.End) - Date.parse(State.StartedAt);
    assert.ok(waited >= 3000 && waited < 8000, `${waited} ms after its start`);
  });
});

describe('services that are not well', () => {
  const sick = ['missing-page', 'closed-port', 'failing-program', 'failing-line'];
  let stack;
  let outcome;
  before(async () => {
    const files = await synth((lib, projen) => {
      const { HealthCheck, Service, Value } = lib;
      const project = new projen.Project({ name: 'sick' });
      const services = new lib.Stack(project);
      const timing = { interval: '1s', timeout: '2s', retries: 2, startPeriod: '0s', startInterval: '1s' };
      const ports = [{ name: 'http', port: 8080, publish: [] }, { name: 'closed', port: 8081, publish: [] }];
      const web = { image: 'nginxinc/nginx-unprivileged:1.29-alpine', ports };
      const missing = new Service(services, 'missing-page', { ...web, healthCheck: HealthCheck.http('/nothing-here', { timing }) });
      new Service(services, 'closed-port', { ...web, healthCheck: HealthCheck.tcp({ port: 'closed', timing }) });
      new Service(services, 'failing-program', { ...web, healthCheck: HealthCheck.exec(['test', '-e', '/nothing'], timing) });
      new Service(services, 'failing-line', { ...web, healthCheck: HealthCheck.shell('true && false', timing) });
      new Service(services, 'well', { ...web, healthCheck: HealthCheck.http('/', { timing }) });
      new Service(services, 'waiting', {
        image: 'redis:7-alpine', command: Value.literals('redis-server'), dependsOn: [{ service: missing, condition: lib.DependencyCondition.HEALTHY }],
      });
      project.synth();
    });
    stack = compose(projectName('sick'), files.dir);
    outcome = await stack.run(['up', '--detach', '--wait', '--quiet-pull'], { check: false });
  });
  after(() => stack?.release());

  test('up --wait fails and says who', () => {
    assert.notEqual(outcome.code, 0);
    assert.match(outcome.stderr, /unhealthy/);
  });

  for (const service of sick) {
    test(`${service} is unhealthy`, async () => {
      await waitFor(async () => await health(stack, service) === 'unhealthy', { what: `${service} to be unhealthy`, timeout: 20_000 });
    });
  }

  test('the one beside them is healthy, and what waits for a sick one never starts', async () => {
    await waitFor(async () => await health(stack, 'well') === 'healthy', { what: 'well to be healthy', timeout: 20_000 });
    assert.equal((await inspect(stack, 'waiting')).State.Status, 'created');
  });
});

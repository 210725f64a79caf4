import { Project } from 'projen';
import { ConnectionStyle, HealthCheck, KubernetesTarget, Mount, PostgresService, RedisCache, Service, Stack, Value } from '../../src';
import { newStack, render } from '../support/stack';
import { synthIn, tempFolder } from '../support/synth';

/** Groups of four services, each with a database and a cache of its own. */
function define(stack: Stack, groups: number, onCluster = false): void {
  const rootless = { user: '10001:10001' };
  const settings: { [name: string]: string } = {};
  for (let i = 0; i < groups; i++) {
    const database = new PostgresService(stack, `postgres-${i}`, { version: '17', hostPort: 10_000 + i });
    const cache = new RedisCache(stack, `redis-${i}`, { hostPort: 20_000 + i });
    const api = new Service(stack, `api-${i}`, {
      image: 'acme/api:1', ports: [{ name: 'http', port: 8000, hostPort: 30_000 + i }], mounts: [Mount.volume('data', '/data')], healthCheck: HealthCheck.http('/'),
    });
    const worker = new Service(stack, `worker-${i}`, { image: 'acme/worker:1', environment: { API: api.endpoint('http').internalUrl } });
    for (const service of onCluster ? [api, worker] : []) service.addSettings({ rootless });
    settings[database.userVariable.variableName] = settings[database.databaseVariable.variableName] = 'app';
    api.addEnvironment('TOKEN', Value.of(api.addSecret(`TOKEN_${i}`)));
    for (const service of [api, worker]) {
      service.connect(database, { style: ConnectionStyle.URL, urlKey: `URL_${i}` });
      service.connect(cache);
      service.addDependency(database);
    }
  }
  if (onCluster) stack.addTarget(new KubernetesTarget({ settings }));
}

/** How often the model is asked while a stack of so many groups is judged and rendered. */
function questions(groups: number, onCluster: boolean): { [what: string]: number } {
  const stack = newStack();
  define(stack, groups, onCluster);
  const spies = {
    'what a service sets': jest.spyOn(Service.prototype, 'settings'),
    'which variables a service has': jest.spyOn(Service.prototype, 'variables'),
    'which variables a value names': jest.spyOn(Value.prototype, 'variables', 'get'),
  };
  render(stack);
  const counts = Object.entries(spies).map(([what, spy]) => [what, spy.mock.calls.length] as const);
  for (const spy of Object.values(spies)) spy.mockRestore();
  return Object.fromEntries(counts);
}

// No clock: what grows with the square of the services would make sixteen times as many questions.
test.each([['with the usual targets', false], ['with manifests for a cluster', true]])('four times the services ask the model four times as much, and not more: %s', (_, onCluster) => {
  const [few, many] = [questions(5, onCluster), questions(20, onCluster)];
  for (const [what, count] of Object.entries(many)) {
    expect(few[what]).toBeGreaterThan(0);
    expect({ what, times: Math.round(count / few[what]) }).toEqual({ what, times: 4 });
  }
});

// projen looks through all components of a project to say who writes its files: asked for each file, that would be the square of them.
test('four times the files ask a project for its components as often as few', () => {
  const asked = (groups: number) => {
    const spy = jest.spyOn(Project.prototype, 'components', 'get');
    const files = synthIn(tempFolder(), (outdir) => {
      const project = new Project({ name: 'shop', outdir });
      define(new Stack(project), groups, true);
      return project;
    });
    const count = spy.mock.calls.length;
    spy.mockRestore();
    return { count, files: Object.keys(files).length };
  };
  const [few, many] = [asked(2), asked(8)];
  expect(many.files).toBeGreaterThan(2 * few.files);
  expect(few.count).toBeGreaterThan(0);
  expect(many.count - few.count).toBeLessThan(20);
});

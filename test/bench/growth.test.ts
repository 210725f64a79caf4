import { ConnectionStyle, HealthCheck, Mount, PostgresService, RedisCache, Service, Stack, Value } from '../../src';
import { newStack, render } from '../support/stack';

/** Groups of four services, each with a database and a cache of its own. */
function define(stack: Stack, groups: number): void {
  for (let i = 0; i < groups; i++) {
    const database = new PostgresService(stack, `postgres-${i}`, { version: '17', hostPort: 10_000 + i });
    const cache = new RedisCache(stack, `redis-${i}`, { hostPort: 20_000 + i });
    const api = new Service(stack, `api-${i}`, {
      image: 'acme/api:1', ports: [{ name: 'http', port: 8000, hostPort: 30_000 + i }], mounts: [Mount.volume('data', '/data')], healthCheck: HealthCheck.http('/'),
    });
    const worker = new Service(stack, `worker-${i}`, { image: 'acme/worker:1', environment: { API: api.endpoint('http').internalUrl } });
    api.addEnvironment('TOKEN', Value.of(api.addSecret(`TOKEN_${i}`)));
    for (const service of [api, worker]) {
      service.connect(database, { style: ConnectionStyle.URL, urlKey: `URL_${i}` });
      service.connect(cache);
      service.addDependency(database);
    }
  }
}

/** How often the model is asked while a stack of so many groups is judged and rendered. */
function questions(groups: number): { [what: string]: number } {
  const stack = newStack();
  define(stack, groups);
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
test('four times the services ask the model four times as much, and not more', () => {
  const [few, many] = [questions(5), questions(20)];
  for (const [what, count] of Object.entries(many)) {
    expect(few[what]).toBeGreaterThan(0);
    expect({ what, times: Math.round(count / few[what]) }).toEqual({ what, times: 4 });
  }
});

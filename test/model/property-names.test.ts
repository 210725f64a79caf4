import { PostgresService, RedisCache, Service, ServiceProps, Stack, Value } from '../../src';
import { lines, newStack } from '../support/stack';

/** What a definition in JavaScript can say, whatever the types. */
const untyped = (props: object) => props as any;

function found(define: (stack: Stack) => void): string[] {
  const stack = newStack();
  define(stack);
  return lines(stack.findings(), 'PS013', 'PS041', 'PS101');
}

const at = (id: string) => `at shop/stack/${id} (test/model/property-names.test.ts:LINE):`;

test('a misspelt property is refused, with the one that was meant', () => {
  expect(found((stack) => {
    new Service(stack, 'api', untyped({ image: 'app:1', healthcheck: {}, production: { comand: Value.literals('x') } }));
    new PostgresService(stack, 'postgres', untyped({ version: '17', hostport: 5433 }));
    new RedisCache(stack, 'redis', untyped({ password: 'x', zzz: 1 }));
  })).toEqual([
    `error PS041 ${at('api')} "healthcheck" is no property of Service. Did you mean "healthCheck"?`,
    `error PS041 ${at('api')} "comand" is no property of Service. Did you mean "command"?`,
    `error PS041 ${at('postgres')} "hostport" is no property of PostgresService. Did you mean "hostPort"?`,
    `error PS041 ${at('redis')} "password" is no property of RedisCache. Remove it.`,
    `error PS041 ${at('redis')} "zzz" is no property of RedisCache. Remove it.`,
  ]);
});

test('what cannot differ by mode is refused in a mode', () => {
  expect(found((stack) => {
    new PostgresService(stack, 'postgres', { version: '17', production: untyped({ hostPort: 5433, parameters: { work_mem: '8MB' } }) });
    new RedisCache(stack, 'redis', { development: untyped({ version: '7', maxMemory: '64M' }) });
  })).toEqual([
    `error PS041 ${at('postgres')} "hostPort" is no property of PostgresService that can differ by mode. Write it beside development and production, not in them.`,
    `error PS041 ${at('redis')} "version" is no property of RedisCache that can differ by mode. Write it beside development and production, not in them.`,
  ]);
});

test('properties that are left out altogether are findings, not crashes', () => {
  const [Untyped, UntypedPostgres] = [Service as any, PostgresService as any];
  expect(found((stack) => {
    new Untyped(stack, 'api');
    new UntypedPostgres(stack, 'postgres');
  })).toEqual([
    expect.stringContaining(`error PS013 ${at('api')}`),
    `error PS101 ${at('postgres')} It has no version. Write one of: version: '15', version: '16', version: '17', version: '18'.`,
  ]);
});

test('a class of others may have properties of its own, and undefined says nothing', () => {
  class Own extends Service {
    constructor(stack: Stack, props: ServiceProps & { readonly flavour: string }) {
      super(stack, 'own', Service.merge({ image: `own:${props.flavour}` }, props));
    }
  }
  expect(found((stack) => {
    new Own(stack, { flavour: '1' });
    new Service(stack, 'api', untyped({ image: 'app:1', nothing: undefined }));
  })).toEqual([]);
});

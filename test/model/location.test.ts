import { readFileSync } from 'fs';
import { PostgresService, RedisCache, Service, Stack } from '../../src';
import { callerLocation } from '../../src/model/location';
import { newStack } from '../support/stack';

/** The number of the line of this file that holds a text. */
function lineOf(text: string): number {
  return readFileSync(__filename, 'utf8').split('\n').findIndex((line) => line.includes(text) && !line.includes('lineOf')) + 1;
}

test('a construct remembers the file and the line that made it', () => {
  const stack = newStack();
  const service = new Service(stack, 'web', { image: 'nginx:1.29' }); // made here: generic
  expect(service.sourceLocation).toBe(`test/model/location.test.ts:${lineOf('made here: generic')}`);
});

test('a construct of the library remembers the line of its user, not its own', () => {
  const stack = newStack();
  const postgres = new PostgresService(stack, 'postgres', { version: '17' }); // made here: postgres
  const redis = new RedisCache(stack, 'redis'); // made here: redis
  expect(postgres.sourceLocation).toBe(`test/model/location.test.ts:${lineOf('made here: postgres')}`);
  expect(redis.sourceLocation).toBe(`test/model/location.test.ts:${lineOf('made here: redis')}`);
});

test('a finding points at the line of the definition', () => {
  const stack = newStack();
  new RedisCache(stack, 'redis', { databases: { cache: 16 } }); // made here: wrong
  const [finding] = stack.findings().filter((each) => each.rule.ruleId === 'PS110');
  expect(finding.location).toBe(`test/model/location.test.ts:${lineOf('made here: wrong')}`);
});

test('a stack remembers where it was made', () => {
  const stack = new Stack(newStack().project, 'second', { directory: 'second' }); // made here: stack
  expect(stack.model().location).toBe(`test/model/location.test.ts:${lineOf('made here: stack')}`);
});

test('frames of packages and of Node are passed over', () => {
  const before = Error.prepareStackTrace;
  const at = (text: string) => {
    Error.prepareStackTrace = () => `Error\n${text}`;
    return callerLocation();
  };
  try {
    expect(at('    at a (/x/node_modules/b/c.js:1:2)\n    at node:internal/main:3:4\n    at new Shop (file:///x/y/.projenrc.ts:12:3)')).toMatch(/x\/y\/\.projenrc\.ts:12$/);
    expect(at('    at async /x/y/.projenrc.mjs:7:1')).toMatch(/x\/y\/\.projenrc\.mjs:7$/);
    expect(at('    at a (/x/node_modules/b/c.js:1:2)\n    at <anonymous>')).toBeUndefined();
    expect(at('')).toBeUndefined();
  } finally {
    Error.prepareStackTrace = before;
  }
});

test('a construct deep in constructs of constructs is found too', () => {
  const stack = newStack();
  const deep = (levels: number): RedisCache => (levels === 0 ? new RedisCache(stack, 'redis') : deep(levels - 1)); // made here: deep
  const before = Error.stackTraceLimit;
  expect(deep(15).sourceLocation).toBe(`test/model/location.test.ts:${lineOf('made here: deep')}`);
  expect(Error.stackTraceLimit).toBe(before);
});

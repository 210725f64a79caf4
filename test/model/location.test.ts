import { readFileSync } from 'fs';
import * as path from 'path';
import { PostgresService, RedisCache, Service, Stack } from '../../src';
import { callerFiles, callerLocation } from '../../src/model/location';
import { messageOf, newStack } from '../support/stack';
import { withoutPost } from '../support/synth';

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

describe('in a definition in Python', () => {
  const FOLDER = Symbol.for('jsii.context.hostDirName');
  const CALLS = Symbol.for('jsii.context.hostStackTrace');
  const context = globalThis as { [name: symbol]: unknown };

  /** What Node and jsii 1.142 gave where a subclass of Service in a .projenrc.py was made; only the folders are others. */
  const STACK = `Error
    at deepStack (/tmp/jsii-kernel-0oOocf/node_modules/projen-stack/lib/model/location.js:86:80)
    at new StackElement (/tmp/jsii-kernel-0oOocf/node_modules/projen-stack/lib/model/element.js:49:33)
    at new Service (/tmp/jsii-kernel-0oOocf/node_modules/projen-stack/lib/model/service.js:69:9)
    at Kernel._Kernel_create (/tmp/tmpnhc2re0r/lib/program.js:1:63996)
    at Kernel.create (/tmp/tmpnhc2re0r/lib/program.js:1:53537)
    at KernelHost.processRequest (/tmp/tmpnhc2re0r/lib/program.js:1:233750)
    at KernelHost.run (/tmp/tmpnhc2re0r/lib/program.js:1:232607)
    at Immediate._onImmediate (/tmp/tmpnhc2re0r/lib/program.js:1:232651)
    at process.processImmediate (node:internal/timers:483:21)`;
  const DEFINITION = path.resolve('.projenrc.py');
  const PACKAGE = ['/venv/lib/python3.11/site-packages/projen_stack/__init__.py', 18692, 0, '__init__'];
  const RECORDED = [PACKAGE, [DEFINITION, 35, 0, '__init__'], [DEFINITION, 79, 0, '<module>']];

  const prepare = Error.prepareStackTrace;
  beforeEach(() => {
    Error.prepareStackTrace = () => STACK;
    context[FOLDER] = '/tmp/tmpnhc2re0r/lib';
  });
  afterEach(() => {
    Error.prepareStackTrace = prepare;
    delete context[FOLDER];
    delete context[CALLS];
  });

  test('the line is that of the definition, when jsii tells the calls', () => {
    context[CALLS] = RECORDED;
    expect(callerLocation()).toBe('.projenrc.py:35');
    context[CALLS] = RECORDED.map(([file, ...call]) => [path.relative(process.cwd(), String(file)), ...call]);
    expect(callerLocation()).toBe('.projenrc.py:35');
  });

  test.each([
    ['a package', '/venv/lib/python3.11/site-packages/acme_stack/services.py'],
    ['a package of Debian', '/usr/lib/python3/dist-packages/acme_stack/services.py'],
    ['this library, installed into a folder of the project', path.resolve('vendor/projen_stack/__init__.py')],
  ])('the code of %s is passed over', (_, file) => {
    context[CALLS] = [[file, 12, 0, '__init__'], [DEFINITION, 7, 0, '<module>']];
    expect(callerLocation()).toBe('.projenrc.py:7');
    context[CALLS] = [[file, 12, 0, '__init__']];
    expect(callerLocation()).toBeUndefined();
  });

  test('there is no line when jsii does not tell them, and none of its own program', () => {
    expect(callerLocation()).toBeUndefined();
    expect(callerFiles().filter((file) => file.includes('program.js'))).toEqual([]);
    expect(callerFiles()).toContain('/tmp/jsii-kernel-0oOocf/node_modules/projen-stack/lib/model/service.js');
  });

  test('an error without lines says how they are had; one with lines does not', () => {
    const ADVICE = 'With JSII_HOST_STACK_TRACES=1 in the environment, the lines of the definition are named, too.';
    const refused = () => {
      const stack = newStack();
      new RedisCache(stack, 'redis', { databases: { cache: 16 } });
      return messageOf(() => withoutPost(() => stack.project.synth()));
    };
    expect(refused().split('\n').slice(-1)).toEqual([ADVICE]);
    expect(refused()).toContain('error PS110 at shop/stack/redis: ');
    context[CALLS] = RECORDED;
    expect(refused()).toContain('error PS110 at shop/stack/redis (.projenrc.py:35): ');
    expect(refused()).not.toContain(ADVICE);
    delete context[FOLDER];
    Error.prepareStackTrace = () => '';
    expect(refused()).not.toContain(ADVICE);
  });
});

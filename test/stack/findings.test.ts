import { LogLevel, Project } from 'projen';
import { HealthCheck, Mount, PostgresService, RedisCache, Service, Severity, Stack } from '../../src';
import { lines, messageOf, newStack, stable } from '../support/stack';
import { readTree, synthIn, tempFolder, withoutPost } from '../support/synth';
import { AlwaysBroken } from '../support/targets';

const AT = (path: string) => `at shop/stack${path} (test/stack/findings.test.ts:LINE):`;
const AT_STACK = 'at shop/stack (test/support/stack.ts:LINE):';
const EXPLAINED = "Each rule is explained in docs/rules.md of projen-stack; stack.accept('PS…', { at, because }) takes one finding as it is.";

/** A service that no rule has anything to say about. */
function sound(stack: Stack, id = 'web'): Service {
  return new Service(stack, id, { image: 'nginx:1.29', healthCheck: HealthCheck.exec(['true']) });
}

/** What is printed by a synthesis. */
function printed(make: (outdir: string) => Project): string {
  const said = jest.spyOn(console, 'error').mockImplementation();
  try {
    synthIn(tempFolder(), make);
    return stable(said.mock.calls.flat().join('\n'));
  } finally {
    said.mockRestore();
  }
}

describe('errors', () => {
  test('are all told in one message, whatever found them, the warnings after them', () => {
    const stack = newStack();
    new PostgresService(stack, 'postgres', { version: '19', parameters: { 'no such': '1' } });
    new RedisCache(stack, 'redis', { maxMemory: '1G', databases: { cache: 99 } });
    stack.addRule(new AlwaysBroken(Severity.WARNING, 'ACME002'));
    stack.addRule(new AlwaysBroken());
    expect(messageOf(() => withoutPost(() => stack.project.synth()))).toBe([
      'The stack was not synthesized and no file was written: 5 errors.',
      `  error PS101 ${AT('/postgres')} The version "19" of PostgreSQL is not known. Write one of: version: '15', version: '16', version: '17', version: '18'.`,
      `  error PS103 ${AT('/postgres')} "no such" is no name of a server parameter. Write names as in postgresql.conf: max_connections, pg_stat_statements.max.`,
      `  error PS110 ${AT('/redis')} The database "cache" has the number 99. Write a whole number from 0 to 15.`,
      `  error PS111 ${AT('/redis')} In production Redis may use 1G, and its container 512M. Write a smaller maxMemory, three quarters of resources.memory, say.`,
      `  error ACME001 ${AT_STACK} Nothing is right. Write something else.`,
      `  warning ACME002 ${AT_STACK} Nothing is right. Write something else.`,
      EXPLAINED,
    ].join('\n'));
  });

  test('alone are counted as one', () => {
    const stack = newStack();
    stack.addRule(new AlwaysBroken());
    expect(messageOf(() => withoutPost(() => stack.project.synth()))).toBe([
      'The stack was not synthesized and no file was written: 1 error.', `  error ACME001 ${AT_STACK} Nothing is right. Write something else.`, EXPLAINED,
    ].join('\n'));
  });

  test('of the model keep the targets from rendering, which may rely on them', () => {
    const stack = newStack();
    const render = jest.fn();
    stack.addTarget({ renderLast: () => ({ files: [] }), targetName: 'watched', render });
    stack.addRule(new AlwaysBroken());
    expect(stack.evaluate().outputs).toEqual([]);
    expect(render).not.toHaveBeenCalled();
  });
});

describe('warnings', () => {
  const make = (level: LogLevel) => (outdir: string) => {
    const project = new Project({ name: 'shop', outdir, logging: { level } });
    const stack = new Stack(project);
    sound(stack);
    stack.addRule(new AlwaysBroken(Severity.WARNING));
    return project;
  };

  test('are printed, and the files are written', () => {
    expect(printed(make(LogLevel.WARN))).toContain(`warning ACME001 ${AT('')} Nothing is right. Write something else.`);
    expect(Object.keys(synthIn(tempFolder(), make(LogLevel.OFF)))).toContain('compose.yaml');
  });

  test('go to stderr only: stdout is for programs', () => {
    const said = jest.spyOn(process.stdout, 'write');
    printed(make(LogLevel.INFO));
    expect(said).not.toHaveBeenCalled();
    said.mockRestore();
  });
});

describe('a finding that is accepted', () => {
  const twoWrong = () => {
    const stack = newStack();
    for (const id of ['a', 'b']) new PostgresService(stack, id, { version: '14', hostPort: id === 'a' ? 5432 : 5433 });
    return stack;
  };
  const at = (stack: Stack) => stack.findings().filter((finding) => finding.rule.ruleId === 'PS101').map((finding) => finding.path.split('/').pop());

  test('stops nothing, and is not printed', () => {
    const stack = newStack();
    sound(stack);
    stack.addRule(new AlwaysBroken());
    stack.accept('ACME001', { because: 'the test says so' });
    expect(stack.findings()).toEqual([]);
    expect(() => withoutPost(() => stack.project.synth())).not.toThrow();
  });

  test('is one of a rule, or all of it', () => {
    expect(at(twoWrong())).toEqual(['a', 'b']);
    const one = twoWrong();
    one.accept('PS101', { at: 'a', because: 'it is a fork' });
    expect(at(one)).toEqual(['b']);
    const byPath = twoWrong();
    byPath.accept('PS101', { at: byPath.node.findChild('b').node.path, because: 'it is a fork' });
    expect(at(byPath)).toEqual(['a']);
    const all = twoWrong();
    all.accept('PS101', { because: 'they are forks' });
    expect(at(all)).toEqual([]);
  });

  test('leaves the other rules as they are', () => {
    const stack = twoWrong();
    stack.addRule(new AlwaysBroken());
    stack.accept('PS101', { because: 'they are forks' });
    expect(lines(stack.findings(), 'ACME001', 'PS101')).toEqual([`error ACME001 ${AT_STACK} Nothing is right. Write something else.`]);
  });

  test('may be one of a finished document', () => {
    const stack = newStack();
    sound(stack).addSettings({ overrides: { compose: { volumes: ['missing:/x'] } } });
    expect(stack.findings().map((finding) => finding.rule.ruleId)).toContain('PS051');
    stack.accept('PS051', { at: 'web', because: 'a file that is merged in declares it' });
    expect(stack.findings()).toEqual([]);
  });
});

test('to ask for findings writes nothing, and may be done again and again', () => {
  const stack = newStack();
  new PostgresService(stack, 'postgres', { version: '14', mounts: [Mount.config('a', '/a', 'text')] });
  const first = stack.findings();
  expect(first.map((finding) => finding.rule.ruleId)).toContain('PS101');
  expect(stack.findings()).toEqual(first);
  const good = newStack();
  sound(good);
  expect(good.findings()).toEqual([]);
  for (const each of [stack, good]) {
    expect(readTree(each.project.outdir)).toEqual({});
    expect(each.project.tasks.tryFind('stack:up')).toBeUndefined();
    expect(each.project.tryFindFile('compose.yaml')).toBeUndefined();
  }
});

import { readdirSync } from 'fs';
import { Project } from 'projen';
import { FastApiBackend, PostgresService, RedisCache, Service, Severity, Stack, StackProps, StackTesting } from '../src';
import { messageOf, newStack } from './support/stack';
import { synthIn, tempFolder } from './support/synth';
import { AlwaysBroken, FixedTarget } from './support/targets';

/** The stack of a project in a folder, with a database of two and an application. */
function define(stack: Stack): Stack {
  const database = new PostgresService(stack, 'postgres', { version: '17', databases: ['audit'] });
  new FastApiBackend(stack, 'backend', { database });
  return stack;
}

const HEADER = new RegExp(`^# ${['~~ Generated', 'by projen'].join(' ')}.*\n`, 'm');

test.each<[string, StackProps]>([['the project\'s folder', {}], ['a folder of its own', { directory: 'infra' }]])('gives what a synthesis in %s writes', (_, props) => {
  const stack = define(newStack(props));
  const given = StackTesting.synth(stack, { samples: true });
  expect(readdirSync(stack.project.outdir)).toEqual([]);
  const written = synthIn(tempFolder(), (outdir) => {
    const other = new Project({ name: 'shop', outdir });
    define(new Stack(other, 'stack', props));
    return other;
  });
  expect(Object.keys(given)).toEqual([...Object.keys(given)].sort());
  for (const [file, text] of Object.entries(given)) expect([file, text]).toEqual([file, written[file]?.replace(HEADER, '')]);
  // The rest is projen's own, or shared with people.
  const rest = Object.keys(written).filter((file) => !(file in given));
  expect(rest.filter((file) => !/^((infra\/)?README\.md|\.gitignore|\.gitattributes|\.projen\/.*)$/.test(file))).toEqual([]);
});

test('leaves the code that is written once aside unless it is asked for', () => {
  const stack = define(newStack());
  expect(Object.keys(StackTesting.synth(stack))).toEqual(expect.arrayContaining(['backend/Dockerfile', 'compose.yaml', 'scripts/env.sh']));
  expect(Object.keys(StackTesting.synth(stack)).filter((file) => file.endsWith('.py'))).toEqual([]);
  expect(StackTesting.synth(stack, { samples: true })['backend/app/main.py']).toMatch(/FastAPI/);
});

test('leaves files with sections aside unless they are asked for; then they are as in an empty folder, without marks', () => {
  const stack = define(newStack({ directory: 'infra' }));
  expect(Object.keys(StackTesting.synth(stack))).not.toContain('infra/README.md');
  const readme = StackTesting.synth(stack, { sections: true })['infra/README.md'];
  const written = synthIn(tempFolder(), (outdir) => {
    const project = new Project({ name: 'shop', outdir });
    define(new Stack(project, 'stack', { directory: 'infra' }));
    return project;
  })['infra/README.md'];
  const bare = (text: string) => text.replace(/^<!-- .* -->$/gm, '').replace(/\n{2,}/g, '\n\n').trim();
  expect(bare(readme)).toBe(bare(written));
  expect(readme).toMatch(/^## Quick start$/m);
  expect(readme).not.toContain('generated; remove this mark');
});

test('gives the tasks, of two with one name the first', () => {
  const stack = newStack({ targets: [new FixedTarget([], [{ taskName: 'stack:up', description: 'again', command: ['false'] }, { taskName: 'own', description: 'own', command: ['true', 'x'] }])] });
  new RedisCache(stack, 'redis');
  expect(StackTesting.tasks(stack)).toMatchObject({
    'own': ['true', 'x'], 'stack:up': ['docker', 'compose', 'up', '--detach', '--wait'], 'redis:cli': ['docker', 'compose', 'exec', 'redis', 'redis-cli'],
  });
});

test('throws with everything that is wrong, and not for what is only doubtful', () => {
  const stack = newStack();
  new Service(stack, 'web', { image: 'nginx:1.29' });
  stack.addRule(new AlwaysBroken(Severity.WARNING, 'ACME002'));
  expect(Object.keys(StackTesting.synth(stack))).toContain('compose.yaml');
  new Service(stack, 'api');
  stack.addRule(new AlwaysBroken());
  for (const ask of [() => StackTesting.synth(stack), () => StackTesting.tasks(stack)]) {
    expect(messageOf(ask).split('\n').map((line) => line.replace(/ \(.*/, ''))).toEqual([
      'The stack cannot be synthesized:', '  error PS013 at shop/stack/api', '  error ACME001 at shop/stack',
    ]);
  }
});

test('what is accepted is not in its way', () => {
  const stack = newStack();
  new Service(stack, 'web', { image: 'nginx:1.29' });
  stack.addRule(new AlwaysBroken());
  stack.accept('ACME001', { because: 'of this test' });
  expect(stack.findings().filter(({ rule }) => rule.severity === Severity.ERROR)).toEqual([]);
  expect(StackTesting.synth(stack)['compose.yaml']).toContain('image: nginx:1.29');
});

import { mkdirSync, readFileSync, writeFileSync } from 'fs';
import * as path from 'path';
import { LogLevel, Project, TextFile, YamlFile } from 'projen';
import { Mount, RedisCache, Service, Stack, StackProps } from '../../src';
import { lines, messageOf, stable } from '../support/stack';
import { readTree, synthIn, tempFolder, withoutPost } from '../support/synth';
import { FixedTarget } from '../support/targets';

const AT = 'error PS060 at shop/stack (test/stack/foreign.test.ts:LINE):';
const FOLDER = "Write: directory: 'stack' (or another folder) in the properties of this stack";

/** A project with a stack of one service. */
function withStack(outdir: string, props: StackProps = {}): { project: Project; stack: Stack } {
  const project = new Project({ name: 'shop', outdir });
  const stack = new Stack(project, 'stack', props);
  new Service(stack, 'web', { image: 'nginx:1.29', mounts: [Mount.config('settings', '/etc/web.toml', 'a = 1\n')] });
  return { project, stack };
}

/** What a synthesis is refused with, and that it left the folder as it was. */
function refusal(project: Project): string[] {
  const before = readTree(project.outdir);
  const message = messageOf(() => withoutPost(() => project.synth()));
  expect(readTree(project.outdir)).toEqual(before);
  return message.split('\n').filter((line) => line.includes('PS06')).map((line) => line.trim());
}

describe('a file that somebody else wrote is never overwritten', () => {
  test.each(['compose.yaml', 'compose.prod.yaml', 'scripts/reset.sh', 'config/web/etc/web.toml'])('%s', (name) => {
    const folder = tempFolder();
    mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
    writeFileSync(path.join(folder, name), 'mine\n');
    expect(refusal(withStack(folder).project)).toEqual([`${AT} ${name} exists and was not generated. Rename or delete it, or write another folder: ${FOLDER}.`]);
    expect(readFileSync(path.join(folder, name), 'utf8')).toBe('mine\n');
  });

  test('in the folder of a stack, and in a subproject', () => {
    const folder = tempFolder();
    for (const name of ['infra', 'sub']) mkdirSync(path.join(folder, name));
    for (const name of ['infra/compose.yaml', 'sub/compose.yaml']) writeFileSync(path.join(folder, name), 'mine\n');
    const { project } = withStack(folder, { directory: 'infra' });
    new RedisCache(new Stack(new Project({ name: 'sub', parent: project, outdir: 'sub' })), 'redis');
    expect(refusal(project)).toHaveLength(2);
  });

  test('another folder, or another name, is the way out', () => {
    const folder = tempFolder();
    writeFileSync(path.join(folder, 'compose.yaml'), 'mine\n');
    expect(synthIn(folder, (outdir) => withStack(outdir, { directory: 'stack' }).project)['compose.yaml']).toBe('mine\n');
    expect(synthIn(folder, (outdir) => withStack(outdir, { composeFile: 'stack.yaml' }).project)['compose.yaml']).toBe('mine\n');
  });

  test('and what a run has written is known at the next one, with a header or without', () => {
    const folder = tempFolder();
    const first = synthIn(folder, (outdir) => withStack(outdir).project);
    expect(first['config/web/etc/web.toml']).toBe('a = 1\n');
    expect(synthIn(folder, (outdir) => withStack(outdir).project)).toEqual(first);
  });

  test('a file that people copy is known too, though it has no header', () => {
    const folder = tempFolder();
    const make = (outdir: string) => {
      const { project, stack } = withStack(outdir);
      stack.addTarget(new FixedTarget([{ filePath: 'template.json', content: '{}\n', commentPrefix: '', copied: true }]));
      return project;
    };
    const first = synthIn(folder, make);
    expect(first['template.json']).toBe('{}\n');
    expect(synthIn(folder, make)).toEqual(first);
  });
});

describe('a file of another part of the project is refused', () => {
  test('one that projen writes', () => {
    const { project } = withStack(tempFolder());
    new YamlFile(project, 'compose.yaml', { obj: {} });
    expect(refusal(project)).toEqual([`${AT} compose.yaml is also written by shop/YamlFile@compose.yaml. ${FOLDER}, or remove that file.`]);
  });

  test('one that a parent writes into a subproject', () => {
    const root = new Project({ name: 'shop', outdir: tempFolder() });
    const stack = new Stack(new Project({ name: 'sub', parent: root, outdir: 'sub' }));
    new RedisCache(stack, 'redis');
    new TextFile(root, 'sub/compose.yaml', { lines: [] });
    expect(refusal(root)).toHaveLength(1);
  });

  test('one of another stack, told of both', () => {
    const { project } = withStack(tempFolder());
    new Service(new Stack(project, 'other', { stackName: 'other' }), 'api', { image: 'api:1' });
    const found = refusal(project);
    expect(found).toContain(`${AT} compose.yaml is also written by the stack shop/other. ${FOLDER}.`);
    expect(found).toContain(
      "error PS060 at shop/other (test/stack/foreign.test.ts:LINE): compose.yaml is also written by the stack shop/stack. Write: directory: 'other' (or another folder) in the properties of this stack.",
    );
  });

  test('one of another stack in another project, that means the same place', () => {
    const { project } = withStack(tempFolder(), { directory: 'sub' });
    new Service(new Stack(new Project({ name: 'sub', parent: project, outdir: 'sub' })), 'api', { image: 'api:1' });
    expect(refusal(project).filter((line) => line.includes(' sub/compose.yaml is also written by the stack shop/sub/stack.'))).toHaveLength(1);
  });

  test('one of another target of the same stack', () => {
    const { project, stack } = withStack(tempFolder());
    stack.addTarget(new FixedTarget([{ filePath: './compose.yaml', content: 'other' }]));
    expect(refusal(project)).toEqual([`${AT} compose.yaml is written twice by the targets of this stack. Write another path in one of the targets.`]);
  });
});

describe('a task that the project has', () => {
  /** What is printed, and the tasks of the project. */
  const run = (prepare: (project: Project, stack: Stack) => void) => {
    const said = jest.spyOn(console, 'error').mockImplementation();
    const files = synthIn(tempFolder(), (outdir) => {
      const project = new Project({ name: 'shop', outdir, logging: { level: LogLevel.WARN } });
      const stack = new Stack(project);
      const web = new Service(stack, 'web', { image: 'nginx:1.29' });
      web.addTask({ taskName: 'web:test', description: 'Test', command: ['nginx', '-t'] });
      prepare(project, stack);
      return project;
    });
    const warnings = stable(said.mock.calls.flat().join('\n')).split('\n').filter((line) => line.includes('PS061'));
    said.mockRestore();
    return { warnings, tasks: JSON.parse(files['.projen/tasks.json']).tasks };
  };

  test('stays as it is, with a warning', () => {
    const { warnings, tasks } = run((project) => project.addTask('stack:up', { exec: 'echo mine' }));
    expect(tasks['stack:up'].steps).toEqual([{ exec: 'echo mine' }]);
    expect(tasks['stack:down'].steps[0].execArgs).toEqual(['docker', 'compose', 'down']);
    expect(warnings).toEqual([expect.stringContaining(
      'warning PS061 at shop/stack (test/stack/foreign.test.ts:LINE): The project has a task stack:up of its own, which stays. Rename one of the two to have both.',
    )]);
  });

  test('from the stack itself, twice, is the first one, with a warning', () => {
    const { warnings, tasks } = run((_, stack) => {
      new Service(stack, 'api', { image: 'api:1' }).addTask({ taskName: 'web:test', description: 'Test', command: ['other'] });
    });
    expect(tasks['web:test'].steps[0].execArgs).toEqual(['docker', 'compose', 'exec', 'web', 'nginx', '-t']);
    expect(warnings).toEqual([expect.stringContaining('Two tasks of the stack are called web:test; the first one stays. Rename one of the two to have both.')]);
  });

  test('by no name is no warning', () => expect(run(() => undefined).warnings).toEqual([]));
});

test('what was refused is no finding of the definition itself', () => {
  const folder = tempFolder();
  writeFileSync(path.join(folder, 'compose.yaml'), 'mine\n');
  expect(lines(withStack(folder).stack.findings(), 'PS060')).toEqual([]);
});

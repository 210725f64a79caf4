import { ComposeTarget, Mode, PostgresService, RedisCache, Service, ServiceTask, Stack, StackProps, TaskPlace } from '../../../src';
import { newStack } from '../../support/stack';

/** The tasks of a stack with a database and a cache, as the words of their commands. */
function tasks(props?: StackProps, id?: string): { [name: string]: string[] } {
  const stack = newStack(props, id);
  new PostgresService(stack, 'postgres', { version: '17' });
  new RedisCache(stack, 'redis');
  return commands(stack);
}

function commands(stack: Stack): { [name: string]: string[] } {
  return Object.fromEntries(stack.evaluate().outputs.flatMap((output) => output.tasks ?? []).map((task) => [task.taskName, task.command]));
}

const compose = (...words: string[]) => ['docker', 'compose', ...words];

test('a stack has its daily commands, and each service its own', () => {
  expect(tasks()).toMatchObject({
    'stack:up': compose('up', '--detach', '--wait'),
    'stack:down': compose('down'),
    'stack:logs': compose('logs', '--follow', '--tail', '100'),
    'stack:ps': compose('ps', '--all'),
    'stack:reset': ['bash', 'scripts/reset.sh'],
    'db:psql': compose('exec', 'postgres', 'sh', '-c', 'exec psql -U "$POSTGRES_USER" -d "$POSTGRES_DB" "$@"', 'psql'),
    'redis:cli': compose('exec', 'redis', 'redis-cli'),
  });
});

test.each(['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'])('%s is found by Compose itself', (composeFile) => {
  expect(tasks({ composeFile })['stack:down']).toEqual(compose('down'));
});

test('services that a profile starts are stopped too: by itself Compose leaves them running', () => {
  const stack = newStack();
  new Service(stack, 'tool', { image: 'tool:1', profiles: ['tools'] });
  const { tasks: all = [], files } = new ComposeTarget().render(stack.model());
  expect(all.find(({ taskName }) => taskName === 'stack:down')!.command).toEqual(compose('--profile', '*', 'down'));
  expect(files.find(({ filePath }) => filePath === 'scripts/reset.sh')!.content).toContain('\ndocker compose --profile "*" down --volumes --remove-orphans\n');
});

test.each(['stack.yaml', 'infra/compose.yaml', 'compose.dev.yaml'])('%s is named in every command', (composeFile) => {
  const all = tasks({ composeFile });
  expect(all['stack:down']).toEqual(compose('--file', composeFile, 'down'));
  expect(all['db:psql'].slice(0, 6)).toEqual(compose('--file', composeFile, 'exec', 'postgres'));
});

test('all tasks of a stack with another id begin with it, so that two stacks of a project have theirs', () => {
  const names = Object.keys(tasks({}, 'infra'));
  expect(names).toEqual(expect.arrayContaining(['infra:up', 'infra:reset', 'infra:db:psql', 'infra:redis:cli']));
  expect(names.filter((name) => !name.startsWith('infra:'))).toEqual([]);
});

test('a stack without development has no commands for it', () => {
  const stack = newStack();
  new Service(stack, 'web', { image: 'nginx:1.29', modes: [Mode.PRODUCTION] });
  expect(commands(stack)).toEqual({});
});

test('a service that is not in development cannot be entered there', () => {
  const stack = newStack();
  new Service(stack, 'web', { image: 'nginx:1.29' });
  const backup = new Service(stack, 'backup', { image: 'backup:1', modes: [Mode.PRODUCTION] });
  backup.addTask({ taskName: 'backup:now', description: 'Back up', command: ['backup'] });
  expect(Object.keys(commands(stack))).not.toContain('backup:now');
});

describe('a shortcut of a service runs', () => {
  const of = (task: Partial<ServiceTask>) => {
    const stack = newStack();
    new Service(stack, 'api', { image: 'api:1' }).addTask({ taskName: 'api:do', description: 'Does it', command: ['do', 'it'], ...task });
    return commands(stack)['api:do'];
  };

  test.each<[string, Partial<ServiceTask>, string[]]>([
    ['in the running container', {}, ['exec', 'api', 'do', 'it']],
    ['in a folder of it', { workingDir: '/srv' }, ['exec', '--workdir', '/srv', 'api', 'do', 'it']],
    ['in a container of its own', { place: TaskPlace.OWN }, ['run', '--rm', '--no-deps', 'api', 'do', 'it']],
    ['in a container of its own, with a folder of the host', { place: TaskPlace.OWN, folders: { './api': '/project' }, workingDir: '/project' },
      ['run', '--rm', '--no-deps', '--volume', './api:/project', '--workdir', '/project', 'api', 'do', 'it']],
    ['in the foreground', { place: TaskPlace.FOREGROUND, command: [] }, ['up', '--build', '--watch', 'api']],
    ['as options of its log', { place: TaskPlace.LOGS, command: ['--follow'] }, ['logs', '--follow', 'api']],
  ])('%s', (_, task, words) => expect(of(task)).toEqual(compose(...words)));
});

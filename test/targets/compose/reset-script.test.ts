import { spawnSync, SpawnSyncReturns } from 'child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'fs';
import * as path from 'path';
import { Mode, Mount, PostgresService, Service, Stack, StackProps, Storage } from '../../../src';
import { BASH } from '../../support/bash';
import { newStack, render } from '../../support/stack';
import { tempFolder } from '../../support/synth';

/** A stack that keeps data in a volume, in a folder, and in one whose name a shell would take apart. */
function withData(props?: StackProps): Stack {
  const stack = newStack(props);
  new PostgresService(stack, 'postgres', { version: '17', storage: Storage.bind('./data/postgres'), production: { storage: Storage.bind('./data/production') } });
  new Service(stack, 'web', {
    image: 'nginx:1.29',
    mounts: [Mount.bind("./it's $HOME", '/a', { holdsData: true }), Mount.bind('./src', '/src'), Mount.volume('data', '/data')],
  });
  return stack;
}

/** The script in a folder of its own with data, and a docker that knows containers of production, notes what else it is told, and ends with a status. */
function place(stack: Stack, status = 0, ofProduction = ''): {
  readonly folder: string;
  readonly run: (args: string[], input?: string) => SpawnSyncReturns<string>;
  readonly calls: () => string[];
} {
  const folder = tempFolder();
  for (const each of ['scripts', 'bin', 'data/postgres', 'data/production', "it's $HOME", 'src']) mkdirSync(path.join(folder, each), { recursive: true });
  const script = path.join(folder, 'scripts/reset.sh');
  writeFileSync(script, render(stack)['scripts/reset.sh']);
  writeFileSync(path.join(folder, 'bin/docker'), `#!/bin/sh\n[ "$1" != ps ] || { echo '${ofProduction}'; echo "$*" >> '${folder}/asked'; exit 0; }\nfor word in "$@"; do printf '<%s>' "$word"; done >> '${folder}/calls'\npwd >> '${folder}/calls'\nexit ${status}\n`);
  for (const file of [script, path.join(folder, 'bin/docker')]) chmodSync(file, 0o755);
  return {
    folder,
    run: (args, input = '') => spawnSync(BASH, [script, ...args], { encoding: 'utf8', input, cwd: '/', env: { ...process.env, PATH: `${folder}/bin:${process.env.PATH}` } }),
    calls: () => (existsSync(`${folder}/calls`) ? readFileSync(`${folder}/calls`, 'utf8').split('\n').filter(Boolean) : []),
  };
}

const DATA = ['data/postgres', "it's $HOME"];
const there = (folder: string, names: string[]) => names.map((name) => existsSync(path.join(folder, name)));

test('without a terminal it asks nobody, and deletes nothing', () => {
  const { folder, run, calls } = place(withData());
  for (const input of ['', 'shop\n', 'y\n']) {
    const result = run([], input);
    expect(result.status).toBe(1);
    expect(result.stderr).toBe('reset.sh: nobody is there to ask; pass --yes to delete all the same\n');
  }
  expect(calls()).toEqual([]);
  expect(there(folder, DATA)).toEqual([true, true]);
});

test.each(['--yes', '-y'])('with %s it removes volumes and data of development, from wherever it is called, and says so', (flag) => {
  const { folder, run, calls } = place(withData());
  const result = run([flag]);
  expect(result.stderr).toBe('');
  expect(result.status).toBe(0);
  expect(calls()).toEqual([`<compose><down><--volumes><--remove-orphans>${folder}`]);
  expect(there(folder, DATA)).toEqual([false, false]);
  expect(there(folder, ['src', 'data/production'])).toEqual([true, true]);
  expect(result.stdout).toBe([
    'This deletes, for good:',
    "- the containers, networks and volumes that 'docker compose down --volumes --remove-orphans' removes",
    '- the folder ./data/postgres',
    "- the folder ./it's $HOME",
    'Deleted.',
    '',
  ].join('\n'));
});

test('while production has containers whose data is in the same folder, nothing is deleted, and it says how to go on', () => {
  const { folder, run, calls } = place(withData(), 0, 'f00');
  const result = run(['--yes']);
  expect(result.status).toBe(1);
  expect(result.stderr).toBe(
    "reset.sh: production (shop-prod) has containers here, whose data is in ./it's $HOME, too. Nothing was deleted. Remove them first: docker compose --file compose.prod.yaml down\n",
  );
  expect([calls(), there(folder, DATA)]).toEqual([[], [true, true]]);
  expect(readFileSync(`${folder}/asked`, 'utf8')).toBe('ps --all --quiet --filter label=com.docker.compose.project=shop-prod\n');
});

test('a second run finds nothing to delete, and is content', () => {
  const { run } = place(withData());
  run(['--yes']);
  expect(run(['--yes']).status).toBe(0);
});

test('when Compose fails, no data is deleted, and the status says so', () => {
  const { folder, run } = place(withData(), 17);
  const result = run(['--yes']);
  expect(result.status).toBe(17);
  expect(result.stdout).not.toContain('Deleted.');
  expect(there(folder, DATA)).toEqual([true, true]);
});

test('an argument that it does not know stops it', () => {
  const { folder, run, calls } = place(withData());
  const result = run(['--yes', '--force']);
  expect(result.status).toBe(2);
  expect(result.stderr).toContain('reset.sh: unknown argument: --force\n');
  expect([calls(), there(folder, DATA)]).toEqual([[], [true, true]]);
});

test('--help explains it and does nothing', () => {
  const { run, calls } = place(withData());
  expect(run(['--help'])).toMatchObject({
    status: 0,
    stdout: [
      'Deletes the containers and all data of the development stack "shop".', '',
      '  scripts/reset.sh         shows what will be deleted and asks', '  scripts/reset.sh --yes   does not ask', '',
    ].join('\n'),
  });
  expect(calls()).toEqual([]);
});

test('a file that Compose does not find by itself is named', () => {
  const { folder, run, calls } = place(withData({ composeFile: 'stack.yaml' }));
  run(['--yes']);
  expect(calls()).toEqual([`<compose><--file><stack.yaml><down><--volumes><--remove-orphans>${folder}`]);
});

test('without development there is nothing to reset', () => {
  const stack = newStack();
  new Service(stack, 'web', { image: 'nginx:1.29', modes: [Mode.PRODUCTION] });
  expect(render(stack)).not.toHaveProperty(['scripts/reset.sh']);
});

const shellcheck = spawnSync('shellcheck', ['--version']).status === 0;

(shellcheck ? test : test.skip)('shellcheck has nothing to say', () => {
  for (const stack of [withData(), newStack()]) {
    if (stack.model().services.length === 0) new Service(stack, 'web', { image: 'nginx:1.29' });
    const result = spawnSync('shellcheck', ['-'], { input: render(stack)['scripts/reset.sh'], encoding: 'utf8' });
    expect(result.stdout).toBe('');
  }
});

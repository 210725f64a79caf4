import { spawnSync } from 'child_process';
import { PostgresService } from '../../src';
import { Mode } from '../../src/model/mode';
import { Stack } from '../../src/stack';
import { newStack, render, serviceOf } from '../support/stack';

const INIT = '/docker-entrypoint-initdb.d';
const FOLDER = './backend/init';

function withFolder(): { readonly stack: Stack; readonly postgres: PostgresService } {
  const stack = newStack();
  return { stack, postgres: new PostgresService(stack, 'postgres', { version: '17', initScripts: FOLDER }) };
}

test('a folder of scripts alone is mounted where the image looks [003-012]', () => {
  const { stack } = withFolder();
  expect(serviceOf(stack, 'postgres').volumes).toContain(`${FOLDER}:${INIT}:ro`);
  expect(serviceOf(stack, 'postgres')).not.toHaveProperty('configs');
});

test.each([
  ['a single script', (postgres: PostgresService) => postgres.addInitScript('10-more.sql', 'SELECT 1;\n')],
  ['a further database', (postgres: PostgresService) => postgres.addDatabase('more')],
])('beside %s it is mounted elsewhere, since nothing can be mounted into a read-only mount, and run from there', (_, add) => {
  const { stack, postgres } = withFolder();
  add(postgres);
  for (const mode of [Mode.DEVELOPMENT, Mode.PRODUCTION]) {
    const { volumes, configs } = serviceOf(stack, 'postgres', mode);
    expect(volumes).toContain(`${FOLDER}:/init-scripts:ro`);
    expect(JSON.stringify(volumes)).not.toContain(INIT);
    expect(configs.map((config: { target: string }) => config.target)).toContain(`${INIT}/50-folder.sh`);
  }
});

describe('the script that runs the folder', () => {
  const { stack, postgres } = withFolder();
  postgres.addDatabase('more');
  const script = render(stack)[`config/postgres${INIT}/50-folder.sh`];

  /** Runs the script in place of the image, with the folder at hand and every program only telling its arguments. */
  function run(prelude: string): string {
    const tell = 'psql() { echo "psql $*"; }; bash() { echo "bash $*"; }; gunzip() { echo "gunzip $*" >&2; };';
    const text = `set -eu; cd "$(mktemp -d)"; mkdir in; : >in/1.sql; : >in/2.sh; : >in/3.sql.gz; : >in/README.md; ${tell} ${prelude}\n`
      + script.replace(/\/init-scripts\//g, 'in/');
    return spawnSync('bash', ['-c', text], { encoding: 'utf8', env: { ...process.env, POSTGRES_USER: 'u', POSTGRES_DB: 'd' } }).stdout;
  }

  test('leaves it to the function of the image where there is one', () => {
    expect(run('docker_process_init_files() { echo "image $*"; };')).toBe('image in/1.sql in/2.sh in/3.sql.gz in/README.md\n');
  });

  test('runs what the image would, in the order of the names', () => {
    expect(run('')).toBe([
      'psql -v ON_ERROR_STOP=1 -U u -d d -f in/1.sql', 'bash in/2.sh', 'psql -v ON_ERROR_STOP=1 -U u -d d', '',
    ].join('\n'));
  });
});

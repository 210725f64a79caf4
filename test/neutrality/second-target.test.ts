import { Project } from 'projen';
import { MeilisearchService } from './meilisearch';
import { ProcfileTarget } from './procfile-target';
import { ConnectionStyle, Mode, PostgresService, RedisCache, Service, ServiceProps, Stack, StackProps, Value } from '../../src';
import { newStack, render } from '../support/stack';
import { synthIn, tempFolder } from '../support/synth';

/** The shipped services and generic ones, of which no one has heard of the target. */
function define(stack: Stack, overrides: ServiceProps['overrides'] = { procfile: { arguments: ['--reload'] } }): Stack {
  const postgres = new PostgresService(stack, 'postgres', { version: '17', parameters: { max_connections: '50' } });
  const redis = new RedisCache(stack, 'redis', { databases: { cache: 0, broker: 1 } });
  const search = new MeilisearchService(stack, 'search');
  const api = new Service(stack, 'api', {
    image: 'api:1',
    ports: [{ name: 'http', port: 8000 }],
    command: Value.literals('serve', "it's"),
    environment: { SEARCH_URL: search.url, EMPTY: Value.literal('') },
    overrides,
  });
  api.connect(postgres, { style: ConnectionStyle.URL, driver: 'postgresql+asyncpg' });
  api.connect(redis);
  new Service(stack, 'backup', { image: 'backup:1', modes: [Mode.PRODUCTION] });
  return stack;
}

const withTarget = (props: StackProps = {}) => define(newStack({ targets: [new ProcfileTarget()], ...props }));

test('a target that the library does not know renders every service, the shipped ones too [000-123]', () => {
  expect(render(withTarget()).Procfile).toBe([
    'postgres: POSTGRES_USER="$POSTGRES_USER" POSTGRES_PASSWORD="$POSTGRES_PASSWORD" POSTGRES_DB="$POSTGRES_DB" run postgres:17-alpine '
      + '--port="$POSTGRES_PORT":5432 --volume=postgres_data:/var/lib/postgresql/data postgres -c max_connections=50',
    'redis: REDISCLI_AUTH="$REDIS_PASSWORD" run redis:8-alpine --port="$REDIS_PORT":6379 --volume=redis_data:/data redis-server --appendonly yes --requirepass "$REDIS_PASSWORD"',
    'search: MEILI_MASTER_KEY="$MEILI_MASTER_KEY" run getmeili/meilisearch:v1.24 --port="$SEARCH_PORT":7700 --volume=search_data:/meili_data',
    'api: SEARCH_URL=http://search:7700 DATABASE_URL="$DATABASE_URL" REDIS_HOST=redis REDIS_PORT=6379 REDIS_DB=0 REDIS_PASSWORD="$REDIS_PASSWORD" run api:1 '
      + '--port="$API_PORT":8000 serve \'it\'\\\'\'s\' --reload',
    '',
  ].join('\n'));
});

test('its env file has every setting once, with what it comes to', () => {
  expect(render(withTarget())['Procfile.env']).toBe([
    'POSTGRES_USER=app', 'POSTGRES_PASSWORD=dev_password_change_in_production', 'POSTGRES_DB=app', 'POSTGRES_PORT=5432',
    'REDIS_PASSWORD=dev_password_change_in_production', 'REDIS_PORT=6379', 'MEILI_MASTER_KEY=dev_meili_master_key', 'SEARCH_PORT=7700',
    'DATABASE_URL=postgresql+asyncpg://app:dev_password_change_in_production@postgres:5432/app', 'API_PORT=8000', '',
  ].join('\n'));
});

test('it stands beside the other targets, which give what they gave without it', () => {
  const { Procfile, 'Procfile.env': settings, ...rest } = render(withTarget());
  expect([Procfile, settings]).toEqual([expect.any(String), expect.any(String)]);
  expect(render(define(newStack(), {}))).toEqual(rest);
});

test('what is said to it is refused where it is not', () => {
  const messages = define(newStack()).findings().map((finding) => `${finding.message} ${finding.fix}`);
  expect(messages).toContain('overrides has the key "procfile", which is no target of this stack. Write: overrides: { compose: { … } }; the targets are: compose, dockerfile, text, env, scripts, readme.');
});

test('its files, its tasks and its ignore entries reach the project', () => {
  const files = synthIn(tempFolder(), (outdir) => {
    const project = new Project({ name: 'shop', outdir });
    const stack = define(new Stack(project));
    stack.addTarget(new ProcfileTarget());
    return project;
  });
  expect(files.Procfile.split('\n')[0]).toMatch(/^# ~~ /);
  expect(JSON.parse(files['.projen/tasks.json']).tasks['stack:procfile'].steps[0].execArgs).toEqual(['foreman', 'start', '--env', 'Procfile.env']);
  expect(files['.gitignore']).toContain('\n/Procfile.log\n');
});

import { ConnectionStyle, Mode, PostgresProps, PostgresService, Service, Stack } from '../../src';
import { document, messageOf, newStack, render, serviceOf } from '../support/stack';

/** A stack with one PostgreSQL server called postgres. */
function withPostgres(props: Partial<PostgresProps> = {}): { stack: Stack; postgres: PostgresService } {
  const stack = newStack();
  return { stack, postgres: new PostgresService(stack, 'postgres', { version: '17', ...props }) };
}

const entry = (props: Partial<PostgresProps> = {}, mode = Mode.DEVELOPMENT) => serviceOf(withPostgres(props).stack, 'postgres', mode);

describe('the port', () => {
  test('is open on the loopback in development, and moved by a variable [000-047] [001-010] [003-010]', () => {
    expect(entry().ports).toEqual(['127.0.0.1:${POSTGRES_PORT:-5432}:5432']);
    expect(entry({}, Mode.PRODUCTION).ports).toBeUndefined();
  });

  test('is another one on the host when asked, and the same for containers [002-020] [001-053]', () => {
    const { stack, postgres } = withPostgres({ hostPort: 5433 });
    const api = new Service(stack, 'api', { image: 'api:1' });
    api.connect(postgres);
    expect(serviceOf(stack, 'postgres').ports).toEqual(['127.0.0.1:${POSTGRES_PORT:-5433}:5432']);
    expect(serviceOf(stack, 'api').environment.DB_PORT).toBe('5432');
    expect(postgres.hostUrl().developmentText).toBe('postgresql://app:dev_password_change_in_production@localhost:5433/app');
    expect(postgres.hostUrl('postgresql+psycopg').developmentText).toMatch(/^postgresql\+psycopg:\/\/app:/);
  });

  test('is open in production only when asked', () => {
    const publish = [Mode.PRODUCTION];
    expect(entry({ publish }).ports).toBeUndefined();
    expect(entry({ publish }, Mode.PRODUCTION).ports).toEqual(['127.0.0.1:${POSTGRES_PORT:?set POSTGRES_PORT in .env (scripts/env.sh init makes it)}:5432']);
  });
});

describe('what is made when the data is initialised', () => {
  test('is a folder of scripts, read-only [003-012]', () => {
    expect(entry({ initScripts: './backend/init-scripts' }).volumes).toContain('./backend/init-scripts:/docker-entrypoint-initdb.d:ro');
  });

  test('is a further database, in a file that Compose mounts', () => {
    const { stack, postgres } = withPostgres({ databases: ['analytics'] });
    postgres.addDatabase('we"ird');
    expect(render(stack)['config/postgres/docker-entrypoint-initdb.d/00-databases.sql']).toBe('CREATE DATABASE "analytics";\nCREATE DATABASE "we""ird";\n');
    expect(serviceOf(stack, 'postgres').configs).toEqual([
      { source: 'postgres_init_00_databases_sql', target: '/docker-entrypoint-initdb.d/00-databases.sql' },
    ]);
    expect(document(stack).configs).toEqual({
      postgres_init_00_databases_sql: { file: './config/postgres/docker-entrypoint-initdb.d/00-databases.sql' },
    });
  });

  test('is a script of the definition', () => {
    const { stack, postgres } = withPostgres();
    postgres.addInitScript('10-extensions.sql', 'CREATE EXTENSION pgcrypto;\n');
    expect(render(stack)['config/postgres/docker-entrypoint-initdb.d/10-extensions.sql']).toBe('CREATE EXTENSION pgcrypto;\n');
  });
});

describe('a consumer', () => {
  const withApi = (options: Parameters<Service['connect']>[1] = {}, database?: string) => {
    const { stack, postgres } = withPostgres({ databases: ['audit'] });
    const api = new Service(stack, 'api', { image: 'api:1' });
    api.connect(database ? { connection: () => postgres.databaseConnection(database) } : postgres, options);
    return stack;
  };
  const connected = (...parameters: Parameters<typeof withApi>) => serviceOf(withApi(...parameters), 'api');

  test('gets the parts by the name of the service, and waits for health [000-051] [001-051] [003-026]', () => {
    expect(connected()).toMatchObject({
      environment: {
        DB_HOST: 'postgres',
        DB_PORT: '5432',
        DB_NAME: '${POSTGRES_DB:-app}',
        DB_USER: '${POSTGRES_USER:-app}',
        DB_PASSWORD: '${POSTGRES_PASSWORD:-dev_password_change_in_production}',
      },
      depends_on: { postgres: { condition: 'service_healthy' } },
    });
  });

  test('gets one URL for its driver under its prefix, made of the same settings [001-049] [002-034]', () => {
    expect(connected({ style: ConnectionStyle.URL, envPrefix: 'AI_AGENTS_', driver: 'postgresql+asyncpg' }).environment).toEqual({
      AI_AGENTS_DATABASE_URL: '${AI_AGENTS_DATABASE_URL:-postgresql+asyncpg://${POSTGRES_USER:-app}:${POSTGRES_PASSWORD:-dev_password_change_in_production}@postgres:5432/${POSTGRES_DB:-app}}',
    });
    expect(render(withApi({ style: ConnectionStyle.URL, envPrefix: 'AI_AGENTS_', driver: 'postgresql+asyncpg' }))['.env.example']).toContain(
      '\nAI_AGENTS_DATABASE_URL=postgresql+asyncpg://${POSTGRES_USER}:${POSTGRES_PASSWORD}@postgres:5432/${POSTGRES_DB}\n',
    );
  });

  test('changes nothing of the server, nor does a network but that it joins it [000-010] [001-070]', () => {
    const alone = serviceOf(withPostgres({ databases: ['audit'] }).stack, 'postgres');
    expect(serviceOf(withApi(), 'postgres')).toEqual(alone);
    const stack = withApi();
    stack.addNetwork({ name: 'app-network' });
    expect(serviceOf(stack, 'postgres')).toEqual({ ...alone, networks: ['app-network'] });
  });

  test('gets a further database', () => expect(connected({}, 'audit').environment.DB_NAME).toBe('audit'));

  test('is refused one that the server does not make', () => {
    expect(messageOf(() => connected({}, 'logs'))).toBe("shop/stack/postgres has no database \"logs\". Write: databases: ['audit', 'logs'].");
  });
});

describe('two servers in one stack', () => {
  const two = () => {
    const stack = newStack();
    new PostgresService(stack, 'db', { version: '17' });
    new PostgresService(stack, 'report-db', { version: '18', hostPort: 5433, databases: ['cube'] });
    return stack;
  };

  test('share no setting: the first has the usual names, whatever it is called, the second its own', () => {
    const names = two().model().variables.map((variable) => variable.variableName);
    expect(names).toEqual([
      'POSTGRES_USER', 'POSTGRES_PASSWORD', 'POSTGRES_DB', 'POSTGRES_PORT', 'REPORT_DB_USER', 'REPORT_DB_PASSWORD', 'REPORT_DB_DB', 'REPORT_DB_PORT',
    ]);
    expect(serviceOf(two(), 'report-db').environment).toEqual({
      POSTGRES_USER: '${REPORT_DB_USER:-app}', POSTGRES_PASSWORD: '${REPORT_DB_PASSWORD:-dev_password_change_in_production}', POSTGRES_DB: '${REPORT_DB_DB:-app}',
    });
  });

  test('share no volume', () => expect(document(two()).volumes).toEqual({ 'db_data': null, 'report-db_data': null }));

  test('have a psql task each', () => {
    const tasks = two().evaluate().outputs.flatMap((output) => output.tasks ?? []).filter((task) => task.taskName.endsWith(':psql'));
    expect(tasks.map((task) => [task.taskName, task.command.slice(0, 4)])).toEqual([
      ['db:psql', ['docker', 'compose', 'exec', 'db']], ['report-db:psql', ['docker', 'compose', 'exec', 'report-db']],
    ]);
  });

  test('may be named by hand', () => {
    const stack = newStack();
    new PostgresService(stack, 'db', { version: '17', variablePrefix: 'ORDERS' });
    new PostgresService(stack, 'other', { version: '17', hostPort: 5433 });
    expect(stack.model().variables.map((variable) => variable.variableName)).toEqual(expect.arrayContaining(['ORDERS_PASSWORD', 'POSTGRES_PASSWORD']));
  });
});

test('a password that is stored says where, and how it is changed', () => {
  const { postgres } = withPostgres();
  expect(postgres.passwordVariable).toMatchObject({ secret: true, storedIn: { target: '/var/lib/postgresql/data' } });
  expect(postgres.passwordVariable.howToChange).toMatch(/^docker compose exec postgres sh -c 'psql .*\\password/);
});

import { spawnSync } from 'child_process';
import { mkdirSync, writeFileSync } from 'fs';
import * as path from 'path';
import { Project } from 'projen';
import {
  ConnectionStyle, ExternalPostgres, ExternalRedis, FastApiBackend, FastApiProps, LogLevel, Migrations, Mode, PostgresService, PythonInstaller,
  RedisCache, SecretFormat, SourceLayout, SourceSync, Stack, Value,
} from '../../src';
import { expectFile } from '../support/expected';
import { document, newStack, render, serviceOf } from '../support/stack';
import { tempFolder, withoutPost } from '../support/synth';

/** A stack with a database, a cache and a backend on both. */
function shop(props: FastApiProps = {}, stack: Stack = newStack()) {
  const postgres = new PostgresService(stack, 'postgres', { version: '17' });
  const redis = new RedisCache(stack, 'redis');
  return { stack, backend: new FastApiBackend(stack, 'backend', { database: postgres, cache: redis, ...props }) };
}

/** A backend alone. */
function alone(props: FastApiProps = {}) {
  const stack = newStack();
  return { stack, backend: new FastApiBackend(stack, 'backend', props) };
}

const entry = (props: FastApiProps = {}, mode = Mode.DEVELOPMENT) => serviceOf(shop(props).stack, 'backend', mode);
const dockerfile = (props: FastApiProps = {}) => render(alone(props).stack)['backend/Dockerfile'];

/** The instructions of one stage, a line each. */
function stageOf(text: string, name: string): string {
  const stages = text.replace(/\\\n\s*/g, '').split(/^(?=FROM )/m);
  return stages.find((stage) => stage.split('\n')[0].endsWith(` AS ${name}`)) ?? `no stage ${name}`;
}

describe('a backend of which little is said', () => {
  test.each(['compose.yaml', 'compose.prod.yaml', 'backend/Dockerfile', 'backend/.dockerignore'])('is a whole %s', (file) => {
    expectFile(__dirname, `fastapi.${file.replace('/.', '.').replace('/', '.')}`, render(shop().stack)[file]);
  });

  test('waits for what it is connected to, and for its schema [000-003] [000-013] [002-028] [003-026]', () => {
    expect(entry().depends_on).toEqual({
      'postgres': { condition: 'service_healthy' }, 'redis': { condition: 'service_healthy' }, 'backend-migrate': { condition: 'service_completed_successfully' },
    });
    expect(serviceOf(shop().stack, 'backend-migrate')).toMatchObject({ command: ['alembic', 'upgrade', 'head'], restart: 'no', depends_on: { postgres: { condition: 'service_healthy' } } });
    expect(serviceOf(shop().stack, 'backend-migrate').depends_on).not.toHaveProperty('redis');
  });

  test('is told of the database in parts, which follow the server\'s own settings [000-022] [000-051] [002-027]', () => {
    expect(entry().environment).toMatchObject({
      DB_HOST: 'postgres',
      DB_PORT: '5432',
      DB_NAME: '${POSTGRES_DB:-app}',
      DB_USER: '${POSTGRES_USER:-app}',
      DB_PASSWORD: '${POSTGRES_PASSWORD:-dev_password_change_in_production}',
      REDIS_HOST: 'redis',
      REDIS_DB: '0',
    });
  });

  test('runs without any setting in development, and names the missing secret in production [000-052] [003-021]', () => {
    expect(entry().environment).toMatchObject({ ENVIRONMENT: 'development', DEBUG: '${DEBUG:-true}', SECRET_KEY: '${SECRET_KEY:-dev_secret_key}', LOG_LEVEL: '${LOG_LEVEL:-info}' });
    const production = entry({}, Mode.PRODUCTION).environment;
    expect(production).toMatchObject({ ENVIRONMENT: 'production', SECRET_KEY: '${SECRET_KEY:?set SECRET_KEY in .env (scripts/env.sh init makes it)}', LOG_LEVEL: '${LOG_LEVEL:-}' });
    expect(production).not.toHaveProperty('DEBUG');
  });

  test('asks its own port by Python, since slim images have no curl [000-039] [002-032] [002-079]', () => {
    expect(entry().healthcheck.test).toEqual(['CMD', 'python', '-c', "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/health')"]);
  });

  test('has less rights in production, and none of the sources [000-116]', () => {
    expect(entry({}, Mode.PRODUCTION)).toMatchObject({ read_only: true, cap_drop: ['ALL'], tmpfs: ['/tmp'], build: { context: './backend', target: 'production' } });
    for (const key of ['volumes', 'ports', 'develop', 'command']) expect(entry({}, Mode.PRODUCTION)).not.toHaveProperty(key);
  });

  test('is built from its folder, to the stage that the mode needs [000-011] [000-050] [003-016]', () => {
    expect(entry().build).toEqual({ context: './backend', target: 'development', args: { APP_UID: '${APP_UID:-1000}', APP_GID: '${APP_GID:-1000}' } });
    expect(entry({}, Mode.PRODUCTION).build).toEqual({ context: './backend', target: 'production' });
  });

  test.each(['backend', '.'])('keeps what Python leaves in %s out of git, and nothing else [000-079] [000-080] [003-045]', (dir) => {
    const outdir = tempFolder();
    const project = new Project({ name: 'shop', outdir });
    shop({ dir, logDirectory: 'data/logs' }, new Stack(project));
    withoutPost(() => project.synth());
    const git = (...words: string[]) => spawnSync('git', words, { cwd: outdir });
    git('init', '--quiet');
    const ignored = (file: string) => git('check-ignore', '-q', file).status === 0;
    const within = (file: string) => path.posix.join(dir, file);
    for (const file of ['app/__pycache__/main.pyc', '.venv/bin/python', 'venv/x', '.pytest_cache/x', '.mypy_cache/x', '.ruff_cache/x', '.coverage', 'htmlcov/index.html', 'tests/unit/__pycache__/x.pyc']) {
      expect([file, ignored(within(file))]).toEqual([file, true]);
    }
    for (const file of ['.env', '.env.local', 'data/logs/app.log']) expect([file, ignored(file)]).toEqual([file, true]);
    for (const file of ['app/main.py', '.dockerignore', 'requirements.txt', 'alembic/versions/x.py']) expect([file, ignored(within(file))]).toEqual([file, false]);
    for (const file of ['data/logs/.gitkeep', '.env.example', '.projen/stack.json']) expect([file, ignored(file)]).toEqual([file, false]);
  });

  test('has its daily commands', () => {
    const tasks = Object.fromEntries(shop().stack.evaluate().outputs.flatMap((output) => output.tasks ?? []).map((task) => [task.taskName, task.command.join(' ')]));
    expect(tasks).toMatchObject({
      'backend:test': 'docker compose exec backend pytest',
      'backend:shell': 'docker compose exec backend bash',
      'backend:lint': 'docker compose exec backend sh -c ruff check . && ruff format --check . && mypy',
      'backend:logs': 'docker compose logs --follow --tail 100 backend',
      'db:migrate': 'docker compose exec backend alembic upgrade head',
      'db:revision': 'docker compose exec backend alembic revision --autogenerate',
      'db:downgrade': 'docker compose exec backend alembic downgrade -1',
    });
    expect(tasks['backend:lock']).toMatch(/^docker compose run --rm --no-deps --volume \.\/backend:\/project --workdir \/project backend sh -c uv pip compile/);
  });

  test('without a database has no migrations, and no commands for them', () => {
    const { stack, backend } = alone();
    expect(backend.migration).toBeUndefined();
    expect(Object.keys(document(stack).services)).toEqual(['backend']);
    expect(serviceOf(stack, 'backend').volumes).toEqual(['./backend/app:/app/app', './backend/tests:/app/tests']);
    expect(render(stack)['backend/Dockerfile']).not.toContain('alembic');
    expect(stack.evaluate().outputs.flatMap((output) => output.tasks ?? []).filter((task) => task.taskName.startsWith('db:'))).toEqual([]);
  });
});

describe('the connections', () => {
  test('may be URLs with a prefix, which an operator may replace whole [002-034] [002-035] [002-036] [002-067] [002-092] [003-019]', () => {
    const stack = newStack();
    const database = new PostgresService(stack, 'postgres', { version: '17', userName: 'aiagents', databaseName: 'ai_agents', developmentPassword: 'password' });
    const redis = new RedisCache(stack, 'redis', { authentication: false });
    new FastApiBackend(stack, 'api', { database, cache: redis, broker: redis, connectionStyle: ConnectionStyle.URL, envPrefix: 'AI_AGENTS_', sample: false });
    const { environment } = serviceOf(stack, 'api');
    expect(environment).toMatchObject({
      AI_AGENTS_DATABASE_URL: '${AI_AGENTS_DATABASE_URL:-postgresql+asyncpg://${POSTGRES_USER:-aiagents}:${POSTGRES_PASSWORD:-password}@postgres:5432/${POSTGRES_DB:-ai_agents}}',
      AI_AGENTS_REDIS_URL: '${AI_AGENTS_REDIS_URL:-redis://redis:6379/0}',
      AI_AGENTS_CELERY_BROKER_URL: '${AI_AGENTS_CELERY_BROKER_URL:-redis://redis:6379/1}',
      AI_AGENTS_SECRET_KEY: '${AI_AGENTS_SECRET_KEY:-dev_ai_agents_secret_key}',
    });
    expect(Object.keys(environment).filter((key) => !key.startsWith('AI_AGENTS_'))).toEqual([]);
  });

  test('may lead to servers that run elsewhere [001-068]', () => {
    const stack = newStack();
    new FastApiBackend(stack, 'backend', {
      database: new ExternalPostgres(stack, 'db', { host: 'db.example.com' }), cache: new ExternalRedis(stack, 'cache', { host: 'cache.example.com' }),
    });
    expect(Object.keys(document(stack).services)).toEqual(['backend', 'backend-migrate']);
    expect(serviceOf(stack, 'backend').environment.DB_HOST).toMatch(/db\.example\.com/);
    expect(Object.keys(serviceOf(stack, 'backend').depends_on)).toEqual(['backend-migrate']);
  });

  test('of a second backend are its own, under the same keys', () => {
    const { stack } = shop();
    new FastApiBackend(stack, 'admin', { dir: 'admin', port: 8001, broker: new RedisCache(stack, 'queue', { hostPort: 6380 }) });
    expect(serviceOf(stack, 'admin').environment).toMatchObject({ SECRET_KEY: '${ADMIN_SECRET_KEY:-dev_admin_secret_key}', DEBUG: '${ADMIN_DEBUG:-true}' });
    expect(serviceOf(stack, 'admin').environment.CELERY_BROKER_URL).toMatch(/^\$\{ADMIN_CELERY_BROKER_URL:-/);
    expect(serviceOf(stack, 'backend').environment.SECRET_KEY).toBe('${SECRET_KEY:-dev_secret_key}');
  });
});

describe('further settings', () => {
  test('are passed on under their own names, keys of third parties without a warning [003-020] [003-022]', () => {
    const props = {
      variables: {
        JWT_SECRET_KEY: { description: 'Signs tokens', secret: true },
        JWT_ALGORITHM: { description: 'How tokens are signed', defaultValue: Value.literal('HS256') },
      },
      apiKeys: ['GEMINI_API_KEY', 'NANOBANANA_API_KEY'],
    };
    expect(entry(props).environment).toMatchObject({
      JWT_SECRET_KEY: '${JWT_SECRET_KEY:-dev_jwt_secret_key}', JWT_ALGORITHM: '${JWT_ALGORITHM:-HS256}', GEMINI_API_KEY: '${GEMINI_API_KEY:-}', NANOBANANA_API_KEY: '${NANOBANANA_API_KEY:-}',
    });
    expect(entry(props, Mode.PRODUCTION).environment).toMatchObject({ GEMINI_API_KEY: '${GEMINI_API_KEY:-}' });
    const key = shop(props).stack.model().variables.find((variable) => variable.variableName === 'GEMINI_API_KEY');
    expect(key).toMatchObject({ secret: true, secretFormat: SecretFormat.GIVEN, required: false });
  });

  test('what is said for production alone holds there as it stands [003-023]', () => {
    const origins = (props: FastApiProps, mode = Mode.DEVELOPMENT) => entry(props, mode).environment.ALLOWED_ORIGINS;
    expect(origins({})).toBe('${ALLOWED_ORIGINS:-http://localhost:3000}');
    expect(origins({}, Mode.PRODUCTION)).toBe('${ALLOWED_ORIGINS:-}');
    expect(origins({ corsOrigins: ['http://localhost:*', 'capacitor://localhost'] })).toBe('${ALLOWED_ORIGINS:-http://localhost:*,capacitor://localhost}');
    const both = { corsOrigins: ['http://localhost:*'], production: { corsOrigins: ['https://shop.example.com'], logLevel: LogLevel.WARNING } };
    expect(origins(both)).toBe('${ALLOWED_ORIGINS:-http://localhost:*}');
    expect(origins(both, Mode.PRODUCTION)).toBe('https://shop.example.com');
    expect(entry(both, Mode.PRODUCTION).environment.LOG_LEVEL).toBe('warning');
  });

  test('the pool, the title and the log folder', () => {
    const props = { poolSize: 2, production: { poolMax: 8 }, title: 'AI Interviewer', logDirectory: './data/logs' };
    expect(entry(props).environment).toMatchObject({ APP_NAME: 'AI Interviewer', DB_POOL_SIZE: '2', LOG_DIRECTORY: '/app/logs' });
    expect(entry(props).environment).not.toHaveProperty('DB_POOL_MAX');
    expect(entry(props, Mode.PRODUCTION).environment).toMatchObject({ DB_POOL_MAX: '8', DB_POOL_SIZE: '2' });
    expect(entry(props, Mode.PRODUCTION).environment).not.toHaveProperty('LOG_DIRECTORY');
    expect(entry(props).volumes).toContain('./data/logs:/app/logs');
    expect(render(shop(props).stack)).toHaveProperty(['data/logs/.gitkeep']);
  });
});

describe('the folders', () => {
  test('are mounted, migrations writable [000-026] [000-029] [000-054] [000-055] [002-030] [002-040] [003-025]', () => {
    expect(entry().volumes).toEqual(['./backend/app:/app/app', './backend/tests:/app/tests', './backend/alembic:/app/alembic']);
    expect(entry({ readOnlySources: true }).volumes).toEqual(['./backend/app:/app/app:ro', './backend/tests:/app/tests:ro', './backend/alembic:/app/alembic']);
  });

  test('may be the repository\'s own, with the package in src and the Dockerfile elsewhere [002-008] [002-027] [002-030] [002-033]', () => {
    const props = { dir: '.', sourceLayout: SourceLayout.SRC, dockerfile: 'docker/backend.dockerfile' };
    expect(entry(props)).toMatchObject({
      build: { context: '.', dockerfile: 'docker/backend.dockerfile', target: 'development' }, volumes: ['./src:/app/src', './tests:/app/tests', './alembic:/app/alembic'],
    });
    const files = render(shop(props).stack);
    expect(stageOf(files['docker/backend.dockerfile'], 'development')).toContain('CMD ["uvicorn", "src.main:app", "--host", "0.0.0.0", "--port", "8000", "--reload", "--reload-dir", "src"]');
    expect(files['docker/backend.dockerfile.dockerignore']).toMatch(/^\*\*?$/m);
    expect(files).not.toHaveProperty(['.dockerignore']);
  });

  test('single files are mounted on request, with a warning for whoever edits them [000-055] [000-060]', () => {
    const { stack } = shop({ mountedFiles: ['alembic.ini'] });
    expect(serviceOf(stack, 'backend').volumes).toContain('./backend/alembic.ini:/app/alembic.ini:ro');
    expect(render(stack)['compose.yaml']).toMatch(/# A single file: goes stale when an editor replaces it; restart the service then\.\n +- \.\/backend\/alembic\.ini/);
  });

  test('may be followed by Compose instead; migrations stay mounted, so that they reach the host', () => {
    const watched = entry({ sourceSync: SourceSync.WATCH });
    expect(watched.volumes).toEqual(['./backend/alembic:/app/alembic']);
    expect(watched.develop.watch).toEqual([
      { action: 'sync', path: './backend/app', target: '/app/app', ignore: ['__pycache__/'], initial_sync: true },
      { action: 'sync', path: './backend/tests', target: '/app/tests', ignore: ['__pycache__/'], initial_sync: true },
      { action: 'rebuild', path: './backend/pyproject.toml' },
      { action: 'rebuild', path: './backend/requirements-dev.txt' },
    ]);
  });
});

describe('the server', () => {
  const command = (props: FastApiProps, stage: string) => /CMD (.*)/.exec(stageOf(dockerfile(props), stage))![1];

  test('reloads in development, and never in production [000-016] [000-056] [000-070] [002-015] [003-018] [003-038] [003-040]', () => {
    expect(command({}, 'development')).toBe('["uvicorn", "app.main:app", "--host", "0.0.0.0", "--port", "8000", "--reload", "--reload-dir", "app"]');
    expect(command({}, 'production')).toBe('["uvicorn", "app.main:app", "--host", "0.0.0.0", "--port", "8000", "--timeout-graceful-shutdown", "8"]');
    expect(command({ production: { workers: 4 } }, 'production')).toContain('"--workers", "4"');
    expect(command({ production: { workers: 4 } }, 'development')).toContain('--reload');
    expect(command({ workers: 2 }, 'development')).not.toContain('--reload');
    expect(command({ reload: false }, 'development')).not.toContain('--reload');
  });

  test('listens elsewhere [000-053] [002-031] [003-024]', () => {
    expect(entry().ports).toEqual(['127.0.0.1:${BACKEND_PORT:-8000}:8000']);
    const { stack } = alone({ port: 9000, hostPort: 9001, serviceName: 'api', publish: [Mode.DEVELOPMENT, Mode.PRODUCTION] });
    expect(serviceOf(stack, 'api').ports).toEqual(['127.0.0.1:${API_PORT:-9001}:9000']);
    expect(serviceOf(stack, 'api', Mode.PRODUCTION).ports[0]).toMatch(/API_PORT:\?/);
    expect(stageOf(render(stack)['backend/Dockerfile'], 'production')).toMatch(/EXPOSE 9000[^]*"--port", "9000"/);
  });

  test('waits for a debugger, or looks for changes by polling, on request [000-100]', () => {
    const debugged = entry({ debugging: true });
    expect(debugged.command).toEqual(['python', '-m', 'debugpy', '--listen', '0.0.0.0:5678', '-m', 'uvicorn', 'app.main:app', '--host', '0.0.0.0', '--port', '8000', '--reload', '--reload-dir', 'app']);
    expect(debugged.ports).toContain('127.0.0.1:${BACKEND_DEBUGGER_PORT:-5678}:5678');
    expect(entry({ debugging: true }, Mode.PRODUCTION)).not.toHaveProperty('command');
    expect(entry({ polling: true }).environment.WATCHFILES_FORCE_POLLING).toBe('true');
    expect(entry({ polling: true }, Mode.PRODUCTION).environment).not.toHaveProperty('WATCHFILES_FORCE_POLLING');
    expect(entry().environment).not.toHaveProperty('WATCHFILES_FORCE_POLLING');
  });

  test('is asked for its health as often as the team likes [002-045] [003-027]', () => {
    const healthTiming = { interval: '30s', timeout: '10s', retries: 3, startPeriod: '40s' };
    expect(entry({ healthTiming }).healthcheck).toMatchObject({ interval: '30s', timeout: '10s', retries: 3, start_period: '40s' });
  });
});

describe('the image', () => {
  test('has stages for packages, development and production [000-065] [000-066] [000-117] [002-001] [002-009] [002-014] [003-032]', () => {
    const text = dockerfile({ pythonVersion: '3.12' });
    expect([...text.matchAll(/^FROM (.*)$/gm)].map((match) => match[1])).toEqual([
      'python:3.12-slim AS base', 'base AS dependencies', 'dependencies AS development', 'base AS production',
    ]);
    expect(stageOf(text, 'base')).toMatch(/ENV [^\n]*PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1/);
    expect(text).toContain('WORKDIR /app');
    expect(dockerfile({ pythonVariant: '' })).toContain('FROM python:3.13 AS base');
  });

  test('installs the packages before the sources come [000-015] [000-069] [003-034] [003-066]', () => {
    const text = dockerfile();
    const dependencies = stageOf(text, 'dependencies');
    expect(dependencies).toMatch(/RUN --mount=type=cache,target=\/root\/\.cache\/uv +--mount=type=bind,source=requirements\.txt,target=requirements\.txt +uv venv \/opt\/venv +&& uv pip install --require-hashes --requirement requirements\.txt/);
    expect(dependencies).not.toContain('COPY app');
    const development = stageOf(text, 'development');
    expect(development.indexOf('requirements-dev.txt')).toBeLessThan(development.indexOf('COPY'));
  });

  test('by pip on request, which then is in no environment of production [000-067]', () => {
    const text = dockerfile({ installer: PythonInstaller.PIP });
    expect(text).not.toMatch(/\buv\b/);
    expect(stageOf(text, 'dependencies')).toMatch(/python -m venv --without-pip \/opt\/venv +&& pip --python \/opt\/venv install --require-hashes --requirement requirements\.txt/);
    expect(text).toContain('PIP_DISABLE_PIP_VERSION_CHECK=1');
  });

  test('takes the lock file of uv when the team has one', () => {
    const outdir = tempFolder();
    mkdirSync(path.join(outdir, 'backend'));
    writeFileSync(path.join(outdir, 'backend/uv.lock'), 'version = 1\n');
    const stack = new Stack(new Project({ name: 'shop', outdir }));
    new FastApiBackend(stack, 'backend', {});
    const text = render(stack)['backend/Dockerfile'];
    expect(text).toMatch(/--mount=type=bind,source=uv\.lock,target=uv\.lock [^]*uv sync --locked --no-dev --no-install-project/);
    expect(text).not.toContain('requirements');
  });

  test('has Debian packages where they are needed [000-068] [002-010] [003-033]', () => {
    const text = dockerfile({ packages: ['libmagic1'], buildPackages: ['gcc', 'python3-dev'] });
    expect(stageOf(text, 'base')).toContain('libmagic1');
    expect(stageOf(text, 'dependencies')).toMatch(/gcc[^]*python3-dev/);
    for (const stage of ['base', 'production']) expect(stageOf(text, stage)).not.toContain('gcc');
    expect(text).toContain('--no-install-recommends');
  });

  test('of production has the sources alone, for a user who is not root [002-012] [002-013] [003-036] [003-039]', () => {
    const production = stageOf(render(shop().stack)['backend/Dockerfile'], 'production');
    expect([...production.matchAll(/^COPY (.*)$/gm)].map((match) => match[1])).toEqual(['--from=dependencies /opt/venv /opt/venv', 'app app', 'alembic alembic', 'alembic.ini .']);
    expect(production).toMatch(/^USER 1000:1000$/m);
    expect(production).toMatch(/python -m compileall -q app alembic/);
    expect(production).toMatch(/EXPOSE 8000/);
  });

  test('has no syntax line, and AS in capitals [003-041]', () => {
    expect(dockerfile()).not.toMatch(/syntax=|\bas\b (base|dependencies|development|production)$/m);
  });

  test('of development may have a Dockerfile of its own [000-012]', () => {
    const { stack, backend } = alone({ developmentDockerfile: 'backend/Dockerfile.dev' });
    expect(serviceOf(stack, 'backend').build).toMatchObject({ context: './backend', dockerfile: 'Dockerfile.dev', target: 'development' });
    expect(serviceOf(stack, 'backend', Mode.PRODUCTION).build).toEqual({ context: './backend', target: 'production' });
    const files = render(stack);
    expect(files['backend/Dockerfile.dev']).not.toContain('AS production');
    expect(files['backend/Dockerfile']).not.toContain('AS development');
    expect(backend.developmentDockerfile.file).toBe('backend/Dockerfile.dev');
    expect(backend.dockerfile.file).toBe('backend/Dockerfile');
  });

  test('is extended by whoever uses the backend, in the right place', () => {
    const { stack, backend } = alone();
    backend.dockerfile.stage('production').addPackages('libpq5');
    backend.dockerfile.stage('production').run('touch /app/ready');
    const production = stageOf(render(stack)['backend/Dockerfile'], 'production');
    expect(production).toContain('libpq5');
    expect(production.indexOf('touch /app/ready')).toBeLessThan(production.indexOf('USER 1000:1000'));
    expect(production.indexOf('touch /app/ready')).toBeGreaterThan(production.indexOf('COPY app app'));
  });
});

describe('migrations', () => {
  test('may be left to people [000-001]', () => {
    const { stack } = shop({ migrations: Migrations.MANUAL });
    expect(Object.keys(document(stack).services)).toEqual(['postgres', 'redis', 'backend']);
  });

  test('run with everything that is said about the backend later, too', () => {
    const { stack, backend } = shop();
    backend.addEnvironment('EXTRA', Value.literal('1'));
    expect(serviceOf(stack, 'backend-migrate').environment.EXTRA).toBe('1');
    backend.addEnvironment('EXTRA', Value.literal('2'));
    expect(serviceOf(stack, 'backend-migrate').environment).toEqual(serviceOf(stack, 'backend').environment);
    expect(serviceOf(stack, 'backend-migrate', Mode.PRODUCTION)).toMatchObject({ read_only: true, cap_drop: ['ALL'], image: '${COMPOSE_PROJECT_NAME}-backend' });
  });
});

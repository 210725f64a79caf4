// The other ways to have a backend: the layouts, installers and connections that teams come with, each on the real engine.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { tsImport } from 'tsx/esm/api';
import { compose, projectName, run, synth, tempDir, waitFor } from './lib/index.mjs';
import { answers, get, giveTo } from './support/backend.mjs';
import { inspect } from './support/databases.mjs';

const PORTS = { POSTGRES_PORT: '0', REDIS_PORT: '0', BACKEND_PORT: '0', API_PORT: '0', BACKEND_DEBUGGER_PORT: '0' };

/** The password of a database that runs elsewhere. */
const password = (prefix) => ({ [`${prefix}_PASSWORD`]: 'secret' });

async function started(label, definition, use, options = {}) {
  const files = await synth(definition, options);
  const stack = compose(projectName(label), files.dir, undefined, { ...PORTS, ...options.settings });
  try {
    await stack.up(['--build', ...options.services ?? []]);
    // Those that are not expected to become healthy.
    if (options.also) await stack.run(['up', '--detach', '--build', ...options.also]);
    const service = options.service ?? 'backend';
    return await use({ files, stack, service, url: `http://localhost:${await stack.port(service, 8000)}` });
  } finally {
    stack.release();
  }
}

test('the repository\'s own folder, src, a Dockerfile elsewhere, pip, URLs with a prefix, Python 3.12 [002-001] [002-033] [002-067] [002-068]', () => started('src', (lib, projen) => {
  const project = new projen.Project({ name: 'agents' });
  const agents = new lib.Stack(project);
  const redis = new lib.RedisCache(agents, 'redis', { version: '7', authentication: false });
  new lib.FastApiBackend(agents, 'api', {
    database: new lib.PostgresService(agents, 'postgres', { version: '17', userName: 'aiagents', databaseName: 'ai_agents', developmentPassword: 'password' }),
    cache: redis, broker: redis, dir: '.', sourceLayout: lib.SourceLayout.SRC, dockerfile: 'docker/backend.dockerfile', installer: lib.PythonInstaller.PIP,
    connectionStyle: lib.ConnectionStyle.URL, envPrefix: 'AI_AGENTS_', pythonVersion: '3.12', migrations: lib.Migrations.MANUAL,
    healthTiming: { interval: '10s', timeout: '5s', retries: 3 },
  });
  project.synth();
}, async ({ files, stack, url }) => {
  const { json } = await answers(`${url}/health`);
  assert.equal(json.database, 'connected');
  assert.notEqual((await get(`${url}/api/v1/items`)).status, 200, 'the schema is made although nobody asked for it');
  await stack.exec('api', ['alembic', 'upgrade', 'head']);
  assert.equal((await get(`${url}/api/v1/items`)).status, 200);
  const { stdout } = await stack.exec('api', ['pytest', '-q'], { containerEnv: { STACK_REQUIRED: '1' } });
  assert.match(stdout, /\d+ passed/);
  assert.doesNotMatch(stdout, /failed|error|skipped/i);
  const keys = (await stack.exec('api', ['env'])).stdout;
  assert.match(keys, /^AI_AGENTS_DATABASE_URL=postgresql\+asyncpg:\/\/aiagents:password@postgres:5432\/ai_agents$/m);
  assert.match(keys, /^AI_AGENTS_REDIS_URL=redis:\/\/redis:6379\/0$/m);
  assert.match(keys, /^AI_AGENTS_CELERY_BROKER_URL=redis:\/\/redis:6379\/1$/m);
  assert.match(files.read('src/core/config.py'), /^ENV_PREFIX = "AI_AGENTS_"$/m);
  // What git and people keep beside the sources does not enter the image, wherever the Dockerfile lies.
  files.write('.env', 'AI_AGENTS_SECRET_KEY=mine\n');
  files.write('notes.txt', 'private\n');
  await stack.run(['build', 'api']);
  const { stdout: found } = await stack.run(['run', '--rm', '--no-deps', '--no-TTY', '--volume', `${tempDir('empty')}:/app/src`, 'api', 'sh', '-c', 'ls -A /app']);
  assert.doesNotMatch(found, /\.env|notes|node_modules|docker|compose/);
  // One file of settings for Compose and for the application: on the host it reads what containers are given.
  assert.equal((await stack.config()).services.api.environment.AI_AGENTS_SECRET_KEY, 'mine');
  const settings = ['python', '-c', 'from src.core.config import get_settings; print(get_settings().SECRET_KEY.get_secret_value())'];
  const inContainer = await stack.run(['run', '--rm', '--no-deps', '--no-TTY', 'api', ...settings]);
  assert.equal(inContainer.stdout.trim(), 'mine');
  const onHost = await run('docker', [
    // As root: the folder is of whoever runs the tests.
    'run', '--rm', '--user', '0', '--volume', `${files.dir}:/work:ro`, '--workdir', '/work', `${stack.project}-api`, ...settings,
  ]);
  assert.equal(onHost.stdout.trim(), 'mine');
}, { service: 'api' }));

for (const version of ['3.11', '3.14']) {
  test(`Python ${version}, in parts, with the tests of the sample, for root on the host`, () => started(`python${version}`, `
    import { Project } from 'projen';
    import { FastApiBackend, PostgresService, RedisCache, Stack } from 'projen-stack';
    const project = new Project({ name: 'shop' });
    const stack = new Stack(project);
    new FastApiBackend(stack, 'backend', { database: new PostgresService(stack, 'postgres', { version: '15' }), cache: new RedisCache(stack, 'redis'), pythonVersion: '${version}' });
    project.synth();
  `, async ({ stack, url }) => {
    await answers(`${url}/health`);
    assert.match((await stack.exec('backend', ['python', '--version'])).stdout, new RegExp(`Python ${version}`));
    assert.equal((await stack.exec('backend', ['sh', '-c', 'echo $(id -u) $(id -g)'])).stdout.trim(), '1000 1000');
    assert.match((await stack.exec('backend', ['pytest', '-q'], { containerEnv: { STACK_REQUIRED: '1' } })).stdout, /\d+ passed/);
  }, { settings: { APP_UID: '0', APP_GID: '0' } }));
}

test('a database that takes TLS alone, run elsewhere: the backend encrypts, and one that does not is turned away [001-064]', () => started('tls', (lib, projen) => {
  const project = new projen.Project({ name: 'shop' });
  const shop = new lib.Stack(project);
  shop.accept('PS007', { at: 'elsewhere', because: 'it stands for a managed server' });
  // A certificate of its own, and no login without TLS.
  const server = new lib.Service(shop, 'elsewhere', {
    image: 'postgres:17-alpine',
    environment: { POSTGRES_USER: lib.Value.literal('app'), POSTGRES_PASSWORD: lib.Value.literal('secret'), POSTGRES_DB: lib.Value.literal('app') },
    entrypoint: lib.Value.literals('sh', '-euc', [
      'openssl req -new -x509 -nodes -days 2 -subj /CN=elsewhere -keyout /tmp/server.key -out /tmp/server.crt 2>/dev/null',
      'chown postgres /tmp/server.*; chmod 600 /tmp/server.key',
      'printf "local all all trust\\nhostssl all all all scram-sha-256\\n" > /tmp/pg_hba.conf',
      'exec docker-entrypoint.sh postgres -c ssl=on -c ssl_cert_file=/tmp/server.crt -c ssl_key_file=/tmp/server.key -c hba_file=/tmp/pg_hba.conf',
    ].join('\n')),
    ports: [{ name: 'postgres', port: 5432, publish: [] }],
    healthCheck: lib.HealthCheck.shell('pg_isready -q -h 127.0.0.1 -U app -d app'),
  });
  for (const [id, sslMode, dir, hostPort] of [['backend', lib.SslMode.REQUIRE, 'backend', 8000], ['plain', lib.SslMode.DISABLE, 'plain', 8001], ['strict', lib.SslMode.VERIFY_FULL, 'strict', 8002]]) {
    const database = new lib.ExternalPostgres(shop, `${id}-db`, { host: 'elsewhere', databaseName: 'app', userName: 'app', sslMode });
    const backend = new lib.FastApiBackend(shop, id, { database, dir, hostPort, migrations: lib.Migrations.MANUAL, healthTiming: { retries: 1 } });
    backend.addDependency(server);
  }
  project.synth();
}, async ({ stack, url }) => {
  const { json } = await answers(`${url}/health`);
  assert.equal(json.database, 'connected');
  const { stdout } = await stack.exec('elsewhere', ['psql', '-U', 'app', '-Atc', "SELECT DISTINCT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE backend_type = 'client backend' AND client_addr IS NOT NULL"]);
  assert.equal(stdout.trim(), 't');
  for (const [id, reason] of [['plain', /pg_hba\.conf|no encryption/], ['strict', /certificate/i]]) {
    const refused = await answers(`http://localhost:${await stack.port(id, 8000)}/health`, 503);
    assert.match(refused.json.database, /unavailable/);
    assert.match(await stack.logs(id), reason);
  }
}, { services: ['elsewhere', 'backend'], also: ['plain', 'strict'], settings: { POSTGRES_PORT: '5432', PLAIN_PORT: '0', STRICT_PORT: '0', ...password('POSTGRES'), ...password('PLAIN_DB'), ...password('STRICT_DB') } }));

test('a debugger gets in, and changes are found by polling', () => started('debug', (lib, projen) => {
  const project = new projen.Project({ name: 'shop' });
  new lib.FastApiBackend(new lib.Stack(project), 'backend', { debugging: true, polling: true });
  project.synth();
}, async ({ files, stack, url }) => {
  await answers(`${url}/health`);
  const port = await stack.port('backend', 5678);
  // The debug adapter greets whoever connects.
  const greeting = await run('node', ['-e', `require('net').connect(${port}, '127.0.0.1').once('data', (data) => { console.log(String(data)); process.exit(0); })`], { timeout: 30_000 });
  assert.match(greeting.stdout, /debugpy|"type": ?"event"/);
  const main = files.path('backend/app/main.py');
  writeFileSync(main, readFileSync(main, 'utf8').replace('"running"', '"polled"'));
  await waitFor(async () => (await get(`${url}/`)).json?.status === 'polled', { what: 'the polled answer', timeout: 30_000 });
}));

test('Compose follows the files instead of a mount, and migrations reach the host all the same', () => started('watch', (lib, projen) => {
  const project = new projen.Project({ name: 'shop' });
  const shop = new lib.Stack(project);
  new lib.FastApiBackend(shop, 'backend', { database: new lib.PostgresService(shop, 'postgres', { version: '17' }), sourceSync: lib.SourceSync.WATCH });
  project.synth();
}, async ({ files, stack, url }) => {
  assert.deepEqual((await inspect(stack, 'backend')).Mounts.map(({ Destination }) => Destination), ['/app/alembic']);
  const watching = spawn('docker', [...stack.base, 'watch', '--no-up'], { cwd: files.dir, env: { ...process.env, ...stack.env }, stdio: 'ignore' });
  try {
    const main = files.path('backend/app/main.py');
    await waitFor(async () => {
      // Until it follows, an edit is not seen: each is another one.
      writeFileSync(main, readFileSync(main, 'utf8').replace(/"(running|watched-*)"/, (_, word) => (word === 'running' ? '"watched-"' : `"${word}-"`)));
      return /watched/.test((await get(`${url}/`)).text);
    }, { what: 'the copied file', timeout: 60_000, interval: 2_000 });
  } finally {
    watching.kill('SIGTERM');
  }
}));

describe('an application that grows', () => {
  const define = (parts) => `
    import { Project } from 'projen';
    import { CeleryWorker, FastApiBackend, PostgresService, RedisCache, Stack } from 'projen-stack';
    const project = new Project({ name: 'shop' });
    const stack = new Stack(project);
    const database = new PostgresService(stack, 'postgres', { version: '17' });
    ${parts.includes('redis') ? "const redis = new RedisCache(stack, 'redis');" : ''}
    const backend = new FastApiBackend(stack, 'backend', { database${parts.includes('redis') ? ', cache: redis' : ''}${parts.includes('celery') ? ', broker: redis' : ''} });
    ${parts.includes('celery') ? "new CeleryWorker(stack, 'worker', { backend });" : ''}
    project.synth();
  `;

  test('gets Redis, then Celery: only new files are written, the rest is told, and it boots once that is done', async () => {
    const { follow } = await tsImport('../test/files/sample/follow.ts', import.meta.url);
    const files = await synth(define([]));
    const theirs = ['app/wiring.py', 'app/core/config.py', 'app/main.py', 'pyproject.toml', 'requirements.txt', 'requirements-dev.txt', 'tests/conftest.py'].map((file) => `backend/${file}`);
    const contents = () => theirs.map((file) => files.read(file));
    appendFileSync(files.path('backend/app/main.py'), '\n# ours\n');

    const stack = compose(projectName('grows'), files.dir, undefined, PORTS);
    try {
      await stack.up(['--build']);
      for (const [parts, file, service] of [[['redis'], 'app/core/redis.py', 'redis'], [['redis', 'celery'], 'app/worker.py', 'worker']]) {
        const old = contents();
        const { stdout, stderr } = await synth(define(parts), { dir: files.dir });
        const told = stdout + stderr;
        assert.deepEqual(contents(), old, 'a file of the team was changed');
        assert.ok(files.has(`backend/${file}`));
        assert.match(told, /What is yours was not changed\. Add these lines by hand:/);
        assert.doesNotMatch(told, /--hash/, 'nobody copies pins by hand');
        const again = await synth(define(parts), { dir: files.dir });
        assert.doesNotMatch(again.stdout + again.stderr, /by hand/, 'it is told twice');

        follow(told, files.dir);
        assert.match(told, /Then pin the dependencies and build anew: npx projen backend:lock && docker compose up/);
        const command = taskOf(files, 'backend:lock');
        giveTo(files.path('backend'), 1000, 1000);
        await run(command[0], [...command.slice(1, 2), '--project-name', stack.project, ...command.slice(2)], { cwd: files.dir, env: PORTS, timeout: 300_000 });
        assert.match(files.read('backend/requirements.txt'), /^redis==6\.4\.\d+/m);
        await stack.up(['--build']);
        const url = `http://localhost:${await stack.port('backend', 8000)}`;
        assert.equal((await answers(`${url}/health`)).json.redis, 'connected');
        assert.equal((await inspect(stack, service)).State.Health.Status, 'healthy');
        await stack.exec('backend', ['sh', '-c', 'ruff check . && ruff format --check . && mypy']);
        assert.match((await stack.exec('backend', ['pytest', '-q'], { containerEnv: { STACK_REQUIRED: '1' } })).stdout, /\d+ passed/);
      }
    } finally {
      stack.release();
    }
  });
});

/** The words of a task of the project. */
function taskOf(files, name) {
  const { execArgs, exec } = JSON.parse(files.read('.projen/tasks.json')).tasks[name].steps[0];
  return execArgs ?? exec.split(' ');
}

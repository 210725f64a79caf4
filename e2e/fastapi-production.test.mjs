// The production image of a backend: what is in it, what it may do, and what it refuses to start with.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { compose, projectName, run, synth } from './lib/index.mjs';
import { answers, get } from './support/backend.mjs';
import { inspect } from './support/databases.mjs';
import { hadolint, missingHadolint } from './support/hadolint.mjs';

const FILE = 'compose.prod.yaml';
const noHadolint = await missingHadolint();
const random = (letter) => letter.repeat(48);
const settings = {
  POSTGRES_USER: 'shop', POSTGRES_DB: 'shop', POSTGRES_PASSWORD: random('a'), REDIS_PASSWORD: random('b'), SECRET_KEY: random('c'), BACKEND_PORT: '0',
};

const definition = (lib, projen) => {
  const project = new projen.Project({ name: 'shop' });
  const shop = new lib.Stack(project);
  const redis = new lib.RedisCache(shop, 'redis');
  const backend = new lib.FastApiBackend(shop, 'backend', {
    database: new lib.PostgresService(shop, 'postgres', { version: '17' }),
    cache: redis,
    broker: redis,
    publish: [lib.Mode.DEVELOPMENT, lib.Mode.PRODUCTION],
    buildPackages: ['gcc'],
    production: { workers: 2, corsOrigins: ['https://*.example.com'] },
  });
  new lib.CeleryWorker(shop, 'worker', { backend });
  new lib.CeleryBeat(shop, 'beat', { backend });
  project.synth();
};

describe('the production image of a backend', () => {
  let files;
  let stack;
  let url;
  before(async () => {
    files = await synth(definition);
    stack = compose(projectName('production'), files.dir, FILE, settings);
    await stack.up(['--build']);
    url = `http://localhost:${await stack.port('backend', 8000)}`;
  });
  after(() => stack?.release());

  const inside = async (line, service = 'backend') => (await stack.exec(service, ['sh', '-c', line], { check: false })).stdout.trim();

  test('answers with everything connected, from settings alone [002-094]', async () => {
    const { json } = await answers(`${url}/health`);
    assert.equal(json.database, 'connected');
    assert.equal(json.redis, 'connected');
    assert.equal((await inspect(stack, 'backend')).Mounts.filter(({ Type }) => Type === 'bind').length, 0);
  });

  test('is neither root nor able to write, with every capability gone [002-012]', async () => {
    for (const service of ['backend', 'worker', 'beat']) {
      const { HostConfig, Config } = await inspect(stack, service);
      assert.equal(Config.User, '1000:1000', service);
      assert.equal(HostConfig.ReadonlyRootfs, true, service);
      assert.deepEqual(HostConfig.CapDrop, ['ALL'], service);
      assert.match(await inside('touch /app/app/written 2>&1; touch /etc/written 2>&1', service), /Read-only file system[^]*Read-only file system/);
      assert.match(await inside("grep -E '^(CapEff|NoNewPrivs|Uid)' /proc/1/status", service), /Uid:\s*1000[^]*CapEff:\s*0+$[^]*NoNewPrivs:\s*1/m);
    }
  });

  test('has no compiler, no installer, no tests, no settings of anybody, no history [000-071] [002-010] [002-013] [002-079] [002-080] [003-039]', async () => {
    assert.equal(await inside('command -v gcc cc g++ make pip pip3 uv curl git'), '');
    assert.equal(await inside("find / -xdev \\( -name 'test_*.py' -path '/app/*' -o -name conftest.py -path '/app/*' -o -name '.env*' -path '/app/*' -o -name .git -o -name '.*_cache' \\) 2>/dev/null"), '');
    assert.equal(await inside('python -c "import pip" 2>&1 | tail -1'), "ModuleNotFoundError: No module named 'pip'");
    assert.equal(await inside('python -c "import pytest" 2>&1 | tail -1'), "ModuleNotFoundError: No module named 'pytest'");
    assert.deepEqual((await inside('ls -A /app')).split('\n').sort(), ['alembic', 'alembic.ini', 'app']);
  });

  test('has its bytecode, and needs not write it', async () => {
    assert.match(await inside('ls /app/app/__pycache__'), /main\.cpython-313\.pyc/);
    assert.match(await inside('ls /opt/venv/lib/python3.13/site-packages/fastapi/__pycache__'), /\.pyc/);
  });

  test('installs exactly what is pinned [002-073]', async () => {
    const pinned = Object.fromEntries([...files.read('backend/requirements.txt').matchAll(/^([a-z0-9._-]+)(?:\[[^\]]+\])?==([^\s;]+)(.*)$/gim)].map(([, name, version]) => [name.toLowerCase(), version]));
    const installed = JSON.parse(await inside('python -c "import json, importlib.metadata as m; print(json.dumps({d.name.lower().replace(\'_\', \'-\'): d.version for d in m.distributions(path=[\'/opt/venv/lib/python3.13/site-packages\'])}))"'));
    assert.ok(Object.keys(installed).length > 20);
    for (const [name, version] of Object.entries(installed)) assert.equal(pinned[name], version, name);
  });

  test('has two processes that answer, and no reloader [000-116] [003-040]', async () => {
    const { Config } = await inspect(stack, 'backend');
    assert.deepEqual(Config.Cmd, ['uvicorn', 'app.main:app', '--host', '0.0.0.0', '--port', '8000', '--workers', '2', '--timeout-graceful-shutdown', '8']);
    const allowed = async (origin) => (await get(`${url}/health/live`, { headers: { origin } })).headers.get('access-control-allow-origin');
    assert.equal(await allowed('https://shop.example.com'), 'https://shop.example.com');
    for (const origin of ['http://localhost:3000', 'https://example.com.evil.org', 'http://shop.example.com']) assert.equal(await allowed(origin), null, origin);
  });

  test('logs one object a line, and no secret', async () => {
    const lines = (await stack.logs('backend')).split('\n').filter(Boolean).map((line) => line.replace(/^[^|]*\| /, ''));
    // Before there is an application, uvicorn's supervisor of several processes speaks for itself.
    const supervisor = /^INFO: +(Uvicorn running on|Started parent process|Waiting for child|Child process)/;
    assert.ok(lines.filter((line) => !supervisor.test(line)).length > 3);
    for (const line of lines.filter((each) => !supervisor.test(each))) assert.doesNotThrow(() => JSON.parse(line), line);
    for (const secret of [settings.POSTGRES_PASSWORD, settings.REDIS_PASSWORD, settings.SECRET_KEY]) assert.ok(!lines.join().includes(secret));
  });

  test('does not start with a secret that is missing or a placeholder, and names it', async () => {
    const refused = [['SECRET_KEY', 'change_this_secure_password'], ['SECRET_KEY', 'dev_secret_key'], ['SECRET_KEY', 'short'], ['POSTGRES_PASSWORD', 'dev_password_change_in_production']];
    for (const [name, value] of refused) {
      const command = ['run', '--rm', '--no-deps', '--no-TTY', 'backend', 'uvicorn', 'app.main:app'];
      const { code, stdout, stderr } = await stack.run(command, { check: false, env: { [name]: value }, timeout: 60_000 });
      assert.notEqual(code, 0, `started with ${name}=${value}`);
      const said = stdout + stderr;
      assert.match(said, name === 'SECRET_KEY' ? /SECRET_KEY/ : /DB_PASSWORD/);
      assert.doesNotMatch(said, /Traceback/);
      assert.ok(!said.includes(value), 'it shows the value');
    }
    const other = compose(projectName('placeholder'), files.dir, FILE, { ...settings, SECRET_KEY: 'change_this_secure_password' });
    try {
      const { code, stderr } = await other.run(['up', '--detach', '--wait'], { check: false });
      assert.notEqual(code, 0);
      assert.match(stderr, /service "backend-migrate" didn't complete successfully: exit 1/);
      assert.match(await other.logs('backend-migrate'), /SECRET_KEY still holds a placeholder: run scripts\/env\.sh init/);
    } finally {
      other.release();
    }
    const missing = await stack.run(['config', '--quiet'], { check: false, env: { SECRET_KEY: undefined } });
    assert.match(missing.stderr, /required variable SECRET_KEY is missing a value: set SECRET_KEY in \.env/);
  });

  test('stops in under three seconds, by itself [000-115]', async () => {
    for (const service of ['backend', 'beat', 'worker']) {
      const started = Date.now();
      await stack.run(['stop', service]);
      const took = Date.now() - started;
      const { ExitCode } = (await inspect(stack, service)).State;
      assert.ok([0, 143].includes(ExitCode), `${service} ended with ${ExitCode}`);
      assert.ok(took < (service === 'worker' ? 8_000 : 3_000), `${service} took ${took} ms`);
    }
  });
});

describe('the Dockerfile of a backend', () => {
  const each = [
    ['uv', (lib) => ({ packages: ['libmagic1'], buildPackages: ['gcc'] })],
    ['pip', (lib) => ({ installer: lib.PythonInstaller.PIP, developmentDockerfile: 'backend/Dockerfile.dev' })],
    ['uv.lock', (lib) => ({})],
  ];
  for (const [name, propsOf] of each) {
    test(`with ${name} passes BuildKit's and hadolint's checks [003-041]`, { skip: noHadolint }, async () => {
      const files = await synth(
        `import { Project } from 'projen';\nimport * as lib from 'projen-stack';\nconst project = new Project({ name: 'shop' });\nconst shop = new lib.Stack(project);\n`
        + `new lib.FastApiBackend(shop, 'backend', { database: new lib.PostgresService(shop, 'postgres', { version: '17' }), ...(${propsOf.toString()})(lib) });\nproject.synth();\n`,
        { files: name === 'uv.lock' ? { 'backend/uv.lock': 'version = 1\n' } : {} },
      );
      for (const dockerfile of ['Dockerfile', 'Dockerfile.dev'].filter((file) => files.has(`backend/${file}`))) {
        const { stdout, stderr } = await run('docker', ['build', '--check', '--file', `backend/${dockerfile}`, 'backend'], { cwd: files.dir });
        assert.match(stdout + stderr, /no warnings found/);
        assert.equal(await hadolint(files.path('backend', dockerfile)), '');
      }
    });
  }
});

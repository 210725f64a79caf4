// A repository that is no projen project and has a server and pages of its own takes a stack; and a stack that is ejected runs on.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, rmSync, statSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { compose, projectName, run, synth } from './lib/index.mjs';
import { answers } from './support/backend.mjs';
import { sql } from './support/databases.mjs';

/** A small application as a team might have written it: no tests, no migrations, no hashes, no lockfile. */
const OWN = {
  'server/app/__init__.py': '',
  'server/app/main.py': `import os

import asyncpg
from fastapi import FastAPI

app = FastAPI()


async def connect():
    return await asyncpg.connect(
        host=os.environ["DB_HOST"], port=os.environ["DB_PORT"], user=os.environ["DB_USER"], password=os.environ["DB_PASSWORD"], database=os.environ["DB_NAME"]
    )


@app.get("/health")
async def health():
    connection = await connect()
    try:
        return {"status": "ours", "answer": await connection.fetchval("SELECT 6 * 7")}
    finally:
        await connection.close()


@app.get("/api/greeting")
def greeting():
    return {"greeting": "from our own server"}
`,
  'server/requirements.txt': 'asyncpg>=0.30,<1\nfastapi>=0.115,<1\nuvicorn>=0.34,<1\n',
  'web/package.json': `${JSON.stringify({ name: 'web', private: true, type: 'module', scripts: { dev: 'vite', build: 'vite build' }, devDependencies: { vite: '^8.3.8' } }, undefined, 2)}\n`,
  'web/vite.config.js': "export default { server: { allowedHosts: true, proxy: { '/api': 'http://server:8000' } } };\n",
  'web/index.html': '<!doctype html><title>Ours</title><script type="module" src="/src/main.js"></script>\n',
  'web/src/main.js': 'fetch("/api/greeting");\n',
  'README.md': '# The shop\n\nOurs.\n',
  '.gitignore': '*.log\n',
};

describe('a repository with a server and pages of its own', () => {
  const name = projectName('adopt');
  const definition = `
    import { FastApiBackend, NodePackageManager, PostgresService, StackProject, ViteFrontend } from 'projen-stack';
    const project = new StackProject({ name: 'shop', stackProps: { stackName: '${name}' } });
    const database = new PostgresService(project.stack, 'postgres', { version: '17' });
    const api = new FastApiBackend(project.stack, 'server', { dir: 'server', database });
    new ViteFrontend(project.stack, 'web', { dir: 'web', api, packageManager: NodePackageManager.NPM });
    project.synth();
  `;
  const PORTS = { POSTGRES_PORT: '0', SERVER_PORT: '0', WEB_PORT: '0' };
  let files;
  let stack;
  before(async () => {
    files = await synth(definition, { files: OWN });
    stack = compose(name, files.dir, undefined, PORTS);
  });
  after(() => stack?.release());

  const assertOwn = () => {
    for (const [file, text] of Object.entries(OWN).filter(([each]) => !['README.md', '.gitignore'].includes(each))) assert.equal(files.read(file), text, file);
    assert.ok(files.read('README.md').startsWith(OWN['README.md']));
    assert.ok(files.read('.gitignore').startsWith(OWN['.gitignore']));
  };

  test('is not written over, and told what was left alone', () => {
    assertOwn();
    assert.match(files.stderr, /server\/app exists, so the application in server\/ is your own/);
    assert.match(files.stderr, /These exist and were left alone: server\/app\/__init__\.py, server\/app\/main\.py, server\/requirements\.txt\./);
    assert.match(files.stderr, /web\/package\.json exists, so the application in web\/ is your own/);
    assert.deepEqual(readdirSync(files.path('server')).sort(), ['.dockerignore', 'Dockerfile', 'app', 'requirements.txt']);
    assert.deepEqual(readdirSync(files.path('web')).sort(), ['.dockerignore', 'Dockerfile', 'index.html', 'nginx', 'package.json', 'src', 'vite.config.js']);
  });

  test('boots: its server reaches the database, and its pages the server', async () => {
    await stack.up();
    const { json } = await answers(`http://localhost:${await stack.port('server', 8000)}/health`);
    assert.deepEqual(json, { status: 'ours', answer: 42 });
    const web = `http://localhost:${await stack.port('web', 3000)}`;
    assert.match((await answers(web)).text, /<title>Ours<\/title>/);
    assert.deepEqual((await answers(`${web}/api/greeting`)).json, { greeting: 'from our own server' });
    await sql(stack, "CREATE TABLE kept AS SELECT 'before' AS note");
    await stack.down();
  });

  test('runs on after npx projen eject, without this library', async () => {
    await run(join(files.path('node_modules'), '.bin', 'projen'), ['eject'], { cwd: files.dir, env: { PROJEN_DISABLE_POST: '1', NODE_NO_WARNINGS: '1' } });
    unlinkSync(files.path('node_modules'));
    rmSync(files.path('.projenrc.ts'), { force: true });
    assertOwn();
    // What remains of projen runs the tasks, and its own lines in the files of git name the definition, of which a copy is there.
    const remains = /^(scripts\/run-task\.cjs|\.projen\/.*|\.projenrc\.ts.*|\.gitignore|\.gitattributes)$/;
    const left = readdirSync(files.dir, { recursive: true }).filter((file) => statSync(files.path(file)).isFile() && !remains.test(file));
    for (const file of ['compose.yaml', 'compose.prod.yaml', '.env.example', 'README.md', '.github/workflows/stack.yml', '.github/dependabot.yml', 'scripts/test-stack.sh', 'server/Dockerfile']) {
      assert.ok(left.includes(file), `${file} stays`);
    }
    for (const file of left) assert.doesNotMatch(files.read(file), /npx projen|\.projenrc|by projen/i, `${file} still says what projen would do`);
    assert.match(files.read('README.md'), /\| `node scripts\/run-task\.cjs stack:up` \|/);
    assert.doesNotMatch(files.read('.github/workflows/stack.yml'), /drift/);
    const { scripts } = JSON.parse(files.read('package.json'));
    assert.equal(scripts['stack:up'], 'node scripts/run-task.cjs stack:up');
    assert.ok(existsSync(files.path('scripts/run-task.cjs')), 'what the scripts run');
    await run('docker', ['compose', 'up', '--wait', '--detach'], { cwd: files.dir, env: PORTS, timeout: 600_000 });
    assert.equal(await sql(stack, 'SELECT note FROM kept'), 'before');
    assert.equal((await answers(`http://localhost:${await stack.port('server', 8000)}/health`)).json.answer, 42);
    const { stdout: running } = await run('npm', ['run', '--silent', 'stack:ps'], { cwd: files.dir, env: PORTS });
    assert.match(running, / server .* \(healthy\) /, 'its tasks run, too');
    const { stdout: asWritten } = await run('node', ['scripts/run-task.cjs', 'stack:ps'], { cwd: files.dir, env: PORTS });
    assert.match(asWritten, / server .* \(healthy\) /, 'and as the README writes them');
    await run('bash', ['scripts/env.sh', 'init'], { cwd: files.dir });
    await run('docker', ['compose', '--file', 'compose.prod.yaml', 'config', '--quiet'], { cwd: files.dir });
  });
});

/** A Python project's own code, with nothing but what Python brings: it says whether it reaches the database that it was told of. */
const PYTHON = {
  'shop/__init__.py': '',
  'shop/serve.py': `import os
import signal
import socket
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        with socket.create_connection((os.environ["DB_HOST"], int(os.environ["DB_PORT"])), timeout=5):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"database": "reached"}')


signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
HTTPServer(("0.0.0.0", 8000), Handler).serve_forever()
`,
  'shop/Dockerfile': 'FROM python:3.11-slim\nCOPY . /srv/shop\nWORKDIR /srv\nCMD ["python", "-m", "shop.serve"]\n',
  'tests/test_shop.py': 'def test_shop():\n    assert True\n',
  'README.md': '# The shop\n\nOurs.\n',
};

describe('a PythonProject that exists', () => {
  const name = projectName('adopt-python');
  const project = `
    import { python } from 'projen';
    const project = new python.PythonProject({
      name: 'shop', moduleName: 'shop', version: '1.0.0', authorName: 'Shop', authorEmail: 'shop@example.com', sample: false,
      venvOptions: { envdir: '.venv' }, pytestOptions: { testMatch: ['tests'] },
    });
  `;
  const withStack = `
    import { HealthCheck, HealthCheckClient, PostgresService, Service, Stack } from 'projen-stack';
    ${project}
    const stack = new Stack(project, 'stack', { stackName: '${name}', workflow: true });
    const database = new PostgresService(stack, 'postgres', { version: '17' });
    const web = new Service(stack, 'web', {
      description: 'The shop', imageBuild: { context: 'shop' }, ports: [{ name: 'http', port: 8000 }], healthCheck: HealthCheck.http('/', { client: HealthCheckClient.PYTHON }),
    });
    web.connect(database);
    project.synth();
  `;
  const PORTS = { POSTGRES_PORT: '0', WEB_PORT: '0' };
  let files;
  let own;
  let stack;
  before(async () => {
    files = await synth(`${project}\nproject.synth();\n`, { files: PYTHON });
    own = Object.fromEntries(['requirements.txt', 'requirements-dev.txt', ...Object.keys(PYTHON)].map((file) => [file, files.read(file)]));
    files = await synth(withStack, { dir: files.dir });
    stack = compose(name, files.dir, undefined, PORTS);
  });
  after(() => stack?.release());

  const reached = async () => (await answers(`http://localhost:${await stack.port('web', 8000)}/`)).json.database;

  test('boots with one new Stack(project): its own code reaches the database', async () => {
    for (const [file, text] of Object.entries(own).filter(([each]) => each !== 'README.md')) assert.equal(files.read(file), text, file);
    assert.ok(files.read('README.md').startsWith(PYTHON['README.md']));
    await stack.up();
    assert.equal(await reached(), 'reached');
    await sql(stack, "CREATE TABLE kept AS SELECT 'before' AS note");
  });

  test('runs on when it is ejected, with its tasks and without a definition', async () => {
    assert.match(files.read('.github/workflows/stack.yml'), /PROJEN_DISABLE_POST=true \.venv\/bin\/python \.projenrc\.py/);
    // What the task "eject" does; the definition of this test is no .projenrc.py.
    await run(process.execPath, ['--import', 'tsx', '.projenrc.ts'], { cwd: files.dir, env: { PROJEN_EJECTING: 'true', PROJEN_DISABLE_POST: '1', NODE_NO_WARNINGS: '1' } });
    unlinkSync(files.path('node_modules'));
    await stack.down();
    await stack.up();
    assert.equal(await reached(), 'reached');
    assert.equal(await sql(stack, 'SELECT note FROM kept'), 'before');
    assert.doesNotMatch(files.read('.github/workflows/stack.yml'), /drift|projen/);
    // Tasks of a Python project look for its environment by "python".
    await run('python3', ['-m', 'venv', '--without-pip', '.venv'], { cwd: files.dir });
    const [, task] = /\| `(node \S+ stack:ps)` \|/.exec(files.read('README.md'));
    const { stdout } = await run('bash', ['-c', task], { cwd: files.dir, env: { ...PORTS, PATH: `${files.path('.venv/bin')}:${process.env.PATH}` } });
    assert.match(stdout, / web .* \(healthy\) /);
  });
});

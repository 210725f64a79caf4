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
    const { stdout: running } = await run('npm', ['run', '--silent', 'stack:ps', '--', '--format', '{{.Service}}'], { cwd: files.dir, env: PORTS });
    assert.match(running, /server/, 'its tasks run, too');
    const { stdout: asWritten } = await run('node', ['scripts/run-task.cjs', 'stack:ps', '--format', '{{.Service}}'], { cwd: files.dir, env: PORTS });
    assert.match(asWritten, /server/, 'and as the README writes them');
    await run('bash', ['scripts/env.sh', 'init'], { cwd: files.dir });
    await run('docker', ['compose', '--file', 'compose.prod.yaml', 'config', '--quiet'], { cwd: files.dir });
  });
});

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { run, tarball, tempDir, withStack } from './lib/index.mjs';
import { answers } from './support/backend.mjs';

const require = createRequire(import.meta.url);
const { version: PROJEN } = require('projen/package.json');
const CLI = require.resolve('projen/bin/projen');

/** npm takes from its cache what it has; `CI` would make projen ask for a lockfile before there is one. */
const ENV = {
  npm_config_prefer_offline: 'true', npm_config_audit: 'false', npm_config_fund: 'false', CI: undefined,
  GIT_AUTHOR_NAME: 'e2e', GIT_AUTHOR_EMAIL: 'e2e@example.org', GIT_COMMITTER_NAME: 'e2e', GIT_COMMITTER_EMAIL: 'e2e@example.org', GIT_CONFIG_GLOBAL: '/dev/null',
};

const sh = (folder, command, ...args) => run(command, args, { cwd: folder, env: ENV });
const read = (folder, file) => readFileSync(join(folder, file), 'utf8');
const manifest = (folder) => JSON.parse(read(folder, 'package.json'));

const projenNew = async (folder, ...args) =>
  sh(folder, process.execPath, CLI, 'new', '--from', `projen-stack@file:${await tarball()}`, '--projen-version', PROJEN, '--no-git', ...args);

function write(folder, files) {
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), typeof content === 'string' ? content : `${JSON.stringify(content, undefined, 2)}\n`);
  }
}

/** Commits everything, and synthesizes twice more: git must not see a change, file modes included. */
async function assertSettled(folder) {
  await sh(folder, 'git', 'init', '--quiet');
  await sh(folder, 'git', 'add', '--all');
  await sh(folder, 'git', 'commit', '--quiet', '--message', 'first');
  for (const round of ['second', 'third']) {
    await sh(folder, 'npx', 'projen');
    const { stdout } = await sh(folder, 'git', 'status', '--porcelain');
    assert.equal(stdout, '', `the ${round} synthesis changed files:\n${(await sh(folder, 'git', 'diff')).stdout}`);
  }
  const { stdout: tracked } = await sh(folder, 'git', 'ls-files');
  return tracked.trim().split('\n');
}

test('projen new in an empty folder gives databases that boot', async () => {
  const folder = tempDir('new');
  await projenNew(folder);

  assert.match(read(folder, '.projenrc.ts'), /^import \{ PostgresService, RedisCache, StackProject \} from 'projen-stack';\n/);
  assert.match(read(folder, 'compose.yaml'), /postgres/);
  const tracked = await assertSettled(folder);
  for (const file of ['.projenrc.ts', '.projen/shared.json', 'package.json', 'package-lock.json', 'compose.yaml', 'compose.prod.yaml', '.env.example']) {
    assert.ok(tracked.includes(file), `${file} is not committed`);
  }
  await sh(folder, 'npx', 'projen', 'projenrc:check');

  await withStack({ dir: folder, label: 'new', env: { POSTGRES_PORT: '0', REDIS_PORT: '0' } }, async (stack) => {
    const psql = await stack.exec('postgres', ['sh', '-c', 'psql --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --tuples-only --no-align --command "select 6 * 7"']);
    assert.equal(psql.stdout.trim(), '42');
    assert.ok(await stack.port('postgres', 5432) > 0);
    assert.ok(await stack.port('redis', 6379) > 0);
  });
});

test('projen new with the full-stack template gives a page that reaches its API', async () => {
  const folder = tempDir('new-full');
  await projenNew(folder, '--template', 'full-stack');
  const tracked = await assertSettled(folder);
  for (const file of ['frontend/src/App.tsx', 'frontend/pnpm-lock.yaml', 'frontend/nginx/default.conf.template', 'backend/app/main.py']) {
    assert.ok(tracked.includes(file), `${file} is not committed`);
  }
  await withStack({ dir: folder, label: 'full', env: { POSTGRES_PORT: '0', REDIS_PORT: '0', BACKEND_PORT: '0', FRONTEND_PORT: '0' } }, async (stack) => {
    const url = `http://localhost:${await stack.port('frontend', 3000)}`;
    assert.match((await answers(url)).text, /<script type="module"/);
    assert.equal((await answers(`${url}/health`)).json.database, 'connected');
  });
});

test('projen new with the backend template gives an application that answers, and is the team\'s', async () => {
  const folder = tempDir('new-backend');
  await projenNew(folder, '--template', 'backend');
  assert.match(read(folder, '.projenrc.ts'), /new FastApiBackend\(stack, 'backend', \{ database: postgres, cache: redis \}\);/);
  write(folder, { 'backend/app/main.py': `${read(folder, 'backend/app/main.py')}\n# ours\n` });
  const tracked = await assertSettled(folder);
  for (const file of ['backend/app/main.py', 'backend/Dockerfile', 'backend/requirements.txt', 'backend/alembic.ini', '.projen/stack.json']) {
    assert.ok(tracked.includes(file), `${file} is not committed`);
  }
  assert.match(read(folder, 'backend/app/main.py'), /# ours/);

  await withStack({ dir: folder, label: 'new', env: { POSTGRES_PORT: '0', REDIS_PORT: '0', BACKEND_PORT: '0' } }, async (stack) => {
    const { json } = await answers(`http://localhost:${await stack.port('backend', 8000)}/health`);
    assert.deepEqual([json.database, json.redis], ['connected', 'connected']);
  });
});

test('projen new with the empty template has no service, and a definition that says where the first one goes', async () => {
  const folder = tempDir('new-empty');
  const { stderr } = await projenNew(folder, '--template', 'empty');
  assert.match(stderr, /no service/i);
  const tracked = await assertSettled(folder);
  assert.deepEqual(tracked.filter((file) => file.startsWith('compose')), []);

  const definition = read(folder, '.projenrc.ts');
  assert.match(definition, /^\/\/ new PostgresService\(/m);
  // What the comments say is what works.
  writeFileSync(join(folder, '.projenrc.ts'), definition.replace(/^\/\/ (new PostgresService)/m, '$1').replace('{ StackProject }', '{ PostgresService, StackProject }'));
  await sh(folder, 'npx', 'projen');
  assert.match(read(folder, 'compose.yaml'), /postgres/);
});

test('projen new refuses a template that does not exist, and writes no definition', async () => {
  const folder = tempDir('new-wrong');
  await assert.rejects(projenNew(folder, '--template', 'backend2'), /template "backend2" is unknown\. Write one of: databases, backend, full-stack, empty\./);
  await assert.rejects(async () => read(folder, '.projenrc.ts'), /ENOENT/);
});

/** An application that was here before: an ES module with its own scripts, dependencies and ignored files. */
const application = () => ({
  'package.json': {
    name: '@acme/legacy', version: '3.2.1', type: 'module', license: 'MIT',
    scripts: { build: 'node build.js', start: 'node index.js' },
    dependencies: { 'legacy-lib': 'file:./lib' },
    browserslist: ['defaults'],
  },
  'lib/package.json': { name: 'legacy-lib', version: '1.0.0' },
  '.gitignore': '# dependencies\nnode_modules\n\n# hidden files, but not all\n.*\n!.gitignore\n',
  'index.js': 'console.log(1);\n',
});

function assertKept(folder, before) {
  const { scripts, dependencies, devDependencies, ...fields } = before['package.json'];
  const after = manifest(folder);
  for (const [field, value] of Object.entries({ ...fields, dependencies })) assert.deepEqual(after[field], value, field);
  for (const [script, command] of Object.entries(scripts)) assert.equal(after.scripts[script], command);
  for (const [name, range] of Object.entries(devDependencies ?? {})) assert.equal(after.devDependencies[name], range);
  assert.ok(read(folder, '.gitignore').startsWith(before['.gitignore']));
  assert.equal(read(folder, 'index.js'), before['index.js']);
}

test('projen new takes over what is in the folder', async () => {
  const folder = tempDir('takeover');
  const before = application();
  write(folder, before);
  await projenNew(folder);
  assertKept(folder, before);
  const tracked = await assertSettled(folder);
  assertKept(folder, before);
  // In spite of `.*` among the ignored files.
  for (const file of ['.projen/tasks.json', '.projenrc.ts', '.env.example']) assert.ok(tracked.includes(file), `${file} is not committed`);

  // As an ES module.
  await sh(folder, 'npx', 'projen', 'projenrc:check');

  // What npm adds to package.json later lasts, too.
  write(folder, { 'more/package.json': { name: 'more', version: '1.0.0' } });
  await sh(folder, 'npm', 'install', '--save-dev', './more');
  await sh(folder, 'npx', 'projen');
  assert.equal(manifest(folder).devDependencies.more, 'file:more');
  await sh(folder, 'npm', 'uninstall', 'more');
  await sh(folder, 'npx', 'projen');
  assert.equal(manifest(folder).devDependencies.more, undefined);
});

test('the same where package.json has devDependencies, in which projen new looks for the package itself', async () => {
  const folder = tempDir('takeover-dev');
  const before = application();
  before['package.json'].devDependencies = { 'a-tool': 'file:./tool' };
  write(folder, { ...before, 'tool/package.json': { name: 'a-tool', version: '1.0.0' } });

  await sh(folder, 'npm', 'install', '--save-dev', `projen@${PROJEN}`, await tarball());
  const create = "require('projen').Projects.createProject({ dir: '.', projectFqn: 'projen-stack.StackProject', projectOptions: { name: 'shop' } })";
  await sh(folder, process.execPath, '--input-type=commonjs', '--eval', create);
  assertKept(folder, before);
  assert.match(manifest(folder).devDependencies['projen-stack'], /^file:/);
  await assertSettled(folder);
});

test('a folder that cannot be taken over stays as it is', async () => {
  const folder = tempDir('takeover-not');
  const before = application();
  write(folder, { ...before, 'yarn.lock': '# yarn lockfile v1\n', 'tsconfig.projen.json': '{}\n' });
  await assert.rejects(projenNew(folder), (error) => {
    assert.match(error.stderr, /Nothing was written\.\n {2}- yarn\.lock: .*YARN_BERRY.*\n {2}- tsconfig\.projen\.json: /);
    return true;
  });
  assert.equal(read(folder, '.gitignore'), before['.gitignore']);
  assert.deepEqual(manifest(folder).scripts, before['package.json'].scripts);
  await assert.rejects(async () => read(folder, '.projenrc.ts'), /ENOENT/);
});

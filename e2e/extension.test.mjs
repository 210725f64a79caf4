// examples/extension as its authors and its users have it: built against the packed library, packed itself, used by a third repository.
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { inRoot } from '../tools/lib/root.mjs';
import { peers, pinned } from '../tools/lib/pack.mjs';
import { npm } from '../tools/lib/process.mjs';
import { compose, consumerModules, projectName, run, synth, tarball, tempDir } from './lib/index.mjs';
import { answers } from './support/backend.mjs';

const EXAMPLE = inRoot('examples', 'extension');
const QUIET = { PROJEN_DISABLE_POST: '1', NODE_NO_WARNINGS: '1' };
const HONCHO = 'honcho==2.0.0';

/** Every file below a folder with its text, by its path. */
const tree = (folder, below = '') => Object.fromEntries(readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
  const path = join(below, entry.name);
  if (['node_modules', 'lib', '.jsii', 'tsconfig.tsbuildinfo'].includes(entry.name) || entry.name.endsWith('.tgz')) return [];
  return entry.isDirectory() ? Object.entries(tree(folder, path)) : [[path, readFileSync(join(folder, path), 'utf8')]];
}));


/** The extension in a folder of its own, as after a clone: npm installs what it names, with the packed library and the projen that is tested. */
async function checkedOut() {
  const folder = tempDir('extension');
  cpSync(EXAMPLE, folder, { recursive: true });
  const [program, ...words] = npm('install', '--no-save', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error', await tarball(), pinned('projen'));
  const { stderr } = await run(program, words, { cwd: folder });
  assert.equal(stderr, '', 'npm installs all of it without a warning');
  return folder;
}

describe('an extension', () => {
  let folder;
  let packed;
  before(async () => { folder = await checkedOut(); });

  test('is what its own .projenrc.ts gives', async () => {
    await run(process.execPath, ['--import', 'tsx', '.projenrc.ts'], { cwd: folder, env: QUIET });
    assert.deepEqual(tree(folder), tree(EXAMPLE));
  });

  test('is compiled by jsii against the packed library', async () => {
    await run(join(folder, 'node_modules', '.bin', 'projen'), ['compile'], { cwd: folder, env: QUIET });
    const manifest = JSON.parse(readFileSync(join(folder, '.jsii'), 'utf8'));
    assert.deepEqual(Object.keys(manifest.types).sort(), [
      '@acme/stack.OwnerRule', '@acme/stack.ProcfileTarget', '@acme/stack.ShopPlatform', '@acme/stack.ShopPlatformProps',
      '@acme/stack.ShortenerProps', '@acme/stack.ShortenerService',
    ]);
    assert.ok(readFileSync(join(folder, 'src', 'procfile-target.ts'), 'utf8').split('\n').length < 100);
  });

  test('passes its own tests, the one with Compose among them', async () => {
    const { stderr } = await run(process.execPath, [join(folder, 'node_modules', 'jest', 'bin', 'jest.js'), '--coverage=false'], { cwd: folder, env: QUIET });
    assert.match(stderr, /Tests: +5 passed, 5 total/);
  });

  test('packs what it needs and nothing else', async () => {
    const [program, ...words] = npm('pack', '--json', '--ignore-scripts');
    const [{ filename, files }] = JSON.parse((await run(program, words, { cwd: folder })).stdout);
    packed = join(folder, filename);
    const names = files.map(({ path }) => path).filter((path) => !path.startsWith('lib/'));
    assert.deepEqual(names.sort(), ['.jsii', 'LICENSE', 'README.md', 'assets/shortener/shortener.py', 'package.json']);
  });

  describe('in a third repository', () => {
    const name = projectName('third');
    const definition = `
      import { ProcfileTarget, ShopPlatform, ShortenerService } from '@acme/stack';
      import { StackProject } from 'projen-stack';
      const project = new StackProject({ name: 'shop', stackProps: { stackName: '${name}', targets: [new ProcfileTarget()] } });
      const shop = new ShopPlatform(project.stack, 'shop', { owner: 'checkout' });
      new ShortenerService(project.stack, 'links', { database: shop.postgres, labels: { owner: 'links' } });
      project.synth();
    `;
    const PORTS = { POSTGRES_PORT: '0', REDIS_PORT: '0', BACKEND_PORT: '0', LINKS_PORT: '0' };
    let files;
    let stack;

    before(async () => {
      const dir = tempDir('third');
      const [program, ...words] = npm('install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error', await tarball(), packed, ...peers());
      writeFileSync(join(dir, 'package.json'), '{ "name": "shop", "private": true }\n');
      const { stderr } = await run(program, words, { cwd: dir });
      assert.equal(stderr, '', 'npm installs both without a warning');
      files = await synth(definition, { dir });
      stack = compose(name, dir, undefined, PORTS);
      await stack.up();
    });
    after(() => stack?.release());

    test('boots: the composite with its defaults, and the service with its database', async () => {
      const url = `http://localhost:${await stack.port('links', 8080)}`;
      assert.deepEqual((await answers(`${url}/health`)).json, { links: 0 });
      const make = (token) => fetch(`${url}/docs`, { method: 'POST', body: 'https://docs.acme.example/', headers: { Authorization: `Bearer ${token}` } });
      assert.equal((await make('wrong')).status, 401);
      assert.equal((await make('dev_shortener_token')).status, 201);
      const led = await fetch(`${url}/docs`, { redirect: 'manual' });
      assert.deepEqual([led.status, led.headers.get('location')], [302, 'https://docs.acme.example/']);

      assert.equal((await answers(`http://localhost:${await stack.port('backend', 8000)}/health`)).json.database, 'connected');
      const { services } = await stack.config();
      for (const [service, { labels }] of Object.entries(services)) assert.ok(labels.owner, `${service} has no owner`);
      assert.match((await stack.exec('postgres', ['psql', '-U', 'app', '-d', 'app', '-Atc', 'SHOW log_min_duration_statement'])).stdout, /^500ms/);
    });

    test('has its task, its setting and its secret', async () => {
      const { stdout } = await run(join(files.path('node_modules'), '.bin', 'projen'), ['links:list'], { cwd: files.dir, env: { ...QUIET, COMPOSE_PROJECT_NAME: name } });
      assert.match(stdout, /^docs https:\/\/docs\.acme\.example\/$/m);
      assert.match(files.read('.env.example'), /^SHORTENER_TOKEN=/m);
      assert.match(files.read('.env.example'), /^# What short links begin with\n.*SHORTENER_BASE_URL=/m);
    });

    test('has the file of the new target, which its reader takes', async () => {
      const python = tempDir('honcho');
      await run('python3', ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--root-user-action=ignore', '--target', python, HONCHO]);
      const { stderr } = await run('python3', ['-m', 'honcho', '--procfile', 'Procfile', 'check'], { cwd: files.dir, env: { PYTHONPATH: python } });
      assert.match(stderr, /Valid procfile detected \(postgres, redis, backend, backend-migrate, links\)/);
    });

    test('the company\'s rule stops a service that has no owner', async () => {
      const compose0 = files.read('compose.yaml');
      const { code, stderr } = await synth(definition.replace(", labels: { owner: 'links' }", ''), { dir: files.dir, check: false });
      assert.notEqual(code, 0);
      assert.match(stderr, /error ACME001 at shop\/stack\/links \(\.projenrc\.ts:\d+\): The service "links" has no owner\. Write: labels: \{ owner: 'team-name' \}\./);
      assert.equal(files.read('compose.yaml'), compose0);
    });

    /** Synthesizes while something about the installed packages is otherwise, and puts it back. */
    async function refusedWhile(change, restore, source = definition) {
      const before = files.read('compose.yaml');
      change();
      try {
        const { code, stderr } = await synth(source, { dir: files.dir, check: false });
        assert.notEqual(code, 0, 'it was synthesized all the same');
        assert.equal(files.read('compose.yaml'), before);
        return stderr;
      } finally {
        restore();
      }
    }
    const withVersion = (file, version) => writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), version }));

    test('two copies of the library are both named, and nothing is written', async () => {
      const second = files.path('node_modules/@acme/stack/node_modules/projen-stack');
      const stderr = await refusedWhile(() => {
        cpSync(files.path('node_modules/projen-stack'), second, { recursive: true });
        withVersion(join(second, 'package.json'), '0.9.0');
      }, () => rmSync(dirname(second), { recursive: true }));
      assert.match(stderr, new RegExp([
        'error PS086 at shop/stack/shop/postgres .*: Two copies of projen-stack are in use: 0\\.0\\.0 in node_modules/projen-stack, ',
        'and 0\\.9\\.0 in node_modules/@acme/stack/node_modules/projen-stack, which made shop/stack/shop/postgres, .* and \\d+ more\\. ',
        'Make it one: in package\\.json of @acme/stack, name projen-stack under peerDependencies',
      ].join('')));
    });

    test('so are two that lie side by side, as an alias of npm gives them', async () => {
      const second = files.path('node_modules/projen-stack-old');
      const source = definition.replace('const shop =', "new RedisCache(project.stack, 'old');\n      const shop =").replace('import { StackProject }', "import { RedisCache } from 'projen-stack-old';\n      import { StackProject }");
      const stderr = await refusedWhile(() => {
        cpSync(files.path('node_modules/projen-stack'), second, { recursive: true });
        withVersion(join(second, 'package.json'), '0.9.0');
      }, () => rmSync(second, { recursive: true }), source);
      assert.match(stderr, /error PS086 at shop\/stack\/old .*: Two copies of projen-stack are in use: 0\.0\.0 in node_modules\/projen-stack, and 0\.9\.0 in node_modules\/projen-stack-old, which made shop\/stack\/old\. /);
      assert.equal(stderr.match(/error PS/g).length, 1, stderr);
    });

    test('a library of another major than the extension is built for is named, with both versions', async () => {
      const manifest = files.path('node_modules/projen-stack/package.json');
      renameSync(manifest, `${manifest}.kept`);
      const stderr = await refusedWhile(
        () => { cpSync(`${manifest}.kept`, manifest); withVersion(manifest, '2.0.1'); },
        () => renameSync(`${manifest}.kept`, manifest),
      );
      assert.match(stderr, /error PS088 at .*: @acme\/stack 0\.0\.0 \(node_modules\/@acme\/stack\), which made .*, is built for projen-stack \^1\.0\.0 \|\| 0\.0\.0, and this is 2\.0\.1\./);
      assert.ok(existsSync(manifest));
    });

    test('and with what belongs together again, nothing changes', async () => {
      const before = files.read('compose.yaml');
      assert.equal((await synth(definition, { dir: files.dir })).read('compose.yaml'), before);
    });
  });
});

test('what docs/extending.md says about the real reader works: Compose reads what a stack comes to, and says what it refuses', async () => {
  const page = readFileSync(inRoot('docs', 'extending.md'), 'utf8');
  const [, shown] = /^```ts executed\n\/\/ test\/compose\.ts\n([^]*?)^```$/m.exec(page);
  const dir = tempDir('reader');
  symlinkSync(await consumerModules(), join(dir, 'node_modules'), 'junction');
  writeFileSync(join(dir, 'compose.mts'), shown);
  writeFileSync(join(dir, 'ask.mts'), `
    import { Project } from 'projen';
    import { FastApiBackend, RedisCache, Stack } from 'projen-stack';
    import { resolved } from './compose.mts';
    const stack = new Stack(new Project({ name: 'shop', outdir: 'never-written' }));
    const cache = new RedisCache(stack, 'redis');
    new FastApiBackend(stack, 'backend', { cache });
    const { services } = resolved(stack);
    console.log(JSON.stringify({ names: Object.keys(services).sort(), host: services.backend.environment.REDIS_HOST }));
    cache.addOverrides({ compose: { network_mode: 'service:nowhere' } });
    try { resolved(stack); console.log('taken'); } catch (error) { console.log(error.message); }
  `);
  const { stdout } = await run(process.execPath, ['--import', 'tsx', 'ask.mts'], { cwd: dir, env: QUIET });
  const [first, ...rest] = stdout.split('\n');
  assert.deepEqual(JSON.parse(first), { names: ['backend', 'redis'], host: 'redis' });
  assert.match(rest.join('\n'), /nowhere/);
  assert.ok(!existsSync(join(dir, 'never-written')));
});

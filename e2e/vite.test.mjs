// A frontend before a backend with PostgreSQL, in a real browser: from the first start to an API that goes away and comes back.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { compose, projectName, run, synth, waitFor } from './lib/index.mjs';
import { get, giveTo, identity } from './support/backend.mjs';
import { openBrowser, screenshot, violations } from './support/browser.mjs';
import { inspect } from './support/databases.mjs';
import { hadolint, missingHadolint } from './support/hadolint.mjs';

/** Somebody who is neither root nor the first user of a machine, in the group that macOS gives everybody. */
const DEVELOPER = { uid: 1234, gid: 20 };
const noHadolint = await missingHadolint();
const PORTS = { POSTGRES_PORT: '0', BACKEND_PORT: '0', FRONTEND_PORT: '0', ADMINER_PORT: '0' };
const HEALTHY = 'Everything works.';
const AWAY = 'The backend cannot be reached. Trying again …';

const definition = (lib, projen) => {
  const project = new projen.Project({ name: 'shop' });
  const shop = new lib.Stack(project);
  const postgres = new lib.PostgresService(shop, 'postgres', { version: '17' });
  const backend = new lib.FastApiBackend(shop, 'backend', { database: postgres });
  new lib.ViteFrontend(shop, 'frontend', {
    api: backend, publish: [lib.Mode.DEVELOPMENT, lib.Mode.PRODUCTION],
    publicVariables: { VITE_SUPPORT_EMAIL: { defaultValue: lib.Value.literal('help@example.com') } },
  });
  new lib.Adminer(shop, 'adminer', { database: postgres, design: 'nette' });
  project.synth();
};

const status = (page) => page.getByRole('status').textContent();
const shows = (page, text, timeout = 20_000) => waitFor(async () => {
  assert.equal(await status(page), text);
  return true;
}, { what: `the page to say "${text}"`, timeout });
const names = (page) => page.locator('.items span').allTextContents();
const rows = async (stack) => (await stack.exec('postgres', ['psql', '-U', 'app', '-d', 'app', '-Atc', 'select name from items order by id'])).stdout.split('\n').filter(Boolean);

async function add(page, name) {
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Add' }).click();
  await page.getByRole('button', { name: `Delete ${name}` }).waitFor();
}

describe('a frontend in development', () => {
  let browser;
  let files;
  let stack;
  let url;
  before(async () => {
    files = await synth(definition);
    for (const folder of ['backend', 'frontend']) giveTo(files.path(folder), DEVELOPER.uid, DEVELOPER.gid);
    stack = compose(projectName('vite'), files.dir, undefined, { ...PORTS, APP_UID: String(DEVELOPER.uid), APP_GID: String(DEVELOPER.gid) });
    await stack.up(['--build']);
    url = `http://localhost:${await stack.port('frontend', 3000)}`;
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    stack?.release();
  });

  test('runs as whoever develops, with packages that the host never sees [000-019] [000-028] [000-061]', async () => {
    const { stdout } = await stack.exec('frontend', ['sh', '-c', 'id -u; id -g; ls node_modules/vite/package.json; cat node_modules/vite/package.json | grep -c version']);
    assert.deepEqual(stdout.trim().split('\n').slice(0, 3), [String(DEVELOPER.uid), String(DEVELOPER.gid), 'node_modules/vite/package.json']);
    assert.equal(existsSync(files.path('frontend/node_modules')), false);
    const { volumes } = (await stack.config()).services.frontend;
    assert.deepEqual(volumes.map(({ target }) => target), ['/app/src', '/app/public']);
  });

  test('answers pages on the host, and the API under the same address [000-004] [000-082] [000-024]', async () => {
    const page = await get(url, { headers: { accept: 'text/html' } });
    assert.equal(page.status, 200);
    assert.match(page.headers.get('content-type'), /text\/html/);
    assert.equal((await get(`${url}/api/v1/items`)).status, 200);
    assert.match(await stack.logs('frontend'), /VITE v\S+ +ready in/, 'the log does not say so [000-081]');
  });

  test('reaches the backend by its name, and is reached by its own [000-032]', async () => {
    await stack.exec('frontend', ['wget', '-qO-', 'http://backend:8000/health']);
    await stack.exec('backend', ['python', '-c', "import urllib.request as r; assert r.urlopen('http://frontend:3000/').status == 200"]);
  });

  test('the backend lets pages of localhost:3000 in and no foreign ones [000-096]', async () => {
    const backend = `http://localhost:${await stack.port('backend', 8000)}/api/v1/items`;
    const preflight = async (origin) => get(backend, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' } });
    const allowed = await preflight('http://localhost:3000');
    assert.equal(allowed.status, 200);
    assert.equal(allowed.headers.get('access-control-allow-origin'), 'http://localhost:3000');
    const foreign = await preflight('http://evil.example');
    assert.equal(foreign.status, 400);
    assert.equal(foreign.headers.get('access-control-allow-origin'), null);
  });

  test('shows how the stack is, stores an item in PostgreSQL, and takes it out again', async () => {
    const page = await browser.page();
    await page.goto(url);
    await shows(page, HEALTHY);
    assert.deepEqual(await page.locator('.parts dt').allTextContents(), ['api', 'database']);
    assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), 'shop');
    await add(page, 'a pen');
    await add(page, "a <b>bold</b> 'pen'");
    assert.deepEqual(await rows(stack), ['a pen', "a <b>bold</b> 'pen'"]);
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await screenshot(page, `vite-development-${colorScheme}`);
      assert.deepEqual(await violations(page), []);
    }
    await page.getByRole('button', { name: 'Delete a pen', exact: true }).click();
    await waitFor(async () => (await names(page)).length === 1, { what: 'the item to be gone' });
    assert.deepEqual(await rows(stack), ["a <b>bold</b> 'pen'"]);
    assert.deepEqual(page.complaints, []);
  });

  test('shows an edited component without a reload, and keeps what was typed [000-006] [000-087] [000-020]', async () => {
    const page = await browser.page();
    await page.goto(url);
    await shows(page, HEALTHY);
    await page.getByLabel('Name').fill('half typed');
    await page.evaluate(() => { globalThis.untouched = true; });
    const before_ = await identity(stack, 'frontend');
    const app = files.path('frontend/src/App.tsx');
    writeFileSync(app, readFileSync(app, 'utf8').replace('<header>', '<header><p id="edited">edited</p>'));
    const started = performance.now();
    await page.locator('#edited').waitFor({ timeout: 5_000 });
    const took = Math.round(performance.now() - started);
    assert.ok(took < 2_000, `the change was visible after ${took} ms`);
    assert.equal(await page.evaluate(() => globalThis.untouched), true, 'the page was loaded anew');
    assert.equal(await page.getByLabel('Name').inputValue(), 'half typed');
    assert.deepEqual(await identity(stack, 'frontend'), before_);
    assert.deepEqual(page.complaints, []);
  });

  test('needs no new image for a changed source, and no new container', async () => {
    const before_ = await identity(stack, 'frontend');
    assert.match(await stack.exec('frontend', ['cat', 'src/App.tsx']).then(({ stdout }) => stdout), /id="edited"/);
    await stack.run(['up', '--detach', '--build', 'frontend']);
    assert.deepEqual(await identity(stack, 'frontend'), before_);
  });

  test('says when the backend is away and recovers by itself', async () => {
    const page = await browser.page();
    await page.goto(url);
    await shows(page, HEALTHY);
    await stack.run(['stop', 'backend']);
    await shows(page, AWAY);
    await page.getByLabel('Name').fill('lost');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByRole('alert').waitFor();
    assert.deepEqual(await violations(page), []);
    await screenshot(page, 'vite-away');
    await stack.run(['start', 'backend']);
    await shows(page, HEALTHY, 60_000);
    await page.getByRole('alert').waitFor({ state: 'detached' });
  });

  test('passes its linter, its tests and its build in the container, and its types are those of the backend', async () => {
    for (const script of ['lint', 'test', 'build', 'api:check']) await stack.exec('frontend', ['pnpm', 'run', script]);
  });

  test('notices when the API has changed, and writes its types anew, owned by whoever develops', async () => {
    const schemas = files.path('backend/app/schemas/item.py');
    const was = readFileSync(schemas, 'utf8');
    writeFileSync(schemas, was.replace('    description: str | None\n', '    description: str | None\n    shelf: str = "A"\n'));
    const says = () => stack.exec('frontend', ['pnpm', 'run', 'api:check'], { check: false });
    await waitFor(async () => (await says()).code === 1, { what: 'the types to be old', timeout: 30_000 });
    assert.match((await says()).stderr, /api:generate/);
    await stack.exec('frontend', ['pnpm', 'run', 'api:generate']);
    assert.match(files.read('frontend/src/api/schema.d.ts'), /shelf: string/);
    const { uid, gid } = statSync(files.path('frontend/src/api/schema.d.ts'));
    assert.deepEqual({ uid, gid }, DEVELOPER);
    assert.equal((await says()).code, 0);
    writeFileSync(schemas, was);
  });

  test('makes the lockfile anew without naming a registry, owned by whoever develops', async () => {
    const lock = files.path('frontend/pnpm-lock.yaml');
    const was = readFileSync(lock, 'utf8');
    await stack.run(['run', '--rm', '--no-deps', '--volume', './frontend:/project', '--workdir', '/project', 'frontend', 'pnpm', 'install', '--lockfile-only', '--no-frozen-lockfile']);
    assert.equal(readFileSync(lock, 'utf8'), was);
    assert.doesNotMatch(was, /https?:\/\//);
    assert.equal(existsSync(files.path('frontend/node_modules')), false);
  });

  test('shows the database to developers who ask for it, behind its login [003-028] [003-029] [003-030]', async () => {
    assert.deepEqual((await stack.ps()).map(({ Service }) => Service).filter((name) => name === 'adminer'), []);
    assert.ok(!(await stack.run(['config', '--services'])).stdout.includes('adminer'));
    await stack.run(['--profile', 'tools', 'up', '--detach', '--wait', 'adminer']);
    const { NetworkSettings } = await inspect(stack, 'adminer');
    assert.deepEqual(NetworkSettings.Ports['8080/tcp'].map(({ HostIp }) => HostIp), ['127.0.0.1']);
    const page = await browser.page();
    const login = async (password) => {
      await page.goto(`http://localhost:${await stack.port('adminer', 8080)}/?pgsql=postgres&username=app&db=app`);
      assert.equal(await page.locator('[name="auth[server]"]').inputValue(), 'postgres');
      await page.locator('[name="auth[password]"]').fill(password);
      await page.locator('input[type=submit]').first().click();
    };
    await login('wrong');
    await page.getByText(/password authentication failed/).waitFor();
    await login('dev_password_change_in_production');
    await page.getByRole('link', { name: 'items' }).first().waitFor();
    await screenshot(page, 'adminer');
    assert.equal((await stack.exec('adminer', ['sh', '-c', 'id -u'])).stdout.trim() === '0', false);
    assert.equal((await stack.exec('adminer', ['sh', '-c', 'readlink adminer.css'])).stdout.trim(), 'designs/nette/adminer.css');
    await stack.run(['rm', '--stop', '--force', 'adminer']);
  });

  test('stops in under two seconds, by itself [000-115]', async () => {
    const started = Date.now();
    await stack.run(['stop', 'frontend']);
    const took = Date.now() - started;
    assert.ok(took < 2_000, `it took ${took} ms`);
    const { ExitCode } = (await inspect(stack, 'frontend')).State;
    assert.ok([0, 143].includes(ExitCode), `it ended with ${ExitCode}`);
  });
});

describe('a frontend in production', () => {
  let browser;
  let files;
  let stack;
  let url;
  const secret = (letter) => letter.repeat(40);
  const env = {
    POSTGRES_USER: 'app', POSTGRES_DB: 'app', POSTGRES_PASSWORD: secret('a'), SECRET_KEY: secret('c'), FRONTEND_PORT: '0', VITE_SUPPORT_EMAIL: 'support@example.com',
  };
  before(async () => {
    files = await synth(definition);
    stack = compose(projectName('viteprod'), files.dir, 'compose.prod.yaml', env);
    await stack.run(['up', '--detach', '--wait', '--build']);
    url = `http://localhost:${await stack.port('frontend', 3000)}`;
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    stack?.release();
  });

  test('shows the same page served by nginx, under its policy, without a complaint of the browser [000-118]', async () => {
    const page = await browser.page();
    await page.goto(url);
    await shows(page, HEALTHY);
    await add(page, 'ink');
    assert.deepEqual(await names(page), ['ink']);
    assert.deepEqual(await violations(page), []);
    assert.deepEqual(page.complaints, []);
    await screenshot(page, 'vite-production');
    const refused = await page.evaluate(() => new Promise((resolve) => {
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => resolve(effectiveDirective));
      const script = document.createElement('script');
      script.textContent = 'globalThis.injected = true';
      document.body.append(script);
      setTimeout(() => resolve('nothing'), 2_000);
    }));
    assert.equal(refused, 'script-src-elem');
  });

  test('answers every page of the application, and no asset that is not there', async () => {
    const page = await browser.page();
    const response = await page.goto(`${url}/some/page?with=query`);
    assert.equal(response.status(), 200);
    await shows(page, HEALTHY);
    assert.deepEqual(page.complaints, []);
    assert.equal((await get(`${url}/assets/index-gone.js`)).status, 404);
    assert.match((await get(`${url}/apiary`)).text, /<!doctype html>/i, 'a page that begins like the API');
  });

  test('lets browsers keep what never changes and nothing else, compressed', async () => {
    const index = await get(`${url}/`);
    assert.equal(index.headers.get('cache-control'), 'no-cache');
    const [asset] = /\/assets\/[^"]+\.js/.exec(index.text);
    const script = await get(url + asset, { headers: { 'accept-encoding': 'gzip' } });
    assert.equal(script.headers.get('cache-control'), 'public, max-age=31536000, immutable');
    assert.equal(script.headers.get('content-encoding'), 'gzip');
    assert.equal((await get(`${url}/config.js`)).headers.get('cache-control'), 'no-cache');
    const api = await get(`${url}/api/v1/items`);
    assert.equal(api.headers.get('cache-control'), null);
    assert.equal(api.headers.get('content-security-policy'), null);
    for (const answer of [index, script, await get(`${url}/assets/none.js`)]) {
      assert.match(answer.headers.get('content-security-policy'), /default-src 'none'/);
      for (const name of ['x-content-type-options', 'referrer-policy', 'permissions-policy', 'x-frame-options', 'cross-origin-opener-policy']) assert.ok(answer.headers.get(name), name);
    }
    assert.equal(index.headers.get('server'), 'nginx');
  });

  test('hands settings to the page that change without a build, whatever they hold', async () => {
    const image = (await inspect(stack, 'frontend')).Image;
    const settings = async () => {
      const page = await browser.page();
      await page.goto(`http://localhost:${await stack.port('frontend', 3000)}`);
      return page.evaluate(() => globalThis.runtimeSettings);
    };
    assert.deepEqual(await settings(), { VITE_API_BASE_URL: '/api/v1', VITE_APP_TITLE: 'shop', VITE_SUPPORT_EMAIL: 'support@example.com' });
    const awkward = `a"b'c\\d$e </script> é 日本`;
    await stack.run(['up', '--detach', '--wait', '--no-deps', 'frontend'], { env: { VITE_SUPPORT_EMAIL: awkward } });
    assert.equal((await settings()).VITE_SUPPORT_EMAIL, awkward);
    assert.equal((await inspect(stack, 'frontend')).Image, image);
    await stack.run(['up', '--detach', '--wait', '--no-deps', 'frontend']);
    url = `http://localhost:${await stack.port('frontend', 3000)}`;
  });

  test('finds a backend that comes back at another address, and says so while it is away', async () => {
    const page = await browser.page();
    await page.goto(url);
    await shows(page, HEALTHY);
    const addressOf = async () => Object.values((await inspect(stack, 'backend')).NetworkSettings.Networks)[0].IPAddress;
    const old = await addressOf();
    await stack.run(['rm', '--stop', '--force', 'backend']);
    await shows(page, AWAY);
    const away = await get(`${url}/api/v1/items`);
    assert.equal(away.status, 503);
    assert.deepEqual(away.json, { detail: 'the API cannot be reached' });
    // Somebody else takes the address.
    const network = Object.keys((await inspect(stack, 'frontend')).NetworkSettings.Networks)[0];
    const squatter = `${stack.project}-squatter`;
    await run('docker', ['run', '--detach', '--rm', '--name', squatter, '--network', network, '--ip', old, 'redis:8-alpine'], { check: false })
      .then(({ code }) => code === 0 || run('docker', ['run', '--detach', '--rm', '--name', squatter, '--network', network, 'redis:8-alpine']));
    try {
      await stack.run(['up', '--detach', '--wait', '--no-deps', 'backend']);
      assert.notEqual(await addressOf(), old);
      await shows(page, HEALTHY, 30_000);
    } finally {
      await run('docker', ['rm', '--force', squatter]);
    }
  });

  test('is small, read-only, without rights, and healthy by its own word', async () => {
    const { HostConfig, State } = await inspect(stack, 'frontend');
    assert.equal(HostConfig.ReadonlyRootfs, true);
    assert.deepEqual(HostConfig.CapDrop, ['ALL']);
    assert.equal(State.Health.Status, 'healthy');
    assert.notEqual((await stack.exec('frontend', ['id', '-u'])).stdout.trim(), '0');
    const size = async (image) => Number((await run('docker', ['image', 'inspect', '--format', '{{.Size}}', image])).stdout);
    const added = await size((await inspect(stack, 'frontend')).Image) - await size('nginxinc/nginx-unprivileged:1.29-alpine');
    assert.ok(added < 5_000_000, `${added} bytes over its base`);
    await stack.exec('frontend', ['sh', '-c', '! command -v node && ! ls /app /usr/share/nginx/html/src 2>/dev/null']);
    await stack.run(['exec', '--no-TTY', 'frontend', 'wget', '-qO-', 'http://127.0.0.1:3000/_health']);
    const started = Date.now();
    await stack.run(['stop', 'frontend']);
    assert.ok(Date.now() - started < 3_000);
    assert.equal((await inspect(stack, 'frontend')).State.ExitCode, 0);
  });

  test('its Dockerfile is content with the engine\'s checks', async () => {
    await run('docker', ['build', '--check', files.path('frontend')]);
  });

  test('is built without a lockfile too, and says what is missing', async () => {
    const manifest = files.path('frontend/package.json');
    const was = readFileSync(manifest, 'utf8');
    renameSync(files.path('frontend/pnpm-lock.yaml'), files.path('pnpm-lock.yaml'));
    writeFileSync(manifest, was.replace('"version": "0.0.0"', `"version": "0.0.${Date.now()}"`));
    const { stderr } = await run('docker', ['build', '--progress', 'plain', '--target', 'build', '--output', 'type=cacheonly', files.path('frontend')], { timeout: 300_000 });
    assert.match(stderr, /There is no pnpm-lock\.yaml: other versions may be installed next time\. Make it by the task frontend:lock\./);
    assert.match((await synth(definition, { dir: files.dir })).stderr, /PS147 .*There is no frontend\/pnpm-lock\.yaml/);
    renameSync(files.path('pnpm-lock.yaml'), files.path('frontend/pnpm-lock.yaml'));
    writeFileSync(manifest, `${was.replace('"openapi-fetch": "^0.17.0",', '')}`);
    const refused = await run('docker', ['build', '--progress', 'plain', '--target', 'build', '--output', 'type=cacheonly', files.path('frontend')], { check: false, timeout: 300_000 });
    assert.notEqual(refused.code, 0, 'a lockfile that does not fit is taken');
    assert.match(refused.stderr, /frozen-lockfile/);
    writeFileSync(manifest, was);
  });

  test('hadolint finds nothing', { skip: noHadolint }, async () => {
    assert.equal(await hadolint(files.path('frontend/Dockerfile')), '');
  });
});

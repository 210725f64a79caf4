import { execFileSync } from 'child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { Project } from 'projen';
import { PostgresService, Service, Severity, Stack, StackTesting } from 'projen-stack';
import { OwnerRule, ProcfileTarget, ShopPlatform, ShortenerService } from '../src';

/** A stack of a project that is never written. */
function newStack(): Stack {
  return new Stack(new Project({ name: 'shop', outdir: mkdtempSync(join(tmpdir(), 'acme-')) }));
}

const errors = (stack: Stack) => stack.findings().filter(({ rule }) => rule.severity === Severity.ERROR);

test('the shortener reaches every file that the library writes', () => {
  const stack = newStack();
  const shortener = new ShortenerService(stack, 'links', { database: new PostgresService(stack, 'postgres', { version: '17' }) });
  shortener.dockerfile.stage('production').addPackages('tzdata');
  expect(errors(stack)).toEqual([]);
  const files = StackTesting.synth(stack);
  expect(files['compose.yaml']).toContain('  links:\n');
  expect(files['compose.prod.yaml']).toContain('TOKEN: ${SHORTENER_TOKEN:?');
  expect(files['.env.example']).toMatch(/^SHORTENER_TOKEN=/m);
  expect(files['links/Dockerfile']).toContain('tzdata');
  expect(files['links/shortener.py']).toContain('class Links');
  expect(files['scripts/test-stack.sh']).toContain('"links": [0-9]+');
  expect(StackTesting.synth(stack, { sections: true })['README.md']).toContain('Short links');
  expect(StackTesting.tasks(stack)['links:list']).toEqual(['docker', 'compose', 'exec', 'links', 'python', 'shortener.py', 'list']);
});

test('a shop has Acme\'s defaults, and its parts are adjusted afterwards', () => {
  const stack = newStack();
  const shop = new ShopPlatform(stack, 'shop', { owner: 'checkout' });
  shop.postgres.addParameter('work_mem', '8MB');
  shop.backend.addOverrides({ compose: { oom_score_adj: -500 } });
  expect(errors(stack)).toEqual([]);
  const { 'compose.yaml': development } = StackTesting.synth(stack);
  for (const text of ['owner: checkout', 'work_mem=8MB', 'log_min_duration_statement=500ms', 'oom_score_adj: -500']) expect(development).toContain(text);
});

test('a service without an owner is found', () => {
  const stack = newStack();
  stack.addRule(new OwnerRule());
  new Service(stack, 'web', { image: 'nginx:1.29' });
  expect(errors(stack).map(({ message, fix }) => `${message} ${fix}`)).toEqual(['The service "web" has no owner. Write: labels: { owner: \'team-name\' }.']);
});

test('the Procfile has a line for each service that is not left out', () => {
  const stack = newStack();
  stack.addTarget(new ProcfileTarget());
  new Service(stack, 'web', { image: 'nginx:1.29', replicas: 2 });
  new Service(stack, 'quiet', { image: 'nginx:1.29', overrides: { procfile: { skip: true } } });
  expect(StackTesting.synth(stack).Procfile).toBe('web: docker compose up --no-log-prefix --scale web=2 web\n');
});

/** The real parser, where there is one. */
const hasDocker = (() => {
  try {
    return execFileSync('docker', ['compose', 'version'], { stdio: 'ignore' }) === null;
  } catch {
    return false;
  }
})();

(hasDocker ? test : test.skip)('Compose accepts what comes of it', () => {
  const stack = newStack();
  const shop = new ShopPlatform(stack, 'shop', { owner: 'checkout' });
  new ShortenerService(stack, 'links', { database: shop.postgres, labels: { owner: 'links' } });
  const folder = mkdtempSync(join(tmpdir(), 'acme-'));
  try {
    for (const [file, text] of Object.entries(StackTesting.synth(stack, { samples: true }))) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    const resolved = JSON.parse(execFileSync('docker', ['compose', 'config', '--format', 'json'], { cwd: folder, encoding: 'utf8' }));
    expect(Object.keys(resolved.services).sort()).toEqual(['backend', 'backend-migrate', 'links', 'postgres', 'redis']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

import { chmodSync, cpSync, mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { folderWith, ROOT, run } from './support';

/** What the programs that .ci/run calls do: `unit` and `e2e` are the bodies of `npm test` and `npm run test:e2e`. */
interface Pretended {
  readonly unit?: string;
  readonly e2e?: string;
  readonly generated?: string;
  readonly shellcheck?: string;
  /** Files that an earlier run left. */
  readonly left?: { [path: string]: string };
}

const PASSING = (name: string, passed: number) => `echo '{"passed":${passed},"failed":0,"skipped":0}' > .artifacts/${name}.json`;

/** Runs the real .ci/run in a folder where everything that it starts is pretended. */
function ci({ unit = PASSING('unit', 10), e2e = PASSING('e2e', 5), generated = PASSING('generated', 1), shellcheck = ':', left = {} }: Pretended) {
  const folder = folderWith({
    ...left,
    'tools/check-generated.mjs': `import { execSync } from 'node:child_process'; try { execSync(${JSON.stringify(generated)}, { stdio: 'inherit', shell: '/bin/bash' }); } catch { process.exitCode = 1; }`,
  });
  mkdirSync(join(folder, 'bin'));
  mkdirSync(join(folder, 'home'));
  cpSync(join(ROOT, '.ci', 'run'), join(folder, '.ci', 'run'));
  cpSync(join(ROOT, 'tools', 'totals.mjs'), join(folder, 'tools', 'totals.mjs'));
  cpSync(join(ROOT, 'tools', 'lib'), join(folder, 'tools', 'lib'), { recursive: true });
  const programs: { [name: string]: string } = {
    'npm': `case "$*" in test) ${unit}\n;; 'run test:e2e') ${e2e}\n;; *) echo "npm $*?"; exit 9 ;; esac`,
    'shellcheck': `case "$1" in --version) ;; *) ${shellcheck} ;; esac`,
    'actionlint': ':',
    'psql': ':',
    'hadolint': ':',
    'chromium': ':',
    'docker': ':',
    'kubectl': ':',
    'kubeconform': ':',
    'crane': ':',
    'kube-score': ':',
    'checkov': ':',
    'trivy': ':',
    'zizmor': ':',
    'git': ':',
  };
  for (const [name, body] of Object.entries(programs)) {
    writeFileSync(join(folder, 'bin', name), `#!/usr/bin/env bash\n${body}\n`);
    chmodSync(join(folder, 'bin', name), 0o755);
  }
  const env = { PATH: `${join(folder, 'bin')}:${process.env.PATH}`, HOME: join(folder, 'home'), XDG_CACHE_HOME: join(folder, 'home'), LAB_HOME: join(folder, 'no-lab'), KUBE_LOAD: 'true' };
  const { code, stdout, stderr } = run('bash', ['.ci/run'], { cwd: folder, env });
  return { code, last: stdout.trimEnd().split('\n').pop(), stdout, stderr };
}

test('all well: the sum of tests and checks in the last line', () => {
  // 10 unit tests, 1 for the generated files, 2 linters, 5 end-to-end tests
  expect(ci({})).toMatchObject({ code: 0, last: '18 passed, 0 failed' });
});

test('a failed test fails the run, and the later stages run all the same', () => {
  const result = ci({ unit: "echo '{\"passed\":8,\"failed\":2}' > .artifacts/unit.json; exit 1" });
  expect(result).toMatchObject({ code: 1, last: '16 passed, 2 failed' });
  expect(result.stdout).toContain('✗ npm test');
  expect(result.stdout).toContain('✓ end-to-end tests');
});

test.each<[string, Pretended, string]>([
  ['dies without totals', { unit: 'exit 1' }, '8 passed, 1 failed'],
  ['leaves no totals although it says success', { e2e: ':' }, '13 passed, 1 failed'],
  ['fails although its totals know of no failure', { e2e: `${PASSING('e2e', 5)}; exit 7` }, '18 passed, 1 failed'],
  ['ran nothing', { e2e: PASSING('e2e', 0) }, '13 passed, 1 failed'],
  ['finds an outdated file', { generated: "echo '{\"passed\":0,\"failed\":1}' > .artifacts/generated.json; exit 1" }, '17 passed, 1 failed'],
  ['finds a bad script', { shellcheck: 'exit 1' }, '17 passed, 1 failed'],
])('a stage that %s is one failure', (_, pretended, last) => {
  expect(ci(pretended)).toMatchObject({ code: 1, last });
});

test('totals of an earlier run do not count', () => {
  const left = { '.artifacts/unit.json': '{"passed":10,"failed":0}', '.artifacts/e2e.json': '{"passed":5,"failed":0}', '.artifacts/generated.json': '{"passed":1,"failed":0}' };
  expect(ci({ unit: ':', e2e: 'exit 1', generated: ':', left })).toMatchObject({ code: 1, last: '2 passed, 3 failed' });
});

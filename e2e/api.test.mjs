// The guard of the public API, with what a user would meet: a method that is gone, a property that became required.
import assert from 'node:assert/strict';
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { inRoot } from '../tools/lib/root.mjs';
import { run, tarball, tempDir } from './lib/index.mjs';

const GIT = ['-c', 'user.name=e2e', '-c', 'user.email=e2e@example.org', '-c', 'commit.gpgsign=false'];

/** A repository whose newest commits, after the tag v1.0.0, have these messages. */
async function repository(...messages) {
  const folder = tempDir('api-commits');
  const git = (...args) => run('git', [...GIT, ...args], { cwd: folder, env: { GIT_CONFIG_GLOBAL: '/dev/null' } });
  await git('init', '--quiet');
  await git('commit', '--quiet', '--allow-empty', '--message', 'feat!: everything');
  await git('tag', 'v1.0.0');
  for (const message of messages) await git('commit', '--quiet', '--allow-empty', '--message', message);
  return folder;
}

describe('the API that the last release had', () => {
  let released;
  const folder = tempDir('api');
  before(async () => {
    await run('tar', ['-xzf', await tarball(), '-C', folder]);
    released = join(folder, 'package');
    for (const name of ['projen', 'constructs']) symlinkSync(inRoot('node_modules', name), join(released, 'node_modules', name), 'junction');
  });

  /** The same package with a changed description of its API. */
  function changed(label, change) {
    const copy = join(folder, label);
    cpSync(released, copy, { recursive: true, verbatimSymlinks: true });
    const assembly = JSON.parse(readFileSync(join(copy, '.jsii'), 'utf8'));
    change(assembly.types);
    writeFileSync(join(copy, '.jsii'), JSON.stringify(assembly));
    return copy;
  }

  const check = async (now, ...messages) => run(process.execPath, [
    inRoot('tools', 'check-api.mjs'), '--old', released, '--new', now, '--repository', await repository(...messages),
  ], { check: false });

  const withoutMethod = (types) => {
    const service = types['projen-stack.Service'];
    assert.ok(service.methods.some(({ name }) => name === 'connect'));
    service.methods = service.methods.filter(({ name }) => name !== 'connect');
  };

  test('a method more is no break', async () => {
    const more = changed('more', (types) => types['projen-stack.Stack'].methods.push({ ...types['projen-stack.Stack'].methods[0], name: 'somethingNew' }));
    const { code, stdout } = await check(more, 'feat: something new');
    assert.equal(code, 0, stdout);
    assert.match(stdout, /whoever uses v1\.0\.0 can take this checkout as it is/);
  });

  test('a method less that nobody announced fails, by its name', async () => {
    const { code, stdout, stderr } = await check(changed('less', withoutMethod), 'fix: tidy up');
    assert.equal(code, 1, stdout);
    assert.match(stdout + stderr, /projen-stack\.Service\.connect/);
    assert.match(stdout + stderr, /no commit announces one: undo them, or commit with "feat!: …"/);
  });

  test('a property that became required fails', async () => {
    const { code, stdout } = await check(changed('required', (types) => {
      const property = types['projen-stack.StackProps'].properties.find(({ name }) => name === 'stackName');
      delete property.optional;
    }));
    assert.equal(code, 1, stdout);
    assert.match(stdout, /StackProps/);
  });

  test('what is experimental may change, and it is shown', async () => {
    const { code, stdout } = await check(changed('experimental', (types) => {
      const target = types['projen-stack.KubernetesTargetOptions'];
      assert.equal(target.docs.stability, 'experimental');
      target.properties = target.properties.slice(1);
    }), 'fix: tidy up');
    assert.equal(code, 0, stdout);
    assert.match(stdout, /warn - .*KubernetesTargetOptions[^]*changes of what is experimental, which may be/);
    assert.match(stdout, /whoever uses v1\.0\.0 can take this checkout as it is/);
  });

  test('young are the targets for clusters and workflows with what they alone read of the model, and nothing else', () => {
    const { types } = JSON.parse(readFileSync(join(released, '.jsii'), 'utf8'));
    const experimental = Object.values(types).filter(({ docs }) => docs.stability === 'experimental').map(({ name }) => name).sort();
    assert.deepEqual(experimental, [
      'DatabaseServer', 'DefinitionRun', 'Exposure', 'KubernetesAutoscaling', 'KubernetesBackups', 'KubernetesCloudNativePg', 'KubernetesDns', 'KubernetesEgress',
      'KubernetesEnvironment', 'KubernetesServiceOptions', 'KubernetesTarget', 'KubernetesTargetOptions', 'OutputTrial', 'SecretFiles', 'SecretSource',
      'WorkflowTarget', 'WorkflowTargetOptions',
    ]);
    const unmarked = Object.values(types).filter(({ name, docs }) => /^(Kubernetes|Workflow)/.test(name) && docs.stability !== 'experimental').map(({ name }) => name);
    assert.deepEqual(unmarked, [], 'a part of a young target is young');
    for (const name of ['KubernetesTarget', 'WorkflowTarget', 'DatabaseServer', 'OutputTrial', 'SecretFiles']) assert.match(readFileSync(inRoot('docs', 'releasing.md'), 'utf8'), new RegExp(`\`${name}\``));
  });

  for (const message of ['refactor!: connections are made otherwise', 'feat(model): connections\n\nBREAKING CHANGE: write link instead of connect']) {
    test(`it is accepted after a commit that announces it: ${message.split('\n')[0]}`, async () => {
      const { code, stdout } = await check(changed(`announced-${message.length}`, withoutMethod), message, 'docs: more');
      assert.equal(code, 0, stdout);
      assert.match(stdout, /Service\.connect/);
      assert.match(stdout, /breaks were announced: \w+ (refactor!|feat\(model\)): connections/);
    });
  }

  test('an announcement of an earlier release is none', async () => {
    const { code } = await check(changed('earlier', withoutMethod));
    assert.equal(code, 1);
  });
});

test('this checkout breaks nothing of the last release that no commit announces', async () => {
  // Before the first release, the last commit stands in for it: its sources are compiled and compared in the same way.
  const { stdout: tags } = await run('git', ['tag', '--list', 'v[0-9]*'], { cwd: inRoot() });
  const { stdout } = await run(process.execPath, [inRoot('tools', 'check-api.mjs'), ...(tags.trim() === '' ? ['--since', 'HEAD'] : [])]);
  assert.match(stdout, /whoever uses (v\d\S+|HEAD) can take this checkout as it is|breaks were announced/);
});

test('before the first release there is nothing to compare with, and that is said', async () => {
  const folder = tempDir('api-no-release');
  await run('git', ['init', '--quiet'], { cwd: folder });
  const { stdout } = await run(process.execPath, [inRoot('tools', 'check-api.mjs'), '--repository', folder]);
  assert.match(stdout, /there is no release yet that this checkout could break/);
});

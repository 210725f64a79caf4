import { spawnSync } from 'child_process';
import { app, define, SETTINGS, shop } from './stacks';
import { KubernetesTarget, KubernetesTargetOptions, SecretSource, Stack } from '../../../src';
import { newStack, render } from '../../support/stack';
import { partOf, readmeOf, unwrapped } from '../readme/support';

const tasksOf = (stack: Stack) => Object.fromEntries(stack.evaluate().outputs.flatMap((output) => output.tasks ?? [])
  .filter(({ taskName }) => taskName.includes('k8s')).map(({ taskName, command, description }) => [taskName, `${command.join(' ')}: ${description}`]));

test('the tasks of every day: those of production, unless there is none', () => {
  expect(tasksOf(shop())).toEqual({
    'k8s:render': 'kubectl kustomize k8s/overlays/production: Print the manifests of production, put together',
    'k8s:diff': 'bash scripts/deploy.sh --dry-run: Show what a deployment would change: staging, production',
    'k8s:deploy': 'bash scripts/deploy.sh: Deploy and watch until it works: staging, production; --tag TAG',
    'k8s:status': 'bash scripts/deploy.sh --status: Show what runs: staging, production',
  });
  expect(tasksOf(shop({ directory: 'deploy', environments: { test: {}, live: {} } }))['k8s:render']).toBe('kubectl kustomize deploy/overlays/test: Print the manifests of test, put together');
});

test('the tasks of a stack with another id begin with it', () => {
  const stack = newStack({ targets: [new KubernetesTarget({ settings: SETTINGS })] }, 'search');
  expect(Object.keys(tasksOf(define(stack)))).toEqual(['search:k8s:render', 'search:k8s:diff', 'search:k8s:deploy', 'search:k8s:status']);
});

/** What the README says of the stack on a cluster. */
function chapter(options: KubernetesTargetOptions = {}): string {
  const stack = define(newStack());
  stack.addTarget(new KubernetesTarget({ settings: SETTINGS, tag: '1.4.0', ...options }));
  return unwrapped(partOf(readmeOf(stack), '## Production'));
}

test('the README says how a stack is deployed, and what of it must be saved', () => {
  const text = chapter();
  for (const words of [
    'On Kubernetes the same stack runs from `k8s/`: `base` is what is the same everywhere, `overlays` what differs in staging and production. '
      + '`kubectl apply -k` takes an overlay as it is; `scripts/deploy.sh` also waits, asks whether it works, and takes back what does not.',
    '# Show what would change in the cluster ./scripts/deploy.sh staging --dry-run',
    '# Deploy, and make the Secret shop-secrets of what is in .env ./scripts/deploy.sh staging --secrets-from .env',
    '# Deploy images of another tag ./scripts/deploy.sh staging --tag 1.4.1',
    '# Show what runs ./scripts/deploy.sh staging --status',
    'On Kubernetes, the claims of `postgres` and `redis` in the namespace `shop` are backed up too: they stay when a StatefulSet is deleted, and nothing else keeps them.',
  ]) expect(text).toContain(words);
});

test('the README offers to make the Secret where that is how it is made', () => {
  expect(chapter()).toContain('--secrets-from .env');
  const external = chapter({ secretSource: SecretSource.EXTERNAL_SECRETS });
  expect([external.includes('--secrets-from'), external.includes('./scripts/deploy.sh staging --status')]).toEqual([false, true]);
});

const found = spawnSync('shellcheck', ['--version']).status === 0;
(found ? test : test.skip)('shellcheck has nothing to say of the script, whatever it knows of its stack', () => {
  for (const stack of [shop({ registry: 'ghcr.io/acme', directory: "it's here", environments: { production: {}, laptop: { secretSource: SecretSource.ENV_FILE } } }), app()]) {
    expect(spawnSync('shellcheck', ['-'], { input: render(stack)['scripts/deploy.sh'], encoding: 'utf8' }).stdout).toBe('');
  }
});

import { define, SETTINGS, shop } from './stacks';
import { Exposure, SecretSource, Stack } from '../../../src';
import { expectFile } from '../../support/expected';
import { newStack, render } from '../../support/stack';

const options = {
  registry: 'ghcr.io/acme/',
  certificateIssuer: 'letsencrypt',
  environments: {
    staging: { hosts: { frontend: 'staging.shop.example.com' }, settings: { LOG_LEVEL: 'DEBUG' } },
    production: {
      hosts: { frontend: 'shop.example.com' }, replicas: { backend: 2 }, resources: { worker: { memory: '1G' } },
    },
    laptop: { secretSource: SecretSource.ENV_FILE, tag: 'dev' },
  },
};

const files = Object.entries(render(shop(options))).filter(([file]) => file.startsWith('k8s/'));

test.each(files)('%s is what an expert would write', (file, text) => expectFile(__dirname, `shop/${file.slice('k8s/'.length)}`, text));

test('there are these files, and no more', () => {
  expectFile(__dirname, 'shop/files.txt', files.map(([file]) => `${file}\n`).join(''));
});

test('the same definition gives the same bytes', () => {
  expect(Object.entries(render(shop(options))).filter(([file]) => file.startsWith('k8s/'))).toEqual(files);
});

test('no secret stands in any of them, not even the default of development', () => {
  const text = files.map(([, content]) => content).join('\n');
  expect(text).not.toMatch(/dev_|change_in_production|change_this/);
  expect(text).toContain('key: POSTGRES_PASSWORD');
});

test('the other targets give what they gave without this one', () => {
  const others = (stack: Stack) => Object.fromEntries(Object.entries(render(stack)).filter(([file]) => !file.startsWith('k8s/') && file !== 'scripts/deploy.sh'));
  const without = newStack();
  define(without);
  expect(others(shop(options))).toEqual(others(without));
  expect(Object.keys(render(without))).toEqual(Object.keys(others(without)));
});

describe('what differs little', () => {
  const changed = (more: object) => {
    const after = Object.entries(render(shop({ ...options, ...more })));
    const before = new Map(Object.entries(render(shop(options))));
    return after.filter(([file, text]) => before.get(file) !== text).map(([file]) => file).sort();
  };

  test('a number of pods is one line of one overlay', () => {
    const production = { ...options.environments.production, replicas: { backend: 3 } };
    expect(changed({ environments: { ...options.environments, production } })).toEqual(['k8s/overlays/production/kustomization.yaml']);
  });

  test('a tag is in the overlays, and so is the name of the Job that runs it', () => {
    expect(changed({ tag: '1.5.0' })).toEqual(['k8s/overlays/production/kustomization.yaml', 'k8s/overlays/staging/kustomization.yaml']);
  });

  test('a setting is in the files of the services that use it, and in the names of Jobs', () => {
    expect(changed({ settings: { ...SETTINGS, POSTGRES_DB: 'store' } })).toEqual([
      'k8s/base/backend-migrate/settings.env', 'k8s/base/backend/settings.env', 'k8s/base/beat/settings.env', 'k8s/base/postgres/settings.env',
      'k8s/base/worker/settings.env', 'k8s/overlays/laptop/kustomization.yaml', 'k8s/overlays/production/kustomization.yaml',
      'k8s/overlays/staging/kustomization.yaml',
    ]);
  });

  test('how browsers come in is one file of each overlay', () => {
    const files_ = Object.keys(render(shop({ ...options, certificateIssuer: undefined, exposure: Exposure.GATEWAY })));
    expect(files_).toContain('k8s/overlays/production/frontend-http-route.yaml');
    expect(files_).not.toContain('k8s/overlays/production/frontend-ingress.yaml');
  });
});

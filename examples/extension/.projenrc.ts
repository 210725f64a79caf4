import { cdk, javascript } from 'projen';

const project = new cdk.JsiiProject({
  name: '@acme/stack',
  description: 'What every stack of Acme is made of, on projen-stack',
  author: 'Acme Platform',
  authorAddress: 'platform@acme.example',
  repositoryUrl: 'https://git.acme.example/platform/stack.git',
  license: 'Apache-2.0',
  defaultReleaseBranch: 'main',
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.0.0',
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~6.0.0',
  projenrcTs: true,
  sampleCode: false,
  github: false,
  eslint: false,
  docgen: false,
  depsUpgrade: false,

  // The library is the user's, and there is one copy of it: never a dependency. The range is the promise that synthesis checks. 0.0.0 is a
  // checkout that nobody released, as the tests of projen-stack have it: your package names versions only.
  peerDeps: ['projen-stack@^1.0.0 || 0.0.0', 'projen@>=0.103.25 <1', 'constructs@^10.5.0'],
  peerDependencyOptions: { pinnedDevDependency: false },
  devDeps: ['projen@0.103.25', 'constructs@10.8.1', 'projen-stack', 'tsx@~4.23.15'],
  jestOptions: { jestVersion: '^30', junitReporting: false, jestConfig: { collectCoverage: false } as javascript.JestConfigOptions },
});

project.synth();

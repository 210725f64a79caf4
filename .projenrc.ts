import { cdk, javascript, JsonPatch, ReleasableCommits } from 'projen';
import { JobPermission } from 'projen/lib/github/workflows-model';

const project = new cdk.JsiiProject({
  name: 'projen-stack',
  description: 'projen constructs that turn one definition into a Compose stack, its env files and its tools, each proven by its real reader',
  keywords: ['projen', 'constructs', 'docker', 'compose', 'docker-compose', 'postgres', 'redis', 'fullstack'],
  author: 'The projen-stack authors',
  authorAddress: 'https://github.com/projen-stack',
  repositoryUrl: 'https://github.com/projen-stack/projen-stack.git',
  license: 'Apache-2.0',
  copyrightOwner: 'The projen-stack authors',
  defaultReleaseBranch: 'main',
  projenrcTs: true,

  packageManager: javascript.NodePackageManager.NPM,
  // The first on which tsx can be given to --import, as a project's definition is run.
  minNodeVersion: '20.6.0',
  // npm of 11.5.1 or later, which trusted publishing needs, comes with Node 24.
  workflowNodeVersion: '24',
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~6.0.0',
  tsconfigDevFile: 'tsconfig.dev.json',
  // jsii's default writes them into the modules, with the sources: two thirds of their size, read again whenever a construct asks where it was made.
  tsconfig: { compilerOptions: { inlineSourceMap: false, inlineSources: false } },

  // Wide on purpose: projen releases a minor version every few weeks, and `^0.103.0` would exclude the next one.
  peerDeps: ['projen@>=0.103.25 <1', 'constructs@^10.5.0'],
  // `yaml` writes documents with comments; jsii wants what is not a jsii module to be bundled.
  bundledDeps: ['yaml@^2.9.1'],
  devDeps: [
    'projen@0.103.25',
    'constructs@10.8.1',
    'tsx@~4.23.15',
    // Compiles the Compose schema into a stand-alone validator at build time; nothing of it runs at synthesis.
    'ajv@^8.20.0',
    'fast-check@^4.10.2',
    'esbuild@~0.28.2',
    // Drives Debian's Chromium in the end-to-end tests, and looks for what people who cannot see a page would miss.
    'playwright-core@^1.65.1',
    'axe-core@^4.14.1',
    // Draw and judge what a README holds, as its readers do. The newest of the linter wants Node 22.
    'mermaid@^11.12.0',
    'markdownlint-cli2@~0.20.0',
  ],

  sampleCode: false,
  jestOptions: {
    jestVersion: '^30',
    junitReporting: false,
    configFilePath: 'jest.config.json',
    // A snapshot that differs is a failure; `npx jest -u` is a decision.
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    jestConfig: {
      // The two other rooms with tests need an engine: e2e/run.mjs starts them.
      roots: ['<rootDir>/test'],
      collectCoverage: false,
      // By default jest leaves one core alone, which on the two of CI is half of them.
      maxWorkers: '100%',
    } as javascript.JestConfigOptions,
  },
  eslintOptions: { dirs: ['src'], devdirs: ['test', 'tools'], commandOptions: { fix: false }, tsconfigPath: './tsconfig.dev.json', projectService: false },
  excludeTypescript: ['examples/**', 'test/**', 'e2e/**', 'bench/**', 'assets/**'],
  docgen: true,
  npmTrustedPublishing: true,
  releaseToNpm: true,
  // FastAPI's people write Python: the same release for them, see docs/python.md.
  publishToPypi: { distName: 'projen-stack', module: 'projen_stack', trustedPublishing: true },
  release: true,
  // The first version is 1.0.0: below it a break would be a minor version, and versions of extensions could not say what they fit.
  minMajorVersion: 1,
  // What nobody who uses the library could notice makes no version.
  releasableCommits: ReleasableCommits.exec(
    'git log --no-merges --oneline $LATEST_TAG..HEAD -E --grep \'^(feat|fix|perf|revert)(\\([^()]+\\))?!?: |^[a-z]+(\\([^()]+\\))?!: |^BREAKING[ -]CHANGE: \'',
  ),
  // 13 wants Node 22, and the build is promised on Node 20.
  bumpPackage: 'commit-and-tag-version@^12',
  // What publishes runs with the right to publish: the same program every time.
  jsiiReleaseVersion: '0.2.1061',
  depsUpgradeOptions: { workflow: false },
  githubOptions: {
    mergify: false,
    pullRequestLint: true,
    // The title becomes the commit, and the commits become the version and the changelog.
    pullRequestLintOptions: {
      semanticTitleOptions: { types: ['feat', 'fix', 'perf', 'revert', 'refactor', 'docs', 'test', 'bench', 'style', 'ci', 'chore'] },
    },
  },
  pullRequestTemplate: false,
  tsconfigDev: { include: ['.projenrc.ts'], exclude: ['node_modules', 'examples', 'assets', 'out', '.artifacts'] },
  gitignore: ['/.artifacts/', '/out/', '*.tgz', '.DS_Store', '__pycache__/'],
});

// A transitive dependency of the linter whose newest release lacks packages for some platforms on slower mirrors.
project.package.addPackageResolutions('unrs-resolver@1.12.2');

// A lockfile that names a registry host works for nobody who uses a mirror.
project.npmrc.addConfig('omit-lockfile-registry-resolved', 'true');
project.npmrc.addConfig('fund', 'false');
project.npmrc.addConfig('audit', 'false');

// The rooms of docs/architecture.md. Services and targets know the model and never each other.
const room = (target: string, from: string[], message: string) => ({ target: `./src/${target}`, from: from.map((f) => `./src/${f}`), message });
project.eslint?.addRules({
  'import/no-restricted-paths': ['error', {
    zones: [
      room('model', ['services', 'targets', 'validation', 'files', 'stack.ts', 'stack-project.ts', 'index.ts'], 'The model imports nothing of ours but itself.'),
      room('services', ['targets', 'validation', 'files', 'stack.ts', 'stack-project.ts', 'index.ts'], 'A service knows the model only.'),
      room('targets', ['services', 'validation', 'files', 'stack.ts', 'stack-project.ts', 'index.ts'], 'A target knows the model only.'),
      room('validation', ['services', 'targets', 'files', 'stack.ts', 'stack-project.ts', 'index.ts'], 'A rule knows the model only.'),
      room('files', ['services', 'targets', 'validation', 'model', 'stack.ts', 'stack-project.ts', 'index.ts'], 'Files are the bottom: they know nothing above them.'),
    ],
  }],
  'import/no-cycle': ['error'],
});

// ts-jest only transpiles; here the types of the tests and tools are read too.
project.testTask.execArgs(['tsc', '--noEmit', '--project', 'tsconfig.dev.json'], { name: 'types' });

// The two commands of the README, and what belongs to them; each does its own set-up, so that a fresh clone needs nothing first.
project.package.setScript('start', 'node tools/start.mjs');
project.package.setScript('test', 'node tools/test.mjs');
project.package.setScript('test:e2e', 'node e2e/run.mjs');
project.package.setScript('bench', 'node bench/run.mjs');

// jsii leaves what a source that is gone was compiled to, and all of lib/ is published.
project.preCompileTask.execArgs(['node', '--eval', "fs.rmSync('lib', { recursive: true, force: true })"], { name: 'lib/ of an earlier compilation' });

// Generated and committed; a test fails when they are not what their sources give.
project.preCompileTask.execArgs(['node', 'tools/generate-schema-validator.mjs'], { name: 'The validator of the Compose schema' });
project.preCompileTask.execArgs(['node', 'tools/generate-properties.mjs'], { name: 'The names and kinds of properties' });
project.postCompileTask.execArgs(['node', '--import', 'tsx', 'tools/generate-rules-doc.ts'], { name: 'docs/rules.md' });
project.postCompileTask.execArgs(['node', '--import', 'tsx', 'tools/generate-construct-docs.ts'], { name: 'docs/constructs/' });
project.postCompileTask.execArgs(['node', 'tools/generate-examples.mjs'], { name: 'What the definitions in examples/ give' });
project.postCompileTask.execArgs(['node', 'tools/generate-llms.mjs'], { name: 'llms.txt' });

project.gitattributes.addAttributes('/llms.txt', 'linguist-generated');
project.gitattributes.addAttributes('/assets/schema/compose-validator.js', 'linguist-generated', '-diff');
project.gitattributes.addAttributes('/assets/properties.json', 'linguist-generated');
project.gitattributes.addAttributes('*.sh', 'eol=lf');

// tools/lib/packed.mjs lists what is left. The two pages are for who works on this repository.
project.npmignore?.exclude('/e2e/', '/bench/', '/examples/', '/schemas/', '/tools/', '/.ci/', '/.artifacts/', '/out/', '/.npmrc', '/.projenrc.ts', '/.github/', '/llms.txt');
project.npmignore?.exclude('/docs/releasing.md', '/docs/requirements.md', '__pycache__/');

// All versions, for those who read the package; projen itself makes the part of the newest one, for its page on GitHub.
project.tasks.tryFind('bump')?.execArgs(['node', 'tools/changelog.mjs'], { name: 'CHANGELOG.md' });
project.gitignore.exclude('/CHANGELOG.md');

// The actions that projen names by a tag; the commits are those of the tags in the actions' own repositories.
project.github?.actions.set('actions/setup-node', 'actions/setup-node@820762786026740c76f36085b0efc47a31fe5020');
project.github?.actions.set('actions/setup-python', 'actions/setup-python@5fda3b95a4ea91299a34e894583c3862153e4b97');

// What build.yml does not do: linters of scripts and workflows, the guard of the API, and everything on an engine and a cluster, by the same
// program as anywhere else.
const proofs = project.github?.addWorkflow('proofs');
proofs?.on({ pullRequest: {}, workflowDispatch: {} });
proofs?.addJob('proofs', {
  name: 'All that .ci/run does',
  runsOn: ['ubuntu-24.04'],
  timeoutMinutes: 150,
  permissions: { contents: JobPermission.READ },
  env: { CI: 'true' },
  steps: [
    // With all tags: the guard of the API compares with the last release.
    { name: 'Checkout', uses: 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1', with: { 'fetch-depth': 0, 'persist-credentials': false } },
    // The oldest that is promised; the other workflows have the newest.
    { name: 'Setup Node.js', uses: project.github?.actions.get('actions/setup-node'), with: { 'node-version': '20', 'package-manager-cache': false } },
    {
      name: 'Have a browser and a client where .ci/run looks for them',
      run: [
        'command -v psql || sudo apt-get install --yes --no-install-recommends postgresql-client',
        'command -v chromium || sudo ln -s "$(command -v google-chrome)" /usr/local/bin/chromium',
      ].join('\n'),
    },
    {
      name: 'Create a cluster',
      run: ['go install sigs.k8s.io/kind@v0.32.0', '"$(go env GOPATH)/bin/kind" create cluster --wait 180s', 'echo "$(go env GOPATH)/bin" >> "$GITHUB_PATH"'].join('\n'),
    },
    { name: 'Prove everything', run: '.ci/run', env: { KUBE_LOAD: 'kind load docker-image', PROJEN_STACK_OPERATORS: '1' } },
  ],
});

// publib knows npm's registry by itself, and a mirror is set where the workflow runs: no host is named here.
const release = project.github?.tryFindWorkflow('release')?.file;
if (!release) throw new Error('There is no release workflow to take the name of the registry from.');
release.patch(JsonPatch.remove('/jobs/release_npm/steps/9/env/NPM_REGISTRY'));

project.synth();

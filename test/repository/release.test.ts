import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { parse } from 'yaml';
import { committedFiles, ROOT } from './support';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const workflow = (name: string): any => parse(read(`.github/workflows/${name}`));
const stepsOf = (job: any): any[] => job.steps;
/** The step of a job that publishes. */
const publishing = (job: any) => stepsOf(job).find(({ run }) => /publib/.test(run ?? ''));
const { jobs } = workflow('release.yml');

test('every action of every workflow is pinned to a commit', () => {
  const names = readdirSync(join(ROOT, '.github', 'workflows'));
  expect(names).toEqual(expect.arrayContaining(['build.yml', 'pull-request-lint.yml', 'release.yml']));
  const used = names.flatMap((name) => Object.values<any>(workflow(name).jobs).flatMap((job) => stepsOf(job).flatMap(({ uses }) => uses ?? [])));
  expect(used.length).toBeGreaterThan(20);
  for (const action of used) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
});

describe('a release', () => {
  test('is of what was tested, with all tags: the version follows from them', () => {
    const [checkout] = stepsOf(jobs.release);
    expect(checkout.with).toEqual({ 'fetch-depth': 0 });
    expect(stepsOf(jobs.release).map(({ run }) => run)).toContain('npx projen release');
    const { release, bump, build } = JSON.parse(read('.projen/tasks.json')).tasks;
    expect(release.steps.flatMap(({ spawn }: any) => spawn ?? [])).toEqual(['bump', 'build', 'unbump']);
    expect(build.steps.map(({ spawn }: any) => spawn)).toContain('test');
    expect(release.env.MIN_MAJOR).toBe('1');
    const { version } = JSON.parse(read('node_modules/commit-and-tag-version/package.json'));
    expect(bump.env.BUMP_PACKAGE).toBe(`commit-and-tag-version@^${version.split('.')[0]}`);
  });

  test.each(['release_npm', 'release_pypi'])('%s may have a token of identity made, and reads the repository', (name) => {
    expect(jobs[name].permissions).toEqual({ 'id-token': 'write', 'contents': 'read' });
    expect(jobs[name].needs).toBe('release');
    expect(jobs[name].if).toBe("needs.release.outputs.tag_exists != 'true' && needs.release.outputs.latest_commit == github.sha");
  });

  test('goes to npm by trusted publishing, with its provenance', () => {
    const step = publishing(jobs.release_npm);
    expect(step.env).toEqual({ NPM_DIST_TAG: 'latest', NPM_CONFIG_PROVENANCE: 'true', NPM_TRUSTED_PUBLISHER: 'true', PUBLIB_DRYRUN: '${{ inputs.dry_run }}' });
    expect(step.run).toMatch(/'publib@\d+\.\d+\.\d+' 'publib-npm'/);
  });

  test('goes to PyPI by trusted publishing, with its attestations', () => {
    const step = publishing(jobs.release_pypi);
    expect(step.env).toEqual({ PYPI_TRUSTED_PUBLISHER: 'true', PUBLIB_DRYRUN: '${{ inputs.dry_run }}' });
    expect(step.run).toMatch(/'publib@\d+\.\d+\.\d+' 'publib-pypi'/);
  });

  test('has the Node.js whose npm knows trusted publishing: 11.5.1 or later', () => {
    for (const job of Object.values(jobs)) {
      const versions = stepsOf(job).filter(({ uses }) => /^actions\/setup-node@/.test(uses ?? '')).map((step) => step.with['node-version']);
      expect(versions).toEqual(['24']);
    }
  });

  test('gets its tag and its page when both have it', () => {
    expect([...jobs.release_github.needs].sort()).toEqual(['release', 'release_npm', 'release_pypi']);
    expect(jobs.release_github.permissions).toEqual({ contents: 'write' });
  });

  test('needs no secret that somebody keeps: the tokens are made for one run', () => {
    const secrets = [...read('.github/workflows/release.yml').matchAll(/secrets\.(\w+)/g)].map(([, name]) => name);
    expect(new Set(secrets)).toEqual(new Set(['GITHUB_TOKEN']));
  });
});

test('what .ci/run proves is proven where an engine and a cluster are, with all tags for the guard of the API', () => {
  const { jobs: { proofs }, on } = workflow('proofs.yml');
  expect(Object.keys(on)).toEqual(['pull_request', 'workflow_dispatch']);
  expect(proofs.permissions).toEqual({ contents: 'read' });
  expect(stepsOf(proofs)[0].with).toEqual({ 'fetch-depth': 0, 'persist-credentials': false });
  const last = stepsOf(proofs)[stepsOf(proofs).length - 1];
  expect([last.run, last.env]).toEqual(['.ci/run', { KUBE_LOAD: 'kind load docker-image', PROJEN_STACK_OPERATORS: '1' }]);
  // The oldest major of Node.js that is promised.
  const { engines } = JSON.parse(read('package.json'));
  expect(/^>= (\d+)\./.exec(engines.node)![1]).toBe(stepsOf(proofs)[1].with['node-version']);
});

test('the title of a pull request may have each type that commits have', () => {
  const { types } = stepsOf(workflow('pull-request-lint.yml').jobs.validate)[0].with;
  const known = types.trim().split('\n');
  const page = read('docs/releasing.md');
  for (const type of known) expect(page).toMatch(new RegExp(`\`${type}[!\`:]`));
  expect(known).toEqual(expect.arrayContaining(['feat', 'fix', 'perf', 'refactor', 'docs', 'test', 'bench', 'style', 'ci', 'chore']));
});

test('no test and no expected text names the version of this checkout: a release has another', () => {
  // Applications have a version of their own, and so have addresses and the packages of other people.
  const literal = /(projen-stack[@ ]|in use: |loaded: |beside |this is |library )0\.0\.0/;
  expect('in use: 0.0.0 in .').toMatch(literal);
  const files = committedFiles().filter((path) => /^(test|e2e)\/.*\.(ts|mjs|md|json|ya?ml|txt)$/.test(path) && path !== 'test/repository/release.test.ts');
  expect(files.length).toBeGreaterThan(100);
  expect(files.filter((path) => literal.test(read(path)))).toEqual([]);
});

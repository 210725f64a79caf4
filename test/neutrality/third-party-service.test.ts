import { MeilisearchProps, MeilisearchService } from './meilisearch';
import { ProcfileTarget } from './procfile-target';
import { HealthCheck, Mode, Mount, RestartPolicy, Service, Stack, Value } from '../../src';
import { document, newStack, render, serviceOf } from '../support/stack';

function withSearch(props?: MeilisearchProps): { stack: Stack; search: MeilisearchService } {
  const stack = newStack({ targets: [new ProcfileTarget()] });
  return { stack, search: new MeilisearchService(stack, 'search', props) };
}

const entry = (props: MeilisearchProps, mode = Mode.DEVELOPMENT) => serviceOf(withSearch(props).stack, 'search', mode);

describe('a service of somebody else, of twenty lines, reaches', () => {
  const { stack } = withSearch();
  const files = render(stack);

  test('the Compose file of development', () => {
    expect(document(stack)).toMatchObject({
      services: {
        search: {
          image: 'getmeili/meilisearch:v1.24',
          environment: { MEILI_MASTER_KEY: '${MEILI_MASTER_KEY:-dev_meili_master_key}' },
          restart: 'unless-stopped',
          ports: ['127.0.0.1:${SEARCH_PORT:-7700}:7700'],
          volumes: ['search_data:/meili_data'],
          healthcheck: { test: ['CMD-SHELL', expect.stringContaining("http://127.0.0.1:7700/health'")] },
        },
      },
      volumes: { search_data: null },
    });
    expect(files['compose.yaml']).toContain('  # Search engine\n  search:\n');
  });

  test('that of production, safe as every service is', () => {
    const search = serviceOf(stack, 'search', Mode.PRODUCTION);
    expect(search).toMatchObject({
      environment: { MEILI_MASTER_KEY: '${MEILI_MASTER_KEY:?set MEILI_MASTER_KEY in .env (scripts/env.sh init makes it)}' },
      security_opt: ['no-new-privileges:true'],
      deploy: { resources: { limits: { memory: '512M' } } },
      logging: { driver: 'json-file' },
    });
    expect(search).not.toHaveProperty('ports');
  });

  test('the template of the settings, with a heading and a comment', () => {
    expect(files['.env.example']).toMatch(/^# Search engine$/m);
    expect(files['.env.example']).toContain('\n# Master key of the search engine (secret)\nMEILI_MASTER_KEY=');
    expect(files['.env.example']).toContain('\nSEARCH_PORT=7700\n');
    expect(files['.env.example']).not.toContain('dev_meili_master_key');
  });

  test('the script that makes its secret', () => expect(files['scripts/env.sh']).toMatch(/^ *secret MEILI_MASTER_KEY +here /m));

  test('the tasks of the project', () => {
    expect(stack.evaluate().outputs.flatMap((output) => output.tasks ?? [])).toContainEqual({
      taskName: 'search:stats', description: 'Show what is indexed', command: ['docker', 'compose', 'exec', 'search', 'curl', 'localhost:7700/stats'],
    });
  });

  test('a target that neither of us has heard of', () => expect(files.Procfile).toMatch(/^search: MEILI_MASTER_KEY=/));

  test('the rules', () => expect(stack.findings()).toEqual([]));
});

test('others are connected to it by its URL', () => {
  const { stack, search } = withSearch();
  new Service(stack, 'api', { image: 'api:1', environment: { URL: search.url, KEY: Value.of(search.key) }, dependsOn: [{ service: search }] });
  expect(serviceOf(stack, 'api')).toMatchObject({
    environment: { URL: 'http://search:7700', KEY: '${MEILI_MASTER_KEY:-dev_meili_master_key}' }, depends_on: { search: { condition: 'service_healthy' } },
  });
});

describe('whoever uses it says otherwise', () => {
  test.each<[string, MeilisearchProps, object]>([
    ['the version', { version: '1.10' }, { image: 'getmeili/meilisearch:v1.10' }],
    ['the image', { image: 'mirror.example.com/meili:1' }, { image: 'mirror.example.com/meili:1' }],
    ['the port on the host', { ports: [{ name: 'http', port: 7700, hostPort: 7701 }] }, { ports: ['127.0.0.1:${SEARCH_PORT:-7701}:7700'] }],
    ['a further port', { ports: [{ name: 'metrics', port: 9000 }] }, { ports: ['127.0.0.1:${SEARCH_PORT:-7700}:7700', '127.0.0.1:${SEARCH_METRICS_PORT:-9000}:9000'] }],
    ['where the data is', { mounts: [Mount.bind('./data/search', '/meili_data', { holdsData: true })] }, { volumes: ['./data/search:/meili_data'] }],
    ['a further mount', { mounts: [Mount.tmpfs('/tmp')] }, { volumes: ['search_data:/meili_data'], tmpfs: ['/tmp'] }],
    ['the health check', { healthCheck: HealthCheck.none() }, { healthcheck: { disable: true } }],
    ['the environment', { environment: { MEILI_ENV: Value.literal('development') } }, { environment: { MEILI_ENV: 'development', MEILI_MASTER_KEY: expect.any(String) } }],
    ['restart', { restart: RestartPolicy.NO }, { restart: 'no' }],
    ['an argument', { command: Value.literals('meilisearch', '--no-analytics') }, { command: ['meilisearch', '--no-analytics'] }],
    ['development alone', { development: { environment: { A: Value.literal('1') } } }, { environment: { A: '1' } }],
    ['what Compose alone knows', { overrides: { compose: { tty: true, healthcheck: { interval: '1m' } } } }, { tty: true, healthcheck: { interval: '1m', retries: 5 } }],
    ['what Compose is not to be told', { overrides: { compose: { healthcheck: null } } }, { image: 'getmeili/meilisearch:v1.24' }],
  ])('%s', (_, props, expected) => expect(entry(props)).toMatchObject(expected));

  test('the mode in which it exists, its name and its heading', () => {
    const { stack } = withSearch({ modes: [Mode.DEVELOPMENT], serviceName: 'finder', description: 'Finder' });
    const files = render(stack);
    expect(files['compose.yaml']).toContain('  # Finder\n  finder:\n');
    expect(files).not.toHaveProperty(['compose.prod.yaml']);
    expect(files['.env.example']).toMatch(/^FINDER_PORT=7700$/m);
  });

  test('production alone', () => {
    const resources = { memory: '2G' };
    expect(entry({ production: { resources } }, Mode.PRODUCTION).deploy.resources.limits).toEqual({ cpus: '1', memory: '2G', pids: 512 });
    expect(entry({ production: { resources } })).not.toHaveProperty('deploy');
  });

  test('afterwards, by what every service has', () => {
    const { stack, search } = withSearch();
    search.addSettings({ image: 'other:1' }, Mode.PRODUCTION);
    search.addEnvironment('MEILI_MASTER_KEY', Value.literal('given-by-hand-for-the-test'), Mode.DEVELOPMENT);
    stack.accept('PS007', { because: 'a secret as a literal is what this test is about' });
    expect(serviceOf(stack, 'search').environment.MEILI_MASTER_KEY).toBe('given-by-hand-for-the-test');
    expect(serviceOf(stack, 'search', Mode.PRODUCTION).image).toBe('other:1');
  });
});

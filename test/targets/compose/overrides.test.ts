import { Mode, Mount, Service, ServiceProps, Stack, StackProps } from '../../../src';
import { document, lines, newStack, render, serviceOf } from '../../support/stack';

/** A stack with one service called web, and what Compose is told beside its properties. */
function web(compose: unknown, props: Partial<ServiceProps> = {}, stackProps: StackProps = {}): Stack {
  const stack = newStack(stackProps);
  new Service(stack, 'web', { image: 'nginx:1.29', overrides: { compose }, ...props });
  return stack;
}

/** The findings on the finished document. */
const found = (stack: Stack) => lines(stack.findings(), 'PS050', 'PS051', 'PS052');

describe('an override of a service', () => {
  test.each([
    ['a key that has no property', { tty: true, ulimits: { nofile: 1024 } }, { tty: true, ulimits: { nofile: 1024 } }],
    ['a scalar', { image: 'nginx:1.30' }, { image: 'nginx:1.30' }],
    ['one key of a mapping', { environment: { B: '3', C: '4' } }, { environment: { A: '1', B: '3', C: '4' } }],
    ['a mapping at any depth', { deploy: { resources: { limits: { pids: 7 } } } }, { deploy: { resources: { limits: { cpus: '2', pids: 7 } } } }],
    ['a list, as a whole', { volumes: ['./a:/a'] }, { volumes: ['./a:/a'] }],
    ['a mapping by text, where the specification allows both', { build: './web' }, { build: './web' }],
    ['text by a mapping', { env_file: [{ path: '.env.extra', required: false }] }, { env_file: [{ path: '.env.extra', required: false }] }],
  ])('reaches %s', (_, compose, expected) => {
    const stack = web(compose, {
      environment: {}, resources: { cpus: 2 }, mounts: [Mount.bind('./b', '/b')], development: { overrides: { compose: { environment: { A: '1', B: '2' } } } },
    });
    stack.model().services[0].addSettings({ overrides: { compose } as ServiceProps['overrides'] }, Mode.DEVELOPMENT);
    expect(serviceOf(stack, 'web')).toMatchObject(expected);
  });

  test('replaces a list instead of adding to it', () => {
    expect(serviceOf(web({ volumes: ['./a:/a'] }, { mounts: [Mount.bind('./b', '/b')] }), 'web').volumes).toEqual(['./a:/a']);
  });

  test('removes a key with null, at any depth, also one that is not there', () => {
    const stack = web({ restart: null, logging: { options: { 'max-file': null } }, deploy: { resources: { limits: { pids: null } } }, gone: null });
    const entry = serviceOf(stack, 'web', Mode.PRODUCTION);
    expect(entry).not.toHaveProperty('restart');
    expect(entry).not.toHaveProperty('gone');
    expect(entry.logging.options).toEqual({ 'max-size': '10m' });
    expect(entry.deploy.resources.limits).toEqual({ cpus: '1', memory: '512M' });
  });

  test('keeps the place of a key that was there, and puts a new one last', () => {
    expect(Object.keys(serviceOf(web({ tty: true, image: 'nginx:1.30' }), 'web'))).toEqual(['image', 'restart', 'tty']);
  });

  test('is for one mode, when it is said there', () => {
    const stack = web({ tty: true }, { production: { overrides: { compose: { tty: false, stdin_open: true } } } });
    expect(serviceOf(stack, 'web')).toMatchObject({ tty: true });
    expect(serviceOf(stack, 'web')).not.toHaveProperty('stdin_open');
    expect(serviceOf(stack, 'web', Mode.PRODUCTION)).toMatchObject({ tty: false, stdin_open: true });
  });

  test('may interpolate: a dollar sign is not doubled', () => {
    expect(render(web({ hostname: '${HOSTNAME:-web}' }))['compose.yaml']).toContain('    hostname: ${HOSTNAME:-web}\n');
  });

  test('of the volumes leaves no remark of a mount that is gone', () => {
    const stack = web({ volumes: ['./a:/a'] }, { mounts: [Mount.bind('./b', '/b', { note: 'About b.' })] });
    expect(render(stack)['compose.yaml']).not.toContain('About b.');
  });
});

describe('an override of the stack', () => {
  const compose = {
    'name': 'other',
    'x-logging': { driver: 'local' },
    'volumes': { extra: { external: true } },
    'networks': { default: { driver: 'bridge' } },
    'secrets': { key: { file: './key.txt' } },
    'services': { web: { volumes: ['extra:/extra'], secrets: ['key'] } },
  };

  test('reaches every key at the top, and the services too', () => {
    expect(document(web({}, {}, { overrides: { compose } }))).toEqual({
      ...compose, services: { web: { image: 'nginx:1.29', restart: 'unless-stopped', volumes: ['extra:/extra'], secrets: ['key'] } },
    });
  });

  test('is for both modes, or for one; what is said later wins', () => {
    const stack = web({});
    stack.addOverrides({ compose: { 'x-a': 1, 'x-b': { c: 1, d: 1 } } });
    stack.addOverrides({ compose: { 'x-b': { d: 2 } } }, Mode.PRODUCTION);
    stack.addOverrides({ compose: { 'x-a': 3 } });
    expect(document(stack)).toMatchObject({ 'x-a': 3, 'x-b': { c: 1, d: 1 } });
    expect(document(stack, Mode.PRODUCTION)).toMatchObject({ 'x-a': 3, 'x-b': { c: 1, d: 2 } });
  });

  test('removes with null', () => expect(document(web({}, {}, { overrides: { compose: { name: null } } }))).not.toHaveProperty('name'));
});

describe('an override that Compose would refuse is refused with the file, the path and the key', () => {
  const AT = (file: string) => `shop/stack/web (test/targets/compose/overrides.test.ts:LINE): ${file}, services.web`;
  const BOTH = 'compose.yaml and compose.prod.yaml';

  test('a key that is none, in both files: said once', () => {
    expect(found(web({ memory: '1G' }))).toEqual([
      `error PS050 at ${AT(BOTH)}.memory: Compose knows no key "memory" here. Remove it. A key of your own begins with "x-": "x-memory".`,
    ]);
  });

  test('a key that is none, in one file', () => {
    const [finding, ...others] = found(web({}, { production: { overrides: { compose: { memory: '1G' } } } }));
    expect(finding).toContain(`error PS050 at ${AT('compose.prod.yaml')}.memory: `);
    expect(others).toEqual([]);
  });

  test('a value of another kind', () => {
    expect(found(web({ tty: ['yes'] }))[0]).toContain(`error PS050 at ${AT(BOTH)}.tty: `);
    expect(found(web({ tty: 'perhaps' }))[0]).toBe(`error PS051 at ${AT(BOTH)}.tty: "perhaps" is not true or false. Write true or false.`);
  });

  test('a volume that nobody declares, in the mode that names it', () => {
    const findings = found(web({}, { development: { overrides: { compose: { volumes: ['missing:/x'] } } } }));
    expect(findings).toHaveLength(1);
    expect(findings[0]).toContain(`error PS051 at ${AT('compose.yaml')}.volumes[0]: `);
    expect(findings[0]).toContain('missing');
  });

  test('a key at the top is the stack\'s', () => {
    const [finding] = found(web({}, {}, { overrides: { compose: { servces: {} } } }));
    expect(finding).toContain('error PS050 at shop/stack');
    expect(finding).toContain('servces');
  });

  test('what is sound has no finding', () => expect(found(web({ tty: true }))).toEqual([]));
});

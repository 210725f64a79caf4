import { Construct } from 'constructs';
import { Extras, modelOf, richStack, serviceWith } from './stacks';
import { formatFinding } from '../../../src/model/finding';
import { Mode } from '../../../src/model/mode';
import { Mount } from '../../../src/model/mount';
import { Service } from '../../../src/model/service';
import { Value } from '../../../src/model/value';
import { SecretFormat, Variable } from '../../../src/model/variable';
import { EnvTarget } from '../../../src/targets/env/env-target';

const render = (define: (scope: Construct) => void, extras: Extras = {}) => new EnvTarget().render(modelOf(define, extras));
const template = (define: (scope: Construct) => void, file = '.env.example', extras: Extras = {}) =>
  render(define, extras).files.find((each) => each.filePath === file)!.content;
/** The keys with their values, in order. */
const assignments = (text: string) => text.split('\n').filter((line) => /^[A-Za-z_]/.test(line));
const headings = (text: string) => [...text.matchAll(/^# -{20,}\n((?:# .*\n)+?)# -{20,}$/gm)].map((match) => match[1].replace(/^# /gm, '').trim());
const variable = (name: string, ...parts: (string | Variable)[]) =>
  new Variable(name, { defaultValue: Value.concat(...parts.map((part) => (typeof part === 'string' ? Value.literal(part) : Value.of(part)))) });

describe('the files', () => {
  test('of a stack with every kind of setting', () => {
    expect(template(richStack)).toMatchSnapshot();
  });

  test('people copy the templates and run the script', () => {
    const { files } = render(richStack, { envTemplates: ['.env.docker', '.env.docker', '.env.example'] });
    expect(files.map(({ filePath, copied, executable }) => ({ filePath, copied, executable }))).toEqual([
      { filePath: '.env.example', copied: true, executable: undefined },
      { filePath: '.env.docker', copied: true, executable: undefined },
      { filePath: 'scripts/env.sh', copied: undefined, executable: true },
    ]);
  });

  test('a stack without settings has none', () => {
    expect(render((scope) => new Service(scope, 'quiet', { image: 'busybox:1' }))).toEqual({ files: [] });
  });

  test('git ignores what people fill in, and keeps the templates', () => {
    expect(render(richStack, { envTemplates: ['.env.docker'] }).gitIgnore).toEqual(['.env', '.env.*', '!.env.example', '!.env.docker']);
  });

  test('tasks begin with the id of the stack where it has one of its own', () => {
    const names = (taskPrefix: string) => render(richStack, { taskPrefix }).tasks?.map((task) => task.taskName);
    expect(names('stack')).toEqual(['env:init', 'env:check']);
    expect(names('infra')).toEqual(['infra:env:init', 'infra:env:check']);
    expect(render(richStack).tasks?.map((task) => task.command)).toEqual([['bash', 'scripts/env.sh', 'init'], ['bash', 'scripts/env.sh', 'check']]);
  });

  test.each([['.env'], ['../.env.docker'], ['/etc/.env.x'], ['.env.local'], ['.env.ci.local'], ['docker.env'], ['.env.'], [''], ['a/.env.b'], ['.env.a b']])(
    'a template cannot be called %j', (name) => {
      const findings = render(richStack, { envTemplates: [name] }).findings!;
      expect(findings.map(formatFinding)).toEqual([
        `error PS062 at project/stack: ${JSON.stringify(name)} cannot be a template of the settings. `
        + "Write a name that begins with .env. and does not end with .local, without a folder: envTemplates: ['.env.docker'].",
      ]);
    });

  test('good names are not found fault with', () => {
    expect(render(richStack, { envTemplates: ['.env.docker', '.env.production'] }).findings).toEqual([]);
  });
});

describe('a template', () => {
  test('holds no default of a secret, and no key twice', () => {
    const lines = assignments(template(richStack));
    expect(lines).toContain('POSTGRES_PASSWORD=change_this_secure_password');
    expect(template(richStack)).not.toContain('app_dev');
    expect(new Set(lines.map((line) => line.split('=')[0])).size).toBe(lines.length);
  });

  test('warns, and says how to get a strong password', () => {
    const text = template(richStack);
    expect(text).toMatch(/WARNING: everybody can read the passwords/);
    expect(text).toContain('openssl rand -hex 24');
    expect(text).toContain('/dev/urandom');
    expect(text).toContain('./scripts/env.sh init');
  });

  test('says by which names containers reach what they are connected to, and where people find it', () => {
    const define = (names: string[]) => template((scope) => {
      const [api, ...stores] = ['api', ...names, 'alone'].map((name) => new Service(scope, name, { image: `${name}:1`, environment: { A: Value.of(variable('A', '1')) } }));
      for (const store of stores.slice(0, -1)) api.addConnection({ target: store });
    });
    expect(define(['db'])).toContain('\n#\n# Containers reach db by that name; programs on this machine find it at localhost.\n\n');
    expect(define(['db', 'redis'])).toContain('# Containers reach db and redis by these names; programs on this machine find them at localhost.\n');
    expect(define(['db', 'redis', 'mail'])).toContain('# Containers reach db, redis and mail by these names; programs on this machine find them at\n# localhost.\n');
    expect(define([])).not.toContain('Containers reach');
  });

  test('a further one says what it is for and has the same settings', () => {
    const extras = { envTemplates: ['.env.docker'] };
    const docker = template(richStack, '.env.docker', extras);
    expect(docker).toContain('docker compose --env-file .env.docker.local up');
    expect(docker).toContain('./scripts/env.sh init --env-file .env.docker.local');
    expect(assignments(docker)).toEqual(assignments(template(richStack)));
  });

  test('leaves empty what only an operator knows, and what is optional', () => {
    const lines = assignments(template((scope) => {
      const options = { secret: true, secretFormat: SecretFormat.GIVEN };
      serviceWith(scope, 'a', [
        new Variable('GIVEN', options), new Variable('GIVEN_WITH', { ...options, defaultValue: Value.literal('dev') }),
        new Variable('OPTIONAL', { required: false }), new Variable('REQUIRED'),
        new Variable('OPTIONAL_SECRET', { secret: true, required: false, defaultValue: Value.literal('') }),
      ]);
    }));
    expect(lines).toEqual(['GIVEN=', 'GIVEN_WITH=dev', 'OPTIONAL=', 'REQUIRED=', 'OPTIONAL_SECRET=']);
  });

  test('follows the default of a secret that is made of others', () => {
    const lines = assignments(template((scope) => {
      const password = new Variable('A_PASSWORD', { secret: true });
      serviceWith(scope, 'a', [new Variable('B_PASSWORD', { secret: true, defaultValue: Value.of(password) })]);
    }));
    expect(lines).toEqual(['A_PASSWORD=change_this_secure_password', 'B_PASSWORD=${A_PASSWORD}']);
  });

  test('marks and wraps what a key means', () => {
    const text = template((scope) => serviceWith(scope, 'a', [
      new Variable('LONG', { description: `${'word '.repeat(30)}\n  end`, secret: true, required: false }),
    ]));
    const comment = /\n\n((?:#.*\n)+)LONG=/.exec(text)![1].trimEnd().split('\n');
    expect(comment).toHaveLength(2);
    for (const line of comment) expect(line.length).toBeLessThanOrEqual(100);
    expect(comment[1]).toMatch(/word end \(secret\) \(optional\)$/);
  });

  test('names the place where a value is kept, as the stack has it in the end', () => {
    const kept = /^# Kept in .*$/m;
    expect(kept.exec(template(richStack))?.[0]).toMatch(/^# Kept in the volume postgres_data /);
    const storage = Mount.bind('./data/pg', '/var/lib/postgresql/data');
    expect(kept.exec(template((scope) => richStack(scope, { storage })))?.[0]).toMatch(/^# Kept in the folder \.\/data\/pg /);
    expect(kept.test(template((scope) => richStack(scope, { storage: Mount.tmpfs('/var/lib/postgresql/data') })))).toBe(false);
  });
});

describe('the order', () => {
  test('sections stand as they were first met, and each key once in its own', () => {
    const text = template((scope) => {
      serviceWith(scope, 'a', [new Variable('A1', { section: 'One' }), new Variable('A2', { section: 'Two' })]);
      serviceWith(scope, 'b', [new Variable('B1', { section: 'One' })]);
    });
    expect(headings(text)).toEqual(['One', 'Two']);
    expect(assignments(text)).toEqual(['A1=', 'B1=', 'A2=']);
  });

  test('a variable without a section stands under what uses it', () => {
    const text = template((scope) => {
      serviceWith(scope, 'plain', [new Variable('P')]);
      serviceWith(scope, 'described', [new Variable('D')], 'The described one');
    });
    expect(headings(text)).toEqual(['plain', 'The described one']);
  });

  test('a section that another one names comes before it', () => {
    const text = template((scope) => {
      const late = new Variable('LATE', { section: 'Late', defaultValue: Value.literal('1') });
      serviceWith(scope, 'early', [new Variable('FIRST', { section: 'Early' }), new Variable('URL', { section: 'Early', defaultValue: Value.of(late) })]);
    });
    expect(headings(text)).toEqual(['Late', 'Early']);
  });

  test('sections that name each other are split', () => {
    const text = template((scope) => {
      const a1 = new Variable('A1', { section: 'A', defaultValue: Value.literal('1') });
      const b1 = new Variable('B1', { section: 'B', defaultValue: Value.of(a1) });
      serviceWith(scope, 'x', [a1, b1, new Variable('A2', { section: 'A', defaultValue: Value.of(b1) })]);
    });
    expect(headings(text)).toEqual(['A', 'B', 'A']);
    expect(assignments(text)).toEqual(['A1=1', 'B1=${A1}', 'A2=${B1}']);
  });

  test('what is named stands above, however deep', () => {
    const text = template((scope) => {
      const c = variable('C', 'x');
      serviceWith(scope, 'x', [variable('A', variable('B', c), '-', c)]);
    });
    expect(assignments(text)).toEqual(['C=x', 'B=${C}', 'A=${B}-${C}']);
  });
});

test('what exists in production only has its place too', () => {
  const text = template((scope) => {
    const service = new Service(scope, 'a', { image: 'a:1' });
    service.addEnvironment('K', Value.of(new Variable('PROD_ONLY')), Mode.PRODUCTION);
  });
  expect(assignments(text)).toEqual(['PROD_ONLY=']);
});

import { Construct } from 'constructs';
import { modelOf, serviceWith } from './stacks';
import { Mode } from '../../../src/model/mode';
import { Mount } from '../../../src/model/mount';
import { Service } from '../../../src/model/service';
import { Value } from '../../../src/model/value';
import { SecretFormat, Variable } from '../../../src/model/variable';
import { isGenerated, requiredIn, storedData, usedInUrls } from '../../../src/targets/env/facts';

const text = Value.literal;
const password = new Variable('PASSWORD', { secret: true });
const user = new Variable('USER_NAME', { defaultValue: text('app') });
const host = new Variable('HOST', { defaultValue: text('db') });
const reading = (...values: Value[]) => modelOf((scope) => {
  new Service(scope, 'a', { image: 'a:1', environment: Object.fromEntries(values.map((value, index) => [`K${index}`, value])) });
});

describe('what init makes', () => {
  test.each<[string, Variable, boolean]>([
    ['a secret', new Variable('A', { secret: true }), true],
    ['a secret with a default', new Variable('A', { secret: true, defaultValue: text('x') }), true],
    ['no secret', new Variable('A'), false],
    ['a secret that is issued', new Variable('A', { secret: true, secretFormat: SecretFormat.GIVEN }), false],
    ['a secret that may be empty', new Variable('A', { secret: true, required: false }), false],
    ['a secret made of another', new Variable('A', { secret: true, defaultValue: Value.of(password) }), false],
  ])('%s', (_, variable, made) => {
    expect(isGenerated(variable)).toBe(made);
  });
});

describe('what a mode needs', () => {
  const define = (scope: Construct) => {
    const service = serviceWith(scope, 'a', [new Variable('NOTHING'), new Variable('LITERAL', { defaultValue: text('x') }), new Variable('MAY', { required: false })]);
    service.addEnvironment('COMPOSED', Value.of(new Variable('COMPOSED', { defaultValue: Value.of(user) })));
    service.addEnvironment('DEV', Value.of(new Variable('DEV')), Mode.DEVELOPMENT);
    service.addEnvironment('PROD', Value.of(new Variable('PROD')), Mode.PRODUCTION);
    service.addPort({ name: 'http', port: 80 });
    service.addVariable('UNUSED');
    new Service(scope, 'tool', { image: 'a:1', modes: [Mode.DEVELOPMENT], environment: { T: Value.of(new Variable('TOOL')) } });
  };

  test('development: what has no default', () => {
    expect(requiredIn(modelOf(define), Mode.DEVELOPMENT)).toEqual(['NOTHING', 'DEV', 'TOOL']);
  });

  test('production: what has no default, or a literal one, and is used there', () => {
    expect(requiredIn(modelOf(define), Mode.PRODUCTION)).toEqual(['NOTHING', 'LITERAL', 'USER_NAME', 'PROD']);
  });
});

describe('what is in a URL where it cannot be encoded', () => {
  test('the user and the password, not the host', () => {
    const url = Value.concat(text('x://'), Value.of(user), text(':'), Value.of(password), text('@'), Value.of(host), text(':5432/app'));
    expect(usedInUrls(reading(url)).sort()).toEqual(['PASSWORD', 'USER_NAME']);
    expect(usedInUrls(reading(Value.of(new Variable('URL', { defaultValue: url })))).sort()).toEqual(['PASSWORD', 'USER_NAME']);
  });

  test('a password without a user, and a key in the path', () => {
    expect(usedInUrls(reading(Value.concat(text('redis://:'), Value.of(password), text('@cache:6379/0'))))).toEqual(['PASSWORD']);
    expect(usedInUrls(reading(Value.concat(text('https://'), Value.of(host), text('/?key='), Value.of(password))))).toEqual(['PASSWORD']);
  });

  test('nothing in other text', () => {
    expect(usedInUrls(reading(Value.concat(text('a@'), Value.of(user), text('@')), Value.of(password), Value.concat(text('http://'), Value.of(host))))).toEqual([]);
  });
});

describe('where a value is stored', () => {
  const data = Mount.volume('data', '/data');
  const kept = new Variable('KEPT', { storedIn: data });
  const stack = (...mounts: Mount[]) => modelOf((scope) => {
    const service = serviceWith(scope, 'db', [kept]);
    for (const mount of mounts) service.addMount(mount);
    serviceWith(scope, 'client', [kept]);
  });

  test.each<[string, Mount[], string | undefined]>([
    ['the volume of the service', [data], 'db_data'],
    ['a volume with a name of its own', [Mount.volume('data', '/data', { volumeName: 'shared' })], 'shared'],
    ['the folder that replaces it', [data, Mount.bind('./d', '/data')], './d'],
    ['memory keeps nothing', [data, Mount.tmpfs('/data')], undefined],
    ['another mount does not matter', [Mount.volume('other', '/other')], undefined],
  ])('%s', (_, mounts, place) => {
    expect(storedData(stack(...mounts), kept, Mode.DEVELOPMENT)?.place).toBe(place);
  });

  test('each mode has its own', () => {
    const model = modelOf((scope) => serviceWith(scope, 'db', [kept]).addMount(data, Mode.PRODUCTION));
    expect(storedData(model, kept, Mode.DEVELOPMENT)).toBeUndefined();
    expect(storedData(model, kept, Mode.PRODUCTION)?.place).toBe('db_data');
  });
});

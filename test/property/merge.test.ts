import * as fc from 'fast-check';
import { Project } from 'projen';
import { writableText } from './texts';
import { HealthCheck, Mode, Mount, Service, ServiceProps, ServiceSettings, Stack, Value } from '../../src';
import { mergeSettings } from '../../src/model/merge';
import { tempFolder } from '../support/synth';
import '../support/seed';

const FOLDER = tempFolder();
const MODES = [Mode.DEVELOPMENT, Mode.PRODUCTION];
const other = new Service(new Stack(new Project({ name: 'merge', outdir: FOLDER })), 'other', { image: 'a:1' });

const name = fc.constantFrom('a', 'b', 'c');
const value = writableText.map((text) => Value.literal(text));
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const named = <T>(arbitrary: fc.Arbitrary<T>, selector: (element: T) => unknown) => maybe(fc.uniqueArray(arbitrary, { maxLength: 3, selector }));

/** Settings with something of each kind: scalars, objects, maps, maps of maps, lists of named things, other lists. */
const settings: fc.Arbitrary<ServiceSettings> = fc.record({
  image: maybe(fc.constantFrom('a:1', 'b:2')),
  readOnly: maybe(fc.boolean()),
  healthCheck: maybe(fc.constantFrom(HealthCheck.tcp(), HealthCheck.none())),
  environment: maybe(fc.dictionary(name, maybe(value), { noNullPrototype: true }) as fc.Arbitrary<{ [name: string]: Value }>),
  labels: maybe(fc.dictionary(name, writableText, { noNullPrototype: true })),
  logging: maybe(fc.record({ driver: maybe(name), options: maybe(fc.dictionary(name, name, { noNullPrototype: true })) })),
  resources: maybe(fc.record({ cpus: maybe(fc.integer()), memory: maybe(fc.constantFrom('1G', '2G')) })),
  ports: named(fc.record({ name, port: fc.integer(), hostPort: maybe(fc.integer()) }), (port) => port.name),
  mounts: named(fc.tuple(name, name).map(([at, from]) => Mount.bind(from, at)), (mount) => mount.target),
  dependsOn: named(fc.record({ service: fc.constant(other), restart: maybe(fc.boolean()) }), () => 'other'),
  command: maybe(fc.array(value, { maxLength: 2 })),
  profiles: maybe(fc.array(name, { maxLength: 2 })),
});
const props: fc.Arbitrary<ServiceProps> = fc.tuple(settings, maybe(settings), maybe(settings))
  .map(([both, development, production]) => ({ ...both, development, production }));

/** Named things by their names: in which order they come depends on who named them first. */
function unordered({ mounts = [], ports = [], ...rest }: ServiceSettings): object {
  return {
    ...rest,
    mounts: Object.fromEntries(mounts.map((mount) => [mount.target, mount])),
    ports: Object.fromEntries(ports.map((port) => [port.name, port])),
  };
}

const check = <T extends ServiceSettings>(arbitrary: fc.Arbitrary<T>, law: (a: T, b: T, c: T) => void) =>
  fc.assert(fc.property(arbitrary, arbitrary, arbitrary, law), { numRuns: 300 });

/** What properties come to in a mode. */
function inMode({ development, production, ...both }: ServiceProps, mode: Mode): ServiceSettings {
  return mergeSettings(both, { development, production }[mode] ?? {});
}

describe('the merge rule', () => {
  test('changes nothing when nothing is said above or below', () => check(props, (a) => {
    expect(mergeSettings(a, {})).toEqual(a);
    expect(mergeSettings({}, a)).toEqual(a);
  }));

  test('changes nothing when the same is said again', () => check(props, (a) => expect(mergeSettings(a, a)).toEqual(a)));

  test('does not care how three layers are grouped', () => check(props, (a, b, c) => {
    expect(mergeSettings(mergeSettings(a, b), c)).toEqual(mergeSettings(a, mergeSettings(b, c)));
  }));

  test('ignores what is undefined', () => check(props, (a, b) => {
    const silent = Object.fromEntries(Object.keys({ ...a, ...b }).map((key) => [key, undefined]));
    expect(mergeSettings(a, silent)).toEqual(a);
  }));

  test('leaves both of its layers as they were', () => check(props, (a, b) => {
    const copy = (of: ServiceProps) => JSON.stringify(of, (key, each) => (key === 'service' ? 'other' : each));
    const before = [copy(a), copy(b)];
    Service.merge(a, b);
    mergeSettings(a, b);
    expect([copy(a), copy(b)]).toEqual(before);
  }));

  test('lets the upper layer win: scalars, keys of maps, other lists', () => check(settings, (a, b) => {
    const merged = mergeSettings(a, b);
    expect(merged.image).toBe(b.image ?? a.image);
    expect(merged.readOnly).toBe(b.readOnly ?? a.readOnly);
    expect(merged.command).toEqual(b.command ?? a.command);
    const keys = new Set([...Object.keys(a.labels ?? {}), ...Object.keys(b.labels ?? {})]);
    for (const key of keys) expect(merged.labels?.[key]).toBe(b.labels?.[key] ?? a.labels?.[key]);
    expect(Object.keys(merged.labels ?? {}).length).toBe(keys.size);
  }));

  test('keeps the order of named things, and never has two of a name', () => check(settings, (a, b) => {
    const names = (of: ServiceSettings) => (of.ports ?? []).map((port) => port.name);
    expect(names(mergeSettings(a, b))).toEqual([...new Set([...names(a), ...names(b)])]);
  }));

  test('is what addSettings and the modes of a service follow', () => check(settings, (a, b, c) => {
    const stack = new Stack(new Project({ name: 'layers', outdir: FOLDER }));
    const service = new Service(stack, 'a', { ...a, development: c });
    service.addSettings(b);
    const usual = new Service(stack, 'b', {}).settings(Mode.DEVELOPMENT);
    expect(service.settings(Mode.DEVELOPMENT)).toEqual([a, b, c].reduce(mergeSettings, usual));
  }));
});

describe('the properties of a user over those of a subclass', () => {
  test('are themselves where the subclass says nothing, and nothing where the user does', () => check(props, (a) => {
    for (const mode of MODES) {
      expect(inMode(Service.merge(a, {}), mode)).toEqual(inMode(a, mode));
      expect(inMode(Service.merge({}, a), mode)).toEqual(inMode(a, mode));
    }
  }));

  test('come to the same in both modes, however subclasses are stacked', () => check(props, (a, b, c) => {
    for (const mode of MODES) {
      expect(unordered(inMode(Service.merge(Service.merge(a, b), c), mode))).toEqual(unordered(inMode(Service.merge(a, Service.merge(b, c)), mode)));
    }
  }));

  test('win in both modes, over what the subclass says for one', () => check(props, (a, b) => {
    for (const mode of MODES) {
      const merged = inMode(Service.merge(a, b), mode);
      for (const key of ['image', 'readOnly', 'command', 'healthCheck'] as const) {
        expect(merged[key]).toEqual(b[mode]?.[key] ?? b[key] ?? a[mode]?.[key] ?? a[key]);
      }
      for (const key of ['a', 'b', 'c']) {
        expect(merged.labels?.[key]).toBe(b[mode]?.labels?.[key] ?? b.labels?.[key] ?? a[mode]?.labels?.[key] ?? a.labels?.[key]);
      }
    }
  }));
});

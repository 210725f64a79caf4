import { documentWith, SERVICE_KEYS, TOP_LEVEL_KEYS } from './schema/examples';
import { Mode, Service } from '../../../src';
import { document, newStack } from '../../support/stack';

/** What an override must say so that nothing but the example is left of a service: what it lacks is removed. */
function exactly(web: { [key: string]: unknown }): { [key: string]: unknown } {
  return { image: null, restart: null, ...web };
}

describe('every key of the Compose Specification is reached by an override', () => {
  test.each(Object.keys(SERVICE_KEYS))('services.*.%s', (key) => {
    const example = SERVICE_KEYS[key];
    for (const value of example.accepts) {
      const { services, ...rest } = documentWith(key, value, example) as { services: { [name: string]: any } };
      const { web, ...others } = services;
      const stack = newStack({ overrides: { compose: { ...declared(rest), services: others } } });
      // Production has limits of its own, which `cpus` and `pids_limit` would contradict.
      new Service(stack, 'web', { image: 'nginx:1.29', modes: [Mode.DEVELOPMENT], overrides: { compose: exactly(web) } });
      const written = document(stack).services.web;
      // In a mapping of ours null takes a key away; nothing else may be lost or changed.
      expect({ [key]: written[key] }).toEqual({ [key]: value === null ? undefined : withoutNull(value) });
    }
  });

  test.each(Object.keys(TOP_LEVEL_KEYS))('%s', (key) => {
    for (const value of TOP_LEVEL_KEYS[key].accepts) {
      const stack = newStack({ overrides: { compose: { [key]: value } } });
      new Service(stack, 'web', { image: 'nginx:1.29' });
      const written = document(stack)[key];
      if (key === 'services') expect(written).toMatchObject(withoutNull(value) as object);
      else expect(written).toEqual(value === null ? undefined : withoutNull(value));
    }
  });
});

/** Declarations without options as an override writes them: null would take them away. */
function declared(sections: { [key: string]: any }): { [key: string]: unknown } {
  return Object.fromEntries(Object.entries(sections).map(([key, section]) => (
    [key, Object.fromEntries(Object.entries(section).map(([name, options]) => [name, options ?? {}]))]
  )));
}

/** A value as an override writes it: a key of a mapping that holds null is removed. */
function withoutNull(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== null).map(([name, each]) => [name, withoutNull(each)]));
}

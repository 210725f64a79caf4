import { RuleInfo, Severity } from './finding';
import { suggestion } from './nearest';
import type { ServiceSettings } from './settings';

/** A property of a service is one that it has. */
export const UNKNOWN_PROPERTY: RuleInfo = {
  ruleId: 'PS041',
  severity: Severity.ERROR,
  title: 'A property of a service is one that it has',
  reason: 'A definition is run without reading its types, to be fast; what is misspelt would be ignored without a word.',
};

/** What is wrong with a name, and what to write instead. */
export interface Misspelling {
  readonly message: string;
  readonly fix: string;
}

/** Every property of `ServiceSettings`; the compiler refuses this list when one is missing or too many. */
const SETTINGS: { readonly [name in keyof Required<ServiceSettings>]: true } = {
  image: true,
  imageBuild: true,
  imageOf: true,
  command: true,
  entrypoint: true,
  environment: true,
  ports: true,
  mounts: true,
  watch: true,
  healthCheck: true,
  completionCheck: true,
  dependsOn: true,
  restart: true,
  replicas: true,
  resources: true,
  logging: true,
  labels: true,
  networks: true,
  profiles: true,
  user: true,
  rootless: true,
  secretFiles: true,
  workingDir: true,
  containerName: true,
  hostname: true,
  readOnly: true,
  capDrop: true,
  capAdd: true,
  securityOpt: true,
  initProcess: true,
  stopGracePeriod: true,
  stopSignal: true,
  shmSize: true,
  platform: true,
  pullPolicy: true,
  extraHosts: true,
  sysctls: true,
  overrides: true,
};

/** The classes that pass on nothing but what they know, with the names of their own properties. */
const KNOWN = new WeakMap<object, readonly string[]>();

/**
 * Lets a class refuse properties that it does not know. A class of others may have properties of its own, which it passes on
 * with the rest, so this is said class by class and not inherited.
 *
 * @param constructor the class
 * @param own its properties beside those of `ServiceSettings`
 */
export function refusesOtherProperties(constructor: object, own: readonly string[]): void {
  KNOWN.set(constructor, own);
}

/**
 * What is wrong with the names of some properties, and what to write instead; nothing when the class may have properties of its own.
 *
 * @param constructor the class of the service
 * @param given the properties, apart from those that the class has used already
 */
export function misspelt(constructor: { readonly name: string }, ...given: (object | undefined)[]): Misspelling[] {
  const own = KNOWN.get(constructor);
  if (!own) return [];
  const said = given.flatMap((each) => Object.entries(each ?? {})).filter(([, value]) => value !== undefined);
  const names = new Set(said.map(([name]) => name).filter((name) => !(name in SETTINGS)));
  return [...names].map((name) => ({
    message: `"${name}" is no property of ${constructor.name}${own.includes(name) ? ' that can differ by mode' : ''}.`,
    fix: own.includes(name)
      ? 'Write it beside development and production, not in them.'
      : suggestion(name, [...own, ...Object.keys(SETTINGS)], 'Remove it.'),
  }));
}

import { Entry } from './service-entry';

/** The mappings of a service that may also be written as a list of `key=value`. */
const PAIRS = ['environment', 'labels', 'extra_hosts', 'sysctls'];

function isMapping(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is taken from the environment of whoever starts the stack has a key and no value. */
function pair([key, value]: [string, unknown]): string {
  return value === null ? key : `${key}=${value}`;
}

/**
 * A service whose keys all arrive: a key that begins with `x-` is an extension to Compose, wherever it stands in a mapping, and
 * would be lost. In a list it is what it says.
 *
 * @see https://github.com/compose-spec/compose-spec/blob/main/11-extension.md
 */
export function keepExtensionKeys(service: Entry): Entry {
  return Object.fromEntries(Object.entries(service).map(([name, value]) => {
    const lost = PAIRS.includes(name) && isMapping(value) && Object.keys(value).some((key) => key.startsWith('x-'));
    return [name, lost ? Object.entries(value).map(pair) : value];
  }));
}

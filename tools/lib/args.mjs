/**
 * A small argument reader. Node's own `parseArgs` is younger than the oldest Node that must still get a readable
 * "too old" message from us, so it cannot be imported here.
 */

/** What a person typed wrongly: tools print the message and exit with 2. */
export class UsageError extends Error {}

/**
 * Reads `--flag`, `--option value` and `--option=value`.
 *
 * @param argv the words after the program's name
 * @param spec `{ flag: 'boolean' | 'string' }`; `help` is always known
 * @param rest whether other words are accepted, and returned in `rest`
 */
export function parseArgs(argv, spec, { rest = false } = {}) {
  const known = { help: 'boolean', ...spec };
  const values = {};
  const others = [];
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] === '-h' ? '--help' : argv[i];
    const [, name, inline] = /^--([a-z][a-z-]*)(?:=([^]*))?$/.exec(word) || [];
    if (name === undefined || !Object.prototype.hasOwnProperty.call(known, name)) {
      if (!rest) throw new UsageError(`"${word}" is not known here. Known: ${Object.keys(known).map((key) => `--${key}`).join(', ')}.`);
      others.push(word);
    } else if (known[name] === 'boolean') {
      if (inline !== undefined) throw new UsageError(`--${name} takes no value, but got "${inline}".`);
      values[name] = true;
    } else {
      const value = inline !== undefined ? inline : argv[++i];
      if (value === undefined || value === '' || (inline === undefined && value.startsWith('--'))) {
        throw new UsageError(`--${name} needs a value, for example --${name} VALUE.`);
      }
      values[name] = value;
    }
  }
  return { ...values, rest: others };
}

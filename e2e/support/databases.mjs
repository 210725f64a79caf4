import { run } from '../lib/index.mjs';

/** The image whose `psql` stands for a program that uses a database. */
export const CLIENT_IMAGE = 'postgres:17-alpine';

/** What every login of a stack uses when nobody sets anything. */
export const DEFAULTS = { user: 'app', database: 'app', password: 'dev_password_change_in_production' };

const TERSE = ['--no-psqlrc', '--tuples-only', '--no-align', '--set=ON_ERROR_STOP=1'];

/** Runs SQL inside the database's own container, over its socket, and gives the rows as text. */
export async function sql(stack, statement, { service = 'postgres', user = DEFAULTS.user, database = DEFAULTS.database } = {}) {
  return (await stack.exec(service, ['psql', ...TERSE, '-U', user, '-d', database, '-c', statement])).stdout.trim();
}

/** The words of a login over TCP, where the server asks for the password. */
export const login = (statement, { host, port = 5432, user = DEFAULTS.user, database = DEFAULTS.database }) => [
  'psql', ...TERSE, '--no-password', '-h', host, '-p', String(port), '-U', user, '-d', database, '-c', statement,
];

/** Runs SQL with the host's own psql through the published port; options as for `run`. */
export function hostSql(port, statement, { password = DEFAULTS.password, check = true, ...who } = {}) {
  const [program, ...words] = login(statement, { host: 'localhost', port, ...who });
  return run(program, words, { check, env: { PGPASSWORD: password, PGCONNECT_TIMEOUT: '10' } });
}

/** Runs a program in a container of its own on a network of a stack: what another service of it can do. */
export function inNetwork(network, words, { image = CLIENT_IMAGE, env = {}, check = true } = {}) {
  const variables = Object.entries(env).flatMap(([key, value]) => ['--env', `${key}=${value}`]);
  return run('docker', ['run', '--rm', '--network', network, ...variables, '--entrypoint', words[0], image, ...words.slice(1)], { check });
}

/** Runs a Redis command inside the server's container, as the password there allows it. */
export async function redis(stack, words, { service = 'redis', database = 0 } = {}) {
  return (await stack.exec(service, ['redis-cli', '-n', String(database), ...words])).stdout.trim();
}

/** The value that the server has for a parameter. */
export const redisConfig = async (stack, name, options) => (await redis(stack, ['CONFIG', 'GET', name], options)).split('\n')[1] ?? '';

/** The names that the engine knows of what belongs to a Compose project: `container`, `network` or `volume`. */
export async function owned(kind, project) {
  const list = kind === 'container' ? ['ps', '--all', '--format', '{{.Names}}'] : [kind, 'ls', '--format', '{{.Name}}'];
  const { stdout } = await run('docker', [...list, '--filter', `label=com.docker.compose.project=${project}`]);
  return stdout.split('\n').filter(Boolean).sort();
}

/** What the engine knows of a service's container. */
export async function inspect(stack, service) {
  const { stdout: id } = await stack.run(['ps', '--all', '--quiet', service]);
  return JSON.parse((await run('docker', ['inspect', id.trim()])).stdout)[0];
}

/** Lines of `KEY=text`, or what a program printed with a NUL after each, as an object. */
export const keysOf = (lines) => Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));

/** Why the host's psql cannot be used, for the `skip` of a test. */
export async function missingPsql() {
  const found = await run('psql', ['--version'], { check: false }).then(({ code }) => code === 0, () => false);
  return found ? false : 'there is no psql on this machine';
}

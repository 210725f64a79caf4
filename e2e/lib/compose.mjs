import { atExit } from './cleanup.mjs';
import { run, runNow } from './process.mjs';

/** All our Compose projects begin with this, so that the runner finds those which a killed test left. */
export const PROJECT_PREFIX = `pse2e-${process.env.PROJEN_STACK_E2E_RUN || process.pid}-`;

let count = 0;

/** A Compose project name that no other test uses. */
export const projectName = (label = 'stack') => `${PROJECT_PREFIX}${process.pid}-${label.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-${++count}`;

/** One Compose project: a file in a folder, run under a name of its own. */
class Compose {
  constructor(project, dir, file, env) {
    this.project = project;
    this.dir = dir;
    this.file = file;
    this.env = env;
  }

  get base() {
    return ['compose', '--project-name', this.project, ...(this.file ? ['--file', this.file] : [])];
  }

  /** `docker compose ARGS…`; options as for `run`. Resolves with `{ code, stdout, stderr }`. */
  run(args, options = {}) {
    return run('docker', [...this.base, ...args], { cwd: this.dir, timeout: 600_000, ...options, env: { ...this.env, ...options.env } });
  }

  /** Starts everything (or the named services) and waits until it is healthy; on failure the error holds the logs. */
  async up(services = [], options = {}) {
    try {
      return await this.run(['up', '--detach', '--wait', '--quiet-pull', ...services], options);
    } catch (error) {
      const { stdout } = await this.run(['logs', '--no-color', '--tail', '40'], { check: false });
      error.message += `\n--- logs\n${stdout}`;
      throw error;
    }
  }

  /** Stops and removes the containers; the volumes stay unless `volumes` says otherwise. */
  down({ volumes = false } = {}) {
    return this.run(['down', '--remove-orphans', ...(volumes ? ['--volumes'] : [])]);
  }

  /** Runs words in a running container; options as for `run`. */
  exec(service, words, options = {}) {
    return this.run(['exec', '--no-TTY', ...execEnv(options.containerEnv), service, ...words], options);
  }

  /** The host's port for a container's port, as a number. */
  async port(service, containerPort) {
    const { stdout } = await this.run(['port', service, String(containerPort)]);
    const port = Number(/:(\d+)\s*$/.exec(stdout)?.[1]);
    if (!(port > 0)) throw new Error(`${service} publishes nothing for ${containerPort}: "${stdout.trim()}"`);
    return port;
  }

  /** The resolved document, as Compose understands it. */
  async config(options = {}) {
    return JSON.parse((await this.run(['config', '--format', 'json'], options)).stdout);
  }

  /** The containers, also the ended ones: `{ Service, State, Health, ExitCode, Publishers … }`. */
  async ps() {
    const text = (await this.run(['ps', '--all', '--format', 'json'])).stdout.trim();
    if (text === '') return [];
    return text.startsWith('[') ? JSON.parse(text) : text.split('\n').map((line) => JSON.parse(line));
  }

  async logs(...services) {
    return (await this.run(['logs', '--no-color', ...services])).stdout;
  }

  /** Removes containers, networks, volumes and images that were built, without awaiting. Never throws. */
  destroy() {
    runNow('docker', [...this.base, '--profile', '*', 'down', '--volumes', '--remove-orphans', '--rmi', 'local', '--timeout', '2'], { cwd: this.dir, env: this.env });
    sweep((project) => project === this.project);
  }
}

const execEnv = (env = {}) => Object.entries(env).flatMap(([key, value]) => ['--env', `${key}=${value}`]);

/** Removes what is left of the Compose projects that `ours` accepts, even where their files are gone or broken. */
export function sweep(ours) {
  const kinds = [
    [['ps', '--all'], ['rm', '--force', '--volumes'], '{{.ID}}'],
    [['volume', 'ls'], ['volume', 'rm', '--force'], '{{.Name}}'],
    [['network', 'ls'], ['network', 'rm'], '{{.ID}}'],
  ];
  for (const [list, remove, id] of kinds) {
    const { stdout: found } = runNow('docker', [...list, '--filter', 'label=com.docker.compose.project', '--format', `${id} {{.Label "com.docker.compose.project"}}`]);
    const ids = String(found ?? '').split('\n').map((line) => line.split(' ')).filter(([, project]) => project && ours(project)).map(([name]) => name);
    if (ids.length > 0) runNow('docker', [...remove, ...ids]);
  }
}

/**
 * A Compose project in `dir`, not started. Whatever it makes is destroyed when the process ends; better, use `withStack`.
 *
 * @param file the Compose file, when it is not `compose.yaml`
 * @param env variables for every command, such as ports
 */
export function compose(project, dir, file, env = {}) {
  const made = new Compose(project, dir, file, env);
  made.release = atExit(() => made.destroy());
  return made;
}

/**
 * Gives `use` a Compose project with a name of its own, and destroys it afterwards in any case: success, failure,
 * interruption.
 *
 * @param options.dir folder with the Compose file
 * @param options.file its name, when it is not `compose.yaml`
 * @param options.label part of the project's name
 * @param options.env variables for every command
 * @param options.up `false` leaves starting it to `use`
 */
export async function withStack({ dir, file, label, env = {}, up = true }, use) {
  const stack = compose(projectName(label), dir, file, env);
  try {
    if (up) await stack.up();
    return await use(stack);
  } finally {
    stack.release();
  }
}

// A committed example on the real engine, and the commands that people type in it.
import { chmodSync, cpSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from '../../tools/lib/files.mjs';
import { inRoot } from '../../tools/lib/root.mjs';
import { compose, freePort, projectName, run, tempDir } from '../lib/index.mjs';
import { giveTo } from './backend.mjs';

/** What keeps a second copy of a stack from running on one machine: names that are the engine's, not the project's. */
const withoutFixedNames = (text) => text.replace(/^ +container_name: .*\n/gm, '').replace(/^( {4})name: .*\n/gm, '');

/** The files that know the name of the stack. */
const NAMING = /^(README\.md|.*compose.*\.ya?ml|scripts\/.*\.sh)$/;

/** The ports on the host that a Compose file names, by the setting that moves them. */
const portsIn = (text) => new Map([...text.matchAll(/\$\{([A-Z_]+_PORT):-(\d+)\}:\d+/g)].map(([, name, port]) => [name, port]));

class Example {
  constructor(dir, stack, ports) {
    this.dir = dir;
    this.stack = stack;
    this.ports = ports;
  }

  /** The port on the host that a person would find at another one. */
  portOf(usual) {
    return this.ports.get(String(usual));
  }

  /** A line as the documents have it, for the ports that this copy has. */
  here(line) {
    return line.replace(/(localhost:|-p )(\d+)\b/g, (all, before, port) => (this.ports.has(port) ? before + this.ports.get(port) : all));
  }

  /** Runs a line of shell in the example's folder, as it stands in a document; options as for `run`. */
  sh(line, options = {}) {
    return run('bash', ['-c', this.here(line)], { cwd: this.dir, timeout: 300_000, ...options, env: { ...this.stack.env, ...options.env } });
  }

  /** The output of a line that must succeed. */
  async says(line, options) {
    return (await this.sh(line, options)).stdout;
  }

  /** The text of one of its files. */
  read(file) {
    return readFileSync(join(this.dir, file), 'utf8');
  }

  write(file, text) {
    writeFileSync(join(this.dir, file), text);
  }
}

/**
 * A copy of an example in a folder of its own, with ports of its own, not started; it is taken down when the process ends, or by
 * `stack.release()`.
 */
export async function exampleOf(name) {
  const dir = tempDir(`example-${name}`);
  cpSync(inRoot('examples', name), dir, { recursive: true });
  // Whoever develops has the ids that containers run with by default; root, who may run the tests, is nobody's developer.
  if (process.getuid() === 0) giveTo(dir, 1000, 1000);
  const project = projectName(name);
  const [, stackName] = /^name: (\S+)$/m.exec(readFileSync(join(dir, 'docker-compose.yml'), 'utf8'));
  for (const file of filesBelow(dir).filter((each) => NAMING.test(each))) {
    const path = join(dir, file);
    const text = readFileSync(path, 'utf8').replaceAll(new RegExp(`\\b${stackName}(?![\\w]*\\.)`, 'g'), project);
    chmodSync(path, statSync(path).mode | 0o200);
    writeFileSync(path, /compose/.test(file) ? withoutFixedNames(text) : text);
  }
  const named = portsIn(readFileSync(join(dir, 'docker-compose.yml'), 'utf8'));
  const ports = new Map();
  const env = {};
  for (const [variable, usual] of named) {
    env[variable] = String(await freePort());
    ports.set(usual, env[variable]);
  }
  return new Example(dir, compose(project, dir, undefined, env), ports);
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dim, say } from '../lib/say.mjs';
import { MARKER } from './folder.mjs';

/** What to say about the files that people meet first, in the order in which they should read them. */
const KNOWN = [
  [/^\.projenrc\.ts$/, 'the definition: the one file to edit'],
  [/^(docker-)?compose\.ya?ml$/, 'the development stack, for docker compose up'],
  [/^(docker-)?compose\.prod.*\.ya?ml$/, 'the production stack: refuses to start without its secrets'],
  [/^\.env[^/]*\.example$|^\.env\.[^/]+$/, 'every setting with its default, to copy to .env'],
  [/^\.env$/, 'your settings: not generated, never committed'],
  [/env\.sh$/, 'makes .env with random secrets (init) and examines it (check)'],
  [/(^|\/)Dockerfile/, 'how an image is built'],
  [/reset\.sh$/, 'throws the data away, after asking'],
  [/\.sh$/, 'a script; its first lines say what it does'],
  [/^README\.md$/, 'what the stack consists of and how to use it'],
  [/^\.github\//, 'a workflow for GitHub'],
  [/^package\.json$/, 'the project, with its tasks as scripts'],
  [/^tsconfig/, 'how an editor reads the definition'],
  [/^\.projen\//, 'what projen remembers: tasks, dependencies, managed files'],
  [/^\.git(ignore|attributes)$|^\.npmrc$|^\.npmignore$/, 'housekeeping by projen'],
];

function list(folder, below = '') {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const path = below + entry.name;
    if (entry.name === 'node_modules' || path === MARKER) return [];
    return entry.isDirectory() ? list(folder, `${path}/`) : [path];
  });
}

const rank = (path) => {
  const index = KNOWN.findIndex(([pattern]) => pattern.test(path));
  return index < 0 ? KNOWN.length : index;
};

/** All files of the folder, most interesting first; what projen keeps for itself as one line. */
export function filesOf(folder) {
  const paths = new Set(list(folder).map((path) => (path.startsWith('.projen/') ? '.projen/' : path)));
  return [...paths].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1)).map((path) => ({ path, what: (KNOWN[rank(path)] || [])[1] || 'generated' }));
}

export function showFiles(folder, label) {
  const files = filesOf(folder);
  const width = Math.max(...files.map(({ path }) => path.length));
  say(`\n${label} now holds:\n`);
  for (const { path, what } of files) say(`  ${path.padEnd(width)}  ${dim(what)}`);
}

/** The folder's development Compose file, or undefined when the definition has no service. */
export const composeFile = (folder) => ['compose.yaml', 'docker-compose.yml'].find((name) => existsSync(join(folder, name)));

/**
 * The variables which choose a host port in a Compose file, with their defaults: `${POSTGRES_PORT:-5432}:5432`
 * gives `POSTGRES_PORT → 5432`.
 */
export function portVariables(folder) {
  const found = new Map();
  const text = readFileSync(join(folder, composeFile(folder)), 'utf8').replace(/^\s*#.*$/gm, '');
  for (const [, name, port] of text.matchAll(/\$\{([A-Z][A-Z0-9_]*):-(\d+)\}:\d+/g)) found.set(name, Number(port));
  for (const [, name, port] of text.matchAll(/published:\s*["']?\$\{([A-Z][A-Z0-9_]*):-(\d+)\}/g)) found.set(name, Number(port));
  return found;
}


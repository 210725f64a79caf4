// A registry of a test's own, and what installs from it: each in a pinned version, which npm installs where the artifacts are.
import { spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installed } from '../../tools/lib/installed.mjs';
import { npm } from '../../tools/lib/process.mjs';
import { atExit, cleanEnv, freePort, run, tempDir, waitFor } from '../lib/index.mjs';

/** The newest wants Node 22. Its dependencies ask for a node-fetch that not every mirror has. */
const REGISTRY = 'verdaccio@6.8.0';
const OVERRIDES = { 'node-fetch': '2.7.0' };

/**
 * What installs packages: pnpm and Yarn in the versions that projen writes into `packageManager`, which they insist on.
 *
 * `value` is its name in a definition, `add` adds a development dependency, `exec` runs a program of the project, `env` makes it strict or, as a
 * StackProject does in .yarnrc.yml, lets plain Node find what it installs.
 */
export const MANAGERS = {
  'npm': { value: 'npm', add: ['npm', 'install', '--save-dev'], exec: ['npx'] },
  'pnpm': {
    value: 'pnpm', add: ['pnpm', 'add', '--save-dev'], exec: ['pnpm'], package: 'pnpm@10.33.0', file: 'pnpm/bin/pnpm.cjs',
    // A package finds what it names, and not what others happen to have brought along.
    env: { npm_config_hoist: 'false' },
  },
  'yarn 1': { value: 'yarn_classic', add: ['yarn', 'add', '--dev'], exec: ['yarn'], package: 'yarn@1.22.22', file: 'yarn/bin/yarn.js' },
  'yarn 4': {
    value: 'yarn_berry', add: ['yarn', 'add', '--dev'], exec: ['yarn'], package: '@yarnpkg/cli-dist@4.13.0', file: '@yarnpkg/cli-dist/bin/yarn.js',
    env: { YARN_NODE_LINKER: 'node-modules' },
  },
};

/** The oldest that package.json promises, and the newest of the majors after it that are maintained. */
export const NODES = ['20.6.0', '22.23.2', '24.21.0'];

const modulesOfTools = () => installed('registry', {
  title: 'a registry and package managers',
  packages: [REGISTRY, ...Object.values(MANAGERS).flatMap((manager) => manager.package ?? [])],
  manifest: { overrides: OVERRIDES },
  flags: ['--ignore-scripts', '--no-bin-links'],
});

/** Node's official programs: `{ version, program }`. */
export async function nodes() {
  // The name without "bin" is somebody else's.
  const platform = { darwin: process.arch === 'arm64' ? 'bin-darwin' : 'darwin', win32: 'win' }[process.platform] ?? process.platform;
  const modules = await installed('nodes', {
    title: `Node ${NODES.join(', ')}`,
    packages: NODES.map((version) => `node-${version}@npm:node-${platform}-${process.arch}@${version}`),
    flags: ['--ignore-scripts', '--no-bin-links'],
  });
  return NODES.map((version) => ({ version, program: join(modules, `node-${version}`, 'bin', process.platform === 'win32' ? 'node.exe' : 'node') }));
}

/** What npm is configured with on this machine; undefined for what it is not. */
async function configured(key) {
  const [program, ...words] = npm('config', 'get', key);
  const value = (await run(program, words, { cwd: tempDir('npm-config') })).stdout.trim();
  return ['', 'null', 'undefined'].includes(value) ? undefined : value;
}

/**
 * A registry on the loopback. Packages named in `own` are its own: no other registry is asked for them, so that nothing but what the test publishes
 * can answer. All others come from the registry that npm is configured with.
 *
 * @returns `{ url, token, stop() }`; the token is of somebody who may publish
 */
export async function startRegistry(...own) {
  const folder = tempDir('registry');
  const url = `http://127.0.0.1:${await freePort()}/`;
  const rights = { access: '$all', publish: '$authenticated', unpublish: '$authenticated' };
  // JSON is YAML, too.
  writeFileSync(join(folder, 'config.yaml'), JSON.stringify({
    listen: url,
    storage: './storage',
    auth: { htpasswd: { file: './htpasswd' } },
    // The older kind of token holds the password, which is hashed anew at every request.
    security: { api: { legacy: false, jwt: { sign: { expiresIn: '1h' } } } },
    uplinks: { others: { url: await configured('registry'), timeout: '60s', max_fails: 20, fail_timeout: '1s' } },
    packages: { ...Object.fromEntries(own.map((name) => [name, rights])), '**': { access: '$all', proxy: 'others' } },
    web: { enable: false },
    max_body_size: '50mb',
    log: { type: 'stdout', format: 'json', level: 'warn' },
  }));

  const log = join(folder, 'log');
  const out = openSync(log, 'w');
  const child = spawn(process.execPath, [join(await modulesOfTools(), 'verdaccio', 'bin', 'verdaccio'), '--config', join(folder, 'config.yaml')], {
    cwd: folder, stdio: ['ignore', out, out], env: cleanEnv({ NODE_EXTRA_CA_CERTS: process.env.NODE_EXTRA_CA_CERTS ?? await configured('cafile') }),
  });
  const stop = atExit(() => child.kill('SIGKILL'));
  await waitFor(async () => {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}:\n${readFileSync(log, 'utf8')}`);
    return (await fetch(new URL('-/ping', url))).ok;
  }, { what: `the registry at ${url}`, timeout: 30_000 });

  const answer = await fetch(new URL('-/user/org.couchdb.user:e2e', url), {
    method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name: 'e2e', password: 'publishes-in-tests' }),
  });
  const { token } = await answer.json();
  if (!token) throw new Error(`the registry gave nobody a token, and said ${answer.status}`);
  return { url, token, stop };
}

/**
 * The environment of a person who knows this registry alone, with empty caches and a package manager on the PATH. Nothing of the machine's own
 * settings remains, so whatever is installed comes from the registry.
 *
 * @param options.manager a key of `MANAGERS`
 * @param options.token of somebody who may publish; without it, nobody in particular
 */
export async function personWith({ url, manager = 'npm', token }) {
  const home = tempDir('home');
  const bin = join(home, 'bin');
  mkdirSync(bin);
  const { file, add: [program], env } = MANAGERS[manager];
  if (file) symlinkSync(join(await modulesOfTools(), file), join(bin, program));
  writeFileSync(join(home, '.npmrc'), [
    `registry=${url}`, ...(token ? [`${url.replace(/^http:/, '')}:_authToken=${token}`] : []), 'audit=false', 'fund=false', 'update-notifier=false', '',
  ].join('\n'));
  writeFileSync(join(home, '.yarnrc.yml'), [`npmRegistryServer: ${url}`, 'unsafeHttpWhitelist: [127.0.0.1]', 'enableTelemetry: false', ''].join('\n'));
  const machine = Object.keys(process.env).filter((key) => /^(npm_config|yarn|pnpm|corepack|xdg)_/i.test(key));
  return { ...Object.fromEntries(machine.map((key) => [key, undefined])), HOME: home, PATH: `${bin}:${process.env.PATH}`, CI: undefined, ...env };
}

/**
 * A copy of a tarball with another version, which is what a release changes before it packs.
 *
 * @returns `{ copy, folder }`: its path, and that of what is in it
 */
export async function withVersion(tarball, version) {
  const folder = tempDir('version');
  await run('tar', ['-xzf', tarball, '-C', folder]);
  const manifest = join(folder, 'package', 'package.json');
  writeFileSync(manifest, JSON.stringify({ ...JSON.parse(readFileSync(manifest, 'utf8')), version }));
  const copy = join(folder, 'copy.tgz');
  await run('tar', ['-czf', copy, '-C', folder, 'package']);
  return { copy, folder: join(folder, 'package') };
}

// A definition in Python as a user of the wheel has it, and the same versions of everything for Node.
import assert from 'node:assert/strict';
import { readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { filesBelow } from '../../tools/lib/files.mjs';
import { npm } from '../../tools/lib/process.mjs';
import { virtualEnvironment } from '../../tools/lib/python.mjs';
import { inRoot, readJson } from '../../tools/lib/root.mjs';
import { consumerModules, run, tarball, tempDir } from '../lib/index.mjs';

/** What jsii unpacks is kept for these tests only, and not in the home of whoever runs them. */
const CACHE = tempDir('jsii-cache');

/** What jsii says about a Node that it thinks old, or does not know, is none of the library's words; Node 20 is promised. */
const QUIET = {
  JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: process.versions.node.split('.')[0],
  JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION: '1',
  JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION: '1',
};

/** The version of something that an environment has. */
const versionIn = async (python, name) => (
  (await run(python, ['-c', 'import sys; from importlib.metadata import version; print(version(sys.argv[1]))', name])).stdout.trim()
);

/** The packages for Node in the versions that an environment has: those which all tests share, when they are the same. */
async function modulesFor(python, versions) {
  const shared = await consumerModules();
  if (Object.entries(versions).every(([name, version]) => readJson(join(shared, name, 'package.json')).version === version)) return shared;
  const folder = tempDir('python-twin');
  writeFileSync(join(folder, 'package.json'), '{ "name": "twin", "private": true }\n');
  const { stdout } = await run(python, ['-c', 'import sysconfig; print(sysconfig.get_path("purelib"))']);
  // A package for Python holds the one for Node: the very same, also where a mirror of npm does not have it yet.
  const within = Object.entries(versions).map(([name, version]) => `file:${join(stdout.trim(), name, '_jsii', `${name}@${version}.jsii.tgz`)}`);
  const tsx = readJson(inRoot('node_modules', 'tsx', 'package.json')).version;
  const [program, ...words] = npm('install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error', await tarball(), ...within, `tsx@${tsx}`);
  await run(program, words, { cwd: folder });
  return join(folder, 'node_modules');
}

/**
 * A fresh virtual environment with the wheel.
 *
 * @param wheel its path
 * @param packages what else pip is told to install; what is not named is the newest that the wheel takes
 */
export async function environment(wheel, packages = []) {
  const { programs, python, stderr } = await virtualEnvironment(tempDir('venv'), [wheel, ...packages]);
  const versions = { projen: await versionIn(python, 'projen'), constructs: await versionIn(python, 'constructs') };
  return new Environment(programs, python, stderr, versions, await modulesFor(python, versions));
}

class Environment {
  constructor(programs, python, said, versions, modules) {
    this.programs = programs;
    this.python = python;
    /** What pip said beside its plain output. */
    this.said = said;
    this.versions = versions;
    this.modules = modules;
  }

  /** Runs a program of the environment as after its activation; options as for `run`. */
  run(program, args, options = {}) {
    return run(join(this.programs, program), args, {
      ...options,
      env: {
        PATH: [this.programs, process.env.PATH].join(delimiter), PROJEN_DISABLE_POST: '1', JSII_RUNTIME_PACKAGE_CACHE: 'enabled', JSII_RUNTIME_PACKAGE_CACHE_ROOT: CACHE,
        JSII_HOST_STACK_TRACES: undefined, ...QUIET, ...options.env,
      },
    });
  }

  /** Synthesizes a `.projenrc.py` in a folder of its own, or once more in an earlier one. */
  async inPython(text, { dir = tempDir('python'), ...options } = {}) {
    writeFileSync(join(dir, '.projenrc.py'), text);
    return { dir, ...await this.run('python', ['.projenrc.py'], { cwd: dir, ...options }) };
  }

  /** Synthesizes a `.projenrc.ts` with the same versions, in a folder of its own. */
  async inTypeScript(text) {
    const dir = tempDir('typescript');
    symlinkSync(this.modules, join(dir, 'node_modules'), 'junction');
    writeFileSync(join(dir, '.projenrc.ts'), text);
    return { dir, ...await run(process.execPath, ['--import', 'tsx', '.projenrc.ts'], { cwd: dir, env: { PROJEN_DISABLE_POST: '1', NODE_NO_WARNINGS: '1' } }) };
  }
}

/** Every file that a definition gave, with its permissions, by its path. */
export function filesIn(dir) {
  const paths = filesBelow(dir).filter((path) => !/^(node_modules\/|\.projenrc\.(py|ts)$)/.test(path));
  assert.ok(paths.length > 0, `nothing was written into ${dir}`);
  return new Map(paths.map((path) => [path, { bytes: readFileSync(join(dir, path)), mode: (statSync(join(dir, path)).mode & 0o777).toString(8) }]));
}

/** That two folders hold the same: names, permissions, and bytes. */
export function assertSame(actual, expected) {
  assert.deepEqual([...actual.keys()], [...expected.keys()]);
  for (const [path, { bytes, mode }] of expected) {
    const other = actual.get(path);
    // As text first, which shows where they differ.
    assert.equal(other.bytes.toString('utf8'), bytes.toString('utf8'), path);
    assert.ok(other.bytes.equals(bytes), path);
    assert.equal(other.mode, mode, `the permissions of ${path}`);
  }
}

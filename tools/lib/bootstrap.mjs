import { existsSync } from 'node:fs';
import { inRoot, readJson } from './root.mjs';
import { npm, quietly } from './process.mjs';
import { note, ok, problem, seconds } from './say.mjs';

/** Fails with a readable message when this Node is older than package.json promises to serve. */
export function checkNode() {
  const range = readJson(inRoot('package.json')).engines.node;
  const [, major, minor = '0'] = /(\d+)(?:\.(\d+))?/.exec(range);
  const [haveMajor, haveMinor] = process.versions.node.split('.').map(Number);
  if (haveMajor < Number(major) || (haveMajor === Number(major) && haveMinor < Number(minor))) {
    throw problem(`projen-stack needs Node ${major}.${minor} or newer; this is ${process.version}. Get one from https://nodejs.org, then try again.`);
  }
}

/**
 * Why node_modules does not fit package-lock.json, or undefined when it does. npm writes its own account of what it
 * installed at the very end, so an interrupted installation is found too, and one made by hand is accepted.
 */
export function staleReason(root = inRoot()) {
  const hidden = `${root}/node_modules/.package-lock.json`;
  if (!existsSync(hidden)) return 'nothing is installed yet';
  const have = readJson(hidden, {}).packages || {};
  for (const [path, wanted] of Object.entries(readJson(`${root}/package-lock.json`).packages)) {
    if (path === '' || wanted.optional || wanted.devOptional || wanted.link) continue;
    if (!have[path]) return `${path.replace(/^.*node_modules\//, '')} is missing`;
    if (have[path].version !== wanted.version) return `${path.replace(/^.*node_modules\//, '')} is ${have[path].version} instead of ${wanted.version}`;
  }
  return undefined;
}

/** Makes a fresh clone ready: Node's version, then `npm ci` where it is needed. Prints one line. */
export async function bootstrap() {
  checkNode();
  const reason = staleReason();
  if (reason === undefined) return;
  note(`installing the dependencies with npm ci: ${reason}`);
  const { milliseconds } = await quietly('npm ci', npm('ci', '--no-audit', '--no-fund', '--loglevel=error'));
  ok(`dependencies installed in ${seconds(milliseconds)}`);
}

import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { inRoot, readJson } from '../lib/root.mjs';
import { problem } from '../lib/say.mjs';

/** Says that a folder is ours, and which definition we put there, so that an edited one is recognised. */
export const MARKER = '.made-by-npm-start.json';

export const DEFINITION = '.projenrc.ts';

const EXAMPLE = inRoot('examples', 'quickstart', DEFINITION);

const digest = (text) => createHash('sha256').update(text).digest('hex');

/**
 * The folder that a person named, resolved.
 *
 * @throws when it holds something that this tool did not put there
 */
export function ownFolder(named) {
  const folder = resolve(process.env.INIT_CWD || process.cwd(), named);
  if (!existsSync(folder)) return folder;
  if (!statSync(folder).isDirectory()) throw problem(`${folder} is a file. Name a folder: npm start -- --dir DIR.`);
  if (readdirSync(folder).length > 0 && !existsSync(join(folder, MARKER))) {
    throw problem(`${folder} is not empty and was not made by npm start, so it is left alone. Name an empty or a new folder: npm start -- --dir DIR.`);
  }
  return folder;
}

/** Whether npm start has been here before. */
export const isMade = (folder) => existsSync(join(folder, MARKER));

/**
 * Puts the example's definition into the folder. One that a person has edited stays as it is.
 *
 * @returns 'written', or 'kept' for an edited one
 */
export function placeDefinition(folder) {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, DEFINITION);
  const written = readJson(join(folder, MARKER), {}).definition;
  if (existsSync(path) && digest(readFileSync(path)) !== written) return 'kept';
  const text = readFileSync(EXAMPLE);
  writeFileSync(path, text);
  writeFileSync(join(folder, MARKER), `${JSON.stringify({ definition: digest(text) })}\n`);
  return 'written';
}

/**
 * Gives the folder the node_modules that `npm install` gives a user, by links to this checkout: the definition then
 * loads the compiled library by its name, as it will in a user's project.
 */
export function linkPackages(folder) {
  for (const name of ['projen', 'constructs', 'tsx']) link(inRoot('node_modules', name), join(folder, 'node_modules', name));
  // Not the checkout as a whole: it holds this very folder, and whoever walks through it would never come to an end.
  const library = join(folder, 'node_modules', 'projen-stack');
  if (lstatSync(library, { throwIfNoEntry: false })?.isSymbolicLink()) rmSync(library);
  for (const name of ['lib', 'assets']) link(inRoot(name), join(library, name));
  copyFileSync(inRoot('package.json'), join(library, 'package.json'));
}

function link(target, path) {
  mkdirSync(dirname(path), { recursive: true });
  rmSync(path, { force: true });
  symlinkSync(target, path, 'junction');
}

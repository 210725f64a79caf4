import { existsSync } from 'fs';
import * as path from 'path';
import { javascript } from 'projen';
import { Memory } from './memory';
import { checkRanges, Manifest, PROJEN_MARKER, readManifest } from './package-manifest';
import { PeoplesText, readPeoplesText, readText } from './shared-text-file';

/** What stands in the folder of a project before its synthesis, as far as it is shared with people. */
export interface Folder {
  readonly manifest: Manifest;
  readonly memory: Memory;
  readonly gitignore: PeoplesText;
  readonly gitattributes: PeoplesText;
  /** Whether package.json or .gitignore is here, and projen has written neither. */
  readonly isForeign: boolean;
}

/** How the project will be written. */
export interface FolderNeeds {
  readonly outdir: string;
  readonly packageManager: javascript.NodePackageManager;
  /** Files that the project writes as a whole. */
  readonly ownFiles: readonly string[];
  /** Whether `projen new` makes the project. */
  readonly isCreation: boolean;
}

/** The lockfiles, and the managers that they can belong to; the first is the one to recommend. */
const LOCKFILES: { readonly [file: string]: readonly string[] } = {
  'package-lock.json': ['npm'],
  'npm-shrinkwrap.json': ['npm'],
  'yarn.lock': ['yarn_berry', 'yarn2', 'yarn_classic', 'yarn'],
  'pnpm-lock.yaml': ['pnpm'],
  'bun.lockb': ['bun'],
  'bun.lock': ['bun'],
};

/**
 * Reads a folder, and refuses what could not be taken over without loss.
 *
 * @throws with the whole list, each with what to do. Nothing has been written then.
 */
export function readFolder(needs: FolderNeeds): Folder {
  const { outdir } = needs;
  const problems: string[] = [];
  const report = (problem: string) => problems.push(problem);

  const memory = new Memory(outdir);
  const packageText = readText(outdir, 'package.json', report);
  const ignoreText = readText(outdir, '.gitignore', report);
  const attributesText = readText(outdir, '.gitattributes', report);
  const folder: Folder = {
    manifest: readManifest(packageText, report),
    memory,
    gitignore: readPeoplesText(ignoreText, '.gitignore', memory.exists, report),
    gitattributes: readPeoplesText(attributesText, '.gitattributes', memory.exists, report),
    isForeign: [packageText, ignoreText].some((text) => text !== undefined)
      && [packageText, ignoreText].every((text) => !text?.includes(PROJEN_MARKER)),
  };
  // What projen has written before is its own "*", until it has installed something.
  if (!packageText?.includes(PROJEN_MARKER)) checkRanges(folder.manifest, report);
  checkPackageManager(needs, folder, report);
  for (const file of needs.ownFiles) checkOwnFile(outdir, file, report);
  if (needs.isCreation) checkNoProjenrc(outdir, report);

  if (problems.length > 0) {
    const list = problems.map((problem) => `\n  - ${problem}`).join('');
    throw new Error(`StackProject cannot take over what is in ${outdir}. Nothing was written.${list}`);
  }
  return folder;
}

/** Two package managers in one folder install two different things. projen would delete the lockfile that is not its own. */
function checkPackageManager({ outdir, packageManager }: FolderNeeds, { manifest, memory }: Folder, report: (problem: string) => void): void {
  const named = manifest.fields.packageManager;
  if (typeof named === 'string' && named !== memory.field('packageManager') && !managersNamed(named).includes(packageManager)) {
    report(`package.json: "packageManager" is "${named}", and the project uses ${packageManager}. ${adviceFor(managersNamed(named))}, or remove the field.`);
  }
  for (const [file, managers] of Object.entries(LOCKFILES)) {
    if (managers.includes(packageManager) || !existsSync(path.join(outdir, file))) continue;
    report(`${file}: it belongs to ${managers[0].replace(/_.*/, '')}, and the project uses ${packageManager}. ${adviceFor(managers)}, or delete the file.`);
  }
}

/** projen's names for a manager as package.json names it: `yarn@1.22.22` is classic, `yarn@4.1.0` is not. */
function managersNamed(named: string): readonly string[] {
  const [manager, version] = named.split('@');
  if (manager !== 'yarn') return [manager];
  return version?.startsWith('1.') ? ['yarn_classic', 'yarn'] : ['yarn_berry', 'yarn2'];
}

function adviceFor(managers: readonly string[]): string {
  return `Write packageManager: javascript.NodePackageManager.${managers[0].toUpperCase()} (or --package-manager ${managers[0]})`;
}

function checkOwnFile(outdir: string, file: string, report: (problem: string) => void): void {
  const text = readText(outdir, file, report);
  if (text === undefined || text.includes(PROJEN_MARKER)) return;
  report(`${file}: the project writes a file of this name, and this one is not projen's. Rename yours, or delete it.`);
}

/** projen would leave it alone, and the services that the creation adds would be gone at the next synthesis. */
function checkNoProjenrc(outdir: string, report: (problem: string) => void): void {
  for (const file of ['.projenrc.ts', '.projenrc.js', '.projenrc.mjs', '.projenrc.py', '.projenrc.json']) {
    if (!existsSync(path.join(outdir, file))) continue;
    report(`${file}: the folder has a definition already. Add \`new StackProject({ … })\` or \`new Stack(project)\` to it, or remove it first.`);
  }
}

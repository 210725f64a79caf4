import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import * as path from 'path';
import { Project } from 'projen';

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A new, empty folder outside of the repository; it is removed when the test file is done. */
export function tempFolder(): string {
  const folder = mkdtempSync(path.join(realpathSync(tmpdir()), 'projen-stack-'));
  folders.push(folder);
  return folder;
}

/** Runs something without what projen does after a synthesis, such as installing packages. */
export function withoutPost<T>(run: () => T): T {
  const before = process.env.PROJEN_DISABLE_POST;
  process.env.PROJEN_DISABLE_POST = 'true';
  try {
    return run();
  } finally {
    if (before === undefined) delete process.env.PROJEN_DISABLE_POST;
    else process.env.PROJEN_DISABLE_POST = before;
  }
}

/**
 * Synthesizes a project and returns the text of every file of its folder.
 *
 * projen's own test helper deletes the folder afterwards, which is the current one when a test forgets to name another.
 *
 * @param folder where; must exist, and may hold files already
 * @param make makes the project in the folder that it is given
 */
export function synthIn(folder: string, make: (outdir: string) => Project): { [file: string]: string } {
  withoutPost(() => make(folder).synth());
  return readTree(folder);
}

/** The text of every file below a folder, except of installed packages and of git's. */
export function readTree(folder: string): { [file: string]: string } {
  const files: { [file: string]: string } = {};
  const read = (below: string) => {
    for (const entry of readdirSync(path.join(folder, below), { withFileTypes: true })) {
      const file = path.posix.join(below, entry.name);
      if (entry.name === 'node_modules' || entry.name === '.git') continue;
      if (entry.isDirectory()) read(file);
      else files[file] = readFileSync(path.join(folder, file), 'utf8');
    }
  };
  read('');
  return files;
}

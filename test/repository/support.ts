import { spawnSync } from 'child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join, resolve } from 'path';

/** The folder of the checkout. */
export const ROOT = resolve(__dirname, '..', '..');

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, without a shell and without input. */
export function run(command: string, args: string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}): Outcome {
  const env = { ...process.env, ...options.env };
  // Set by jest and npm for themselves; a person's shell has none of them.
  for (const key of ['NODE_ENV', 'INIT_CWD', 'JEST_WORKER_ID', 'NODE_TEST_CONTEXT', 'CI']) {
    if (!(key in (options.env ?? {}))) delete env[key];
  }
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: options.cwd ?? ROOT, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 120_000, maxBuffer: 64 * 1024 * 1024,
  });
  if (error) throw error;
  return { code: status, stdout, stderr };
}

export const node = (args: string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}): Outcome => run(process.execPath, args, options);

/** Runs a module that is written here, in a process of its own: jest cannot import the tools, which are ES modules. */
export const script = (source: string, args: string[] = []): Outcome => node(['--input-type=module', '--eval', source, '--', ...args]);

const folders: string[] = [];

/** A folder with these files, removed after the test file. */
export function folderWith(files: { [path: string]: string } = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'projen-stack-repository-'));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** The files that git would commit, whether they are committed yet or not. */
export function committedFiles(): string[] {
  const { code, stdout, stderr } = run('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z']);
  if (code !== 0) throw new Error(`git ls-files failed: ${stderr}`);
  const present = new Set(stdout.split('\0').filter((path) => path !== ''));
  const deleted = run('git', ['ls-files', '--deleted', '-z']).stdout.split('\0');
  for (const path of deleted) present.delete(path);
  return [...present].sort();
}

/** All files below a folder of the checkout, as paths from its root. */
export function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cleanEnv, run } from './process.mjs';
import { problem } from './say.mjs';

async function git(args, { cwd, env = {} }) {
  const result = await run('git', args, { cwd, env: cleanEnv(env) });
  if (result.code !== 0) throw problem(`git ${args.join(' ')} failed: ${result.stderr.trim()}`);
  return result.stdout;
}

/**
 * The state of all files that git does not ignore, committed or not, as the name of a git tree. It goes through an index
 * of its own: neither the person's index nor a file is touched.
 */
export async function snapshot(cwd) {
  const folder = mkdtempSync(join(tmpdir(), 'projen-stack-index-'));
  try {
    const env = { GIT_INDEX_FILE: join(folder, 'index') };
    await git(['add', '--all', '.'], { cwd, env });
    return (await git(['write-tree'], { cwd, env })).trim();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What lies between two snapshots, as a diff: empty when nothing does. */
export const difference = (before, after, cwd) => git(['diff', '--no-color', '--stat', '--patch', before, after], { cwd });

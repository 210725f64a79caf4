import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * What must be undone even when a test fails, the process is interrupted, or a test never ends. Undoing is synchronous,
 * since nothing can be awaited in a process that exits.
 */
const pending = new Set();

/** Registers `undo`, and returns a function that does it now, at most once. */
export function atExit(undo) {
  pending.add(undo);
  return () => {
    if (pending.delete(undo)) undo();
  };
}

process.on('exit', () => {
  // The newest first: a stack is taken down before its folder goes.
  for (const undo of [...pending].reverse()) {
    pending.delete(undo);
    try {
      undo();
    } catch (error) {
      process.stderr.write(`clean-up failed: ${error.message}\n`);
    }
  }
});

for (const [signal, status] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]]) process.on(signal, () => process.exit(status));

/**
 * An empty folder that is removed when the process ends. Set `PROJEN_STACK_KEEP=1` to keep and name it.
 *
 * @param label part of its name
 */
export function tempDir(label = 'test') {
  // The real path: Compose and projen print it, and the temp folder of macOS is a link.
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `projen-stack-${label}-`)));
  if (process.env.PROJEN_STACK_KEEP) process.stderr.write(`kept: ${folder}\n`);
  else atExit(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

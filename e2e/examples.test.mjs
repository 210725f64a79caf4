// Each example as it is committed, proven by the scripts that were generated with it.
import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { test } from 'node:test';
import { inRoot } from '../tools/lib/root.mjs';
import { run, tempDir } from './lib/index.mjs';
import { BASH } from './support/bash.mjs';

/** What the last line of a script says. */
const totalsOf = (stdout) => /(\d+) passed, (\d+) failed, (\d+) skipped/.exec(stdout)?.slice(1).map(Number);

for (const [name, least] of [['database', 9], ['ai-agents', 16], ['full-stack', 20], ['emotion-visualizer', 16]]) {
  const statement = name === 'full-stack' ? ' [000-034]' : '';
  test(`examples/${name}: its own test-stack.sh and test-database-setup.sh pass${statement}`, { timeout: 900_000 }, async () => {
    const dir = tempDir(`proven-${name}`);
    cpSync(inRoot('examples', name), dir, { recursive: true });
    // Beside each other: each has a copy of its own.
    const [{ stdout }, setup] = await Promise.all(['test-stack.sh', 'test-database-setup.sh'].map((script) => (
      run(BASH, [`scripts/${script}`], { cwd: dir, timeout: 800_000, env: { NO_COLOR: '1' } })
    )));
    assert.deepEqual(totalsOf(setup.stdout)?.slice(1), [0, 0], setup.stdout);
    assert.ok(totalsOf(setup.stdout)[0] >= 9, setup.stdout);
    const [passed, failed, skipped] = totalsOf(stdout);
    assert.equal(failed, 0, stdout);
    assert.equal(skipped, 0, stdout);
    assert.ok(passed >= least, `only ${passed} steps:\n${stdout}`);
    console.log(`    examples/${name}: ${stdout.trim().split('\n').pop()}`);
  });
}

test('examples/database: its own test-database-setup.sh passes a second time in the same folder', { timeout: 300_000 }, async () => {
  const dir = tempDir('proven-setup');
  cpSync(inRoot('examples', 'database'), dir, { recursive: true });
  for (const round of ['first', 'second']) {
    const { stdout } = await run(BASH, ['scripts/test-database-setup.sh'], { cwd: dir, timeout: 200_000, env: { NO_COLOR: '1' } });
    const [passed, failed] = totalsOf(stdout);
    assert.deepEqual([passed >= 9, failed], [true, 0], `${round} round:\n${stdout}`);
  }
});

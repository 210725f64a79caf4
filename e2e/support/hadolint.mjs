import { run } from '../lib/index.mjs';

/** Why hadolint cannot be used, for the `skip` of a test; in CI it must be there. */
export async function missingHadolint() {
  const found = await run('hadolint', ['--version'], { check: false }).then(({ code }) => code === 0, () => false);
  return found || process.env.CI ? false : 'there is no hadolint on this machine';
}

/** What hadolint says about a file; nothing when it is content. */
export async function hadolint(file) {
  const { stdout, stderr } = await run('hadolint', ['--no-color', file], { check: false });
  return stdout + stderr;
}

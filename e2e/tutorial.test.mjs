// The tutorial, executed as it stands: each block of shell in its order, each diff and each file as a person would take it over.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { inRoot } from '../tools/lib/root.mjs';
import { compose, freePort, projectName, run, tarball, tempDir } from './lib/index.mjs';
import { giveTo } from './support/backend.mjs';

const require = createRequire(import.meta.url);
const { version: PROJEN } = require('projen/package.json');

/** What a page says to do, in its order. */
function stepsOf(text) {
  return [...text.matchAll(/^```(sh|diff|ts \S+|\w+)\n([\s\S]*?)^```$/gm)].map(([, kind, body]) => ({ kind, body }));
}

test('ten minutes from nothing to a full stack', { timeout: 900_000 }, async (t) => {
  const home = tempDir('tutorial');
  const folder = join(home, 'shop');
  const project = projectName('tutorial');
  const ports = {
    POSTGRES_PORT: String(await freePort()), REDIS_PORT: String(await freePort()), BACKEND_PORT: String(await freePort()),
    FRONTEND_PORT: String(await freePort()), ADMINER_PORT: String(await freePort()),
  };
  const usual = { 8000: ports.BACKEND_PORT, 3000: ports.FRONTEND_PORT, 8080: ports.ADMINER_PORT };
  const here = (line) => line
    .replace(/localhost:(\d+)/g, (all, port) => `localhost:${usual[port] ?? port}`)
    // What is published is what was packed, in the version of projen that is tested; git knows nobody here.
    .replace('npx projen new --from projen-stack', `npx --yes projen@${PROJEN} new --from projen-stack@file:${process.env.PROJEN_STACK_TARBALL} --projen-version ${PROJEN} --no-git`);
  const env = { ...ports, COMPOSE_PROJECT_NAME: project, CI: undefined, npm_config_prefer_offline: 'true', npm_config_audit: 'false', npm_config_fund: 'false' };
  await tarball();
  const began = Date.now();
  const stack = compose(project, folder, undefined, env);
  try {
    for (const { kind, body } of stepsOf(readFileSync(inRoot('docs/tutorial.md'), 'utf8'))) {
      if (kind === 'sh') {
        const inside = existsSync(folder) ? folder : home;
        for (const line of body.trim().split('\n')) {
          // The first line goes into the folder that it makes; from then on that is where one is.
          const cwd = existsSync(folder) ? folder : inside;
          // Production has data of its own, under a name of its own.
          const lineEnv = line.includes('compose.prod') ? { ...env, COMPOSE_PROJECT_NAME: `${project}-prod` } : env;
          await t.test(line, async () => { await run('bash', ['-c', here(line)], { cwd, env: lineEnv, timeout: 590_000 }); });
          assert.ok(existsSync(folder));
          // Whoever develops has the ids that containers run with by default; root, who may run the tests, is nobody's developer.
          if (line.startsWith('npx projen new') && process.getuid() === 0) for (const part of ['backend', 'frontend']) giveTo(join(folder, part), 1000, 1000);
        }
      } else if (kind === 'diff') {
        await run('patch', ['--strip', '1'], { cwd: folder, input: body });
      } else if (kind.startsWith('ts ')) {
        writeFileSync(join(folder, kind.slice(3)), body);
      }
    }
    await t.test('the row is in the database, the migration is nobody else\'s, and Adminer is in the README', async () => {
      const versions = (await run('bash', ['-c', 'ls backend/alembic/versions/*price*'], { cwd: folder })).stdout.trim();
      assert.equal(statSync(join(folder, versions)).uid, process.getuid() || 1000);
      assert.match(readFileSync(join(folder, 'README.md'), 'utf8'), /\| `adminer` \|/);
      assert.match(readFileSync(join(folder, 'adminer.html'), 'utf8'), /Adminer/);
    });
    console.log(`    from nothing to the end of the tutorial: ${Math.round((Date.now() - began) / 1000)} s`);
  } finally {
    compose(`${project}-prod`, folder, 'compose.prod.yaml', env).release();
    stack.release();
  }
});

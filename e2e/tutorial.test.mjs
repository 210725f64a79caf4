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

/** What a page shows is broken into lines for those who read it. */
const unbroken = (text) => text.replace(/\s+/g, ' ').trim();

/** Two services on one port: the definition of the step before, with the port that the page names. */
async function mistake(folder, shown) {
  const file = join(folder, '.projenrc.ts');
  const definition = readFileSync(file, 'utf8');
  const compose = readFileSync(join(folder, 'compose.yaml'), 'utf8');
  writeFileSync(file, definition.replace("new Adminer(stack, 'adminer', { database: postgres })", "new Adminer(stack, 'adminer', { database: postgres, hostPort: 8000 })"));
  try {
    const { code, stdout, stderr } = await run('npx', ['projen'], { cwd: folder, check: false, env: { CI: undefined } });
    assert.notEqual(code, 0);
    assert.ok(unbroken(stdout + stderr).includes(unbroken(shown)), `it says:\n${stdout}${stderr}`);
    assert.equal(readFileSync(join(folder, 'compose.yaml'), 'utf8'), compose);
  } finally {
    writeFileSync(file, definition);
  }
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
    // What is published is what was packed, in the version of projen that is tested.
    .replace('npx projen new --from projen-stack', `npx --yes projen@${PROJEN} new --from projen-stack@file:${process.env.PROJEN_STACK_TARBALL} --projen-version ${PROJEN}`);
  const env = {
    ...ports, COMPOSE_PROJECT_NAME: project, CI: undefined, npm_config_prefer_offline: 'true',
    npm_config_audit: 'false', npm_config_fund: 'false',
    // Whoever reads the page has a name in git.
    GIT_AUTHOR_NAME: 'e2e', GIT_AUTHOR_EMAIL: 'e2e@example.org', GIT_COMMITTER_NAME: 'e2e', GIT_COMMITTER_EMAIL: 'e2e@example.org', GIT_CONFIG_GLOBAL: '/dev/null',
  };
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
      } else if (kind === 'text') {
        await t.test('the mistake is answered as the page shows it, and nothing is written', () => mistake(folder, body));
      } else if (kind === 'diff') {
        await run('patch', ['--strip', '1'], { cwd: folder, input: body });
      } else if (kind.startsWith('ts ')) {
        writeFileSync(join(folder, kind.slice(3)), body);
      }
    }
    await t.test('the folder is a repository, whose first commit has the definition', async () => {
      const { stdout: files } = await run('git', ['show', '--stat=200', '--format=%s', 'HEAD'], { cwd: folder, env });
      assert.match(files, /\.projenrc\.ts/);
      assert.match(files, /compose\.yaml/);
      const { stdout: status } = await run('git', ['status', '--porcelain'], { cwd: folder, env });
      assert.match(status, /^ M compose\.yaml$/m, 'git diff shows what step 4 changed');
    });
    await t.test('the row is in the database, the migration is nobody else\'s, and Adminer is in the README', async () => {
      const versions = (await run('bash', ['-c', 'ls backend/alembic/versions/*price*'], { cwd: folder })).stdout.trim();
      assert.equal(statSync(join(folder, versions)).uid, process.getuid() || 1000);
      assert.match(readFileSync(join(folder, 'README.md'), 'utf8'), /\| `adminer` \|/);
      assert.match(readFileSync(join(folder, 'adminer.html'), 'utf8'), /Adminer/);
    });
    const took = Math.round((Date.now() - began) / 1000);
    console.log(`    from nothing to the end of the tutorial: ${took} s`);
    await t.test(`it takes less than the ten minutes that it promises: ${took} s`, () => assert.ok(took < 600));
  } finally {
    compose(`${project}-prod`, folder, 'compose.prod.yaml', env).release();
    stack.release();
  }
});

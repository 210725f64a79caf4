import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { tempDir } from '../e2e/lib/cleanup.mjs';
import { compose, projectName } from '../e2e/lib/compose.mjs';
import { run } from '../e2e/lib/process.mjs';
import { browserPath } from '../e2e/support/browser.mjs';
import { engineProblem } from '../tools/lib/engine.mjs';
import { conditions } from './lib/conditions.mjs';
import { size, spread } from './lib/format.mjs';
import { rounds } from './lib/rounds.mjs';
import { answers, change, lasting, sizeAbove, synthesized } from './lib/stacks.mjs';
import { ratio, summary } from './lib/stats.mjs';

export const title = 'Full stack: start, edit in the browser, builds';

export const RUNS = 5;

export const obstacle = engineProblem;

/** What the baseline's Compose file describes: a database, a backend and a frontend. */
const DEFINITION = `
const { Project } = require('projen');
const { FastApiBackend, PostgresService, Stack, ViteFrontend } = require('projen-stack');
const project = new Project({ name: 'bench' });
const stack = new Stack(project);
const postgres = new PostgresService(stack, 'postgres', { version: '15' });
const backend = new FastApiBackend(stack, 'backend', { database: postgres, pythonVersion: '3.11' });
new ViteFrontend(stack, 'frontend', { api: backend });
project.synth();
`;

/** The baseline's ports are written down, so ours are the same: one side runs at a time. */
const PAGE = 'http://localhost:3000/';
const HEALTH = 'http://localhost:8000/health';

const WEB_SERVER = 'nginxinc/nginx-unprivileged:1.29-alpine';

/** The baseline's own files, with the same applications inside. */
function theirs(baseline, mine) {
  const dir = tempDir('bench-baseline');
  cpSync(join(baseline, 'full'), dir, { recursive: true });
  for (const part of ['app', 'alembic', 'alembic.ini', 'pyproject.toml', 'requirements.txt']) {
    cpSync(join(mine.dir, 'backend', part), join(dir, 'backend', part), { recursive: true });
  }
  const generated = ['Dockerfile', '.dockerignore', 'nginx', 'vite.config.ts', 'node_modules'];
  for (const part of readdirSync(join(mine.dir, 'frontend')).filter((name) => !generated.includes(name))) {
    cpSync(join(mine.dir, 'frontend', part), join(dir, 'frontend', part), { recursive: true });
  }
  // It installs whatever pnpm is the newest, which would fetch the pinned one first.
  change(join(dir, 'frontend', 'package.json'), (text) => text.replace(/^ *"packageManager": .*\n/m, ''));
  return { label: 'baseline', file: 'docker-compose.yml', dir };
}

/** From nothing to an answer of both the page and the API. */
const up = (side) => lasting(async () => {
  await side.stack.run(['up', '--detach', '--quiet-pull']);
  await Promise.all([answers(PAGE), answers(HEALTH)]);
});

/** The same, and down again: the other side wants the same ports. */
const start = (side) => async () => {
  const milliseconds = await up(side);
  await clear(side);
  return milliseconds;
};

const clear = (side) => side.stack.run(['down', '--volumes', '--timeout', '2']);

/** From an edited file to the browser that shows it. The page is opened once, as a developer has it. */
async function edits(side, browser, { runs, progress }) {
  await up(side);
  const page = await browser.newPage();
  try {
    await page.goto(PAGE);
    // The first time, Vite bundles the packages.
    await page.locator('header p').waitFor({ timeout: 120_000 });
    let round = 0;
    const edit = async () => {
      // Nobody saves again before they have seen the last change.
      await sleep(1_000);
      return lasting(async () => {
        const word = `edited-${round++}-${Date.now()}`;
        change(join(side.dir, 'frontend', 'src', 'App.tsx'), (text) => text.replace(/(Edit|edited-[\d-]+) <code>/, `${word} <code>`));
        await page.getByText(word).waitFor({ timeout: 60_000 });
      });
    };
    return (await rounds({ edit }, { runs, progress })).edit;
  } finally {
    await page.close();
    await clear(side);
  }
}

const line = (side) => () => {
  // A word that no earlier run has used: the engine would have the layer.
  change(join(side.dir, 'frontend', 'src', 'main.tsx'), (text) => `${text.trimEnd()}\n// ${Date.now()}\n`);
  return lasting(() => side.stack.run(['build', '--quiet', 'frontend'], { timeout: 900_000 }));
};

/** Everything from nothing: no layer, and nothing that a build has kept for the next one. */
const cold = (side) => async () => {
  await run('docker', ['builder', 'prune', '--all', '--force'], { timeout: 300_000 });
  return lasting(() => side.stack.run(['build', '--quiet'], { timeout: 900_000 }));
};

async function productionSize({ dir }) {
  const tag = `${projectName('bench')}-frontend:production`;
  await run('docker', ['build', '--quiet', '--target', 'production', '--tag', tag, join(dir, 'frontend')], { timeout: 900_000 });
  const above = await sizeAbove(tag, WEB_SERVER);
  await run('docker', ['rmi', tag]);
  return above;
}

export async function measure({ tarball, runs, progress, baseline }) {
  const mine = { label: 'ours', file: 'compose.yaml', dir: await synthesized(tarball, DEFINITION) };
  const sides = [mine, ...(baseline ? [theirs(baseline, mine)] : [])];
  for (const side of sides) side.stack = compose(projectName('bench'), side.dir, side.file, {});
  const browser = await chromium.launch({ executablePath: browserPath(), args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  try {
    const each = async (make, what, options = {}) => {
      const measured = await rounds(Object.fromEntries(sides.map((side) => [side.label, make(side)])), {
        runs, ...options, progress: (text) => progress(`${what}: ${text}`),
      });
      return sides.map((side) => measured[side.label]);
    };
    const builds = await each(cold, 'cold build', { runs: Math.min(runs, 2), warmups: 0 });
    const bytes = await productionSize(mine);
    const starts = await each(start, 'start');
    const edit = [];
    for (const side of sides) edit.push(await edits(side, browser, { runs, progress: (text) => progress(`edit, ${side.label}: ${text}`) }));
    // A third of a second each, nearly all of it the engine's: many rounds, so that what is left can be told from chance.
    const lines = await each(line, 'one line', { runs: 5 * runs });
    return section({ starts, edit, lines, builds }, bytes, baseline !== undefined, await conditions(runs, { engine: true }));
  } finally {
    await browser.close();
    for (const side of sides) side.stack.release();
  }
}

function section({ starts, edit, lines, builds }, bytes, compared, measuredWith) {
  const rows = [
    ['`docker compose up` until the page and `/health` answer 200', starts, 0.3],
    ['edited `App.tsx` until the open page shows it', edit, 0.2],
    ['`docker compose build frontend` after one source line changed', lines, 1],
    ['`docker compose build` of the whole stack, nothing kept (2 rounds)', builds, 1],
  ];
  return {
    basis: [
      'The generated stack (PostgreSQL, a migration, the backend, the frontend) with its sample applications, in development.',
      compared
        ? 'B is a Compose file, two Dockerfiles and a Vite configuration as a team wrote them by hand, with the same applications inside; B runs no migration.'
        : 'Measured without the other side: `--baseline FOLDER` names a folder with `full/docker-compose.yml` to compare with.',
    ],
    comparisons: compared ? rows.map(([what, [a, b], target]) => ({ what, a: summary(a), b: summary(b), ratio: ratio(a, b), target })) : [],
    facts: [
      ...(compared ? [] : rows.map(([what, [a]]) => [what, spread(summary(a))])),
      ['production image of the frontend, above its base image', size(bytes)],
    ],
    limits: [
      'What bounds the edit: Vite transforms one module, and the browser renders. B looks for changes once a second. '
      + 'What bounds a cold build: the packages of Python and Node.js come over the network.',
    ],
    conditions: measuredWith,
  };
}

import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tempDir } from '../e2e/lib/cleanup.mjs';
import { compose, projectName } from '../e2e/lib/compose.mjs';
import { run, waitFor } from '../e2e/lib/process.mjs';
import { engineProblem } from '../tools/lib/engine.mjs';
import { conditions } from './lib/conditions.mjs';
import { size, spread } from './lib/format.mjs';
import { loadOf } from './lib/load.mjs';
import { rounds } from './lib/rounds.mjs';
import { answer, answers, change, lasting, sizeAbove, synthesized } from './lib/stacks.mjs';
import { ratio, summary } from './lib/stats.mjs';

export const title = 'Backend: image, rebuild, start and reload';

export const RUNS = 5;

export const obstacle = engineProblem;

/** What the baseline's Compose file describes: a database and a backend. Its Python, too, so that both begin with one image. */
const DEFINITION = `
const { Project } = require('projen');
const { FastApiBackend, PostgresService, Stack } = require('projen-stack');
const project = new Project({ name: 'bench' });
const stack = new Stack(project);
const postgres = new PostgresService(stack, 'postgres', { version: '15' });
new FastApiBackend(stack, 'backend', { database: postgres, pythonVersion: '3.11', publish: ['development', 'production'] });
project.synth();
`;

const PORTS = { POSTGRES_PORT: 0, BACKEND_PORT: 0, API_PORT: 0 };

const SECRETS = { POSTGRES_USER: 'bench', POSTGRES_DB: 'bench', POSTGRES_PASSWORD: 'b'.repeat(40), SECRET_KEY: 'c'.repeat(40) };

/** A package that nothing else needs, in two versions: the dependency that changes. */
const CHANGING = ['six==1.16.0', 'six==1.17.0'];

/** What the generated stack is called, and what the baseline's. */
const OURS = { file: 'compose.yaml', service: 'backend', label: 'ours' };
const THEIRS = { file: 'docker-compose.yml', service: 'api', label: 'baseline' };

/** The generated stack with its sample application. */
const ours = async (tarball) => ({ ...OURS, dir: await synthesized(tarball, DEFINITION) });

/** The baseline's own files, with the same application inside. */
function theirs(baseline, mine) {
  const dir = tempDir('bench-baseline');
  cpSync(join(baseline, 'spec'), dir, { recursive: true });
  for (const part of ['app', 'alembic', 'alembic.ini', 'tests', 'pyproject.toml', 'requirements.txt']) {
    cpSync(join(mine.dir, 'backend', part), join(dir, 'backend', part), { recursive: true });
  }
  return { ...THEIRS, dir };
}

/** The bytes that the production image has above the image that it begins with. */
async function productionSize({ dir, label }) {
  const tag = `${projectName('bench')}-${label}:production`;
  const context = join(dir, 'backend');
  await run('docker', ['build', '--quiet', '--target', 'production', '--tag', tag, context], { timeout: 900_000 });
  const above = await sizeAbove(tag, 'python:3.11-slim');
  await run('docker', ['rmi', tag]);
  return above;
}

/** The lines of a pinned package, with the hashes of all its files. */
async function pins(image) {
  const found = [];
  for (const requirement of CHANGING) {
    const command = ['run', '--rm', '--interactive', image, 'uv', 'pip', 'compile', '--quiet', '--no-header', '--no-annotate', '--generate-hashes', '-'];
    found.push((await run('docker', command, { input: requirement })).stdout);
  }
  return found;
}

const build = ({ stack, service }) => lasting(() => stack.run(['build', '--quiet', service], { timeout: 900_000 }));

/** Rebuilds with the other version of one package than the last time. */
function rebuildAfterDependency(side, lines) {
  const file = join(side.dir, 'backend', 'requirements.txt');
  const original = readFileSync(file, 'utf8');
  let round = 0;
  return async () => {
    // A word that no earlier run has used: the engine would have the layer.
    writeFileSync(file, `${original}# ${Date.now()}\n${lines[round++ % lines.length]}`);
    return build(side);
  };
}

function rebuildAfterLine(side) {
  return async () => {
    change(join(side.dir, 'backend', 'app', 'main.py'), (text) => `${text.trimEnd()}\n# ${Date.now()}\n`);
    return build(side);
  };
}

async function address({ stack, service }) {
  return `http://localhost:${await stack.port(service, 8000)}`;
}

/** From nothing to an answer of the health page. */
const start = (side) => lasting(async () => {
  await side.stack.run(['up', '--detach', '--quiet-pull']);
  await answers(`${await address(side)}/health`);
});

async function startAnew(side) {
  await clear(side);
  return start(side);
}

/** Removes containers, volumes and what the baseline keeps in a folder that belongs to the container's user. */
async function clear(side) {
  await side.stack.run(['down', '--volumes', '--timeout', '2']);
  await run('docker', ['run', '--rm', '--volume', `${side.dir}:/dir`, 'postgres:15-alpine', 'rm', '-rf', '/dir/data/postgres']);
}

/** From an edited file to an answer that shows it. */
function reload(side) {
  const file = join(side.dir, 'backend', 'app', 'main.py');
  let round = 0;
  return async () => {
    const url = `${await address(side)}/`;
    const word = `edited-${round++}`;
    return lasting(async () => {
      change(file, (text) => text.replace(/"(running|edited-\d+)"/, `"${word}"`));
      await waitFor(async () => (await answer(url)).text.includes(word), { what: `${side.label} to reload`, timeout: 60_000, interval: 10 });
    });
  };
}

/** Requests a second and the slowest percent, of the production stack. */
async function throughput({ dir }) {
  const stack = compose(projectName('bench-production'), dir, 'compose.prod.yaml', { ...PORTS, ...SECRETS });
  try {
    await stack.up(['--build']);
    const url = `http://localhost:${await stack.port('backend', 8000)}`;
    for (let item = 0; item < 20; item++) {
      await fetch(`${url}/api/v1/items`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name: `item ${item}` }) });
    }
    return { live: await loadOf(`${url}/health/live`), items: await loadOf(`${url}/api/v1/items`) };
  } finally {
    stack.release();
  }
}

const figure = ({ perSecond, p99 }) => `${Math.round(perSecond)} a second, the slowest percent above ${p99.toFixed(1)} ms`;

export async function measure({ tarball, runs, progress, baseline }) {
  const mine = await ours(tarball);
  const sides = [mine, ...(baseline ? [theirs(baseline, mine)] : [])];
  for (const side of sides) side.stack = compose(projectName('bench'), side.dir, side.file, PORTS);
  try {
    progress('first builds');
    const sizes = [];
    for (const side of sides) sizes.push(await productionSize(side));
    for (const side of sides) await build(side);
    const lines = await pins(`${mine.stack.project}-backend`);
    const each = async (make, what) => {
      const measured = await rounds(Object.fromEntries(sides.map((side) => [side.label, make(side)])), { runs, progress: (text) => progress(`${what}: ${text}`) });
      return sides.map((side) => measured[side.label]);
    };
    const dependency = await each((side) => rebuildAfterDependency(side, lines), 'one dependency');
    const line = await each(rebuildAfterLine, 'one line');
    const up = await each((side) => () => startAnew(side), 'start');
    const edit = await each(reload, 'edit');
    for (const side of sides) await clear(side);
    progress('load');
    const load = await throughput(mine);
    return section({ sizes, dependency, line, up, edit }, load, baseline !== undefined, await conditions(runs, { engine: true }));
  } finally {
    for (const side of sides) side.stack.release();
  }
}

function section({ sizes, dependency, line, up, edit }, load, compared, measuredWith) {
  const rows = [
    ['production image, above its base image', sizes.map((each) => [each]), 0.25, size],
    ['`docker compose build` after one dependency changed', dependency, 0.5],
    ['`docker compose build` after one source line changed', line, 1],
    ['`docker compose up` until `/health` answers 200', up, 0.35],
    ['edited file until the answer shows it', edit, 1],
  ];
  return {
    basis: [
      'The generated stack (PostgreSQL, a migration, the backend) with the sample application.',
      compared
        ? 'B is a Compose file and a Dockerfile as a team wrote them by hand, with the same application inside, the same base images and the same pinned packages; B runs no migration.'
        : 'Measured without the other side: `--baseline FOLDER` names a folder with `spec/docker-compose.yml` and `spec/backend/Dockerfile` to compare with.',
    ],
    comparisons: compared ? rows.map(([what, [a, b], target, unit]) => ({ what, a: summary(a), b: summary(b), ratio: ratio(a, b), target, unit })) : [],
    facts: [
      ...(compared ? [] : rows.map(([what, [a], , unit]) => [what, spread(summary(a), unit)])),
      ['production, one process: `/health/live`', figure(load.live)],
      ['production, one process: a page of 20 items from PostgreSQL', figure(load.items)],
    ],
    limits: [
      'What bounds the start: PostgreSQL initialises an empty folder, then a Python starts for the migration and one for the server. '
      + 'What bounds the throughput: one Python process on a machine that also runs the database, the engine\'s port forwarding and the client that asks.',
    ],
    conditions: measuredWith,
  };
}

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs, UsageError } from '../tools/lib/args.mjs';
import { bootstrap } from '../tools/lib/bootstrap.mjs';
import { packTarball } from '../tools/lib/pack.mjs';
import { inRoot } from '../tools/lib/root.mjs';
import { bold, main, note, ok, say } from '../tools/lib/say.mjs';
import { renderDocument } from './lib/document.mjs';
import { toMarkdown, toText } from './lib/section.mjs';
import * as backend from './backend.mjs';
import * as deployment from './deployment.mjs';
import * as frontend from './frontend.mjs';
import * as kubernetes from './kubernetes.mjs';
import * as python from './python.mjs';
import * as scale from './scale.mjs';
import * as size from './size.mjs';
import * as synth from './synth.mjs';
import * as up from './up.mjs';

/** In the order of the document. Each has a title, a number of runs, `measure`, and perhaps `obstacle`. */
const MEASUREMENTS = { synth, python, scale, up, kubernetes, deployment, backend, frontend, size };

const DOCUMENT = inRoot('docs', 'performance.md');

const HELP = `npm run bench: measures the packed library, always as the ratio of two sides in one run. Nothing fails for being slow.

  npm run bench                          everything, printed
  npm run bench -- --only synth,size     a part of: ${Object.entries(MEASUREMENTS).map(([name, { title }]) => `\n                                           ${name.padEnd(10)} ${title}`).join('')}
  npm run bench -- --runs 3              another number of rounds (each part has its own by default)
  npm run bench -- --baseline FOLDER     files written by hand to compare with: FOLDER/spec (a backend) and FOLDER/full (with a
                                         frontend), each with a docker-compose.yml; without it only our side is measured
  npm run bench -- --write               also writes docs/performance.md; what was not measured keeps its figures there`;

function chosen(only) {
  const names = only === undefined ? Object.keys(MEASUREMENTS) : only.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !Object.hasOwn(MEASUREMENTS, name));
  if (unknown !== undefined) throw new UsageError(`--only does not know "${unknown}". Known: ${Object.keys(MEASUREMENTS).join(', ')}.`);
  return names;
}

function wholeNumber(text) {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new UsageError(`--runs needs a whole number from 1 to 9999, but got "${text}".`);
  return Number(text);
}

/** The folder with the files of the other side. */
function baselineIn(folder) {
  if (folder === undefined) return undefined;
  const missing = ['spec/docker-compose.yml', 'spec/backend/Dockerfile', 'full/docker-compose.yml'].find((file) => !existsSync(join(folder, file)));
  if (missing !== undefined) throw new UsageError(`--baseline needs a folder with ${missing}, and there is none in ${folder}.`);
  return resolve(folder);
}

/** Measures one part: its section, or the reason why there is none. */
async function section(name, { tarball, baseline }, runs) {
  const { title, RUNS, measure, obstacle } = MEASUREMENTS[name];
  const inTheWay = await obstacle?.();
  if (inTheWay !== undefined) {
    note(`${name} is left out: ${inTheWay}`);
    // The engine's own words may name a path of this machine.
    return { reason: MEASUREMENTS[name].reason ?? 'no Docker engine answered' };
  }
  const rounds = runs ?? RUNS;
  const result = { title, ...await measure({ tarball, baseline, runs: rounds, progress: (text) => note(`${name}: ${text}`) }) };
  say(`\n${bold(toText(result))}\n`);
  return { markdown: toMarkdown(result) };
}

await main(async () => {
  const args = parseArgs(process.argv.slice(2), { only: 'string', runs: 'string', baseline: 'string', write: 'boolean' });
  if (args.help) return say(HELP);
  const names = chosen(args.only);
  const runs = wholeNumber(args.runs);
  const baseline = baselineIn(args.baseline);

  await bootstrap();
  // tools/bench.mjs has packed it already.
  const tarball = process.env.PROJEN_STACK_TARBALL ?? await packTarball();
  const measured = {};
  for (const name of Object.keys(MEASUREMENTS).filter((each) => names.includes(each))) measured[name] = await section(name, { tarball, baseline }, runs);

  if (!args.write) return note('docs/performance.md is as it was: --write writes it');
  const sections = Object.entries(MEASUREMENTS).map(([name, { title }]) => ({ name, title, ...measured[name] }));
  writeFileSync(DOCUMENT, renderDocument(sections, existsSync(DOCUMENT) ? readFileSync(DOCUMENT, 'utf8') : ''));
  return ok('docs/performance.md written');
});

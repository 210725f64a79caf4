import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from '../lib/args.mjs';
import { bad, main, ok, problem, say } from '../lib/say.mjs';
import { COMBINATIONS, CORE, nameOf, OPTIONAL, SAMPLE } from './combinations.mjs';
import { compile, entriesOf, FILES, write } from './pins.mjs';
import { uv as findUv } from './uv.mjs';

const HELP = `node tools/sample/lock.mjs: pins the dependencies of the sample application, for every combination of its parts.

  node tools/sample/lock.mjs              makes the pins anew, and keeps those that still fit
  node tools/sample/lock.mjs --upgrade    takes the newest versions
  node tools/sample/lock.mjs --check      changes nothing, and fails when a combination is not exactly what it needs

Each file of pins serves all combinations: what only some parts need stands in a block that is left out without them.`;

/** The parts that alone bring a package in; none when the core does. */
function partsOf(name, found) {
  const has = (parts) => found.get(nameOf(parts)).has(name);
  const needed = has([]) ? [] : OPTIONAL.filter((part) => has([part]));
  for (const parts of COMBINATIONS) {
    const expected = needed.length === 0 ? has([]) : needed.some((part) => parts.includes(part));
    if (has(parts) !== expected) {
      throw problem(`${name} is ${has(parts) ? '' : 'not '}needed by ${nameOf(parts)}, which "part: ${needed.join('|') || CORE}" cannot say.`);
    }
  }
  return needed;
}

/** One file for all combinations: the entries of the whole, in blocks by what needs them. */
function tagged(whole, found) {
  const lines = [];
  let open = '';
  const turnTo = (tag) => {
    if (tag === open) return;
    if (open) lines.push(`# part: ${open} end`);
    if (tag) lines.push(`# part: ${tag} begin`);
    open = tag;
  };
  for (const [name, entry] of whole) {
    for (const [combination, entries] of found) {
      if (entries.has(name) && entries.get(name) !== entry) throw problem(`${name} is pinned differently in ${combination}:\n${entry}\n${entries.get(name)}`);
    }
    turnTo(partsOf(name, found).join('|'));
    lines.push(entry);
  }
  turnTo('');
  return `${lines.join('\n')}\n`;
}

/** Without tags and blocks: what all parts together need. */
const untagged = (text) => text.replace(/^# part: .*\n/gm, '');

async function lock(uv, folder, upgrade) {
  const all = COMBINATIONS[COMBINATIONS.length - 1];
  // The larger file first: the smaller one keeps its versions.
  let known = upgrade ? '' : untagged(readFileSync(join(SAMPLE, CORE, 'requirements-dev.txt'), 'utf8'));
  for (const file of Object.keys(FILES).reverse()) {
    const project = (parts) => join(folder, parts.join('-') || CORE);
    known = await compile(uv, project(all), file, known);
    const found = new Map();
    for (const parts of COMBINATIONS) found.set(nameOf(parts), entriesOf(await compile(uv, project(parts), file, known)));
    const text = tagged(entriesOf(known), found);
    writeFileSync(join(SAMPLE, CORE, file), text);
    ok(`${file}: ${found.get(nameOf(all)).size} packages with all parts, ${found.get(nameOf([])).size} with none, ${Math.ceil(text.length / 1000)} kB`);
  }
  return 0;
}

async function check(uv, folder) {
  let wrong = 0;
  for (const parts of COMBINATIONS) {
    const project = join(folder, parts.join('-') || CORE);
    for (const file of Object.keys(FILES)) {
      const written = readFileSync(join(project, file), 'utf8');
      const needed = await compile(uv, project, file, untagged(readFileSync(join(SAMPLE, CORE, file), 'utf8')));
      if (written === needed) continue;
      wrong += 1;
      const [has, needs] = [entriesOf(written), entriesOf(needed)];
      const differing = [...new Set([...has.keys(), ...needs.keys()])].filter((name) => has.get(name) !== needs.get(name));
      bad(`${file} of ${nameOf(parts)}: ${differing.join(', ')}`);
    }
  }
  if (wrong === 0) ok(`${COMBINATIONS.length} combinations of parts have exactly the pins that they need`);
  else say('Run: node tools/sample/lock.mjs');
  return wrong === 0 ? 0 : 1;
}

await main(async () => {
  const options = parseArgs(process.argv.slice(2), { check: 'boolean', upgrade: 'boolean' });
  if (options.help) return say(HELP);
  const folder = mkdtempSync(join(tmpdir(), 'projen-stack-pins-'));
  try {
    for (const parts of COMBINATIONS) write(parts, join(folder, parts.join('-') || CORE));
    const uv = await findUv();
    return options.check ? await check(uv, folder) : await lock(uv, folder, options.upgrade);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

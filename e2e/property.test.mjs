// Random stacks: what passes our rules is accepted by `docker compose config`, and means what the model said.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { compose, consumerModules, projectName, run, tempDir } from './lib/index.mjs';
import { TRAPS } from './support/awkward.mjs';
import { inspect, keysOf } from './support/databases.mjs';
import { SEED } from './support/seed.mjs';
import { define, expected, MODES, services, settings, told } from './support/random-stack.mjs';

/** Stacks, and services in each. `PROJEN_STACK_CASES=400` tries ten times as many; `PROJEN_STACK_SEED=random` looks for new ones. */
const STACKS = Number(process.env.PROJEN_STACK_CASES ?? 40);
const SERVICES = 50;
const FILES = { development: 'compose.yaml', production: 'compose.prod.yaml' };

const require = createRequire(join(await consumerModules(), 'definition.js'));
const lib = require('projen-stack');
const { Project } = require('projen');

/** The services that pass our rules; those with an error, and then those that their absence breaks, are left out. */
function passing(folder, all) {
  for (let specs = all; ; ) {
    const stack = define(lib, new Project({ name: 'random', outdir: folder }), specs);
    const { findings, outputs } = stack.evaluate();
    const errors = findings.filter(({ rule }) => rule.severity === lib.Severity.ERROR);
    if (errors.length === 0) return { specs, outputs };
    const wrong = new Set(errors.map(({ path }) => path.split('/').pop()));
    const kept = specs.filter(({ serviceName }) => !wrong.has(serviceName));
    assert.ok(kept.length < specs.length, `an error that is of no service: ${JSON.stringify(errors[0])}`);
    specs = kept;
  }
}

function write(folder, outputs) {
  for (const { filePath, content } of outputs.flatMap(({ files }) => files)) {
    mkdirSync(dirname(join(folder, filePath)), { recursive: true });
    writeFileSync(join(folder, filePath), content);
  }
}

async function resolved(folder, mode, set) {
  const { stdout, stderr } = await run('docker', ['compose', '--file', FILES[mode], '--profile', '*', 'config', '--format', 'json'], { cwd: folder, env: set });
  assert.equal(stderr, '');
  // Compose doubles every dollar sign, so that what it prints could be read again.
  return JSON.parse(stdout.replace(/\$\$/g, '$$'));
}

/** Says what differs, and the definition that gave it. */
function fail(each, when, actual, wanted) {
  for (const key of Object.keys(wanted)) assert.deepEqual(actual[key], wanted[key], `${key} of ${each.serviceName}, ${when}: ${JSON.stringify(each)}`);
}

test(`what passes the rules passes docker compose config and means the same, with ${STACKS * SERVICES} random services`, async () => {
  const folder = tempDir('property');
  const count = { stacks: 0, services: 0, refused: 0 };
  const outcome = await fc.check(fc.asyncProperty(services(SERVICES), async (all) => {
    const here = join(folder, String(count.stacks++));
    mkdirSync(here);
    const { specs, outputs } = passing(here, all);
    count.services += all.length;
    count.refused += all.length - specs.length;
    write(here, outputs);
    // Development with as little as possible set and with everything; production needs everything.
    await Promise.all([[MODES[0], false], [MODES[0], true], [MODES[1], true]].map(async ([mode, everything]) => {
      const set = settings(specs, everything);
      const document = await resolved(here, mode, set);
      assert.deepEqual(Object.keys(document.services).sort(), specs.map(({ serviceName }) => serviceName).sort());
      for (const each of specs) {
        const actual = told(document.services[each.serviceName], document, (file) => readFileSync(file, 'utf8'));
        const wanted = expected(each, specs, mode, set, here);
        if (!isDeepStrictEqual(actual, wanted)) fail(each, `${mode}${everything ? '' : ' by default'}`, actual, wanted);
      }
    }));
  }), { numRuns: STACKS, endOnFailure: true, seed: SEED });
  // fast-check would print all fifty services; the difference and the way to see it again are enough.
  if (outcome.failed) {
    const { seed, counterexamplePath, errorInstance: cause } = outcome;
    throw new Error(`PROJEN_STACK_SEED=${seed} shows it again, at ${counterexamplePath}: ${cause?.message}`, { cause });
  }
  // Rules that refuse too much would leave little to compare: of 2,000 at least 1,000.
  const passed = count.services - count.refused;
  assert.ok(passed >= count.services / 2, `only ${passed} of ${count.services} services passed the rules`);
});

test('every awkward text reaches the program as it was written: arguments, environment, labels, files', async () => {
  const folder = tempDir('awkward');
  const { Mount, Service, Stack, Value } = lib;
  const stack = new Stack(new Project({ name: 'awkward', outdir: folder }));
  const keyed = Object.fromEntries(TRAPS.map((text, index) => [`K${index}`, text]));
  const image = 'redis:7-alpine';
  const print = ['sh', '-c', 'printf "%s\\0" "$@"', 'sh'];
  new Service(stack, 'arguments', { image, entrypoint: Value.literals(...print), command: Value.literals(...TRAPS) });
  new Service(stack, 'environment', {
    image,
    entrypoint: Value.literals('env', '-0'),
    environment: Object.fromEntries(Object.entries(keyed).map(([key, text]) => [key, Value.literal(text)])),
    labels: keyed,
  });
  // To Compose, such a key in a mapping is an extension of its own.
  new Service(stack, 'extension', {
    image, entrypoint: Value.literals('env', '-0'), environment: { 'x-key': Value.literal('a=b $c'), 'OTHER': Value.literal(' d ') },
  });
  new Service(stack, 'files', {
    image,
    entrypoint: Value.literals('sh', '-c', 'cat /t/*'),
    mounts: TRAPS.map((text, index) => Mount.config(`t${index}`, `/t/${index}`, `${text}\n<end>\n`)),
  });
  write(folder, stack.evaluate().outputs);
  const project = compose(projectName('awkward'), folder);
  try {
    const said = async (service) => (await project.run(['run', '--rm', '--no-TTY', service])).stdout;
    assert.deepEqual((await said('arguments')).split('\0').slice(0, -1), TRAPS);
    const environment = keysOf((await said('environment')).split('\0'));
    for (const [key, text] of Object.entries(keyed)) assert.equal(environment[key], text, `${key}: ${JSON.stringify(text)}`);
    const extension = keysOf((await said('extension')).split('\0'));
    assert.deepEqual([extension['x-key'], extension.OTHER], ['a=b $c', ' d ']);
    const files = (await said('files')).split('\n<end>\n').slice(0, -1);
    assert.deepEqual(files.sort(), [...TRAPS].sort());
    await project.run(['create', 'environment']);
    const { Config } = await inspect(project, 'environment');
    for (const [key, text] of Object.entries(keyed)) assert.equal(Config.Labels[key], text, `label ${key}: ${JSON.stringify(text)}`);
  } finally {
    project.release();
  }
});

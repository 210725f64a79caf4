import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { consumerModules, freePort, run, synth, tempDir, withStack } from './lib/index.mjs';
import { BASH } from './support/bash.mjs';
import { SEED } from './support/seed.mjs';

const { default: fc } = await import('fast-check');

/** The installed library itself, for what needs no synthesis. */
async function library() {
  const load = createRequire(join(await consumerModules(), 'here.cjs'));
  return { lib: load('projen-stack'), projen: load('projen') };
}

const database = ({ PostgresService, Stack }, { Project }) => {
  const project = new Project({ name: 'shop' });
  new PostgresService(new Stack(project), 'postgres', { version: '17' });
  project.synth();
};

const env = (folder, args, options = {}) => run(BASH, ['scripts/env.sh', ...args], { cwd: folder, ...options });
const valueOf = (folder, key) => new RegExp(`^${key}=(.*)$`, 'm').exec(readFileSync(join(folder, '.env'), 'utf8'))?.[1];

/** Whether the server lets somebody in. It trusts 127.0.0.1, so the way leads over the stack's network. */
async function login(stack, password) {
  const words = ['psql', '-h', 'postgres', '-U', 'app', '-d', 'app', '-tAc', 'select note from kept'];
  const { code, stdout, stderr } = await stack.exec('postgres', words, { check: false, containerEnv: { PGPASSWORD: password } });
  if (code !== 0) assert.match(stderr, /password authentication failed/);
  return code === 0 ? stdout.trim() : 'refused';
}

const remember = (stack) => stack.exec('postgres', ['psql', '-U', 'app', '-d', 'app', '-c', "create table kept as select 'still here' as note"]);

test('up, down, init, up: the password that the volume holds is the one in .env', async () => {
  const { dir } = await synth(database);
  const ports = { POSTGRES_PORT: String(await freePort()) };
  await withStack({ dir, label: 'env-kept', env: ports }, async (stack) => {
    await remember(stack);
    await stack.down();

    const project = { env: { COMPOSE_PROJECT_NAME: stack.project } };
    const { stdout } = await env(dir, ['init'], project);
    assert.match(stdout, new RegExp(`POSTGRES_PASSWORD +set to the default of development: the volume ${stack.project}_postgres_data exists`));
    assert.match(stdout, /to change it: .+/);
    assert.equal(statSync(join(dir, '.env')).mode & 0o777, 0o600);

    await stack.up();
    assert.equal(await login(stack, valueOf(dir, 'POSTGRES_PASSWORD')), 'still here');
    assert.equal(await login(stack, 'wrong'), 'refused');

    const again = await env(dir, ['init'], project);
    assert.match(again.stdout, /Nothing to do/);
  });
});

test('init, up: a new volume gets the random password, and the default of development is refused', async () => {
  const { dir } = await synth(database);
  const project = await withStack({ dir, label: 'env-new', env: { POSTGRES_PORT: String(await freePort()) }, up: false }, async (stack) => {
    const fallback = (await stack.config()).services.postgres.environment.POSTGRES_PASSWORD;
    await env(dir, ['init'], { env: { COMPOSE_PROJECT_NAME: stack.project } });
    const password = valueOf(dir, 'POSTGRES_PASSWORD');
    assert.match(password, /^[0-9a-f]{48}$/);
    assert.notEqual(fallback, password);
    await stack.up();
    await remember(stack);
    assert.equal(await login(stack, password), 'still here');
    assert.equal(await login(stack, fallback), 'refused');
    return stack.project;
  });
  const { stdout: left } = await run('docker', ['volume', 'ls', '--quiet']);
  assert.ok(!left.includes(project), 'the test left its volume behind');
});

test('what init makes is all that production needs', async () => {
  const { dir } = await synth(database);
  const production = ['compose', '--file', 'compose.prod.yaml', 'config', '--quiet'];
  const without = await run('docker', production, { cwd: dir, check: false });
  assert.notEqual(without.code, 0);
  await env(dir, ['init'], { env: { COMPOSE_PROJECT_NAME: 'pse2e-nothing-of-this-name' } });
  assert.equal((await run('docker', production, { cwd: dir })).stderr, '');
  assert.match((await env(dir, ['check', '--production'])).stdout, /: 0 errors, 0 warnings \(production\)\n$/);
});

/** What a value holds when it is awkward for YAML, Compose, a shell or Python. */
const AWKWARD = [
  '', 'no', 'null', '~', '1e3', '08', '0x1F', ' a', 'a ', '#x', 'a #b', '$', '$$', '$5', '$HOME', '${HOME}', '$(id)', '`id`', "it's", 'a"b', '\\', 'a\\',
  '\\\\srv', "\\'", '"', "'", 'ü — 漢字 🐘', 'a=b', 'a: b', '!x', '*', '&', '\t', '\\n', '\\$x', '%s', "it's \\n $5", '{x}', 'export A=1', '\u00a0', '\u0085x',
];
const text = fc.array(fc.oneof(fc.constantFrom(...AWKWARD, "'", '"', '\\', '$', '#', ' '), fc.string({ unit: 'grapheme', maxLength: 8 })), { maxLength: 5 })
  .map((pieces) => pieces.join('').replace(/[\r\n\0]/g, ''));

test('Compose reads every default in .env.example as the model has it', async () => {
  const { lib, projen } = await library();
  const batch = 300;
  let checked = 0;
  const texts = [...AWKWARD, ...fc.sample(text, { numRuns: 4 * batch - AWKWARD.length, seed: SEED })];
  for (let from = 0; from < texts.length; from += batch) {
    const dir = tempDir('env-values');
    const stack = new lib.Stack(new projen.Project({ name: 'values', outdir: dir }));
    const service = new lib.Service(stack, 'reader', { image: 'busybox:1' });
    const variables = [];
    for (const [index, value] of texts.slice(from, from + batch).entries()) {
      // Every third one is made of an earlier one, as a URL is of its parts.
      const literal = lib.Value.literal(value);
      const earlier = index % 3 === 2 ? [lib.Value.of(variables[index - 1]), literal] : [];
      variables.push(service.addVariable(`KEY_${index}`, { defaultValue: lib.Value.concat(literal, ...earlier) }));
    }
    const { files } = new lib.EnvTarget().render(stack.model());
    const template = files.find(({ filePath }) => filePath === '.env.example').content;
    writeFileSync(join(dir, '.env.example'), template);

    // Once as the settings that the file interpolates, and once as the environment of a container.
    const environment = Object.fromEntries(variables.map(({ variableName }) => [variableName, `\${${variableName}}`]));
    writeFileSync(join(dir, 'compose.yaml'), JSON.stringify({
      name: 'values', services: { interpolated: { image: 'x', environment }, read: { image: 'x', env_file: ['.env.example'] } },
    }));
    const { stdout, stderr } = await run('docker', ['compose', '--env-file', '.env.example', 'config', '--format', 'json'], { cwd: dir });
    assert.equal(stderr, '');
    const { services } = JSON.parse(stdout);
    for (const variable of variables) {
      const expected = variable.defaultValue.developmentText;
      for (const { environment: read } of [services.interpolated, services.read]) {
        // Compose prints a dollar sign doubled, as its own input needs it.
        const line = template.split('\n').find((each) => each.startsWith(`${variable.variableName}=`));
        assert.equal(read[variable.variableName].replaceAll('$$', '$'), expected, `${line} (${JSON.stringify(expected)})`);
      }
      checked += 1;
    }
  }
  assert.equal(checked, 4 * batch);
});

/** Lines of a `.env` as people write them, with what quoting and white space allow; no reference, which the script leaves alone. */
const blank = fc.constantFrom('', '', ' ', '\t', '  ');
const key = fc.constantFrom('A', 'B_1', '_c', 'Long_KEY', 'UID', 'PATH2');
const quoted = (quote, pieces) => fc.array(fc.constantFrom('a', 'Z9', ' ', '#', ' #', '=', 'ü', '\n', '\r\n', '\\\\', '\\n', `\\${quote}`, '\\x', '\t', '%s', '*', ...pieces), { maxLength: 6 })
  .map((parts) => `${quote}${parts.join('')}${quote}`);
const value = fc.oneof(
  fc.array(fc.constantFrom('a', 'Z9', ' ', '=', 'ü', '\\', '\\n', "b'", 'b"', 'x#', ':', '*', '`', '%s', '{', '!'), { maxLength: 6 }).map((parts) => parts.join('').replace(/^['"#]/, 'a')),
  quoted("'", ['"', '$x', '`', '${y}']), quoted('"', ["'", '`', '\\$x', '\\"']),
);
const assignment = fc.tuple(blank, fc.constantFrom('', '', 'export '), key, blank, blank, value, fc.constantFrom('', '', ' # it\'s "c"', '   '))
  .map(([indent, word, name, before, after, text, end]) => `${indent}${word}${name}${before}=${after}${text}${end}`)
  // There Compose takes the comment for the value; `check` warns of it.
  .filter((text) => !/=\s*#/.test(text));
const line = fc.oneof({ weight: 5, arbitrary: assignment }, { weight: 1, arbitrary: fc.constantFrom('', '  ', '# c', '\t# A="', '#') });
const dotenv = fc.tuple(fc.array(line, { maxLength: 8 }), fc.constantFrom('\n', '\r\n'), fc.boolean(), fc.constantFrom('', '', '\ufeff'))
  .map(([lines, end, last, mark]) => mark + lines.join(end) + (last ? end : ''));

/** Prints every key and value of each file as the script understands them. */
const DUMP = `
eval "$(sed '/^main "/d' scripts/env.sh)"
for each; do
  read_lines "$each"; parse "$each"
  for ((i = 0; i < entries; i++)); do printf '%s\\0%s\\0' "\${key[i]}" "\${value[i]}"; done
  printf '\\0\\0'
done`;

test('the script reads a .env as Compose does', async () => {
  const { dir } = await synth(database);
  const texts = fc.sample(dotenv, { numRuns: 400, seed: SEED });
  const names = texts.map((_, index) => `file-${index}.env`);
  texts.forEach((each, index) => writeFileSync(join(dir, names[index]), each));

  const services = Object.fromEntries(names.map((name, index) => [`s${index}`, { image: 'x', env_file: [name] }]));
  writeFileSync(join(dir, 'readers.json'), JSON.stringify({ name: 'readers', services }));
  const { stdout } = await run('docker', ['compose', '--file', 'readers.json', 'config', '--format', 'json'], { cwd: dir });
  const compose = JSON.parse(stdout).services;

  const dumped = (await run('bash', ['-c', DUMP, 'bash', ...names], { cwd: dir })).stdout.split('\0');
  const script = names.map(() => ({}));
  for (let at = 0, file = 0; file < names.length; at += 2) {
    if (dumped[at] === '') file += 1;
    else script[file][dumped[at]] = dumped[at + 1];
  }
  for (const [index, text] of texts.entries()) {
    const expected = Object.fromEntries(Object.entries(compose[`s${index}`].environment ?? {}).map(([name, read]) => [name, read.replaceAll('$$', '$')]));
    assert.deepEqual(script[index], expected, JSON.stringify(text));
  }
});

test('shellcheck has nothing to say about the script', async (t) => {
  const shellcheck = process.env.SHELLCHECK || 'shellcheck';
  const found = await run(shellcheck, ['--version']).then(() => true, () => false);
  if (!found && !process.env.CI) return t.skip('there is no shellcheck on this machine');
  const { dir } = await synth(database);
  assert.ok(existsSync(join(dir, 'scripts/env.sh')));
  assert.equal((await run(shellcheck, ['scripts/env.sh'], { cwd: dir })).stdout, '');
});

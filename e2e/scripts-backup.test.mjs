// scripts/backup.sh and restore.sh with a database of some size, in development and in production.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { compose, projectName, run, synth } from './lib/index.mjs';
import { BASH } from './support/bash.mjs';
import { inspect, sql } from './support/databases.mjs';
import { runScript } from './support/scripts.mjs';

const OF_PRODUCTION = { POSTGRES_USER: 'app', POSTGRES_DB: 'app', POSTGRES_PASSWORD: 'of-production-0123456789abcdef' };
const ROWS = 1_000_000;
const FINGERPRINT = "SELECT count(*) || ' ' || md5(string_agg(note, '' ORDER BY id)) FROM measured";

let dir;
let stack;
let env;
let dump;
let fingerprint;
before(async () => {
  ({ dir } = await synth((lib, { Project }) => {
    const project = new Project({ name: 'shop' });
    new lib.PostgresService(new lib.Stack(project), 'postgres', { version: '17', databases: ['reports'] });
    project.synth();
  }));
  stack = compose(projectName('backup'), dir, undefined, { POSTGRES_PORT: '0' });
  env = { COMPOSE_PROJECT_NAME: stack.project, POSTGRES_PORT: '0' };
  await stack.up();
  await sql(stack, `CREATE TABLE measured AS SELECT id, md5(id::text) AS note FROM generate_series(1, ${ROWS}) id; ALTER TABLE measured ADD PRIMARY KEY (id)`);
  await sql(stack, 'CREATE SCHEMA more; CREATE TABLE more.child (of int REFERENCES measured); INSERT INTO more.child VALUES (1); CREATE VIEW seen AS SELECT 1 AS x; SELECT lo_create(4711)');
  fingerprint = await sql(stack, FINGERPRINT);
});
after(() => stack?.release());

const backup = (...args) => runScript(dir, 'backup.sh', args, { env });
const restore = (...args) => runScript(dir, 'restore.sh', args, { env });
const files = () => readdirSync(join(dir, 'backups')).sort();
const seconds = async (work) => {
  const began = Date.now();
  const result = await work();
  return [result, (Date.now() - began) / 1000];
};

test('a backup is one whole file a database with its checksum, for its owner only, ignored by git [001-066]', async () => {
  const [{ code, stdout, stderr }, took] = await seconds(() => backup());
  assert.equal(code, 0, stderr);
  const names = files();
  assert.deepEqual(names.map((name) => name.replace(/\d{8}T\d{6}Z/, 'TIME')), [
    'shop-postgres-app-TIME.dump', 'shop-postgres-app-TIME.dump.sha256', 'shop-postgres-reports-TIME.dump', 'shop-postgres-reports-TIME.dump.sha256',
  ]);
  dump = join(dir, 'backups', names[0]);
  for (const name of names) assert.equal(statSync(join(dir, 'backups', name)).mode & 0o077, 0, name);
  await run('sha256sum', ['--check', '--strict', names[1], names[3]], { cwd: join(dir, 'backups') });
  assert.match(readFileSync(join(dir, '.gitignore'), 'utf8'), /^\/backups\/$/m);
  process.stdout.write(`\n${stdout}backup of ${ROWS} rows: ${took.toFixed(1)} s, ${(statSync(dump).size / 2 ** 20).toFixed(1)} MB\n`);
});

test('a database that is not empty is refused without --force, with what is there', async () => {
  const { code, stderr } = await restore(dump);
  assert.equal(code, 1);
  assert.match(stderr, /^restore\.sh: the database app of postgres is not empty: 3 tables and the like are there\. Nothing was changed\. --force replaces them: .*\n$/);
  assert.equal(await sql(stack, FINGERPRINT), fingerprint);
});

test('everything is back, and what was added since is gone [001-066]', async () => {
  await sql(stack, 'DROP TABLE more.child; DELETE FROM measured WHERE id > 10; CREATE TABLE later (of int REFERENCES measured); CREATE TYPE mood AS ENUM (\'x\')');
  const [{ code, stdout, stderr }, took] = await seconds(() => restore('--force', dump));
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^Restored the database app of postgres from .* \(\d+ s\)\.\n$/);
  assert.equal(await sql(stack, FINGERPRINT), fingerprint);
  assert.equal(await sql(stack, "SELECT to_regclass('later') IS NULL, to_regtype('mood') IS NULL, (SELECT count(*) FROM more.child), (SELECT count(*) FROM pg_largeobject_metadata)"), 't|t|1|1');
  process.stdout.write(`\nrestore of ${ROWS} rows: ${took.toFixed(1)} s\n`);
});

test('into an empty database without --force', async () => {
  const copy = join(dir, 'backups', 'elsewhere.dump');
  writeFileSync(copy, readFileSync(dump));
  writeFileSync(`${copy}.sha256`, readFileSync(`${dump}.sha256`));
  const unclear = await restore(copy);
  assert.equal(unclear.code, 64);
  assert.match(unclear.stderr, /does not tell where it belongs\. Say --service and --database; there are: postgres\/app postgres\/reports\n/);
  const { code, stderr } = await restore('--database', 'reports', copy);
  assert.equal(code, 0, stderr);
  assert.equal(await sql(stack, FINGERPRINT, { database: 'reports' }), fingerprint);
});

test('what its name says to be of something else is refused unless the target is named, and then said', async () => {
  for (const name of ['other-postgres-app-20260101T000000Z.dump', 'shop-postgres-elsewhere-20260101T000000Z.dump']) {
    const foreign = join(dir, 'backups', name);
    writeFileSync(foreign, readFileSync(dump));
    writeFileSync(`${foreign}.sha256`, readFileSync(`${dump}.sha256`));
    const refused = await restore('--force', foreign);
    assert.deepEqual([refused.code, refused.stdout], [64, '']);
    assert.match(refused.stderr, /^restore\.sh: the name of .* says that it was saved from something else\. To put it here all the same, say --service and --database; there are: postgres\/app postgres\/reports\n/);
    rmSync(foreign);
    rmSync(`${foreign}.sha256`);
  }
  // One of its own, for another database of the same server.
  const { code, stderr } = await restore('--database', 'reports', '--force', dump);
  assert.equal(code, 0, stderr);
  assert.match(stderr, /^restore\.sh: note: the name of .* says that it was not saved from reports of postgres\n$/);
});

test('what is damaged is refused, also with --force, and the database is unharmed', async () => {
  const short = join(dir, 'backups', 'shop-postgres-app-20260101T000000Z.dump');
  const whole = readFileSync(dump);
  const refusals = [];
  for (const part of [1000, Math.floor(whole.length / 2), whole.length - 10]) {
    writeFileSync(short, whole.subarray(0, part));
    rmSync(`${short}.sha256`, { force: true });
    refusals.push([await restore('--force', short), /there is no checksum .*\.sha256, so nobody knows whether the backup is complete\. Nothing was changed\.\n$/]);
    writeFileSync(`${short}.sha256`, readFileSync(`${dump}.sha256`));
    refusals.push([await restore('--force', short), /is not what was saved: its checksum differs from .*\. Nothing was changed\.\n$/]);
    writeFileSync(`${short}.sha256`, (await run('sha256sum', [short])).stdout);
    refusals.push([await restore('--force', short), /is not a complete backup: pg_restore: error: .*\. Nothing was changed\.\n$/]);
  }
  for (const [{ code, stderr }, line] of refusals) {
    assert.equal(code, 1);
    assert.match(stderr, line);
  }
  assert.equal(await sql(stack, FINGERPRINT), fingerprint);
});

test('what fails half-way leaves the database as it was', async () => {
  // The dump names a role that is not there, after all of its rows.
  await sql(stack, 'CREATE ROLE reader; GRANT SELECT ON measured TO reader');
  assert.equal((await backup('--database', 'app', '--output-dir', join(dir, 'granted'))).code, 0);
  await sql(stack, 'DROP OWNED BY reader; DROP ROLE reader; DELETE FROM more.child; DELETE FROM measured WHERE id <= 5');
  const [granted] = readdirSync(join(dir, 'granted'));
  const { code, stderr } = await restore('--force', join(dir, 'granted', granted));
  assert.equal(code, 1);
  assert.match(stderr, /^restore\.sh: app could not be restored: .*role "reader" does not exist\. Nothing was changed\.\n$/);
  assert.equal(await sql(stack, 'SELECT count(*) FROM measured'), String(ROWS - 5));
});

test('killed half-way: nothing incomplete is left, and the database is as it was', async () => {
  const before = files();
  for (const [script, args] of [['backup.sh', []], ['restore.sh', ['--force', dump]]]) {
    const { code, stderr } = await run('timeout', ['--signal', 'TERM', '1.2', BASH, join(dir, 'scripts', script), ...args], { cwd: dir, env, check: false });
    assert.deepEqual([code, /interrupted/.test(stderr)], [124, true], `${script}: ${stderr}`);
  }
  assert.deepEqual(files().filter((name) => name.endsWith('.part') || !before.includes(name)), []);
  // The server gives the table up as soon as it knows that nobody restores it any more.
  await sql(stack, "SET lock_timeout = '20s'; LOCK TABLE measured IN ACCESS EXCLUSIVE MODE");
  assert.equal(await sql(stack, 'SELECT count(*) FROM measured'), String(ROWS - 5));
});

test('what is misused, missing or not running is said in one line', async () => {
  for (const [script, args, status, line] of [
    ['backup.sh', ['--fast'], 64, 'backup.sh: unknown option: --fast'], ['backup.sh', ['--service', 'mysql'], 64, 'backup.sh: nothing is kept by this name: mysql, any database'],
    ['backup.sh', ['--file', 'none.yaml'], 2, 'backup.sh: there is no Compose file none.yaml'],
    ['restore.sh', [], 64, 'restore.sh: say which backup'], ['restore.sh', ['none.dump'], 1, 'restore.sh: there is no file none.dump, or it cannot be read'],
  ]) {
    const { code, stderr } = await runScript(dir, script, args, { env });
    assert.deepEqual([code, stderr.split('\n')[0]], [status, line]);
  }
  for (const script of ['backup.sh', 'restore.sh']) assert.match((await runScript(dir, script, ['--help'])).stdout, /^Usage:/m);
  await stack.run(['stop']);
  const stopped = await backup('--database', 'app');
  assert.equal(stopped.code, 1);
  assert.match(stopped.stderr, /^backup\.sh: postgres: it does not run\. Start it: docker compose --file compose\.yaml up --detach --wait postgres\n$/);
  await stack.down({ volumes: true });
});

test('the production stack, whose database is not published, beside the development one, as the README says [001-066]', async () => {
  assert.match(readFileSync(join(dir, 'README.md'), 'utf8').replace(/\s+/g, ' '), /so that both can run on one machine\./);
  await stack.up();
  await sql(stack, "CREATE TABLE orders AS SELECT 'of development' AS note");
  const production = compose(projectName('backup-prod'), dir, 'compose.prod.yaml', OF_PRODUCTION);
  try {
    await production.up();
    await sql(production, "CREATE TABLE orders AS SELECT 'kept' AS note");
    const at = { env: { COMPOSE_PROJECT_NAME: production.project, ...OF_PRODUCTION } };
    const saved = await runScript(dir, 'backup.sh', ['--production', '--database', 'app', '--output-dir', 'saved'], at);
    assert.equal(saved.code, 0, saved.stderr);
    const [name] = readdirSync(join(dir, 'saved'));
    assert.match(name, /^shop-prod-postgres-app-\d{8}T\d{6}Z\.dump$/);
    await sql(production, 'DROP TABLE orders');
    const back = await runScript(dir, 'restore.sh', ['--file', 'compose.prod.yaml', join('saved', name)], at);
    assert.equal(back.code, 0, back.stderr);
    assert.equal(await sql(production, 'SELECT note FROM orders'), 'kept');
    assert.equal(await sql(stack, 'SELECT note FROM orders'), 'of development');
    assert.deepEqual((await inspect(production, 'postgres')).HostConfig.PortBindings ?? {}, {});
    assert.ok(existsSync(join(dir, 'saved', `${name}.sha256`)));
  } finally {
    production.release();
  }
});

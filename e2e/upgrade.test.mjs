// A new major of PostgreSQL: the commands of the refusal, followed as they stand.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { atExit, compose, freePort, projectName, run, synth } from './lib/index.mjs';
import { runNow } from './lib/process.mjs';
import { CLIENT_IMAGE, owned, sql } from './support/databases.mjs';

/** The two blocks of commands of a refusal: before and after the change of the definition. */
const blocksOf = (text) => text.slice(text.indexOf('PS085')).split('    Then write ').map((part) => part.split('\n').filter((line) => line.startsWith('      ')).join('\n'));

const PLACES = [
  { from: '15', to: '17', storage: '', kept: 'volume' },
  { from: '15', to: '18', storage: "storage: Storage.bind('./data/postgres'), ", kept: 'folder' },
];

describe('the commands of the refusal', { concurrency: true }, () => PLACES.forEach(({ from, to, storage, kept }) => {
  describe(`from PostgreSQL ${from} to ${to}, with the data in a ${kept}`, { concurrency: 1 }, () => {
    const name = projectName(`upgrade-${kept}`);
    let files;
    let stack;
    let port;

    const define = (version, more = '') => synth(`
      import { Project } from 'projen';
      import { PostgresService, Stack, Storage } from 'projen-stack';
      const project = new Project({ name: 'shop' });
      const stack = new Stack(project, 'stack', { stackName: '${name}' });
      const postgres = new PostgresService(stack, 'postgres', { ${storage}version: '${version}', databases: ['sales'], ${more} });
      postgres.addInitScript('10-readers.sql', 'CREATE ROLE reader; CREATE TABLE notes (note text); GRANT SELECT ON notes TO reader;');
      project.synth();
    `, { dir: files?.dir, check: false });
    const asPrinted = (commands) => run('bash', ['-c', `set -euo pipefail\n${commands}`], { cwd: files.dir, env: { POSTGRES_PORT: port } });

    before(async () => {
      port = String(await freePort());
      files = await define(from);
      assert.equal(files.code, 0, files.stderr);
      if (kept === 'folder') atExit(() => runNow('docker', ['run', '--rm', '--volume', `${files.dir}:/work`, '--entrypoint', 'rm', CLIENT_IMAGE, '-rf', '/work/data']));
      stack = compose(name, files.dir, undefined, { POSTGRES_PORT: port });
      await stack.up();
      await sql(stack, "INSERT INTO notes SELECT 'note ' || n || E'\\t\\\\ \"é\" $HOME\\nCREATE ROLE app;' FROM generate_series(1, 1000) n");
      await sql(stack, 'CREATE TABLE sold AS SELECT 7 AS piece', { database: 'sales' });
      await sql(stack, 'CREATE ROLE made_later LOGIN PASSWORD \'x\'; ALTER TABLE sold OWNER TO made_later', { database: 'sales' });
    });
    after(() => {
      stack?.release();
      runNow('docker', ['volume', 'rm', '--force', `${name}_postgres_data_${from}`]);
    });

    test(`bring all of it over from PostgreSQL ${from} to ${to}, and keep the old ${kept}`, async () => {
      const digest = "SELECT count(*) || ' ' || md5(string_agg(note, '|' ORDER BY note)) FROM notes";
      const before = await sql(stack, digest);
      assert.match(before, /^1000 /);

      const refused = await define(to);
      assert.notEqual(refused.code, 0);
      const [dump, restore] = blocksOf(refused.stderr);
      assert.match(files.read('compose.yaml'), new RegExp(`image: postgres:${from}-alpine`), 'the old files are still there');

      // A dump that fails is not taken for one: the chain of commands ends there, and nothing was moved.
      const broken = await run('bash', ['-c', dump.replace('--clean', '--no-such-option')], { cwd: files.dir, check: false, env: { POSTGRES_PORT: port } });
      assert.notEqual(broken.code, 0);
      assert.equal(await sql(stack, digest), before, 'the server still runs on its data');

      await asPrinted(dump);
      const accepted = await define(to, `migratedFrom: '${from}'`);
      assert.equal(accepted.code, 0, accepted.stderr);
      await asPrinted(restore);

      assert.match(await sql(stack, 'SHOW server_version'), new RegExp(`^${to}\\b`));
      assert.equal(await sql(stack, digest), before);
      assert.equal(await sql(stack, 'SELECT piece FROM sold', { database: 'sales' }), '7');
      assert.equal(await sql(stack, "SELECT has_table_privilege('reader', 'notes', 'SELECT'), has_table_privilege('reader', 'notes', 'INSERT')"), 't|f');
      assert.equal(await sql(stack, "SELECT tableowner FROM pg_tables WHERE tablename = 'sold'", { database: 'sales' }), 'made_later');
      // Over TCP with the password of before.
      const login = 'PGPASSWORD=$POSTGRES_PASSWORD psql -h "$(hostname -i)" -U app -d app -tAc "SELECT 1"';
      assert.equal((await stack.exec('postgres', ['sh', '-c', login])).stdout.trim(), '1');

      if (kept === 'volume') {
        const old = await run('docker', ['run', '--rm', '--volume', `${name}_postgres_data_${from}:/old`, '--entrypoint', 'cat', CLIENT_IMAGE, '/old/PG_VERSION']);
        assert.equal(old.stdout.trim(), from);
        assert.deepEqual(await owned('volume', name), [`${name}_postgres_data`]);
      } else {
        const old = await run('docker', ['run', '--rm', '--volume', `${files.dir}/data/postgres-${from}:/old`, '--entrypoint', 'cat', CLIENT_IMAGE, '/old/PG_VERSION']);
        assert.equal(old.stdout.trim(), from);
      }
    });

    test(`after which the definition may stay as it is, with the data in a ${kept}`, async () => {
      const again = await define(to, `migratedFrom: '${from}'`);
      assert.equal(again.code, 0, again.stderr);
      await stack.up();
      assert.equal(await sql(stack, 'SELECT count(*) FROM notes'), '1000');
    });
  });
}));

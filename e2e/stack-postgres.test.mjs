// PostgreSQL by major version, its databases, scripts and parameters, and several servers side by side.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { compose, freePort, projectName, run, synth } from './lib/index.mjs';
import { hostSql, inNetwork, inspect, login, missingPsql, owned, sql } from './support/databases.mjs';

const noPsql = await missingPsql();

describe('three servers of different majors in one stack', () => {
  const servers = [
    { service: 'postgres', major: '18', prefix: 'POSTGRES', path: '/var/lib/postgresql' },
    { service: 'reports', major: '17', prefix: 'REPORTS', path: '/var/lib/postgresql/data' },
    { service: 'old-books', major: '15', prefix: 'OLD_BOOKS', path: '/var/lib/postgresql/data' },
  ];
  const env = {};
  let stack;

  before(async () => {
    const files = await synth((lib, projen) => {
      const project = new projen.Project({ name: 'majors' });
      const stackOfThree = new lib.Stack(project);
      new lib.PostgresService(stackOfThree, 'postgres', { version: '18' });
      const reports = new lib.PostgresService(stackOfThree, 'reports', {
        version: '17',
        hostPort: 5433,
        databases: ['sales', 'Stock & "Co"'],
        initScripts: './database/init',
        parameters: {
          max_connections: '37', shared_buffers: '48MB', work_mem: '5MB', log_min_duration_statement: '250ms', wal_level: 'logical',
          'my.note': 'it\'s $HOME # "x"',
        },
      });
      reports.addInitScript('20-more.sql', 'CREATE TABLE made_by_definition (price text DEFAULT \'$5 "each"\');\n');
      reports.addDatabase('later');
      new lib.PostgresService(stackOfThree, 'old-books', { version: '15', hostPort: 5434 });
      project.synth();
    }, { files: { 'database/init/10-schema.sql': 'CREATE TABLE made_by_folder (id int);\n' } });
    for (const { prefix } of servers) env[`${prefix}_PORT`] = await freePort();
    for (const { prefix } of servers) env[`${prefix}_PASSWORD`] = `only-${prefix.toLowerCase()}`;
    stack = compose(projectName('majors'), files.dir, undefined, env);
    await stack.up();
  });
  after(() => stack?.release());

  for (const { service, major, path } of servers) {
    test(`${service} is PostgreSQL ${major} and has its data in one volume at ${path}`, async () => {
      assert.match(await sql(stack, 'SHOW server_version', { service }), new RegExp(`^${major}\\b`));
      const { Mounts } = await inspect(stack, service);
      // A second, nameless volume would be where the image keeps its data, and it would be lost with the container.
      const volumes = Mounts.filter(({ Type }) => Type === 'volume').map(({ Name, Destination }) => [Name, Destination]);
      assert.deepEqual(volumes, [[`${stack.project}_${service}_data`, path]]);
    });
  }

  test('each has a password of its own, which the others refuse', { skip: noPsql }, async () => {
    for (const at of servers) {
      for (const of of servers) {
        const { code, stderr } = await hostSql(env[`${at.prefix}_PORT`], 'SELECT 1', { password: `only-${of.prefix.toLowerCase()}`, check: false });
        if (at === of) assert.equal(code, 0, stderr);
        else assert.match(stderr, /password authentication failed/);
      }
    }
  });

  test('further databases exist after the first start', async () => {
    const names = (await sql(stack, 'SELECT datname FROM pg_database', { service: 'reports' })).split('\n');
    for (const name of ['app', 'sales', 'Stock & "Co"', 'later']) assert.ok(names.includes(name), `${name} is not among ${names}`);
    const asked = login('SELECT current_database()', { host: 'reports', database: 'sales' });
    const { stdout } = await inNetwork(`${stack.project}_default`, asked, { env: { PGPASSWORD: env.REPORTS_PASSWORD } });
    assert.equal(stdout.trim(), 'sales');
  });

  test('scripts of the folder and of the definition have run, as they were written', async () => {
    assert.equal(await sql(stack, 'SELECT count(*) FROM made_by_folder', { service: 'reports' }), '0');
    assert.equal(await sql(stack, 'INSERT INTO made_by_definition DEFAULT VALUES RETURNING price', { service: 'reports' }), '$5 "each"\nINSERT 0 1');
  });

  test('server parameters are in effect [001-069]', async () => {
    const shown = async (name) => sql(stack, `SHOW ${name}`, { service: 'reports' });
    assert.equal(await shown('max_connections'), '37');
    assert.equal(await shown('shared_buffers'), '48MB');
    assert.equal(await shown('work_mem'), '5MB');
    assert.equal(await shown('log_min_duration_statement'), '250ms');
    assert.equal(await shown('wal_level'), 'logical');
    assert.equal(await shown('my.note'), 'it\'s $HOME # "x"');
    assert.equal(await sql(stack, 'SHOW max_connections'), '100', 'the other server has its own');
  });

  test('shared memory is what the definition gives: 256 MB', async () => {
    const { stdout } = await stack.exec('reports', ['df', '-m', '/dev/shm']);
    assert.equal(stdout.trim().split('\n').pop().split(/\s+/)[1], '256');
  });

  test('all three keep their data over down and up', async () => {
    for (const { service, major } of servers) await sql(stack, `CREATE TABLE kept AS SELECT '${major}' AS note`, { service });
    const before = await owned('volume', stack.project);
    await stack.down();
    await stack.up();
    assert.deepEqual(await owned('volume', stack.project), before);
    for (const { service, major } of servers) assert.equal(await sql(stack, 'SELECT note FROM kept', { service }), major);
  });

  test('stops in less than 30 s, and no server is killed', async () => {
    const started = Date.now();
    await stack.run(['stop']);
    assert.ok(Date.now() - started < 30_000, `took ${Date.now() - started} ms`);
    for (const { service } of servers) assert.equal((await inspect(stack, service)).State.ExitCode, 0, service);
  });
});

describe('two stacks in one project', () => {
  const running = {};
  before(async () => {
    const files = await synth((lib, projen) => {
      const project = new projen.Project({ name: 'twins' });
      for (const id of ['shop', 'office']) new lib.PostgresService(new lib.Stack(project, id, { directory: id }), 'postgres', { version: '17', databaseName: id });
      project.synth();
    });
    for (const id of ['shop', 'office']) {
      files.write(`${id}/.env`, `POSTGRES_PORT=${await freePort()}\nPOSTGRES_PASSWORD=of-the-${id}\n`, 0o600);
      running[id] = compose(projectName(id), files.path(id));
    }
    await Promise.all(Object.values(running).map((stack) => stack.up()));
  });
  after(() => Object.values(running).forEach((stack) => stack.release()));

  test('run at the same time, each with the .env of its folder', { skip: noPsql }, async () => {
    for (const [id, stack] of Object.entries(running)) {
      const { stdout } = await hostSql(await stack.port('postgres', 5432), 'SELECT current_database()', { database: id, password: `of-the-${id}` });
      assert.equal(stdout.trim(), id);
    }
  });

  test('do not share data, and one goes without the other', async () => {
    await sql(running.shop, 'CREATE TABLE only_here ()', { database: 'shop' });
    assert.equal(await sql(running.office, "SELECT to_regclass('only_here') IS NULL", { database: 'office' }), 't');
    await running.shop.down({ volumes: true });
    assert.deepEqual(await owned('volume', running.shop.project), []);
    assert.equal(await sql(running.office, 'SELECT 1', { database: 'office' }), '1');
  });

  test('have names of their own when nobody gives one', async () => {
    for (const [id, stack] of Object.entries(running)) {
      const { stdout } = await run('docker', ['compose', 'config', '--format', 'json'], { cwd: stack.dir });
      assert.equal(JSON.parse(stdout).name, `twins-${id}`);
    }
  });
});

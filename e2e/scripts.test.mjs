// scripts/test-stack.sh and test-database-setup.sh beside a running stack, on machines that lack something, and interrupted.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { cleanEnv, run, synth, tempDir, withStack } from './lib/index.mjs';
import { BASH } from './support/bash.mjs';
import { inspect, sql } from './support/databases.mjs';
import { assertNothingLeft, broken, failures, inParallel, printFaults, projectOf, runScript } from './support/scripts.mjs';

const SCRIPTS = ['test-stack.sh', 'test-database-setup.sh'];
const ROLES = 'config/postgres/docker-entrypoint-initdb.d/10-roles.sql';
const DATA = '- postgres_data:/var/lib/postgresql/data';

const definition = ({ PostgresService, Stack }, { Project }) => {
  const project = new Project({ name: 'shop' });
  new PostgresService(new Stack(project), 'postgres', { version: '17' }).addInitScript('10-roles.sql', 'SELECT 1;\n');
  project.synth();
};

let dir;
before(async () => { ({ dir } = await synth(definition)); });

/** A folder of programs that stands first on the path; `null` removes one, which needs a path of its own. */
function pathWith(programs) {
  const bin = tempDir('bin');
  for (const [name, lines] of Object.entries(programs)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${lines}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  return bin;
}

function pathWithout(missing) {
  const bin = tempDir('bin');
  for (const folder of process.env.PATH.split(':')) {
    for (const name of existsSync(folder) ? readdirSync(folder) : []) {
      if (name === missing) continue;
      try { symlinkSync(join(folder, name), join(bin, name)); } catch { /* an earlier folder has it */ }
    }
  }
  return bin;
}

test('the scripts are executable, clean for shellcheck, and kept from the line ends of Windows [001-026]', async (t) => {
  for (const script of [...SCRIPTS, 'backup.sh', 'restore.sh']) {
    assert.equal(statSync(join(dir, 'scripts', script)).mode & 0o100, 0o100, script);
    await run(BASH, ['-n', join(dir, 'scripts', script)]);
  }
  assert.match(readFileSync(join(dir, '.gitattributes'), 'utf8'), /^\/scripts\/\*\.sh eol=lf$/m);
  const shellcheck = process.env.SHELLCHECK || 'shellcheck';
  if (!(await run(shellcheck, ['--version']).then(() => true, () => false))) return t.diagnostic('shellcheck is not installed');
  const { stdout } = await run(shellcheck, readdirSync(join(dir, 'scripts')).map((name) => join(dir, 'scripts', name)));
  assert.equal(stdout, '');
  return undefined;
});

test('beside the running stack, both at once, on a taken port: all pass, and the stack is as it was [001-006] [001-032] [001-033] [001-048]', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => { taken.once('listening', resolve); });
  await withStack({ dir, label: 'scripts-beside', env: { POSTGRES_PORT: '0' } }, async (stack) => {
    await sql(stack, "CREATE TABLE mine AS SELECT 'precious' AS note");
    const { Id, State } = await inspect(stack, 'postgres');
    // The script takes a free port whatever the environment says.
    const env = { POSTGRES_PORT: String(taken.address().port), COMPOSE_PROJECT_NAME: stack.project };
    const results = await Promise.all([...SCRIPTS, SCRIPTS[1]].map((script) => runScript(dir, script, [], { env })));
    for (const result of results) {
      assert.equal(result.code, 0, result.stdout + result.stderr);
      assert.deepEqual(failures(result), []);
      await assertNothingLeft(result.project);
    }
    assert.equal(new Set(results.map(({ project }) => project)).size, 3);
    assert.deepEqual(results[1].steps.map(({ number, result }) => [number, result]), [1, 2, 3, 4, 5, 6, 7, 8, 9].map((number) => [number, 'PASS']));
    const after = await inspect(stack, 'postgres');
    assert.deepEqual([after.Id, after.State.StartedAt], [Id, State.StartedAt]);
    assert.equal(await sql(stack, 'SELECT note FROM mine'), 'precious');
  });
  taken.close();
});

test('--json, --only, --list and --keep', async () => {
  const { code, stdout } = await runScript(dir, 'test-stack.sh', ['--json', '--only', 'query', '--only=8']);
  assert.equal(code, 0);
  const { steps, ...totals } = JSON.parse(stdout);
  assert.deepEqual(totals, { stack: 'shop', passed: 6, failed: 0, skipped: 4 });
  assert.deepEqual(steps.map(({ number, result }) => `${number} ${result}`), [
    '1 PASS', '2 PASS', '3 PASS', '4 PASS', '5 SKIP', '6 SKIP', '7 PASS', '8 PASS', '9 SKIP', '10 SKIP',
  ]);

  const listed = await runScript(dir, 'test-database-setup.sh', ['--list'], { env: { PATH: pathWithout('docker') } });
  assert.equal(listed.stdout.trim().split('\n').length, 9);

  const kept = await runScript(dir, 'test-database-setup.sh', ['--keep', '--only', 'query']);
  assert.equal(kept.code, 0, kept.stdout);
  const [, remove] = /To remove it: (.*)/.exec(kept.stdout);
  assert.match((await run('docker', ['compose', '-p', kept.project, 'ps', '--quiet'])).stdout, /\S/);
  await run('bash', ['-c', remove]);
  await assertNothingLeft(kept.project);
  // What everybody uses is still there.
  await run('docker', ['image', 'inspect', 'postgres:17-alpine']);
});

describe('what cannot run here is said in one line, and nothing is left', () => {
  const docker = (version, compose) => ({
    docker: `case "$1 $2" in "version --format") echo ${version} ;; "compose version") ${compose} ;; *) echo "unexpected: $*" >&2; exit 9 ;; esac`,
  });
  const cases = {
    'no docker on the path [001-006]': [() => ({ PATH: pathWithout('docker') }), 2, /^ +1 {2}FAIL .*: docker is not installed, or not on the PATH/m],
    'an engine that does not answer': [
      () => ({ DOCKER_HOST: 'unix:///nowhere/docker.sock' }), 2, /^ +1 {2}FAIL .*: the Docker engine does not answer: .*\/nowhere\/docker\.sock/m,
    ],
    'an engine that is too old [001-036]': [
      () => ({ PATH: `${pathWith(docker('24.0.9', 'echo v2.40.0'))}:${process.env.PATH}` }), 2, /^ +1 {2}FAIL .*: the Docker engine is 24\.0\.9, and this stack needs 25\.0 or newer$/m,
    ],
    'a Compose that is too old': [
      () => ({ PATH: `${pathWith(docker('25.0.0', 'echo v2.9.0'))}:${process.env.PATH}` }), 2, /^ +1 {2}FAIL .*: Docker Compose is v2\.9\.0, and this stack needs 2\.\d+(\.\d+)? or newer$/m,
    ],
    'no Compose': [
      () => ({ PATH: `${pathWith(docker('25.0.0', 'echo "docker: unknown command: docker compose" >&2; exit 1'))}:${process.env.PATH}` }), 2,
      /^ +1 {2}FAIL .*: Docker has no Compose plugin: docker: unknown command: docker compose$/m,
    ],
    'a TMPDIR that is not there': [() => ({ TMPDIR: '/nowhere' }), 2, /there is no folder \/nowhere/],
  };
  for (const [name, [env, status, line]] of Object.entries(cases)) {
    test(name, async () => {
      for (const script of SCRIPTS) {
        const temporary = tempDir('tmp');
        const { code, stdout, stderr, steps } = await runScript(dir, script, [], { env: { TMPDIR: temporary, ...env() } });
        assert.equal(code, status, stdout + stderr);
        assert.match(stdout + stderr, line);
        assert.ok(steps.length <= 1, 'what follows is pointless and not printed');
        assert.deepEqual(readdirSync(temporary), []);
      }
    });
  }

  test('a broken .env', async () => {
    const copy = broken(dir, [['.env', '', 'POSTGRES_USER=app\nthis is "nothing\n']]);
    for (const script of SCRIPTS) {
      const result = await runScript(copy, script);
      assert.equal(result.code, 1);
      assert.deepEqual(failures(result).map(({ number }) => number), [3]);
      assert.ok(failures(result)[0].reason.includes(`${copy}/.env`), failures(result)[0].reason);
      await assertNothingLeft(result.project);
    }
  });

  test('--help, which needs no Docker', async () => {
    for (const script of SCRIPTS) {
      for (const flag of ['--help', '-h']) {
        const { code, stdout, stderr } = await runScript(dir, script, [flag], { env: { PATH: pathWithout('docker') } });
        assert.deepEqual([code, stderr], [0, '']);
        assert.match(stdout, new RegExp(`^Starts a copy of the .*"shop"[^]*^Usage:\\n  \\./scripts/${script} .*--only[^]*^Exit status: 0 `, 'm'));
      }
    }
  });

  test('wrong usage', async () => {
    for (const [args, message] of [
      [['--fast'], 'unknown option: --fast'], [['--only'], '--only needs a number, or a part of a title'], [['--only', 'mysql'], 'no step is called "mysql"; --list names them'],
      [['--timeout', '0'], '--timeout needs a number of seconds from 1, not "0"'],
    ]) {
      const { code, stderr, stdout } = await runScript(dir, 'test-stack.sh', args);
      assert.deepEqual([code, stdout, stderr.split('\n')[0]], [64, '', `test-stack.sh: ${message}`]);
    }
  });
});

describe('interrupted half-way, it leaves nothing', () => {
  for (const [signal, status, twice] of [['SIGINT', 130, true], ['SIGTERM', 143, false], ['SIGHUP', 129, false]]) {
    for (const moment of signal === 'SIGHUP' ? ['Compose accepts'] : ['Compose accepts', 'is healthy']) {
      test(`${signal} after "${moment}"${twice ? ', twice' : ''}`, async () => {
        const temporary = tempDir('tmp');
        const child = spawn(BASH, [join(dir, 'scripts/test-stack.sh')], { cwd: dir, env: cleanEnv({ TMPDIR: temporary }), stdio: ['ignore', 'pipe', 'pipe'] });
        let said = '';
        let sent = false;
        const listen = (chunk) => {
          said += chunk;
          if (sent || !said.includes(moment)) return;
          sent = true;
          setTimeout(() => child.kill(signal), 300);
          if (twice) for (const later of [600, 900, 1500]) setTimeout(() => child.kill(signal), later);
        };
        child.stdout.setEncoding('utf8').on('data', listen);
        child.stderr.setEncoding('utf8').on('data', listen);
        const code = await new Promise((resolve) => { child.on('close', resolve); });
        assert.equal(code, status, said);
        assert.match(said, /test-stack\.sh: interrupted; removing what was started\n/);
        await assertNothingLeft(projectOf({ stdout: said, stderr: '' }));
        assert.deepEqual(readdirSync(temporary), []);
      });
    }
  }
});

test('each fault of a database is noticed by the step that is there for it, in a useful line [001-026] [001-032]', async () => {
  // The patience of the health check, shortened: the tests need not wait for what is broken anyway.
  const impatient = [['compose.yaml', /interval: 10s/, 'interval: 1s'], ['compose.yaml', /start_period: 30s/, 'start_period: 1s'], ['compose.yaml', /retries: 5/, 'retries: 2']];
  const faults = [
    ['.env.example is deleted', [], 'the files of the stack are there', /not there: \.env\.example\. They belong to the stack: git status says/, ['rm', '.env.example']],
    ['a key of compose.yaml is misspelt', [['compose.yaml', 'healthcheck:', 'heathcheck:']], 'Compose accepts the configuration', /heathcheck/],
    ['a parameter that the server does not know', [['compose.yaml', 'shm_size: 256M', 'shm_size: 256M\n    restart: "no"\n    command: ["postgres", "-c", "nonsense=1"]'], ['compose.yaml', '    restart: unless-stopped\n', '']],
      'postgres is healthy', /it ended with 1$/],
    ['the health check asks another server', [['compose.yaml', '-h 127.0.0.1', '-h 127.0.0.9 -p 1'], ...impatient], 'postgres is healthy', /it is unhealthy/],
    ['another port is published', [['compose.yaml', ':5432"', ':5433"']], 'postgres answers on its published port', /its port 5432 is not published/],
    ['the server has another password', [[ROLES, 'SELECT 1;', "ALTER USER app PASSWORD 'other';"]], 'postgres runs a query with the password', /password authentication failed/],
    ['the volume is missing', [['compose.yaml', `      ${DATA}\n`, '      - /elsewhere\n']], 'postgres has the volume postgres_data', /nothing of this name is mounted at \/var\/lib\/postgresql\/data/],
    ['the data is in memory', [['compose.yaml', `    volumes:\n      ${DATA}\n`, '    tmpfs:\n      - /var/lib/postgresql/data\n']], 'postgres keeps its rows', /relation "projen_stack_smoke_check" does not exist/],
    ['the server ignores the signal', [['compose.yaml', 'stop_grace_period: 30s', 'stop_grace_period: 1s\n    stop_signal: SIGURG']], 'all services end when they are asked to', /postgres had to be killed \(137\)/],
  ].map(([fault, edits, step, line, command]) => ({ fault, edits, step, line, command }));
  const runs = faults.flatMap((fault) => SCRIPTS.filter((script) => script === 'test-stack.sh' || !fault.step.startsWith('all services')).map((script) => ({ ...fault, script })));
  const rows = await inParallel(runs, 3, async ({ fault, edits, step, line, command, script }) => {
    const copy = broken(dir, edits);
    if (command) await run(command[0], command.slice(1), { cwd: copy });
    const result = await runScript(copy, script, ['--only', step, '--timeout', '40']);
    const [failed, ...more] = failures(result);
    assert.equal(result.code, 1, `${fault}: ${result.stdout}${result.stderr}`);
    assert.equal(failed?.title, step, `${fault}: ${result.stdout}`);
    assert.deepEqual(more, []);
    assert.match(failed.reason, line, fault);
    await assertNothingLeft(result.project);
    return [fault, script, failed.title, failed.reason];
  });
  printFaults(rows);
});

// Every command of the README of each example, executed against the running stack: those that people type every day first, those that
// stop it next, and those that delete last.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { get } from './support/backend.mjs';
import { exampleOf } from './support/example.mjs';
import { codeIn, commandsIn, urlsIn } from './support/readme.mjs';
import { waitFor } from './lib/index.mjs';

/** Commands that are not executed, each with the reason. */
const LEFT_OUT = [
  [/^docker compose pull\b/, 'asks a registry, which a test does not reach'],
  [/--no-cache/, 'the same as the build beside it, from nothing: minutes, and the network'],
  [/^cp \.env\.example \.env$/, 'the other way to make what the line above made'],
  [/^docker system prune/, 'deletes what other projects of this machine have'],
  [/^(brew|sudo) /, 'changes the machine, and asks for a password'],
  [/^lsof /, 'a program of the machine; the port that it shows is that of this stack'],
  [/\\password/, 'asks a person for a password'],
  [/^git clone/, 'a README does not know where it was cloned from'],
  [/^\$EDITOR/, 'opens an editor'],
  [/test-stack\.sh|test-database-setup\.sh/, 'examples.test.mjs runs it on every example'],
  [/uv pip compile|--lockfile-only|--package-lock-only/, 'asks a registry what is newest'],
  [/--env-file \S+ up\b/, 'a second environment, whose passwords are not those of the data that is there'],
];

/** What keeps running in production. */
const PRODUCTION = { 'database': ['postgres'], 'ai-agents': ['postgres', 'redis', 'api'], 'full-stack': ['postgres', 'backend', 'frontend'], 'emotion-visualizer': ['db', 'api'] };

/** Fails unless the services, containers, volumes and networks are there that a README names, and the folders. */
async function assertReal(readme, example) {
  const { project } = example.stack;
  const [, table] = /^## Services\n([^]*?)^## /m.exec(readme);
  const rows = [...table.matchAll(/^\| `([\w-]+)`/gm)].map(([, service]) => service);
  const { stdout: services } = await example.sh('docker compose --profile "*" ps --all --format "{{.Service}}"');
  assert.deepEqual(rows.sort(), services.trim().split('\n').sort());
  const text = readme.replace(/\s+/g, ' ');
  const named = {
    container: /is called `([\w-]+)`/g, network: /(?:all are in |\*\*Networks\*\*: )`([\w-]+)`/g, volume: /volume `([\w-]+)`/g,
  };
  let found = 0;
  for (const [kind, pattern] of Object.entries(named)) {
    // A name that the definition fixes is taken out of a copy, which runs beside others.
    for (const each of new Set([...text.matchAll(pattern)].map(([, called]) => called).filter((called) => called.startsWith(project)))) {
      await example.sh(`docker ${kind} inspect ${each}`).catch(() => assert.fail(`there is no ${kind} ${each}`));
      found += 1;
    }
  }
  assert.ok(found > 0, 'a README names something by the name that the engine has for it');
  const folders = codeIn(readme).map((code) => code.split(' ')[0]).filter((code) => code.startsWith('./'));
  for (const folder of folders) assert.ok(existsSync(join(example.dir, folder)), `there is no ${folder}`);
}

/** What starts the stack again after a command that stopped it. */
const START = 'docker compose up --detach --build --wait';

for (const name of ['database', 'ai-agents', 'full-stack', 'emotion-visualizer']) {
  describe(`the README of examples/${name}`, () => {
    let example;
    let readme;
    before(async () => {
      example = await exampleOf(name);
      readme = example.read('README.md');
    });
    after(() => example?.stack.release());

    /** Runs a command that ends by itself, or is ended after some seconds because it would not. */
    const type = async ({ command, kind }) => {
      const env = { PGPASSWORD: /^POSTGRES_PASSWORD=(.*)$/m.exec(existsSync(join(example.dir, '.env')) ? example.read('.env') : '')?.[1] };
      // It asks a person, at a terminal.
      if (/reset\.sh$/.test(command)) {
        const typed = `printf '%s\\n' ${example.stack.project} | script -qec ${command} /dev/null`;
        const result = await example.sh(typed, { env, timeout: 590_000 });
        assert.match(result.stdout, /Type "[^"]+" to go on: [^]*Deleted\./);
        return result;
      }
      if (kind !== 'interactive') return example.sh(command, { env, timeout: 590_000 });
      const { code, stdout, stderr } = await example.sh(`timeout --signal=INT --kill-after=30 8 ${command}`, { env, check: false, timeout: 60_000 });
      // 0: it had nothing to wait for; 124: it was ended; 130: it took the interruption.
      assert.ok([0, 124, 130].includes(code), `${command} ended with ${code}\n${stdout}\n${stderr}`);
      // In the foreground, an interruption stops everything.
      if (/ up\b(?!.*--detach)/.test(command)) await example.sh(START, { timeout: 590_000 });
      return { stdout, stderr };
    };
    const reasonFor = ({ command }) => LEFT_OUT.find(([pattern]) => pattern.test(command))?.[1];
    const ofKinds = (...kinds) => commandsIn(readme).filter((each) => kinds.includes(each.kind) && !reasonFor(each));

    test('every block says what kind of commands it has, and there are some', () => {
      const kinds = new Set(commandsIn(readme).map(({ kind }) => kind));
      for (const kind of kinds) assert.ok(['usual', 'interactive', 'stops', 'destructive', 'online', 'situational', 'production'].includes(kind), kind);
      assert.ok(commandsIn(readme).length > 30);
      const left = commandsIn(readme).flatMap((each) => (reasonFor(each) ? [`${each.command}: ${reasonFor(each)}`] : []));
      for (const line of new Set(left)) console.log(`    not executed: ${line}`);
    });

    test('what is typed every day works, in the order in which it stands [000-089] [003-048] [003-050]', { timeout: 900_000 }, async () => {
      const typed = ofKinds('usual', 'interactive', 'situational', 'online');
      assert.ok(typed.some(({ command }) => /^docker compose up --detach( --build)? --wait$/.test(command)));
      for (const each of typed) await type(each);
      console.log(`    ${typed.length} commands of every day were executed`);
    });

    test('every address answers, and every task and file that is named is there', async () => {
      await example.sh(START, { timeout: 590_000 });
      const profiles = [...readme.matchAll(/--profile (\w+)/g)].map(([, profile]) => profile);
      for (const profile of new Set(profiles)) await example.sh(`docker compose --profile ${profile} up --detach --wait`);
      for (const url of urlsIn(readme)) {
        await waitFor(async () => {
          const { status, text } = await get(example.here(url));
          // Adminer shows its login with this status, as long as nobody is logged in.
          const isLogin = /\?pgsql=/.test(url);
          assert.equal(status, isLogin ? 403 : 200, url);
          if (isLogin) assert.match(text, /auth\[password\]/);
          return true;
        }, { what: url });
      }
      const code = codeIn(readme);
      await assertReal(readme, example);
      const tasks = Object.keys(JSON.parse(readFileSync(join(example.dir, '.projen/tasks.json'), 'utf8')).tasks);
      for (const [, task] of code.map((each) => /^npx projen (\S+)/.exec(each) ?? []).filter(([, task]) => task)) assert.ok(tasks.includes(task), `npx projen ${task}`);
      const files = code.filter((each) => /^(\.\/)?(scripts\/[\w-]+\.sh|[\w-]*compose[\w.-]*\.ya?ml|\.env\.[a-z]+)$/.test(each));
      for (const file of files) assert.ok(existsSync(join(example.dir, file)), `${file} is mentioned and not there`);
      const settings = new Set([...example.read('.env.example').matchAll(/^([A-Z_]+)=/gm)].map(([, key]) => key));
      const mentioned = code.filter((each) => /^[A-Z]+(_[A-Z]+)*_(PORT|PASSWORD|USER|DB|URL|KEY)$/.test(each) && !/^(DB_|COMPOSE_|VITE_)/.test(each));
      for (const key of mentioned) assert.ok(settings.has(key), `${key} is mentioned and no setting`);
    });

    test('what stops it stops it, and it starts again [003-049]', { timeout: 600_000 }, async () => {
      for (const each of ofKinds('stops')) {
        await type(each);
        assert.equal((await example.stack.ps()).filter(({ State }) => State === 'running').length, 0, `${each.command} left something running`);
        // What is only stopped is what the next one removes.
        if (!/\bstop$/.test(each.command)) await example.sh(START, { timeout: 590_000 });
      }
      await example.sh(START, { timeout: 590_000 });
    });

    test('what deletes comes last, and leaves a stack that starts anew', { timeout: 900_000 }, async () => {
      const typed = ofKinds('destructive');
      assert.ok(typed.length > 1);
      for (const each of typed) {
        await type(each);
        if (!/\bdown$|volume rm/.test(each.command)) await example.sh(START, { timeout: 590_000 });
      }
      await example.sh(START, { timeout: 590_000 });
    });

    test('production starts as it says, beside nothing', { timeout: 900_000 }, async () => {
      await example.sh('docker compose --profile "*" down --volumes');
      try {
        for (const each of ofKinds('production')) await type(each);
        const file = readme.match(/docker compose --file (\S+)/)[1];
        const { stdout } = await example.sh(`docker compose --file ${file} ps --format json`);
        const health = Object.fromEntries(stdout.trim().split('\n').filter(Boolean).map((line) => JSON.parse(line)).map(({ Service, Health }) => [Service, Health]));
        assert.deepEqual(health, Object.fromEntries(PRODUCTION[name].map((service) => [service, 'healthy'])));
      } finally {
        const file = readme.match(/docker compose --file (\S+)/)?.[1];
        if (file) await example.sh(`docker compose --file ${file} down --volumes --rmi local`, { check: false });
      }
    });
  });
}

// The checks of scripts/test-stack.sh that a fault of a whole application would not reach, each with the fault that it is there for, on a
// stack of small parts.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { synth } from './lib/index.mjs';
import { assertNothingLeft, broken, failures, inParallel, printFaults, runScript } from './support/scripts.mjs';

const definition = (lib, { Project }) => {
  const project = new Project({ name: 'shop' });
  const shop = new lib.Stack(project);
  const postgres = new lib.PostgresService(shop, 'postgres', { version: '17', databases: ['reports'], storage: lib.Storage.bind('./data/postgres') });
  new lib.RedisCache(shop, 'redis');
  const prepare = new lib.Service(shop, 'prepare', { image: 'redis:8-alpine', oneShot: true, command: lib.Value.literals('true') });
  const serve = "require('http').createServer((_, answer) => answer.end()).listen(8000)";
  for (const [id, image, client, words] of [
    ['snake', 'python:3.13-slim', lib.HealthCheckClient.PYTHON, ['python', '-m', 'http.server', '8000']], ['hexagon', 'node:24-alpine', lib.HealthCheckClient.NODE, ['node', '-e', serve]],
  ]) {
    const service = new lib.Service(shop, id, {
      image, command: lib.Value.literals(...words), initProcess: true, ports: [{ name: 'http', port: 8000, publish: [] }], healthCheck: lib.HealthCheck.http('/', { port: 'http', client }),
    });
    service.connect(postgres);
    service.addDependency(prepare);
  }
  project.synth();
};

/** What lies in the folder of the data while the script runs: whose it is, the script does not know. */
const PRECIOUS = ['data/postgres/precious', '', 'mine\n'];

/** The patience of the health check of Redis, shortened: nobody need wait for what is broken anyway. */
const impatient = [['interval', '1s'], ['start_period', '1s'], ['retries', '2']].map(([key, value]) => (
  ['compose.yaml', new RegExp(`( {2}redis:\\n(?: {4}.*\\n)*? {6}${key}:) .*`), `$1 ${value}`]
));

/** A network that a service can be alone in. */
const NETWORK = [['compose.yaml', /^volumes:/m, 'networks:\n  lonely: {}\n\nvolumes:']];

const lonely = (service) => [['compose.yaml', new RegExp(`( {2}${service}:\\n)`), '$1    networks: [lonely]\n']];

/** Faults that do not meet share a run. */
const RUNS = [
  [
    ['Redis is told another password than its clients', 'redis takes the password', /^in redis, redis-cli printed no line with \^PONG\$: .*NOAUTH/,
      [['compose.yaml', /REDISCLI_AUTH: .*/, 'REDISCLI_AUTH: other'], ['compose.yaml', 'redis-cli ping | grep -q PONG', 'redis-cli ping']]],
    ['a further database is not made', 'postgres has the database reports', /^in postgres, sh failed: .*database "reports" does not exist/,
      [['config/postgres/docker-entrypoint-initdb.d/00-databases.sql', /reports/g, 'others']]],
    ['the data is in another folder', 'postgres has its data in ./data/postgres', /^nothing of this name is mounted at \/var\/lib\/postgresql\/data; there is: /, [['compose.yaml', './data/postgres:', './elsewhere:']]],
    ['a program in Python is in another network', 'snake reaches postgres', /^no connection to postgres:5432: .*(not known|resolution|gaierror)/i, lonely('snake')],
    ['a program in Node.js is in another network', 'hexagon reaches postgres', /^no connection to postgres:5432: .*(ENOTFOUND|EAI_AGAIN)/, lonely('hexagon')],
  ],
  [
    ['Redis asks for no password', 'redis refuses a wrong password', /^in redis, env printed no line with NOAUTH: .*PONG/, [['compose.yaml', /, "--requirepass", "[^"]*"/, '']]],
    ['what prepares the stack never ends', 'prepare has done its work', /^it has not ended after 17 s$/, [['compose.yaml', /"true"/, '"sleep", "600"'], ['compose.yaml', /service_completed_successfully/g, 'service_started']]],
  ],
  [['the health check of Redis never succeeds', 'redis is healthy', /^it is unhealthy/, [['compose.yaml', 'grep -q PONG', 'grep -q NEVER'], ...impatient]]],
  [['the program of a container is not there', 'all services start', /^prepare ended with 127$/, [['compose.yaml', /"true"/, '"/nowhere"']]]],
].map((faults) => faults.map(([fault, step, line, edits]) => ({ fault, step, line, edits })));

let dir;
before(async () => { ({ dir } = await synth(definition)); });

test('each is noticed by its step, in a useful line; and the data of the folder is not touched [001-026]', async () => {
  const outcomes = await inParallel([[], ...RUNS], 3, async (faults) => {
    const copy = broken(dir, [...NETWORK, PRECIOUS, ...faults.flatMap(({ edits }) => edits)]);
    const steps = faults.map(({ step }) => step);
    const result = await runScript(copy, 'test-stack.sh', faults.length === 0 ? [] : ['--timeout', '17', ...steps.flatMap((step) => ['--only', step])]);
    await assertNothingLeft(result.project);
    assert.deepEqual([readdirSync(join(copy, 'data/postgres')), readFileSync(join(copy, PRECIOUS[0]), 'utf8')], [['precious'], 'mine\n'], 'the data was touched');
    assert.deepEqual(failures(result).map(({ title }) => title).sort(), [...steps].sort(), result.stdout + result.stderr);
    assert.equal(result.code, faults.length === 0 ? 0 : 1);
    return { ...result, faults };
  });
  const [whole, ...broken_] = outcomes;
  const passed = whole.steps.filter(({ result }) => result === 'PASS').map(({ title }) => title);
  const rows = broken_.flatMap((result) => result.faults.map(({ fault, step, line }) => {
    const words = failures(result).find(({ title }) => title === step).reason;
    assert.ok(passed.includes(step), step);
    assert.match(words, line, `${fault}: ${words}`);
    return [fault, 'test-stack.sh', step, words];
  }));
  printFaults(rows);
  const saidOf = (step) => broken_.find(({ faults }) => faults.some((each) => each.step === step)).stdout;
  assert.match(saidOf('redis is healthy'), /FAIL {2}redis is healthy .*\n(?: {10}.*\n)*? {10}.*Ready to accept connections/, 'the end of the log of the service');
  assert.match(saidOf('prepare has done its work'), /^ {5}… waiting for the end of prepare \(1[5-9] s\)$/m, 'what is waited for');
});

// What the four stories verify by hand, command by command, on the stacks that come of their definitions. `docker-compose` is
// `docker compose` today; where a command differs in more than that, the test says why.
import assert from 'node:assert/strict';
import { appendFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { waitFor } from './lib/index.mjs';
import { answers, get, identity } from './support/backend.mjs';
import { inspect, owned } from './support/databases.mjs';
import { exampleOf } from './support/example.mjs';

/** The health of each container, or the exit status of one that has none. */
const states = async ({ stack }) => Object.fromEntries((await stack.ps()).map(({ Service, Health, ExitCode }) => [Service, Health || ExitCode]));

/** A started example for the tests of a story. */
function story(name, services = []) {
  const running = {};
  before(async () => {
    Object.assign(running, { example: await exampleOf(name) });
    running.built = await running.example.sh(`docker compose up -d --build --wait ${services.join(' ')}`, { timeout: 590_000 });
  });
  after(() => running.example?.stack.release());
  return running;
}

describe('story 1.3, the database', () => {
  const running = story('database', ['postgres']);
  const psql = (line) => running.example.says(line.replace('psql', 'PGPASSWORD=dev_password_change_in_production psql'));

  test('is reached from the host by its user [001-002]', async () => {
    const { example } = running;
    assert.match(await example.says('pg_isready -h localhost -p 5432'), /accepting connections/);
    assert.match(await psql('psql -h localhost -p 5432 -U ai_interviewer_user -d ai_interviewer_db -Atc "SELECT 1"'), /^1$/m);
    assert.match(await psql(String.raw`psql -h localhost -p 5432 -U ai_interviewer_user -d ai_interviewer_db -Atc '\l'`), /^ai_interviewer_db\|/m);
  });

  test('keeps a row while its container is removed, by the commands of the story [001-048]', async () => {
    const { example } = running;
    const sql = (statement) => example.says(`docker compose exec postgres psql -U ai_interviewer_user -d ai_interviewer_db -c "${statement}"`);
    await sql('CREATE TABLE test_persistence (id SERIAL PRIMARY KEY, data TEXT);');
    await sql("INSERT INTO test_persistence (data) VALUES ('Data should persist');");
    await example.sh('docker compose down');
    assert.equal((await example.stack.ps()).length, 0);
    // The story waits by eye; --wait waits for the health check.
    await example.sh('docker compose up -d --wait postgres');
    assert.match(await sql('SELECT * FROM test_persistence;'), /1 \| Data should persist/);
    await sql('DROP TABLE test_persistence;');
  });

  test('has its settings from .env, and defaults without [001-061]', async () => {
    const { example } = running;
    const of = async (env) => JSON.parse(await example.says('docker compose config --format json', { env })).services.postgres.environment;
    assert.deepEqual(await of({}), { POSTGRES_USER: 'ai_interviewer_user', POSTGRES_PASSWORD: 'dev_password_change_in_production', POSTGRES_DB: 'ai_interviewer_db' });
    example.write('.env', 'POSTGRES_USER=somebody\nPOSTGRES_PASSWORD=of-their-own\n');
    assert.deepEqual(await of({}), { POSTGRES_USER: 'somebody', POSTGRES_PASSWORD: 'of-their-own', POSTGRES_DB: 'ai_interviewer_db' });
    await example.sh('rm .env');
  });

  test('its volume is there until -v', async () => {
    const { example } = running;
    assert.match(await example.says('docker volume ls | grep postgres_data'), new RegExp(`${example.stack.project}_postgres_data`));
    await example.sh('docker compose down -v');
    assert.doesNotMatch(await example.says('docker volume ls'), new RegExp(example.stack.project));
  });
});

describe('story 1.6, the full stack', () => {
  const running = story('full-stack');
  const url = (usual, path = '') => `http://localhost:${running.example.portOf(usual)}${path}`;

  test('is built without an error: an image for each of the two [000-106]', async () => {
    const { example, built } = running;
    assert.doesNotMatch(`${built.stdout}${built.stderr}`, /\bERROR\b/);
    const { stdout } = await example.sh('docker compose images --format json');
    const repositories = JSON.parse(stdout).map(({ Repository }) => Repository);
    for (const name of ['backend', 'frontend']) assert.ok(repositories.includes(`${example.stack.project}-${name}`), repositories.join());
    assert.deepEqual(await states(example), { 'postgres': 'healthy', 'backend': 'healthy', 'frontend': 'healthy', 'backend-migrate': 0 });
  });

  test('starts the frontend last, and nothing complains [000-107]', async () => {
    const { example } = running;
    const startedAt = async (service) => Date.parse((await inspect(example.stack, service)).State.StartedAt);
    const order = ['postgres', 'backend-migrate', 'backend', 'frontend'];
    const times = await Promise.all(order.map(startedAt));
    assert.deepEqual([...times].sort((a, b) => a - b), times, order.map((service, index) => `${service} ${times[index]}`).join(', '));
    const logs = await example.says('docker compose logs --no-color');
    for (const service of order) assert.match(logs, new RegExp(`^${service}(-1)? +\\| \\S`, 'm'), `${service} logs nothing`);
    assert.match(logs, /VITE v\S+ +ready in/);
    assert.doesNotMatch(logs, /\b(ERROR|FATAL|PANIC|CRITICAL|Traceback|Unhandled|EACCES|ECONNREFUSED)\b/);
  });

  test('its pages and its API are where the story says [000-108]', async () => {
    assert.match((await answers(url(3000))).text, /<html/);
    assert.deepEqual((await answers(url(8000, '/'))).json, { message: 'AI Interviewer API', status: 'running', version: '1.0.0' });
    const { json } = await answers(url(8000, '/health'));
    assert.deepEqual([json.status, json.database, json.api], ['healthy', 'connected', 'operational']);
    assert.match((await answers(url(8000, '/docs'))).text, /swagger/i);
  });

  test('the backend says that it is connected, and queries run in its container [000-109]', async () => {
    const { example } = running;
    const said = await example.says('docker compose exec backend python -c "from app.core.database import init_db; import asyncio; asyncio.run(init_db())"');
    assert.match(said, /✓ Database connected successfully\n✓ Connection URL: postgres:5432\/ai_interviewer_db\n✓ Pool size: 5-20 connections/);
    assert.match(await example.says('docker compose logs backend'), /Database connected successfully/);
    assert.match(await example.says('docker compose exec postgres psql -U ai_interviewer_user -d ai_interviewer_db -Atc "select count(*) from items"'), /^0$/m);
  });

  test('each reaches the next by the path that is its own [000-113]', async () => {
    const { example } = running;
    await example.sh(`docker compose exec backend python -c "import socket; socket.create_connection(('postgres', 5432))"`);
    assert.match(await example.says('docker compose exec frontend wget -qO- http://backend:8000/health'), /"status":\s*"healthy"/);
    const { status, headers } = await get(url(8000, '/api/v1/items'), { headers: { origin: 'http://localhost:3000' } });
    assert.deepEqual([status, headers.get('access-control-allow-origin')], [200, 'http://localhost:3000']);
    // The path that the story does not have: the browser asks the page's own address.
    assert.equal((await get(url(3000, '/api/v1/items'))).status, 200);
  });

  test('each has the environment that it needs [000-114]', async () => {
    const { example } = running;
    assert.match(await example.says('docker compose exec backend env | grep DB_HOST'), /^DB_HOST=postgres$/m);
    // The story's http://backend:8000 is a name that no browser knows.
    assert.match(await example.says('docker compose exec frontend env'), /^VITE_API_BASE_URL=\/api\/v1$/m);
  });

  test('the backend reaches the database by the URL that the README documents [001-005]', async () => {
    const { example } = running;
    const [, documented] = /`(postgresql\+asyncpg:\/\/\S+@postgres:5432\/\S+)`/.exec(example.read('README.md'));
    const program = `import asyncio, sqlalchemy.ext.asyncio as a, sqlalchemy as s
async def main():
    async with a.create_async_engine("${documented}").connect() as c: print(await c.scalar(s.text("SELECT current_database()")))
asyncio.run(main())`;
    const { stdout } = await example.stack.exec('backend', ['python', '-c', program]);
    assert.equal(stdout.trim(), 'ai_interviewer_db');
  });

  test('its migrations run in the container and on the host [000-095]', async () => {
    const { example } = running;
    assert.match(await example.says('docker compose exec backend alembic current'), /\(head\)/);
    await example.sh('docker compose exec backend alembic upgrade head');
    // On the host: the same files, and localhost instead of the name of the service.
    const image = `${example.stack.project}-backend`;
    const host = `docker run --rm --network host -v "$PWD/backend:/work" -w /work -e DB_HOST=localhost -e DB_PORT=${example.portOf(5432)} -e DB_USER=ai_interviewer_user -e DB_NAME=ai_interviewer_db -e DB_PASSWORD=dev_password_change_in_production ${image} alembic current`;
    assert.match(await example.says(host), /\(head\)/);
  });

  test('both reload what is edited, by the commands of the story [000-111]', async () => {
    const { example } = running;
    const containers = await example.says('docker compose ps -q');
    const reloads = async () => (await example.says('docker compose logs backend')).match(/Reloading/g)?.length ?? 0;
    const before_ = await reloads();
    await example.sh('echo "# Test comment" >> backend/app/main.py');
    await waitFor(async () => await reloads() > before_, { what: 'the backend to reload' });
    await answers(url(8000, '/health'));
    const source = async () => (await get(url(3000, '/src/App.tsx'))).text;
    assert.doesNotMatch(await source(), /tested by hand/);
    // A comment would be gone when the file is compiled, so what is added here is seen.
    appendFileSync(join(example.dir, 'frontend/src/App.tsx'), "\nexport const note = 'tested by hand';\n");
    await waitFor(async () => /tested by hand/.test(await source()), { what: 'the frontend to serve the edited file' });
    assert.equal(await example.says('docker compose ps -q'), containers);
  });

  test('is shut down, and keeps its volume', async () => {
    const { example } = running;
    const started = Date.now();
    await example.sh('docker compose down');
    assert.ok(Date.now() - started < 15_000, `it took ${Date.now() - started} ms`);
    assert.match(await example.says('docker volume ls | grep postgres_data'), new RegExp(`${example.stack.project}_postgres_data`));
  });
});

describe('the specification of EmotionVisualizer', () => {
  const running = story('emotion-visualizer');
  const url = (path) => `http://localhost:${running.example.portOf(8000)}${path}`;

  test('is healthy after one command, without its tool', async () => {
    const { example } = running;
    assert.deepEqual(await states(example), { 'db': 'healthy', 'api': 'healthy', 'api-migrate': 0 });
    const { json } = await answers(url('/health'));
    assert.equal(json.status, 'healthy');
    assert.ok(!Number.isNaN(Date.parse(json.timestamp)));
    const { stdout } = await example.sh('docker compose exec api pytest tests/unit -q', { timeout: 300_000 });
    assert.match(stdout, /\d+ passed/);
  });

  test('an edited file is there at once, its log is followed, and it is stopped and started again [003-059]', async () => {
    const { example } = running;
    const { id, startedAt } = await identity(example.stack, 'api');
    appendFileSync(join(example.dir, 'backend/app/main.py'), '\n\n@app.get("/edited")\ndef edited() -> dict[str, str]:\n    return {"note": "edited"}\n');
    assert.deepEqual((await answers(url('/edited'))).json, { note: 'edited' });
    assert.deepEqual([(await identity(example.stack, 'api')).id, (await identity(example.stack, 'api')).startedAt], [id, startedAt]);
    const { code, stdout } = await example.sh('timeout --signal=INT 3 docker compose logs -f api', { check: false });
    assert.ok([0, 124, 130].includes(code), `logs -f ended with ${code}`);
    assert.match(stdout, /Reloading/);
    assert.match(stdout, /GET \/edited/);
    await example.sh('docker compose stop');
    assert.deepEqual((await example.stack.ps()).filter(({ State }) => State === 'running'), []);
    await example.sh('docker compose up -d --wait', { timeout: 300_000 });
  });

  test('its database accepts connections [003-057]', async () => {
    assert.match(await running.example.says('docker compose exec db pg_isready -U emotionviz'), /accepting connections/);
  });

  test('its database is saved and put back by the commands of the specification [003-052]', async () => {
    const { example } = running;
    const count = () => example.says('docker compose exec -T db psql -U emotionviz -d emotionviz_db -Atc "select count(*) from items"');
    assert.equal((await get(url('/api/v1/items'), { method: 'POST', body: { name: 'kept' } })).status, 201);
    // -T, or the terminal's line ends would be in the file; --clean, or the tables would be there already.
    await example.sh('docker compose exec -T db pg_dump --clean --if-exists -U emotionviz emotionviz_db > backup.sql');
    assert.equal((await get(url('/api/v1/items'), { method: 'POST', body: { name: 'lost' } })).status, 201);
    assert.equal((await count()).trim(), '2');
    await example.sh('docker compose exec -T db psql -q -v ON_ERROR_STOP=1 -U emotionviz emotionviz_db < backup.sql');
    assert.equal((await count()).trim(), '1');
  });

  test('its data is in the repository\'s folder, survives everything but a person, and is ignored by git [003-004]', async () => {
    const { example } = running;
    await example.sh('docker compose down -v');
    await example.sh('docker compose up -d --wait');
    assert.match((await get(url('/api/v1/items'))).text, /"kept"/);
    assert.deepEqual(await example.says('git init -q && git -c safe.directory=* check-ignore data/postgres/PG_VERSION data/logs/app.log'), 'data/postgres/PG_VERSION\ndata/logs/app.log\n');
  });

  test('its tool is there on request', async () => {
    const { example } = running;
    await example.sh('docker compose --profile tools up -d --wait');
    assert.match((await answers(`http://localhost:${example.portOf(8080)}/`)).text, /Adminer/);
  });
});

describe('story 1.2, the AI agents', () => {
  const running = story('ai-agents');

  test('starts whole, and is healthy [002-005]', async () => {
    const { example } = running;
    assert.deepEqual(await states(example), { 'postgres': 'healthy', 'redis': 'healthy', 'api': 'healthy', 'api-migrate': 0 });
    const { json } = await answers(`http://localhost:${example.portOf(8000)}/health`);
    assert.deepEqual([json.status, json.database, json.redis], ['healthy', 'connected', 'connected']);
  });

  test('is shown as healthy by ps, and its logs say that each has started [002-046] [002-048] [002-049]', async () => {
    const { example } = running;
    const lines = (await example.says('docker compose ps')).split('\n');
    for (const service of ['postgres', 'redis', 'api']) assert.ok(lines.some((line) => line.includes(` ${service} `) && line.includes('(healthy)')), lines.join('\n'));
    assert.match(await example.says('docker compose logs postgres'), /PostgreSQL init process complete; ready for start up/);
    assert.match(await example.says('docker compose logs redis'), /Creating AOF base file|Ready to accept connections/);
    const logs = await example.says('docker compose logs api');
    assert.match(logs, /Application startup complete/);
    assert.doesNotMatch(logs, /\b(ERROR|CRITICAL|Traceback)\b/);
  });

  test('passes its integration tests in the container', async () => {
    const { stdout } = await running.example.sh('docker compose exec api pytest tests/integration/ -q', { timeout: 300_000 });
    assert.match(stdout, /\b11 passed/);
  });

  test('is built again from its cache [002-090]', async () => {
    const { stderr, stdout } = await running.example.sh('docker compose --progress plain build api');
    const steps = [...`${stdout}${stderr}`.matchAll(/^#(\d+) \[[^\]]+\d+\/\d+\] (?!FROM)/gm)].map(([, step]) => step);
    assert.ok(steps.length > 3, 'no step of the build is shown');
    for (const step of steps) assert.match(`${stdout}${stderr}`, new RegExp(`^#${step} CACHED$`, 'm'));
  });

  test('reloads src/main.py without a restart of the container [002-041]', async () => {
    const { example } = running;
    const before_ = await identity(example.stack, 'api');
    appendFileSync(join(example.dir, 'src/main.py'), '\n\n@app.get("/edited")\ndef edited() -> dict[str, str]:\n    return {"note": "edited"}\n');
    assert.deepEqual((await answers(`http://localhost:${example.portOf(8000)}/edited`)).json, { note: 'edited' });
    assert.deepEqual(await identity(example.stack, 'api'), before_);
  });

  test('down -v leaves no container, network or volume, and the data in its folders [002-053]', async () => {
    const { example } = running;
    await example.sh('docker compose down -v');
    for (const kind of ['container', 'network', 'volume']) assert.deepEqual(await owned(kind, example.stack.project), [], kind);
    // The story expects it to be gone; scripts/reset.sh deletes it.
    for (const folder of ['data/postgres', 'data/redis']) assert.ok(existsSync(join(example.dir, folder)), folder);
    await example.sh('bash scripts/reset.sh --yes');
    for (const folder of ['data/postgres', 'data/redis']) assert.ok(!existsSync(join(example.dir, folder)), folder);
  });
});

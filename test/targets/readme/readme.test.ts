import { databaseOnly, fullStack, partOf, readmeOf, unwrapped } from './support';
import { ExternalPostgres, GuideTopic, Mount, ReadmeSection, Service, StackCommand } from '../../../src';
import { MeilisearchService } from '../../neutrality/meilisearch';
import { expectFile } from '../../support/expected';
import { newStack } from '../../support/stack';

const full = readmeOf(fullStack());
const database = readmeOf(databaseOnly());
const headings = (readme: string) => readme.split('\n').filter((line) => line.startsWith('## ')).map((line) => line.slice(3));

test('a stack of a database alone, word for word', () => expectFile(__dirname, 'database.md', database));

test('the sections in their order; one that has nothing to say is not there [001-025]', () => {
  expect(headings(database)).toEqual([
    'Quick start', 'Services', 'Topology', 'How it is wired', 'Daily commands', 'Database', 'Tests', 'Configuration', 'Troubleshooting', 'Security', 'Production',
  ]);
  expect(headings(full)).toEqual([...headings(database).slice(0, 7), 'Hot reload', ...headings(database).slice(7)]);
});

test('no sentence about what a stack does not have', () => {
  expect(database).not.toMatch(/backend|frontend|redis|alembic|pytest|Vite|adminer|--build|platform: 'linux\/amd64' in the definition of its service, which is built/i);
  expect(readmeOf(newStack())).toBe('');
});

test('sections are chosen, ordered and left out; none, and there is no file', () => {
  const { SERVICES, QUICK_START, TESTS } = ReadmeSection;
  expect(headings(readmeOf(databaseOnly({ readme: { sections: [SERVICES, QUICK_START] } })))).toEqual(['Services', 'Quick start']);
  expect(headings(readmeOf(databaseOnly({ readme: { omittedSections: [TESTS] } })))).toEqual(headings(database).filter((title) => title !== 'Tests'));
  expect(readmeOf(databaseOnly({ readme: { sections: [] } }))).toBe('');
});

test('the file is called as it is said', () => {
  const files = databaseOnly({ readme: { file: 'docs/stack.md' } }).evaluate().outputs.flatMap((output) => output.sectionedFiles ?? []);
  expect(files.map(({ filePath }) => filePath)).toEqual(['docs/stack.md']);
});

test('a Compose file of another name stands in every command', () => {
  const readme = readmeOf(fullStack({ composeFile: 'stack.yaml' }));
  expect(readme.match(/^docker compose (?!--file )/gm)).toBeNull();
  expect(readme).toContain('docker compose --file stack.yaml exec backend pytest');
});

describe('quick start', () => {
  const part = partOf(full, '## Quick start');
  test('what is needed, with true versions and memory [002-055] [002-085]', () => {
    expect(unwrapped(part)).toContain('Docker Engine 25.0 and Compose 2.40.0, or newer');
    expect(unwrapped(part)).toContain('4 GB of memory');
    expect(unwrapped(partOf(database, '## Quick start'))).toContain('Compose 2.24.4, or newer');
  });
  test('the ports that must be free [002-086]', () => {
    expect(unwrapped(part)).toContain('The ports 5432, 6379, 8000, 3000 and 8080 of your machine are used, and can be moved.');
  });
  test('numbered steps in their order, .env among them [001-029] [002-056] [003-058]', () => {
    const commands = [...part.matchAll(/^ {3}((?:docker |\.\/scripts|cp ).*)$/gm)].map(([, command]) => command);
    expect(commands).toEqual([
      './scripts/env.sh init', 'cp .env.example .env', 'docker compose up --detach --build --wait', 'docker compose ps', 'docker compose logs --follow',
      'docker compose --profile "*" down',
    ]);
    expect(part.match(/^\d\. /gm)).toEqual(['1. ', '2. ', '3. ', '4. ', '5. ', '6. ']);
  });
  test('a setting without a default is named', () => {
    const stack = newStack();
    new Service(stack, 'api', { image: 'api:1' }).connect(new ExternalPostgres(stack, 'warehouse', { host: 'db.example.com' }));
    expect(unwrapped(readmeOf(stack))).toContain('write into it what has no default: `POSTGRES_DB`, `POSTGRES_USER` and `POSTGRES_PASSWORD`');
  });
});

test('services: a row for each, with address, port setting and login [002-058]', () => {
  expect(partOf(full, '## Services').split('\n').filter((line) => line.startsWith('| `'))).toEqual([
    '| `postgres` | PostgreSQL 17 | `localhost:5432` | `postgres:5432` | `POSTGRES_PORT` | `POSTGRES_USER`, `POSTGRES_PASSWORD`, `POSTGRES_DB` |',
    '| `redis` | Redis 8 | `localhost:6379` | `redis:6379` | `REDIS_PORT` | `REDIS_PASSWORD` |',
    '| `backend` | FastAPI backend | <http://localhost:8000> | `backend:8000` | `BACKEND_PORT` | |',
    '| `backend-migrate` | Migrations of backend; runs once | | | | |',
    '| `frontend` | Frontend | <http://localhost:3000> | `frontend:3000` | `FRONTEND_PORT` | |',
    '| `adminer` | Adminer; with the profile `tools` | <http://localhost:8080> | `adminer:8080` | `ADMINER_PORT` | |',
  ]);
  expect(full).toContain('`shop-postgres-1`');
});

test('the topology by role, with arrows, profiles and what runs elsewhere', () => {
  const stack = fullStack();
  const end = new Service(stack, 'end', { image: 'api:1' });
  end.connect(new ExternalPostgres(stack, 'warehouse', { host: 'h', databaseName: 'd', userName: 'u', variablePrefix: 'WAREHOUSE' }));
  const diagram = partOf(readmeOf(stack), '## Topology');
  for (const line of [
    '  postgres[("postgres<br>localhost:5432")]', '  backend_migrate(["backend-migrate"]):::once', '  subgraph profile_tools["profile tools"]',
    '  frontend --> backend', '  adminer --> postgres', '  end_["end"]', '  warehouse[("warehouse")]:::elsewhere', '  end_ --> warehouse',
  ]) expect(diagram.split('\n')).toContain(line);
});

test('how it is wired: order, DB_HOST, ports, mounts, network, health [000-064] [001-023]', () => {
  const part = unwrapped(partOf(full, '## How it is wired'));
  expect(part).toContain('`backend` starts when `backend-migrate` has done its work and `postgres` and `redis` are healthy');
  expect(part).toContain('every service that keeps running has a health check');
  expect(part).toContain('`backend` has `DB_HOST=postgres` and `REDIS_HOST=redis`');
  expect(part).toContain('Programs on your machine use `localhost` and the published port.');
  expect(part).toContain('**Ports**: `postgres` 5432, `redis` 6379, `backend` 8000, `frontend` 3000 and `adminer` 8080.');
  expect(part).toContain('**Network**: all are in `shop_default`');
  expect(part).toContain('`backend` finds `./backend/app`, `./backend/tests` and `./backend/alembic`');
});

test('the commands of every day [000-089] [001-045] [003-048] [003-049] [003-050]', () => {
  const lines = full.split('\n');
  for (const words of [
    'up --build', 'up --detach --wait', 'up --detach --build --wait', '--profile "*" down', '--profile "*" down --volumes', '--profile "*" stop', 'logs', 'logs backend', 'logs --follow', 'logs --follow backend',
    'restart backend', 'exec backend bash', 'exec postgres psql -U app -d app', 'ps', 'build backend', 'build --no-cache backend',
    'pull postgres redis adminer', '--profile "*" rm --force', '--profile tools up --detach --wait',
  ]) expect(lines).toContain(`docker compose ${words}`);
  expect(unwrapped(full)).toContain('**Warning**: what these delete is gone.');
});

describe('database', () => {
  const part = unwrapped(partOf(database, '## Database'));
  test('psql here and there, and the values of a graphical client [000-090] [001-046] [003-053]', () => {
    expect(partOf(database, '### Connect')).toContain('\ndocker compose exec postgres psql -U app -d app\n');
    expect(partOf(database, '### Connect')).toContain('\npsql -h localhost -p 5432 -U app -d app\n');
    expect(partOf(database, '### Connect')).toContain('| Host | `localhost` |\n| Port | `5432` |\n| Database | `app` |\n| User | `app` |\n');
    expect(full).toContain('<http://localhost:8080/?pgsql=postgres&username=app&db=app>');
  });
  test('psql in short [001-047]', () => ['`\\l`', '`\\dt`', '`\\q`', '`SELECT version();`'].forEach((line) => expect(part).toContain(line)));
  test('the asynchronous URL, from both sides [001-022]', () => {
    expect(part).toContain('`postgresql+asyncpg://app:dev_password_change_in_production@postgres:5432/app`');
    expect(part).toContain('`postgresql+asyncpg://app:dev_password_change_in_production@localhost:5432/app`');
  });
  test('what shows that data stays [001-048]', () => {
    const words = [...partOf(database, '### See that data stays').matchAll(/^docker compose .*?(CREATE|INSERT|down|up|SELECT|DROP)/gm)].map(([, word]) => word);
    expect(words).toEqual(['CREATE', 'INSERT', 'down', 'up', 'SELECT', 'DROP']);
  });
  test('a dump, and back [003-052]', () => {
    expect(database).toContain('docker compose exec -T postgres pg_dump -U app -d app --clean --if-exists > backup.sql');
    expect(database).toContain('docker compose exec -T postgres psql -U app -d app --quiet --single-transaction --set ON_ERROR_STOP=1 < backup.sql');
  });
  test('volumes by their real names: look, measure, remove [001-028] [001-067]', () => {
    for (const line of ['docker volume inspect shop_postgres_data', 'docker system df --verbose', 'docker volume rm shop_postgres_data']) {
      expect(partOf(database, '### Volumes').split('\n')).toContain(line);
    }
  });
  test('migrations [003-051]', () => {
    for (const words of ['upgrade head', 'revision --autogenerate -m "what changes"', 'downgrade -1']) expect(full).toContain(`\ndocker compose exec backend alembic ${words}\n`);
    expect(full).toContain('```sh destructive\n# Take the last one back, with the data in its tables\n');
  });
});

test('hot reload, its limits, and what needs a build [002-088] [003-046] [003-060]', () => {
  const part = unwrapped(partOf(full, '## Hot reload'));
  for (const text of ['`backend/app`', '`frontend/src`', 'Packages need `up --build`', '| macOS |', '| Windows |', '`FRONTEND_POLLING=true`']) expect(part).toContain(text);
  expect(partOf(full, '### Python')).toContain('docker compose build backend\ndocker compose up --detach --wait backend');
});

test('a stack whose sources nothing follows has no section about it', () => {
  const stack = newStack();
  new Service(stack, 'api', { image: 'api:1', mounts: [Mount.bind('./src', '/src')] });
  expect(readmeOf(stack)).not.toContain('Hot reload');
});

test('each setting: default, meaning, secret, users', () => {
  const stack = fullStack();
  const rows = partOf(readmeOf(stack), '## Configuration').split('\n').filter((line) => line.startsWith('| `'));
  expect(rows.map((row) => /^\| `(\w+)`/.exec(row)![1]).sort()).toEqual(stack.model().variables.map(({ variableName }) => variableName).sort());
  expect(rows).toContain('| `SECRET_KEY` | `dev_secret_key` | Signs what the API hands out, such as tokens (secret) | `backend`, `backend-migrate` |');
});

describe('troubleshooting', () => {
  test.each([
    ['000-097', 'Port is already allocated, or address already in use', ['lsof -nP -i :3000', 'lsof -nP -i :8000', 'lsof -nP -i :5432', '`POSTGRES_PORT=5433`']],
    ['000-098', '`backend` cannot connect to the database', ['env | grep DB_HOST', '`postgres`']],
    ['000-099', 'A change does not reach the page of `frontend`', ['usePolling', '`FRONTEND_POLLING=true`']],
    ['000-100', 'A change does not reach `backend`', ['`--reload`', 'WATCHFILES_FORCE_POLLING']],
    ['000-101', 'Exec format error', ['linux/amd64', '`platform:']],
    ['000-102', 'The page does not reach the API', ['http://backend:8000', 'VITE_API_BASE_URL']],
    ['000-103', 'Cannot connect to the Docker daemon', ['docker ps']],
    ['000-104', 'Every build is slow', ['lists of packages', 'ignore file', 'in parallel']],
    ['000-105', '`backend-migrate` fails, or a relation does not exist', ['alembic upgrade head', 'deleted']],
    ['001-052', 'Port 5432 belongs to a PostgreSQL on your machine', ['brew services stop', 'sudo systemctl stop postgresql', '`POSTGRES_PORT=5433`']],
    ['001-054', '`postgres` is up, and the database is not ready', ['pg_isready', 'docker compose logs postgres']],
    ['001-055', 'Data is gone after `down`', ['docker volume ls | grep postgres_data', '(`-v`)']],
    ['001-056', 'password authentication failed for user "app"', ['remembers', '\\password']],
    ['001-057', '`postgres` restarts again and again', ['docker compose logs postgres', 'full disk', 'df -h']],
    ['002-087', 'Permission denied on Linux, or files that are not yours', ['APP_UID', './scripts/env.sh init']],
    ['003-061', 'A container does not start, restarts again and again, or is unhealthy', ['docker compose ps --all', 'docker compose logs']],
    ['003-062', '`backend` cannot connect to the database', ['docker compose ps --all postgres', 'docker compose logs postgres']],
    ['003-063', 'Port is already allocated, or address already in use', ['lsof', 'BACKEND_PORT']],
  ])('[%s] %s', (_, symptom, texts) => {
    const part = unwrapped(partOf(full, `### ${symptom}`));
    for (const text of texts) expect(part).toContain(text);
  });
});

test('production: how it is started, and a list to tick off [003-068]', () => {
  const part = unwrapped(partOf(full, '## Production'));
  expect(part).toContain('docker compose --file compose.prod.yaml up --detach --build --wait');
  for (const text of ['- [ ] Every secret', '- [ ] TLS', 'a firewall', 'secret manager', 'without debug', 'the superuser']) expect(part).toContain(text);
});

test('security says what is true [003-067]', () => {
  expect(unwrapped(partOf(full, '## Security'))).toContain('ports are published on 127.0.0.1');
  const stack = newStack();
  new Service(stack, 'api', { image: 'api:1', ports: [{ name: 'http', port: 80, hostAddress: '0.0.0.0' }] });
  const open = unwrapped(partOf(readmeOf(stack), '## Security'));
  expect(open).toContain('other machines reach `api` on port 80');
  expect(open).not.toContain('127.0.0.1');
});

test('a service of somebody else has a row, a guide and a trouble, by the model alone', () => {
  const stack = databaseOnly();
  const search = new MeilisearchService(stack, 'search');
  search.addGuide({ topic: GuideTopic.COMMANDS, heading: 'Search', commands: [StackCommand.exec('Count', search, ['sh', '-c', 'echo "$MEILI_ENV"'])] });
  search.addGuide({ topic: GuideTopic.COMMANDS, heading: 'Watch', commands: [StackCommand.logs('', search, { interactive: true })] });
  search.addTrouble({ symptom: 'The index is empty', cause: 'Nothing was added.', fix: 'Add it.', remedies: [StackCommand.removeData('Begin anew')] });
  const readme = readmeOf(stack);
  expect(readme).toContain('| `search` | Search engine | <http://localhost:7700> | `search:7700` | `SEARCH_PORT` | `MEILI_MASTER_KEY` |');
  expect(partOf(readme, '### Search')).toContain('```sh\n# Count\ndocker compose exec search sh -c \'echo "$MEILI_ENV"\'\n```');
  expect(partOf(readme, '### Watch')).toContain('```sh interactive\ndocker compose logs --follow --tail 100 search\n```');
  expect(partOf(readme, '### The index is empty').trim()).toBe([
    '### The index is empty', 'Nothing was added. Add it.', '```sh destructive\n# Begin anew\ndocker compose down --volumes\n```',
  ].join('\n\n'));
});

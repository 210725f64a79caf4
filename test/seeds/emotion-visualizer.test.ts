import { Example } from './support';

/** The Docker infrastructure specification of EmotionVisualizer. */
const example = new Example('emotion-visualizer');
const development = example.compose();
const { db, api, adminer } = development.services;
const settings = example.settings();

test('is orchestrated by one Compose file, of today\'s form [003-001] [003-006]', () => {
  expect(Object.keys(development.services)).toEqual(['db', 'api', 'api-migrate', 'adminer']);
  // `version` is obsolete: Compose ignores it, with a warning.
  expect(development).not.toHaveProperty('version');
});

test('has the tree of the specification [003-005]', () => {
  expect(example.files).toEqual(expect.arrayContaining([
    'backend/app/__init__.py', 'backend/app/main.py', 'backend/app/models/item.py', 'backend/app/schemas/item.py', 'backend/app/core/config.py',
    'backend/app/core/database.py', 'backend/alembic/env.py', 'backend/Dockerfile', 'backend/requirements.txt', 'backend/pyproject.toml', 'backend/tests/conftest.py',
    '.env.example', 'data/logs/.gitkeep',
  ]));
  expect(example.files.some((file) => file.startsWith('backend/app/api/'))).toBe(true);
  expect(db.volumes).toContain('./data/postgres:/var/lib/postgresql/data');
  expect(api.volumes).toContain('./data/logs:/app/logs');
});

test('mounts its sources, for reading [003-003]', () => {
  expect(api.volumes).toEqual(expect.arrayContaining(['./backend/app:/app/app:ro', './backend/tests:/app/tests:ro', './backend/alembic:/app/alembic']));
});

test('its containers have the names of the specification [003-017]', () => {
  expect([db, api, adminer].map((service) => service.container_name)).toEqual(['emotionvisualizer-db', 'emotionvisualizer-api', 'emotionvisualizer-adminer']);
});

test('starts all of them again unless somebody stops them; what runs once does not [003-015]', () => {
  expect([db, api, adminer].map(({ restart }) => restart)).toEqual(['unless-stopped', 'unless-stopped', 'unless-stopped']);
  expect(development.services['api-migrate'].restart).toBe('no');
});

test('declares no volume that nothing mounts [003-031]', () => expect(development).not.toHaveProperty('volumes'));

test('its image is built for development with what tests and checks need, pinned [003-035]', () => {
  const pins = example.read('backend/requirements-dev.txt');
  for (const name of ['pytest', 'pytest-asyncio', 'pytest-cov', 'ruff', 'mypy', 'httpx']) expect(pins).toMatch(new RegExp(`^${name}==\\d+[^ ]* \\\\\\n {4}--hash=sha256:`, 'm'));
  // ruff formats too, which black did; pytest brings monkeypatch, and unittest.mock is Python's own.
  expect(pins).not.toMatch(/^black==/m);
});

test('says its port, and is asked as often as the specification says [003-037]', () => {
  for (const stage of ['development', 'production']) expect(example.stages('backend/Dockerfile')[stage]).toMatch(/^EXPOSE 8000$/m);
  expect(api.healthcheck).toMatchObject({ interval: '30s', timeout: '10s', start_period: '40s', retries: 3 });
});

test('its template has the sections of the specification, between banners [003-042]', () => {
  expect(example.headings()).toEqual(['Database', 'API', 'External services', 'Security', 'Files', 'Adminer']);
});

test('its template has every key of the specification [003-043] [003-044]', () => {
  expect(Object.keys(settings)).toEqual(expect.arrayContaining([
    'POSTGRES_USER', 'POSTGRES_PASSWORD', 'POSTGRES_DB', 'POSTGRES_PORT', 'API_PORT', 'LOG_LEVEL', 'GEMINI_API_KEY', 'NANOBANANA_API_KEY', 'JWT_SECRET_KEY',
    'JWT_ALGORITHM', 'ACCESS_TOKEN_EXPIRE_MINUTES', 'ALLOWED_ORIGINS', 'ADMINER_PORT',
  ]));
  expect(settings.ALLOWED_ORIGINS.value).toContain('ionic://localhost');
});

test('is reached from this machine alone, with a password [003-067]', () => {
  for (const { ports } of [db, api, adminer]) for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
  expect(example.read('docker-compose.yml')).not.toMatch(/POSTGRES_HOST_AUTH_METHOD|\btrust\b/);
  expect(example.ignored('.env', 'data/postgres/PG_VERSION', 'data/logs/app.log', 'data/logs/.gitkeep')).toEqual(['.env', 'data/postgres/PG_VERSION', 'data/logs/app.log']);
});

describe('its README', () => {
  const readme = example.read('README.md');
  const text = readme.replace(/\s+/g, ' ');

  test('says what becomes of data in folders, and that a copy of a folder in use is no backup [003-047]', () => {
    expect(readme).toMatch(/^\| `db` \| folder `\.\/data\/postgres` \| `\/var\/lib\/postgresql\/data` \|$/m);
    expect(text).toContain('Data survives `down`, a restart and a new image.');
    expect(text).toContain('A copy of a folder that is in use is not a backup: dump it instead.');
    // What the specification gets wrong: -v does not reach folders.
    expect(text).toContain('Only the script deletes what is in `./data/postgres`, `./data/logs`: `--volumes` does not reach folders.');
  });

  test('says whose each folder is, and that production may not run beside', () => {
    expect(text).toContain('On Linux `./data/postgres` belongs to the user of the container.');
    expect(text).toContain('`./data/logs` is there in a fresh clone, and yours.');
    expect(text).toContain('**Only one of the two may run on a machine at a time**: both have the containers `emotionvisualizer-db`, `emotionvisualizer-api`, '
      + 'the network `emotionviz-network` and the folder `./data/postgres`. What deletes `./data/postgres` in development deletes what production has there.');
  });

  test('says what to do about damaged data, by what really deletes it [003-064]', () => {
    const [, part] = /### `db` restarts again and again\n([^]*?)\n### /.exec(readme)!;
    expect(part).toContain('damaged files');
    expect(part).toMatch(/```sh destructive\n# .*\n\.\/scripts\/reset\.sh\n```/);
    expect(part).toContain('docker compose up --detach --wait');
    expect(part).not.toContain('--volumes');
  });

  test('says where the log of the database is: in the container\'s, and in no file [003-070]', () => {
    expect(text).toContain("Its whole log is the container's; there is no file.");
    expect(readme).toContain('docker compose logs db');
    expect(readme).not.toContain('/var/log/postgresql');
  });
});

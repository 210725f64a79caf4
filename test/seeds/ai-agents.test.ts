import { Example } from './support';

/** Story 1.2: PostgreSQL, Redis and FastAPI in a repository whose own folder is the backend. */
const example = new Example('ai-agents');
const { services } = example.compose();
const settings = example.settings();

test('its Compose file lies in the root and has the three services [002-002] [002-017]', () => {
  expect(example.files).toContain('docker-compose.yml');
  expect(Object.keys(services)).toEqual(['postgres', 'redis', 'api', 'api-migrate']);
});

test('is set by .env, with the prefix of the story [002-003] [002-029] [002-038]', () => {
  expect(services.api.environment).toMatchObject({
    AI_AGENTS_DATABASE_URL: expect.stringMatching(/^\$\{AI_AGENTS_DATABASE_URL:-postgresql\+asyncpg:\/\/\$\{POSTGRES_USER:-aiagents\}:.*@postgres:5432\/\$\{POSTGRES_DB:-ai_agents\}\}$/),
    AI_AGENTS_REDIS_URL: expect.stringMatching(/^\$\{AI_AGENTS_REDIS_URL:-redis:\/\/.*@redis:6379\/0\}$/),
  });
  // The server is initialised with what the URL holds, since both follow the same settings.
  expect(settings.AI_AGENTS_DATABASE_URL.value).toBe('postgresql+asyncpg://${POSTGRES_USER}:${POSTGRES_PASSWORD}@postgres:5432/${POSTGRES_DB}');
  expect(Object.keys(services.postgres.environment)).toEqual(['POSTGRES_USER', 'POSTGRES_PASSWORD', 'POSTGRES_DB']);
});

test('mounts its sources [002-004]', () => {
  expect(services.api.volumes).toEqual(['./src:/app/src', './tests:/app/tests', './alembic:/app/alembic']);
});

test('explains every key, and says which names hold inside [002-037] [002-039]', () => {
  for (const { comment } of Object.values(settings)) expect(comment).toMatch(/^# \S/);
  expect(settings.AI_AGENTS_DATABASE_URL.comment).toContain('use service names, not localhost');
});

test('its ignore file lies where Docker reads it [002-016]', () => {
  expect(example.files).not.toContain('docker/.dockerignore');
  const lines = example.read('docker/backend.dockerfile.dockerignore').split('\n').filter((line) => line && !line.startsWith('#'));
  // Everything is left out but what the image needs, so that what nobody thought of is left out too.
  expect(lines[0]).toBe('*');
  expect(lines.filter((line) => /venv|\.git\b|\.env/.test(line) && line.startsWith('!'))).toEqual([]);
  expect(lines).toContain('**/__pycache__');
});

test('is built of official images alone [002-065]', () => {
  const images = [
    ...Object.values<any>(services).filter(({ build }) => !build).map(({ image }) => image),
    ...[...example.read('docker/backend.dockerfile').matchAll(/^FROM (\S+)/gm)].map(([, image]) => image),
  ].filter((image) => !image.startsWith('${COMPOSE_PROJECT_NAME}') && !['base', 'dependencies'].includes(image));
  expect(images).toEqual(['postgres:17-alpine', 'redis:7-alpine', 'python:3.12-slim']);
});

test('has the files of the story, where it has them [002-095]', () => {
  expect(example.files).toEqual(expect.arrayContaining([
    'docker/backend.dockerfile', 'docker/backend.dockerfile.dockerignore', 'docker-compose.yml', 'tests/integration/test_docker_stack.py', '.env.example', 'src/main.py',
    'src/api/health.py', 'README.md',
    // The story's src/database/connection.py.
    'src/core/database.py',
  ]));
});

test('its packages are those of pyproject.toml, pinned [002-011]', () => {
  const [, block] = /^dependencies = \[\n([^]*?)^\]/m.exec(example.read('pyproject.toml'))!;
  const named = [...block.matchAll(/^ {4}"([a-z0-9-]+)/gm)].map(([, name]) => name);
  expect(named.length).toBeGreaterThan(8);
  const pinned = [...example.read('requirements.txt').matchAll(/^([a-z0-9-]+)(?:\[[^\]]*\])?==/gm)].map(([, name]) => name);
  expect(pinned).toEqual(expect.arrayContaining(named));
  expect(example.stages('docker/backend.dockerfile').dependencies).toContain('--require-hashes --requirement requirements.txt');
  expect(example.read('.projen/tasks.json')).toMatch(/uv pip compile [^"]*--output-file requirements\.txt pyproject\.toml/);
});

test('has one version of Python everywhere [002-072]', () => {
  const dockerfile = [...example.read('docker/backend.dockerfile').matchAll(/^FROM python:(3\.\d+)/gm)].map(([, version]) => version);
  const project = example.read('pyproject.toml');
  expect(dockerfile).toEqual(['3.12']);
  // What linters and type checkers go by; nothing beside it says another one.
  expect(project).toMatch(/^requires-python = ">=3\.12"$/m);
  expect(project.match(/\b3\.1\d\b|\bpy31\d\b/g)).toEqual(['3.12']);
  expect(example.read('.github/workflows/stack.yml')).not.toMatch(/python-version|setup-python/);
});

test('its Python files are called in snake_case [002-071]', () => {
  const names = example.files.filter((file) => file.endsWith('.py') && !file.startsWith('alembic/versions/')).map((file) => file.split('/').pop()!);
  expect(names.length).toBeGreaterThan(30);
  expect(names.filter((name) => !/^[a-z_][a-z0-9_]*\.py$/.test(name))).toEqual([]);
});

test('its tests of the stack are async, explained, and close what they open [002-076]', () => {
  const text = example.read('tests/integration/test_docker_stack.py');
  const functions = [...text.matchAll(/^(async )?def (test_\w+)\(.*\n(.*)$/gm)].map(([, isAsync, name, first]) => ({ isAsync, name, first }));
  expect(functions.length).toBeGreaterThanOrEqual(11);
  for (const { isAsync, first } of functions) {
    expect(isAsync).toBe('async ');
    expect(first.trim()).toMatch(/^"""/);
  }
  expect(`${text}${example.read('tests/integration/conftest.py')}`).toMatch(/aclose\(|async with/);
  expect(text).toMatch(/if response\.status_code == httpx\.codes\.OK:[^]*else:\n\s+assert response\.status_code == httpx\.codes\.SERVICE_UNAVAILABLE/);
});

test('has one implementation of health, on both paths [002-078]', () => {
  const python = example.files.filter((file) => file.startsWith('src/') && file.endsWith('.py')).map((file) => example.read(file)).join('\n');
  expect(python.match(/^\s*async def health\(/gm)).toHaveLength(1);
  expect(python).toMatch(/@router\.get\("\/health",.*\)\n\s*@router\.get\("\/api\/v1\/ready",.*\)\n\s*async def health\(/);
});

test('its README has the set-up with Docker, and the troubles that the story names [002-007] [002-054] [002-057]', () => {
  const readme = example.read('README.md');
  const headings = [...readme.matchAll(/^##+ (.*)$/gm)].map(([, heading]) => heading);
  expect(headings).toEqual(expect.arrayContaining(['Quick start', 'Services', 'Daily commands', 'Troubleshooting']));
  expect(readme).toContain('You need Docker, installed and running');
  for (const trouble of [/^Port is already allocated/, /^Permission denied/, /unhealthy/]) expect(headings.some((heading) => trouble.test(heading))).toBe(true);
});

import { Example } from './support';

/** Story 1.6: the full stack in containers. */
const example = new Example('full-stack');
const development = example.compose();
const production = example.compose('compose.prod.yaml');
const running = ['postgres', 'backend', 'frontend'];

test('has the files of the story [000-126]', () => {
  expect(example.files).toEqual(expect.arrayContaining([
    'docker-compose.yml', '.env.example', '.env.docker', '.gitignore', 'backend/Dockerfile', 'backend/.dockerignore', 'frontend/Dockerfile.dev',
    'frontend/.dockerignore', 'frontend/vite.config.ts', 'README.md',
  ]));
});

test('runs three containers, and one that prepares the schema and ends [000-036]', () => {
  expect(Object.keys(development.services).filter((name) => development.services[name].restart !== 'no')).toEqual(running);
  expect(development.services['backend-migrate'].command).toEqual(['alembic', 'upgrade', 'head']);
});

test('starts all of them again unless somebody stops them, under the names of the story [000-043] [000-045]', () => {
  expect(running.map((name) => development.services[name].restart)).toEqual(['unless-stopped', 'unless-stopped', 'unless-stopped']);
  expect(running.map((name) => development.services[name].container_name)).toEqual(['ai-interviewer-postgres', 'ai-interviewer-backend', 'ai-interviewer-frontend']);
});

test('gives each service the settings that it needs [000-008] [000-078]', () => {
  const { postgres, backend, frontend } = development.services;
  expect(Object.keys(postgres.environment)).toEqual(['POSTGRES_USER', 'POSTGRES_PASSWORD', 'POSTGRES_DB']);
  expect(backend.environment).toMatchObject({
    DB_HOST: 'postgres',
    DB_PORT: '5432',
    // The same settings as the server's: what the seed writes twice cannot disagree.
    DB_NAME: postgres.environment.POSTGRES_DB,
    DB_USER: postgres.environment.POSTGRES_USER,
    DB_PASSWORD: postgres.environment.POSTGRES_PASSWORD,
    DEBUG: '${DEBUG:-true}',
    SECRET_KEY: '${SECRET_KEY:-dev_secret_key}',
  });
  expect(frontend.environment.VITE_API_BASE_URL).toBe('/api/v1');
  // No reference without a default: it runs without any setting.
  expect(example.read('docker-compose.yml').match(/\$\{(?!COMPOSE_PROJECT_NAME\})[A-Z_]+\}/g)).toBeNull();
});

test('mounts the sources of both, whose servers reload [000-037] [000-038]', () => {
  const { backend, frontend } = development.services;
  expect(backend.volumes).toEqual(expect.arrayContaining(['./backend/app:/app/app:ro', './backend/alembic:/app/alembic', './backend/alembic.ini:/app/alembic.ini:ro']));
  expect(frontend.volumes).toEqual(expect.arrayContaining(['./frontend/src:/app/src:ro', './frontend/public:/app/public:ro', './frontend/index.html:/app/index.html:ro']));
  expect(example.stages('backend/Dockerfile').development).toMatch(/^CMD \[.*"--reload"/m);
  expect(example.stages('frontend/Dockerfile.dev').development).toContain('CMD ["pnpm", "run", "dev"]');
});

test('its frontend listens where others reach it, by the package manager of the story [000-062] [000-091]', () => {
  // The arguments of the seed's command are settings, so that the same script serves a host without containers.
  expect(example.stages('frontend/Dockerfile.dev').development).toMatch(/DEV_HOST=0\.0\.0\.0 DEV_PORT=3000/);
  expect(example.read('frontend/vite.config.ts')).toMatch(/strictPort: true/);
  const manifest = JSON.parse(example.read('frontend/package.json'));
  expect(manifest.packageManager).toMatch(/^pnpm@\d+\.\d+\.\d+/);
  expect(manifest.scripts.dev).toBe('vite');
});

test('its backend is built on the Python of the story, and says its port [000-014] [000-017] [000-093]', () => {
  const dockerfile = example.read('backend/Dockerfile');
  expect([...dockerfile.matchAll(/^FROM python:3\.(\d+)-/gm)].map(([, minor]) => Number(minor) >= 11)).toEqual([true]);
  for (const stage of ['development', 'production']) expect(example.stages('backend/Dockerfile')[stage]).toMatch(/^EXPOSE 8000$/m);
  expect(example.files).toContain('backend/app/main.py');
  // A folder of its own inside the image is an affair of the build: there is none on the host, and nothing to activate.
  expect(example.files.filter((file) => /(^|\/)\.?venv\//.test(file))).toEqual([]);
});

test('its second template has the settings of the containers, and says by which name the database is reached [000-023] [000-077]', () => {
  const settings = example.settings('.env.docker');
  expect(Object.keys(settings)).toEqual(expect.arrayContaining(['POSTGRES_USER', 'POSTGRES_PASSWORD', 'POSTGRES_DB', 'DEBUG', 'SECRET_KEY']));
  expect(settings.POSTGRES_USER.value).toBe('ai_interviewer_user');
  // What the seed remarks about DB_HOST; the setting itself is no choice of an operator's.
  expect(example.read('.env.docker')).toContain('# Containers reach postgres and backend by these names; programs on this machine find them at\n# localhost.\n');
  expect(settings).not.toHaveProperty('DB_HOST');
  expect(development.services.backend.environment.DB_HOST).toBe('postgres');
});

test('commits no secret [000-025]', () => {
  expect(example.ignored('.env', '.env.local', '.env.docker.local', '.env.example', '.env.docker')).toEqual(['.env', '.env.local', '.env.docker.local']);
  for (const file of ['.env.example', '.env.docker']) {
    const secrets = Object.entries(example.settings(file)).filter(([, { comment }]) => /\(secret\)/.test(comment));
    expect(secrets.map(([key, { value }]) => [key, value])).toEqual([['POSTGRES_PASSWORD', 'change_this_secure_password'], ['SECRET_KEY', 'change_this_secure_password']]);
  }
});

test('production has health checks, limits and a log that does not grow for ever [000-120] [000-121] [000-122]', () => {
  for (const name of running) {
    expect(production.services[name].healthcheck.test.length).toBeGreaterThan(1);
    expect(development.services[name].healthcheck.test.length).toBeGreaterThan(1);
    expect(production.services[name].deploy.resources.limits).toMatchObject({ cpus: expect.any(String), memory: expect.stringMatching(/^\d+[MG]$/) });
    expect(production.services[name].logging).toEqual({ driver: 'json-file', options: { 'max-size': '10m', 'max-file': '3' } });
  }
});

test('its README says how it is set up with Docker [000-130]', () => {
  const readme = example.read('README.md');
  expect(readme).toMatch(/^# ai-interviewer\n/);
  for (const command of ['docker compose up --detach --build --wait', 'docker compose logs --follow', 'docker compose down']) expect(readme).toContain(`\n   ${command}\n`);
  for (const url of ['http://localhost:3000', 'http://localhost:8000']) expect(readme).toContain(`<${url}`);
});

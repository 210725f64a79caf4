import { spawnSync } from 'child_process';
import { Example } from './support';

/** Story 1.3: PostgreSQL for developers. */
const example = new Example('database');
const settings = example.settings();

test('has the files of the story, and of its review [001-071]', () => {
  expect(example.files).toEqual(expect.arrayContaining(['docker-compose.yml', '.env.example', '.gitignore', 'README.md', 'scripts/test-database-setup.sh']));
});

test('its template has the server and the connection, each key explained [001-015] [001-016] [001-042] [001-043]', () => {
  expect(Object.fromEntries(Object.entries(settings).map(([key, { value }]) => [key, value]))).toEqual({
    POSTGRES_USER: 'ai_interviewer_user',
    POSTGRES_PASSWORD: 'change_this_secure_password',
    POSTGRES_DB: 'ai_interviewer_db',
    POSTGRES_PORT: '5432',
    DB_HOST: 'postgres',
    DB_PORT: '5432',
    // One fact, one place: what the seed writes twice follows the first.
    DB_NAME: '${POSTGRES_DB}',
    DB_USER: '${POSTGRES_USER}',
    DB_PASSWORD: '${POSTGRES_PASSWORD}',
  });
  for (const { comment } of Object.values(settings)) expect(comment).toMatch(/^# \S/);
  expect(settings.DB_HOST.comment).toMatch(/containers.*service.*localhost/);
});

test('warns of its passwords, and the command that it shows makes a strong one [001-027] [001-063]', () => {
  const text = example.read('.env.example');
  expect(text).toMatch(/WARNING: everybody can read the passwords/);
  expect(text).toMatch(/Never commit \.env/);
  const commands = [...text.matchAll(/^# {3}((?:openssl|od) .+)$/gm)].map(([, command]) => command);
  expect(commands).toHaveLength(2);
  for (const command of commands) {
    const made = [0, 1].map(() => spawnSync('sh', ['-c', command], { encoding: 'utf8' }).stdout.trim());
    expect(made[0]).toMatch(/^[0-9a-f]{32,}$/);
    expect(made[0]).not.toBe(made[1]);
  }
});

// Story 1.2: PostgreSQL, Redis and FastAPI for AI agents, in a repository whose own folder is the backend.
import {
  ConnectionStyle, FastApiBackend, HealthCheckTiming, PostgresService, PythonInstaller, RedisCache, SourceLayout, StackProject, Storage,
} from 'projen-stack';

const project = new StackProject({
  name: 'ai-agents',
  devDeps: ['projen-stack'],
  stackProps: { composeFile: 'docker-compose.yml' },
});
const { stack } = project;

const patience: HealthCheckTiming = { interval: '10s', timeout: '5s', retries: 3 };

const postgres = new PostgresService(stack, 'postgres', {
  version: '17',
  userName: 'aiagents',
  databaseName: 'ai_agents',
  hostPort: 5433,
  storage: Storage.bind('./data/postgres'),
  healthTiming: patience,
});

const redis = new RedisCache(stack, 'redis', {
  version: '7',
  storage: Storage.bind('./data/redis'),
  healthTiming: patience,
});

new FastApiBackend(stack, 'api', {
  title: 'AI Agents',
  database: postgres,
  cache: redis,
  broker: redis,
  dir: '.',
  sourceLayout: SourceLayout.SRC,
  dockerfile: 'docker/backend.dockerfile',
  pythonVersion: '3.12',
  installer: PythonInstaller.PIP,
  buildPackages: ['gcc', 'python3-dev'],
  connectionStyle: ConnectionStyle.URL,
  envPrefix: 'AI_AGENTS_',
  healthTiming: patience,
});

project.synth();

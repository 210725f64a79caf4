import { FastApiBackend, PostgresService, RedisCache, StackProject, ViteFrontend } from 'projen-stack';

const project = new StackProject({ name: 'shop' });
const { stack } = project;

// Every setting has a name in .env: POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB, POSTGRES_PORT.
const postgres = new PostgresService(stack, 'postgres', { version: '17', parameters: { max_connections: '200' } });

// One server, two logical databases: what is cached never mixes with what is queued.
const redis = new RedisCache(stack, 'redis', { databases: { cache: 0, broker: 1 } });

// Its sample application is written into backend/ once, and is yours from then on.
const backend = new FastApiBackend(stack, 'backend', { database: postgres, cache: redis });

// So is that of the pages, in frontend/. They know one address: what is asked of /api is passed on to the backend.
new ViteFrontend(stack, 'frontend', { api: backend });

project.synth();

import { PostgresService, RedisCache, StackProject } from 'projen-stack';

const project = new StackProject({ name: 'shop' });
const { stack } = project;

// Every setting has a name in .env: POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB, POSTGRES_PORT.
new PostgresService(stack, 'postgres', { version: '17', parameters: { max_connections: '200' } });

// One server, two logical databases: what is cached never mixes with what is queued.
new RedisCache(stack, 'redis', { databases: { cache: 0, broker: 1 } });

project.synth();

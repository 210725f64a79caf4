// Story 1.3: PostgreSQL for developers, with everything that its review asked for.
import { PostgresService, StackProject, Value } from 'projen-stack';

const project = new StackProject({
  name: 'ai-interviewer',
  devDeps: ['projen-stack'],
  stackProps: { composeFile: 'docker-compose.yml' },
});

const postgres = new PostgresService(project.stack, 'postgres', {
  version: '15',
  userName: 'ai_interviewer_user',
  databaseName: 'ai_interviewer_db',
  containerName: 'ai-interviewer-postgres',
});

// For the backend that a later story brings: what it is told is written down now, and follows the settings of the server.
const forTheBackend = (name: string, description: string, defaultValue: Value, secret?: boolean) => (
  postgres.addVariable(name, { section: 'Database connection (for the backend)', description, defaultValue, secret })
);
forTheBackend('DB_HOST', 'Host for containers: the name of the service; on the host it is localhost', Value.literal('postgres'));
forTheBackend('DB_PORT', 'Port for containers; on the host it is POSTGRES_PORT', Value.literal('5432'));
forTheBackend('DB_NAME', 'Name of the database', Value.of(postgres.databaseVariable));
forTheBackend('DB_USER', 'User of the database', Value.of(postgres.userVariable));
forTheBackend('DB_PASSWORD', 'Password of that user', Value.of(postgres.passwordVariable), true);

project.synth();

// Story 1.6: PostgreSQL, FastAPI and React, developed in containers.
import { FastApiBackend, PostgresService, StackProject, ViteFrontend } from 'projen-stack';

const project = new StackProject({
  name: 'ai-interviewer',
  devDeps: ['projen-stack'],
  stackProps: {
    composeFile: 'docker-compose.yml',
    envTemplates: ['.env.docker'],
    networks: [{ name: 'app-network', driver: 'bridge' }],
  },
});
const { stack } = project;

const postgres = new PostgresService(stack, 'postgres', {
  version: '15',
  userName: 'ai_interviewer_user',
  databaseName: 'ai_interviewer_db',
  containerName: 'ai-interviewer-postgres',
});

const backend = new FastApiBackend(stack, 'backend', {
  title: 'AI Interviewer',
  database: postgres,
  pythonVersion: '3.11',
  readOnlySources: true,
  mountedFiles: ['alembic.ini'],
  containerName: 'ai-interviewer-backend',
});

new ViteFrontend(stack, 'frontend', {
  api: backend,
  appTitle: 'AI Interviewer',
  developmentDockerfile: 'frontend/Dockerfile.dev',
  readOnlySources: true,
  mountedFiles: ['index.html', 'vite.config.ts'],
  // The story asks for polling. Native events need none of it where the sources lie on this machine.
  polling: true,
  containerName: 'ai-interviewer-frontend',
});

project.synth();

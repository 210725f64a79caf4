// The Docker infrastructure specification of EmotionVisualizer: a database, an API for a mobile app, and a look into the database.
import { SampleFile } from 'projen';
import {
  Adminer, ConnectionStyle, FastApiBackend, PostgresService, PythonInstaller, SecretFormat, StackProject, Storage, Value, VariableOptions,
} from 'projen-stack';

const project = new StackProject({
  name: 'emotionvisualizer',
  devDeps: ['projen-stack'],
  stackProps: {
    composeFile: 'docker-compose.yml',
    productionComposeFile: 'compose.prod.yml',
    networks: [{ name: 'emotionviz-network', driver: 'bridge', fixedName: 'emotionviz-network' }],
  },
});
const { stack } = project;

/** Keys that others issue: what needs one is off without it. */
const external: VariableOptions = { section: 'External services', secret: true, secretFormat: SecretFormat.GIVEN, required: false };

const db = new PostgresService(stack, 'db', {
  description: 'Database',
  version: '15',
  userName: 'emotionviz',
  databaseName: 'emotionviz_db',
  storage: Storage.bind('./data/postgres'),
  initScripts: './backend/init-scripts',
  containerName: 'emotionvisualizer-db',
});

// Runs once, when the data is initialised; from then on it is the team's.
new SampleFile(project, 'backend/init-scripts/10-extensions.sql', { contents: 'CREATE EXTENSION IF NOT EXISTS pg_trgm;\n' });

new FastApiBackend(stack, 'api', {
  description: 'API',
  title: 'EmotionVisualizer',
  database: db,
  pythonVersion: '3.11',
  installer: PythonInstaller.PIP,
  connectionStyle: ConnectionStyle.URL,
  readOnlySources: true,
  logDirectory: 'data/logs',
  variables: {
    GEMINI_API_KEY: { ...external, description: 'Key of the Gemini API' },
    NANOBANANA_API_KEY: { ...external, description: 'Key of the Nano Banana API' },
    JWT_SECRET_KEY: { section: 'Security', description: 'Signs the tokens of the API', secret: true },
    JWT_ALGORITHM: { section: 'Security', description: 'How tokens are signed', defaultValue: Value.literal('HS256') },
    ACCESS_TOKEN_EXPIRE_MINUTES: { section: 'Security', description: 'How long a token is valid, in minutes', defaultValue: Value.literal('60') },
  },
  corsOrigins: ['http://localhost:*', 'capacitor://localhost', 'ionic://localhost'],
  healthTiming: { interval: '30s', timeout: '10s', retries: 3, startPeriod: '40s' },
  resources: { cpus: 2, memory: '2G', reservedCpus: 0.5, reservedMemory: '512M' },
  logging: { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '3' } },
  containerName: 'emotionvisualizer-api',
  production: { workers: 4 },
});

new Adminer(stack, 'adminer', { database: db, design: 'nette', containerName: 'emotionvisualizer-adminer' });

project.synth();

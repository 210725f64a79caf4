/** A construct that has a page of its own, and the smallest definition that shows it. */
export interface Page {
  /** The class. */
  readonly className: string;
  /** What is there already: lines that the page does not show. */
  readonly given?: string;
  /** What the page shows. */
  readonly definition: string;
  /** The name of the service whose part of the files is shown. */
  readonly serviceName: string;
}

const API = [
  "const api = new Service(stack, 'api', {",
  "  image: 'ghcr.io/acme/api:1.4.0',",
  "  ports: [{ name: 'http', port: 8000 }],",
  "  healthCheck: HealthCheck.http('/health'),",
  '});',
].join('\n');
const POSTGRES = "const postgres = new PostgresService(stack, 'postgres', { version: '17' });";
const REDIS = "const redis = new RedisCache(stack, 'redis');";
const BACKEND = `${POSTGRES}\n${REDIS}\nconst backend = new FastApiBackend(stack, 'backend', { database: postgres, broker: redis });`;

/** In the order in which a stack usually has them. */
export const PAGES: readonly Page[] = [
  { className: 'PostgresService', serviceName: 'postgres', definition: POSTGRES },
  {
    className: 'ExternalPostgres',
    serviceName: 'api',
    definition: `const warehouse = new ExternalPostgres(stack, 'warehouse');\n${API}\napi.connect(warehouse);`,
  },
  { className: 'RedisCache', serviceName: 'redis', definition: "new RedisCache(stack, 'redis', { maxMemory: '256M', databases: { cache: 0, broker: 1 } });" },
  {
    className: 'ExternalRedis',
    serviceName: 'api',
    definition: `const cache = new ExternalRedis(stack, 'cache');\n${API}\napi.connect(cache, { style: ConnectionStyle.URL });`,
  },
  {
    className: 'FastApiBackend',
    serviceName: 'backend',
    given: `${POSTGRES}\n${REDIS}`,
    definition: "new FastApiBackend(stack, 'backend', { database: postgres, cache: redis });",
  },
  { className: 'CeleryWorker', serviceName: 'worker', given: BACKEND, definition: "new CeleryWorker(stack, 'worker', { backend, concurrency: 4 });" },
  { className: 'CeleryBeat', serviceName: 'beat', given: BACKEND, definition: "new CeleryBeat(stack, 'beat', { backend });" },
  { className: 'Flower', serviceName: 'flower', given: BACKEND, definition: "new Flower(stack, 'flower', { backend });" },
  { className: 'ViteFrontend', serviceName: 'frontend', given: BACKEND, definition: "new ViteFrontend(stack, 'frontend', { api: backend });" },
  { className: 'Adminer', serviceName: 'adminer', given: POSTGRES, definition: "new Adminer(stack, 'adminer', { database: postgres, design: 'nette' });" },
  {
    className: 'Service',
    serviceName: 'mail',
    definition: [
      "new Service(stack, 'mail', {",
      "  description: 'Catches what is sent',",
      "  image: 'axllent/mailpit:v1.27',",
      "  ports: [{ name: 'http', port: 8025 }, { name: 'smtp', port: 1025 }],",
      "  healthCheck: HealthCheck.http('/readyz', { port: 'http' }),",
      '  modes: [Mode.DEVELOPMENT],',
      '});',
    ].join('\n'),
  },
];

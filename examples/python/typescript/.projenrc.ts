// What ../.projenrc.py says, in TypeScript: e2e/python.test.mjs compares what both give, to the byte.
import { Construct } from 'constructs';
import { Project, python } from 'projen';
import {
  Endpoint, FastApiBackend, HealthCheck, Mode, PostgresService, RedisCache, Service, ServiceSettings, SmokeCheck, Stack, Value, ViteFrontend,
} from 'projen-stack';

class Mailpit extends Service {
  constructor(scope: Construct, id: string, settings: ServiceSettings = {}) {
    super(scope, id, {
      description: 'Mail',
      image: 'axllent/mailpit:v1.27',
      modes: [Mode.DEVELOPMENT],
      ports: [{ name: 'http', port: 8025 }, { name: 'smtp', port: 1025, urlScheme: 'smtp' }],
      healthCheck: HealthCheck.http('/livez', { port: 'http' }),
    });
    const kept = this.addVariable('MAIL_KEPT', { description: 'How many mails are kept', defaultValue: Value.literal('500') });
    this.addEnvironment('MP_MAX_MESSAGES', Value.of(kept));
    this.addSettings(settings);
  }

  public get smtp(): Endpoint {
    return this.endpoint('smtp');
  }

  public smokeChecks(): SmokeCheck[] {
    return [...super.smokeChecks(), SmokeCheck.http('lists its mails', { port: 'http', path: '/api/v1/messages', expect: '"total"' })];
  }
}

const project = new Project({ name: 'shop' });
new python.Projenrc(project);
project.addGitIgnore('/.venv/');

const stack = new Stack(project);
const postgres = new PostgresService(stack, 'postgres', { version: '17', databases: ['reports'] });
const redis = new RedisCache(stack, 'redis', { maxMemory: '128M' });
const backend = new FastApiBackend(stack, 'backend', {
  title: 'Shop',
  database: postgres,
  cache: redis,
  resources: { cpus: 1, memory: '512M' },
});
new ViteFrontend(stack, 'frontend', { api: backend, appTitle: 'Shop' });

const mail = new Mailpit(stack, 'mail', { labels: { owner: 'checkout' } });
backend.addEnvironment('SMTP_URL', mail.smtp.internalUrl, Mode.DEVELOPMENT);
mail.addOverrides({ compose: { oom_score_adj: 500 } });

project.synth();

import { Project } from 'projen';
import type * as Library from '../../../src';

/** A stack as the first version had it. */
export function define({ Mount, PostgresService, RedisCache, Service, Stack, Storage, Value }: typeof Library, outdir: string): Project {
  const project = new Project({ name: 'shop', outdir });
  const stack = new Stack(project, 'stack', { envTemplates: ['.env.docker'] });
  const postgres = new PostgresService(stack, 'postgres', { version: '17', databases: ['audit'], storage: Storage.bind('./data/postgres') });
  const redis = new RedisCache(stack, 'redis', { production: { maxMemory: '1G', resources: { memory: '1536M' } } });
  const api = new Service(stack, 'api', {
    image: 'acme/api:1.4.2',
    ports: [{ name: 'http', port: 8000 }],
    mounts: [Mount.config('settings', '/etc/api.toml', 'level = "info"\n')],
    environment: { GREETING: Value.literal('costs $5') },
  });
  api.connect(postgres);
  api.connect(redis);
  stack.accept('PS022', { because: 'its host looks after it' });
  return project;
}

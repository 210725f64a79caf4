import { Definition, service } from './case';
import { Mount } from '../../../src/model/mount';
import { Service } from '../../../src/model/service';
import { Value } from '../../../src/model/value';
import { ExternalPostgres } from '../../../src/services/postgres/external-postgres';
import { PostgresService } from '../../../src/services/postgres/postgres-service';
import { RedisCache } from '../../../src/services/redis/redis-cache';

/** A definition that a rule refuses which is not asked with the others: what a service knows of itself, or of a document. */
export interface ElsewhereCase extends Definition {
  readonly ruleId: string;
}

export const ELSEWHERE: ElsewhereCase[] = [
  { ruleId: 'PS031', name: 'stale', define: (stack) => { stack.accept('PS016', { because: 'it retries' }); } },
  { ruleId: 'PS032', name: 'no reason', define: (stack) => { stack.accept('PS014', { because: '' }); } },
  {
    ruleId: 'PS040',
    name: 'a URL in parts',
    define: (stack) => { service(stack, 'api').connect(new ExternalPostgres(stack, 'db', { urlVariable: 'DATABASE_URL' })); },
  },
  { ruleId: 'PS041', name: 'a property that is none', define: (stack) => { new Service(stack, 'api', { image: 'app:1', comand: [] } as object); } },
  { ruleId: 'PS050', name: 'an unknown key', define: (stack) => { service(stack, 'api', { overrides: { compose: { imagee: 'app:2' } } }); } },
  { ruleId: 'PS051', name: 'a network that is not there', define: (stack) => { service(stack, 'api', { overrides: { compose: { networks: ['back'] } } }); } },
  { ruleId: 'PS052', name: 'a volume for nobody', props: { overrides: { compose: { volumes: { data: {} } } } }, define: (stack) => { service(stack, 'api'); } },
  {
    ruleId: 'PS062',
    name: 'the file that people fill in',
    props: { envTemplates: ['.env'] },
    define: (stack) => { const api = service(stack, 'api'); api.addEnvironment('KEY', Value.of(api.addSecret('KEY'))); },
  },
  {
    ruleId: 'PS100',
    name: 'two servers with one prefix',
    define: (stack) => { for (const id of ['db', 'db2']) new PostgresService(stack, id, { version: '17', variablePrefix: 'POSTGRES' }); },
  },
  { ruleId: 'PS101', name: 'a version', define: (stack) => { new PostgresService(stack, 'postgres', { version: '9' }); } },
  {
    ruleId: 'PS102',
    name: 'the path of another major',
    define: (stack) => { new PostgresService(stack, 'postgres', { version: '18' }).addMount(Mount.volume('data', '/var/lib/postgresql/data')); },
  },
  { ruleId: 'PS103', name: 'a parameter', define: (stack) => { new PostgresService(stack, 'postgres', { version: '17', parameters: { 'max connections': '9' } }); } },
  { ruleId: 'PS110', name: 'a database', define: (stack) => { new RedisCache(stack, 'redis', { databases: { cache: 16 } }); } },
  { ruleId: 'PS111', name: 'memory', define: (stack) => { new RedisCache(stack, 'redis', { maxMemory: '1 GiB' }); } },
];

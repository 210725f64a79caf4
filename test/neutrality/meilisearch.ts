import { Construct } from 'constructs';
import { HealthCheck, Mount, Service, ServiceProps, Value, Variable } from '../../src';

/** The properties of the search engine. */
export interface MeilisearchProps extends ServiceProps {
  /** @default "1.24" */
  readonly version?: string;
}

/** A service that lives in the tests only, as somebody else's package would have it. */
export class MeilisearchService extends Service {
  public readonly key: Variable;

  constructor(scope: Construct, id: string, props: MeilisearchProps = {}) {
    const { version = '1.24', ...settings } = props;
    super(scope, id, Service.merge({
      description: 'Search engine',
      image: `getmeili/meilisearch:v${version}`,
      ports: [{ name: 'http', port: 7700 }],
      mounts: [Mount.volume('data', '/meili_data')],
      healthCheck: HealthCheck.http('/health', { port: 'http' }),
    }, settings));
    this.key = this.addSecret('MEILI_MASTER_KEY', { description: 'Master key of the search engine' });
    this.addEnvironment('MEILI_MASTER_KEY', Value.of(this.key));
    this.addTask({ taskName: `${id}:stats`, description: 'Show what is indexed', command: ['curl', 'localhost:7700/stats'] });
  }

  public get url(): Value { return this.endpoint('http').internalUrl; }
}

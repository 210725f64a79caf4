import { Construct, RootConstruct } from 'constructs';
import { StackElement } from '../../../src/model/element';
import { markAsStack } from '../../../src/model/group';
import { Mode } from '../../../src/model/mode';
import { Mount } from '../../../src/model/mount';
import { Service } from '../../../src/model/service';
import { StackModel } from '../../../src/model/stack-model';
import { Value } from '../../../src/model/value';
import { SecretFormat, Variable } from '../../../src/model/variable';

/** What a test says of a stack beyond its services. */
export interface Extras {
  readonly stackName?: string;
  readonly taskPrefix?: string;
  readonly envTemplates?: string[];
  readonly overrides?: StackModel['overrides'];
}

/** The model of a stack that has nothing but what `define` puts into it: no project, no other target. */
export function modelOf(define: (scope: Construct) => void, extras: Extras = {}): StackModel {
  const scope = new Construct(new RootConstruct('project'), extras.taskPrefix ?? 'stack');
  markAsStack(scope, () => '', () => ({}));
  define(scope);
  const elements = StackElement.elementsOf(scope);
  const byName = new Map<string, Variable>();
  for (const variable of elements.flatMap((element) => element.variables()).flatMap((each) => each.withReferences)) {
    if (!byName.has(variable.variableName)) byName.set(variable.variableName, variable);
  }
  return {
    stackName: 'shop',
    taskPrefix: 'stack',
    taskCommand: 'npx projen',
    ejected: false,
    envTemplates: [],
    overrides: { [Mode.DEVELOPMENT]: {}, [Mode.PRODUCTION]: {} },
    ...extras,
    path: 'project/stack',
    directory: '',
    services: Service.servicesOf(scope),
    elements,
    networks: [],
    variables: [...byName.values()],
    targetNames: ['env'],
  };
}

/** A service that reads the given variables from its environment. */
export function serviceWith(scope: Construct, id: string, variables: Variable[], description?: string): Service {
  const environment = Object.fromEntries(variables.map((variable) => [variable.variableName, Value.of(variable)]));
  return new Service(scope, id, { image: 'busybox:1', description, environment });
}

/** One of everything: a database with data, a cache, a consumer of both, and settings of every kind. */
export function richStack(scope: Construct, { storage }: { readonly storage?: Mount } = {}): void {
  const consumer = new Service(scope, 'backend', {
    image: 'backend:1', description: 'The API', ports: [{ name: 'http', port: 8000, publish: [Mode.DEVELOPMENT, Mode.PRODUCTION] }],
  });

  const data = Mount.volume('data', '/var/lib/postgresql/data');
  const database = new Service(scope, 'postgres', {
    image: 'postgres:17-alpine', description: 'PostgreSQL', ports: [{ name: 'sql', port: 5432 }], mounts: [storage ?? data],
  });
  const user = database.addVariable('POSTGRES_USER', { description: 'User of the database', defaultValue: Value.literal('app'), storedIn: data });
  const password = database.addSecret('POSTGRES_PASSWORD', {
    description: 'Password of the database user',
    defaultValue: Value.literal('app_dev'),
    storedIn: data,
    howToChange: "docker compose exec postgres psql -U app -c '\\password app'",
  });
  database.addEnvironment('POSTGRES_USER', Value.of(user));
  database.addEnvironment('POSTGRES_PASSWORD', Value.of(password));

  const greeting = consumer.addVariable('GREETING', { description: 'What is said first', defaultValue: Value.literal("it's $5 #1 ü") });
  const mailKey = consumer.addSecret('MAIL_API_KEY', { description: 'Key that the mail provider issues', secretFormat: SecretFormat.GIVEN });
  const proxy = consumer.addVariable('HTTP_PROXY_URL', { description: 'Proxy for calls to the outside', required: false });
  const origin = consumer.addVariable('PUBLIC_ORIGIN', { description: 'Address at which browsers reach the application' });
  const session = consumer.addSecret('SESSION_KEY');
  const url = new Variable('DATABASE_URL', {
    description: 'URL of the database for containers',
    secret: true,
    secretFormat: SecretFormat.GIVEN,
    defaultValue: Value.concat(
      Value.literal('postgresql://'), Value.of(user), Value.literal(':'), Value.of(password), Value.literal('@postgres:5432/app?a=1&b=2'),
    ),
  });
  for (const variable of [greeting, mailKey, proxy, origin, session, url]) consumer.addEnvironment(variable.variableName, Value.of(variable));
}

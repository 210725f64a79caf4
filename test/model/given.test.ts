import {
  Adminer, CeleryWorker, ComposeTarget, FastApiBackend, HealthCheck, KubernetesTarget, Mount, PostgresService, ReadmeTarget, RedisCache,
  ScriptsTarget, Service, ServiceProps, SmokeCheck, Stack, StackCommand, Target, TargetOutput, Value, Variable, WorkflowTarget,
} from '../../src';
import { understood } from '../../src/model/given';
import { lines, messageOf, newStack } from '../support/stack';

/** What a definition in JavaScript can say, whatever the types. */
const untyped = (props: unknown) => props as any;

function found(define: (stack: Stack) => void, props: object = {}): string[] {
  const stack = newStack(props);
  define(stack);
  return stack.findings().flatMap((finding) => lines([finding], finding.rule.ruleId));
}

const misspelt = (define: (stack: Stack) => void, props?: object) => found(define, props).filter((line) => line.includes(' PS041 '));

const FILE = '(test/model/given.test.ts:LINE):';

test('a misspelt option of a target is refused, at any depth', () => {
  expect(misspelt((stack) => {
    new Service(stack, 'api', { image: 'app:1', healthCheck: HealthCheck.none(), resources: { memory: '64M' } });
    stack.addTarget(new KubernetesTarget(untyped({
      namespce: 'x',
      environments: { production: { replcas: {} } },
      services: { postgres: { storageSze: '1Gi', autoscaling: { maxReplicas: 2, minReplica: 1 } } },
      backups: { schedul: '0 3 * * *' },
    })));
    stack.addTarget(new WorkflowTarget(untyped({ defintion: {}, definition: { installCommands: [], nodeVersoin: '24' } })));
    stack.addTarget(new ComposeTarget(untyped({ fil: 'x.yaml' })));
    stack.addTarget(new ScriptsTarget(untyped({ prodFile: 'x.yaml' })));
    stack.addTarget(new ReadmeTarget(untyped({ section: [] })));
  })).toEqual([
    `error PS041 at shop/stack ${FILE} "namespce" is no property of KubernetesTargetOptions. Did you mean "namespace"?`,
    `error PS041 at shop/stack ${FILE} "environments.production.replcas" is no property of KubernetesEnvironment. Did you mean "replicas"?`,
    `error PS041 at shop/stack ${FILE} "services.postgres.storageSze" is no property of KubernetesServiceOptions. Did you mean "storageSize"?`,
    `error PS041 at shop/stack ${FILE} "services.postgres.autoscaling.minReplica" is no property of KubernetesAutoscaling. Did you mean "minReplicas"?`,
    `error PS041 at shop/stack ${FILE} "backups.schedul" is no property of KubernetesBackups. Did you mean "schedule"?`,
    `error PS041 at shop/stack ${FILE} "defintion" is no property of WorkflowTargetOptions. Did you mean "definition"?`,
    `error PS041 at shop/stack ${FILE} "definition.nodeVersoin" is no property of DefinitionRun. Did you mean "nodeVersion"?`,
    `error PS041 at shop/stack ${FILE} "fil" is no property of ComposeTargetOptions. Did you mean "file"?`,
    `error PS041 at shop/stack ${FILE} "prodFile" is no property of ScriptsTargetOptions. Write "file" or "productionFile".`,
    `error PS041 at shop/stack ${FILE} "section" is no property of ReadmeTargetOptions. Did you mean "sections"?`,
  ]);
});

test('so is one of what stands in a service, and of the stack', () => {
  expect(misspelt((stack) => {
    const api = new Service(stack, 'api', {
      image: 'app:1',
      healthCheck: HealthCheck.http('/', untyped({ timing: { timout: '3s' } })).withTiming(untyped({ retrys: 2 })),
      ports: [untyped({ name: 'http', port: 80, hostport: 81 })],
      mounts: [Mount.volume('data', '/data', untyped({ readonly: true }))],
      environment: { KEY: Value.of(new Variable('KEY', untyped({ secrte: true }))) },
      production: { resources: untyped({ memroy: '64M' }) },
    });
    api.addSmokeCheck(SmokeCheck.exec('works', untyped({ command: ['true'], expected: 'x' })));
    api.addTrouble({ symptom: 'a', cause: 'b', fix: 'c', checks: [StackCommand.logs('', api, untyped({ afreshh: true }))] });
    stack.accept('PS022', untyped({ att: 'api', because: 'x' }));
  }, untyped({ directry: 'deploy', readme: { fille: 'x' } }))).toEqual([
    'error PS041 at shop/stack (test/support/stack.ts:LINE): "directry" is no property of StackProps. Did you mean "directory"?',
    'error PS041 at shop/stack (test/support/stack.ts:LINE): "readme.fille" is no property of ReadmeOptions. Did you mean "file"?',
    `error PS041 at shop/stack ${FILE} "att" is no property of AcceptOptions. Did you mean "at"?`,
    `error PS041 at shop/stack/api ${FILE} "ports[0].hostport" is no property of PortSpec. Did you mean "hostPort"?`,
    `error PS041 at shop/stack/api ${FILE} "production.resources.memroy" is no property of Resources. Did you mean "memory"?`,
    `error PS041 at shop/stack/api ${FILE} "expected" is no property of ExecSmokeCheckOptions. Did you mean "expect"?`,
    `error PS041 at shop/stack/api ${FILE} "afreshh" is no property of StackCommandOptions. Did you mean "afresh"?`,
    `error PS041 at shop/stack/api ${FILE} "timing.timout" is no property of HealthCheckTiming. Did you mean "timeout"?`,
    `error PS041 at shop/stack/api ${FILE} "retrys" is no property of HealthCheckTiming. Did you mean "retries"?`,
    `error PS041 at shop/stack/api ${FILE} "readonly" is no property of VolumeMountOptions. Did you mean "readOnly"?`,
    `error PS041 at shop/stack/api ${FILE} "secrte" is no property of VariableOptions. Did you mean "secret"?`,
  ]);
});

test('a value of another kind is refused, with what to write instead, and nothing else is asked', () => {
  expect(found((stack) => {
    new PostgresService(stack, 'postgres', untyped({ version: 17, databases: 'reports', parameters: ['work_mem=8MB'] }));
    new FastApiBackend(stack, 'backend', untyped({ workers: '4', reload: 'yes', environment: { KEY: 'x' }, corsOrigins: 'https://a', database: 'postgres', restart: 'sometimes' }));
    new Service(stack, 'api', untyped({ image: ['app:1'], command: 'npm start', ports: 80, mounts: ['./a:/a'], healthCheck: '/health', comand: [], production: { capDrop: 'ALL' } }));
    stack.addTarget(new WorkflowTarget(untyped({ definition: { installCommands: 'npm ci' } })));
    stack.addTarget(new KubernetesTarget(untyped({ environments: ['production'], namespace: null, tag: 1.4 })));
  })).toEqual([
    `error PS042 at shop/stack ${FILE} "definition.installCommands" is a text, where a list of texts is wanted. Write: installCommands: ['…'].`,
    `error PS042 at shop/stack ${FILE} "environments" is a list, where a map of maps (KubernetesEnvironment) is wanted. Write: environments: { '…': { namespace: '…' } }.`,
    `error PS042 at shop/stack ${FILE} "namespace" is null, where a text is wanted. Write: namespace: '…'.`,
    `error PS042 at shop/stack ${FILE} "tag" is 1.4, where a text is wanted. Write: tag: '1.4'.`,
    `error PS042 at shop/stack/postgres ${FILE} "version" is 17, where a text is wanted. Write: version: '17'.`,
    `error PS042 at shop/stack/postgres ${FILE} "databases" is a text, where a list of texts is wanted. Write: databases: ['…'].`,
    `error PS042 at shop/stack/postgres ${FILE} "parameters" is a list, where a map of texts is wanted. Write: parameters: { '…': '…' }.`,
    `error PS042 at shop/stack/backend ${FILE} "workers" is a text, where a number is wanted. Write: workers: 4.`,
    `error PS042 at shop/stack/backend ${FILE} "reload" is a text, where true or false is wanted. Write: reload: true.`,
    `error PS042 at shop/stack/backend ${FILE} "environment.KEY" is a text, where a Value is wanted. Write: KEY: Value.literal('…').`,
    `error PS042 at shop/stack/backend ${FILE} "corsOrigins" is a text, where a list of texts is wanted. Write: corsOrigins: ['…'].`,
    `error PS042 at shop/stack/backend ${FILE} "database" is a text, where an IDatabase is wanted. Write: database: … (an IDatabase).`,
    `error PS042 at shop/stack/backend ${FILE} "restart" is "sometimes", where one of RestartPolicy is wanted. Write one of: RestartPolicy.NO, RestartPolicy.ALWAYS, RestartPolicy.ON_FAILURE, RestartPolicy.UNLESS_STOPPED.`,
    `error PS042 at shop/stack/api ${FILE} "image" is a list, where a text is wanted. Write: image: '…'.`,
    `error PS042 at shop/stack/api ${FILE} "command" is a text, where a list of objects of Value is wanted. Write: command: Value.literals('…').`,
    `error PS042 at shop/stack/api ${FILE} "ports" is 80, where a list of maps (PortSpec) is wanted. Write: ports: [{ name: '…' }].`,
    `error PS042 at shop/stack/api ${FILE} "mounts[0]" is a text, where a Mount is wanted. Write: mounts: [Mount.volume('data', '/data')].`,
    `error PS042 at shop/stack/api ${FILE} "healthCheck" is a text, where a HealthCheck is wanted. Write: healthCheck: HealthCheck.http('/health').`,
    `error PS042 at shop/stack/api ${FILE} "production.capDrop" is a text, where a list of texts is wanted. Write: capDrop: ['…'].`,
  ]);
});

test('what a construct cannot be made without is an error at once, with the path that it would have', () => {
  const stack = newStack();
  expect(messageOf(() => new Adminer(stack, 'adminer', untyped({ database: 'postgres' })))).toBe(
    `error PS042 at shop/stack/adminer ${FILE} "database" is a text, where an IDatabase is wanted. Write: database: … (an IDatabase).`,
  );
  expect(messageOf(() => new CeleryWorker(stack, 'worker', untyped({ queues: 'mail' })))).toBe([
    `error PS042 at shop/stack/worker ${FILE} "backend" is missing. Write: backend: … (a FastApiBackend).`,
    `error PS042 at shop/stack/worker ${FILE} "queues" is a text, where a list of texts is wanted. Write: queues: ['…'].`,
  ].join('\n'));
});

test('a wrong kind cannot be accepted, and no other acceptance is called stale for it', () => {
  expect(found((stack) => {
    new RedisCache(stack, 'redis', untyped({ maxMemory: 256 }));
    stack.accept('PS042', { because: 'I know better' });
    stack.accept('PS022', { because: 'it is measured elsewhere' });
  })).toEqual([`error PS042 at shop/stack/redis ${FILE} "maxMemory" is 256, where a text is wanted. Write: maxMemory: '256'.`]);
});

test('a misspelling can be accepted', () => {
  expect(found((stack) => {
    stack.addTarget(new KubernetesTarget(untyped({ namespce: 'x' })));
    stack.accept('PS041', { because: 'another version knows it' });
  })).toEqual([]);
});

test('classes of others may have options of their own', () => {
  class Own extends KubernetesTarget {}
  class OwnTarget extends Target {
    constructor(public readonly flavour: string) { super('own'); }

    public render(): TargetOutput {
      return { files: [] };
    }
  }
  class OwnService extends Service {
    constructor(stack: Stack, props: ServiceProps & { readonly flavour: string }) {
      super(stack, 'own', Service.merge({ image: 'app:1', modes: [] }, props));
    }
  }
  expect(found((stack) => {
    stack.addTarget(new Own(untyped({ flavour: 'x' })));
    stack.addTarget(new OwnTarget('x'));
    new OwnService(stack, { flavour: 'x', healthCheck: HealthCheck.none() });
  }).filter((line) => /PS04[12]/.test(line))).toEqual([]);
});

test('each is said once, for the construct that comes first', () => {
  const variable = new Variable('KEY', untyped({ descripton: 'x' }));
  expect(found((stack) => {
    for (const id of ['one', 'two']) new Service(stack, id, { image: 'app:1', environment: { KEY: Value.of(variable) } });
  }).filter((line) => line.includes('PS041'))).toEqual([
    `error PS041 at shop/stack/one ${FILE} "descripton" is no property of VariableOptions. Did you mean "description"?`,
  ]);
});

test('what is understood is handed on as it is, without a copy', () => {
  const options = { environments: { production: { hosts: { api: 'example.com' } } }, namespace: undefined };
  expect(understood('KubernetesTargetOptions', options)).toBe(options);
});

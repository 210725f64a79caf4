import { Construct } from 'constructs';
import { Project } from 'projen';
import {
  Adminer, CeleryBeat, CeleryWorker, ComposeTarget, Connection, Dockerfile, ExternalPostgres, ExternalRedis, FastApiBackend, Flower, HealthCheck,
  KubernetesTarget, Mount, PostgresService, ReadmeTarget, RedisCache, SampleReplacement, SampleTree, ScriptsTarget, Service, SmokeCheck, Stack,
  StackCommand, StackProject, StackTesting, TextFile, Value, Variable, ViteFrontend, WorkflowTarget,
} from '../../src';
import { formatFinding } from '../../src/model/finding';
import { PROPERTIES } from '../../src/model/properties';
import { tempFolder } from '../support/synth';

const project = new Project({ name: 'shop', outdir: tempFolder() });
let count = 0;

/** Gives properties to something below a scope, or to the stack itself. */
type Entry = (scope: Construct, options: any, stack: Stack) => void;

const inService = (make: (service: Service, options: any) => void): Entry => (scope, options) => make(new Service(scope, 'api', { image: 'app:1' }), options);
const checked = (make: (options: any) => HealthCheck): Entry => (scope, options) => { new Service(scope, 'api', { image: 'app:1', healthCheck: make(options) }); };
const mounted = (make: (options: any) => Mount): Entry => inService((service, options) => service.addMount(make(options)));
const proven = (make: (options: any) => SmokeCheck): Entry => inService((service, options) => service.addSmokeCheck(make(options).forMode('production' as any)));
const targeted = (make: (options: any) => any): Entry => (_scope, options, stack) => stack.addTarget(make(options));
const staged = (say: (stage: any, options: any) => void): Entry => (scope, options) => (
  say(new Dockerfile(scope, 'file', { file: 'app/Dockerfile' }).addStage('production', { base: 'node:24' }), options)
);
const backendOf = (scope: Construct) => new FastApiBackend(scope, 'backend', { broker: new RedisCache(scope, 'redis') });
const replaced = (replacement: SampleReplacement): Entry => (scope) => { new SampleTree(scope, 'sample', { parts: [], replacements: [replacement] }); };

/** Every way by which a definition gives properties, by the interface that they are of. */
const ENTRIES: { readonly [type: string]: Entry | readonly Entry[] } = {
  StackProps: (_scope, options) => { new Stack(project, `s${count += 1}`, options); },
  AcceptOptions: (_scope, options, stack) => stack.accept('PS022', options),
  NetworkSpec: (_scope, options, stack) => stack.addNetwork(options),
  ServiceProps: (scope, options) => { new Service(scope, 'api', options); },
  ServiceSettings: inService((service, options) => service.addSettings(options)),
  PortSpec: inService((service, options) => service.addPort(options)),
  ServiceTask: inService((service, options) => service.addTask(options)),
  ServiceConnection: inService((service, options) => service.addConnection(options)),
  ConnectOptions: inService((service, options) => service.connect(new ExternalPostgres(service, 'db'), options)),
  ConnectionFields: inService((service, options) => service.connect({ connection: () => new Connection(options) })),
  Guide: inService((service, options) => service.addGuide(options)),
  Trouble: inService((service, options) => service.addTrouble(options)),
  VariableOptions: [
    inService((service, options) => { service.addVariable('A', options); }),
    inService((service, options) => { service.addSecret('A', options); }),
    inService((service, options) => service.addEnvironment('A', Value.of(new Variable('A', options)))),
  ],
  PortHealthCheckOptions: [checked((options) => HealthCheck.http('/', options)), checked((options) => HealthCheck.tcp(options).withLiveness(HealthCheck.tcp()))],
  HealthCheckTiming: [
    checked((options) => HealthCheck.exec(['true'], options)),
    checked((options) => HealthCheck.shell('true', options)),
    checked((options) => HealthCheck.tcp().withTiming(options).withTiming({})),
    checked((options) => HealthCheck.tcp().withLiveness(HealthCheck.tcp({ timing: options }))),
  ],
  VolumeMountOptions: mounted((options) => Mount.volume('data', '/data', options)),
  BindMountOptions: mounted((options) => Mount.bind('./data', '/data', options)),
  TmpfsMountOptions: mounted((options) => Mount.tmpfs('/data', options)),
  HttpSmokeCheckOptions: proven((options) => SmokeCheck.http('works', options)),
  TcpSmokeCheckOptions: proven((options) => SmokeCheck.tcp('works', options)),
  ExecSmokeCheckOptions: proven((options) => SmokeCheck.exec('works', options)),
  PersistenceSmokeCheckOptions: proven((options) => SmokeCheck.persistence('works', options)),
  ReloadSmokeCheckOptions: proven((options) => SmokeCheck.reload('works', options)),
  StackCommandOptions: [
    inService((service, options) => service.addGuide({ topic: 'database' as any, commands: [StackCommand.exec('', service, ['true'], options)] })),
    inService((service, options) => service.addTrouble({ symptom: '', cause: '', fix: '', checks: [StackCommand.host('', 'true', options)] } as any)),
  ],
  TextFileProps: (scope, options) => { new TextFile(scope, 'text', options); },
  DockerfileProps: (scope, options) => { new Dockerfile(scope, 'file', options); },
  StageOptions: (scope, options) => { new Dockerfile(scope, 'file', { file: 'app/Dockerfile' }).addStage('production', options); },
  BuildArgumentOptions: staged((stage, options) => stage.addArgument('A', '1', options)),
  BuildEnvironmentOptions: staged((stage, options) => stage.addEnvironment('A', '1', options)),
  RunOptions: staged((stage, options) => stage.run('true', options)),
  CopyOptions: staged((stage, options) => stage.copy(['a'], 'b', options)),
  InstructionOptions: staged((stage, options) => stage.instruction('RUN true', options)),
  SampleTreeProps: (scope, options) => { new SampleTree(scope, 'sample', options); },
  SamplePart: (scope, options) => new SampleTree(scope, 'sample', { parts: [] }).addPart(options),
  FolderRenameOptions: (scope, options, stack) => replaced(SampleReplacement.renameFolder('a', 'b', options))(scope, {}, stack),
  TextReplacementOptions: (scope, options, stack) => replaced(SampleReplacement.text('a', 'b', options))(scope, {}, stack),
  AdminerProps: (scope, options) => { new Adminer(scope, 'adminer', { database: new ExternalPostgres(scope, 'db'), ...options }); },
  CeleryWorkerProps: (scope, options) => { new CeleryWorker(scope, 'worker', { backend: backendOf(scope), ...options }); },
  CeleryBeatProps: (scope, options) => { new CeleryBeat(scope, 'beat', { backend: backendOf(scope), ...options }); },
  FlowerProps: (scope, options) => { new Flower(scope, 'flower', { backend: backendOf(scope), ...options }); },
  FastApiProps: (scope, options) => { new FastApiBackend(scope, 'backend', options); },
  ExternalPostgresProps: (scope, options) => { new ExternalPostgres(scope, 'db', options); },
  ExternalRedisProps: (scope, options) => { new ExternalRedis(scope, 'cache', options); },
  PostgresProps: (scope, options) => { new PostgresService(scope, 'postgres', { version: '17', ...options }); },
  RedisProps: (scope, options) => { new RedisCache(scope, 'redis', options); },
  ViteProps: (scope, options) => { new ViteFrontend(scope, 'frontend', options); },
  ComposeTargetOptions: targeted((options) => new ComposeTarget(options)),
  KubernetesTargetOptions: targeted((options) => new KubernetesTarget(options)),
  ReadmeTargetOptions: targeted((options) => new ReadmeTarget(options)),
  ScriptsTargetOptions: targeted((options) => new ScriptsTarget(options)),
  WorkflowTargetOptions: targeted((options) => new WorkflowTarget(options)),
};

/** What classes of others, or this library, give when they are asked: no definition says these. `validation/extensions` reads what must be there. */
const ANSWERS = [
  'Backup', 'DataFormat', 'DatabaseServer', 'FileSection', 'Finding', 'HttpApi', 'OutputFile', 'OutputTask', 'OutputTrial', 'PackageFolder', 'RuleInfo', 'SectionedFile',
  'StackModel', 'StackOutcome', 'TargetOutput', 'ValuePart',
];

/** These throw at once, since no stack is there that could report. */
const THROWING = ['StackProjectOptions', 'StackTestingOptions'];

const nameIn = (kind: string) => kind.replace(/[[\]{}!]/g, '');

/** The interfaces of what some properties hold, at any depth. */
function within(types: readonly string[]): Set<string> {
  const reached = new Set<string>();
  const open = [...types];
  for (let type = open.pop(); type !== undefined; type = open.pop()) {
    for (const kind of Object.values(PROPERTIES.structs[type] ?? {}).map(nameIn)) {
      if (kind in PROPERTIES.structs && !reached.has(kind)) open.push(kind);
      if (kind in PROPERTIES.structs) reached.add(kind);
    }
  }
  return reached;
}

test('every public interface is given in a way that is tried here, or is part of one that is', () => {
  const known = new Set([...Object.keys(ENTRIES), ...ANSWERS, ...THROWING, ...within([...Object.keys(ENTRIES), ...THROWING])]);
  // What two interfaces of properties share is tried with those.
  const shared = ['ServiceIdentity'];
  expect(Object.keys(PROPERTIES.structs).filter((type) => !known.has(type))).toEqual(shared);
});

/** Values of every kind that JavaScript has. */
const VALUES = { text: 'text', number: 5, boolean: true, null: null, list: [[]], map: { '?': [] }, object: new Date(0), function: () => 1 };

/** Values that a property of a kind does not take, whatever is in them. */
function wrongFor(kind: string): unknown[] {
  const { text, number, boolean, null: nothing, list, map, object, function: does } = VALUES;
  if (kind.startsWith('[')) return [text, number, boolean, nothing, map, object, does, list];
  if (kind === '{any}') return [text, number, boolean, nothing, list, does];
  if (kind.startsWith('{')) return [text, number, boolean, nothing, list, does, map];
  if (kind === 'string') return [number, boolean, nothing, list, map, object, does];
  if (kind === 'number') return [text, boolean, nothing, list, map, object, does];
  if (kind === 'boolean') return [text, number, nothing, list, map, object, does];
  if (kind in PROPERTIES.structs) return [text, number, boolean, nothing, list, does];
  const isObject = PROPERTIES.classes.includes(kind) || kind in PROPERTIES.enums || kind in PROPERTIES.interfaces;
  if (isObject) return [text, number, boolean, nothing, list, map, object, does];
  return [];
}

/** What the rules say of each of some options, or what was thrown, all in one stack. */
function said(entry: Entry, ...given: unknown[]): string[] {
  const stack = new Stack(project, `s${count += 1}`);
  const first = project.node.children.indexOf(stack);
  const thrown = given.flatMap((options, index) => {
    try {
      entry(new Construct(stack, `c${index}`), options, stack);
      return [];
    } catch (error) {
      return `${(error as Error).name}: ${(error as Error).message}`.split('\n');
    }
  });
  // What throws leaves nothing in the stack that could be judged.
  if (given.length > 0 && thrown.length >= given.length) return thrown;
  const made = project.node.children.slice(first).filter((child): child is Stack => child instanceof Stack);
  return [...thrown, ...made.flatMap((each) => each.findings().map(formatFinding))];
}

/** Whether each of some options was refused by a rule, and nothing else happened. */
function areRefused(lines: readonly string[], times: number, named: RegExp): boolean {
  const isRefusal = (line: string) => /(^|: )error PS04[12] at shop\//.test(line);
  return lines.length >= times && lines.every(isRefusal) && lines.filter((line) => named.test(line)).length >= times;
}

const SETTINGS = Object.keys(PROPERTIES.structs.ServiceSettings);
const isShared = (type: string, property: string) => (
  !['ServiceSettings', 'ServiceProps'].includes(type) && 'development' in PROPERTIES.structs[type] && SETTINGS.includes(property)
);

const CASES = Object.entries(ENTRIES).flatMap(([type, entries]) => [entries].flat().map((entry, index) => [index > 0 ? `${type} (${index + 1})` : type, type, entry as Entry] as const));

describe.each(CASES)('%s', (_label, type, entry) => {
  test('a value of another kind is a finding that names the property', () => {
    const wrong = Object.entries(PROPERTIES.structs[type]).filter(([property]) => !isShared(type, property)).flatMap(([property, kind]) => {
      const values = wrongFor(kind.replace(/!$/, ''));
      const lines = said(entry, ...values.map((value) => ({ [property]: value })));
      const named = new RegExp(`"(\\S+\\.)?${property}\\b`);
      return values.length === 0 || areRefused(lines, values.length, named) ? [] : [{ property, kind, values: values.length, lines }];
    });
    expect(wrong).toEqual([]);
  });

  test('options that are none are a finding', () => {
    // Some take properties of the test's own.
    const values = entry.toString().includes('...options') ? [] : wrongFor(type);
    const lines = said(entry, ...values);
    expect(areRefused(lines, values.length, / PS042 /) ? [] : lines).toEqual([]);
  });

  test('a property that there is not is a finding', () => {
    const lines = said(entry, { misspeltt: 1 });
    expect(lines.filter((line) => /(^|: )error PS041 at shop\/.*"(\S+\.)?misspeltt" is no property of /.test(line))).toHaveLength(1);
    expect(lines.filter((line) => line.includes('TypeError'))).toEqual([]);
  });
});

test('what throws at once says the same', () => {
  const message = (run: () => unknown) => {
    try {
      run();
    } catch (error) {
      return (error as Error).message;
    }
    return '';
  };
  const stack = new Stack(project, `s${count += 1}`);
  expect(message(() => StackTesting.synth(stack, { sample: true } as any))).toContain('"sample" is no property of StackTestingOptions. Did you mean "samples"?');
  expect(message(() => StackTesting.synth(stack, { samples: 'yes' } as any))).toContain('"samples" is a text, where true or false is wanted. Write: samples: true.');
  expect(message(() => new StackProject({ name: 'shop', templat: 'empty' } as any))).toContain('"templat" is no property of StackProjectOptions. Did you mean "template"?');
  expect(message(() => new StackProject({ name: 'shop', deps: 'express' } as any))).toContain('"deps" is a text, where a list of texts is wanted. Write: deps: [\'…\'].');
});

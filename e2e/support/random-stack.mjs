import fc from 'fast-check';
import { posix, resolve } from 'node:path';
import { line, settable, text } from './awkward.mjs';

/** A part of a value: text, or the variable of a number that the service has. */
const part = (variables) => (variables === 0 ? text.map((of) => ({ text: of })) : fc.oneof(
  { weight: 3, arbitrary: text.map((of) => ({ text: of })) }, { weight: 1, arbitrary: fc.nat(variables - 1).map((variable) => ({ variable })) },
));
const value = (variables) => fc.array(part(variables), { minLength: 1, maxLength: 3 });

/** A variable; its default may name those before it. */
const variable = (before) => fc.record({
  defaultValue: fc.option(fc.oneof({ weight: 2, arbitrary: text.map((of) => [{ text: of }]) }, { weight: 1, arbitrary: value(before) }), { nil: undefined, freq: 4 }),
  secret: fc.boolean(),
  optional: fc.boolean(),
  set: settable,
});

const keys = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom('no', 'y', 'ON', 'null', 'TRUE', '_', 'a.b', 'a-b', '.inf', '-', '--', '.', '-a', 'x-y', 'Path', '.5', 'e1') },
  { weight: 2, arbitrary: fc.stringMatching(/^[A-Za-z_.-][A-Za-z0-9_.-]{0,12}$/) },
);
const labelKeys = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom('no', '1e3', '08', '0x1F', '1:30', 'a:b', 'com.example.team', 'traefik.http.routers.a@b', 'x-y', 'null', '2001-12-14', '_') },
  { weight: 1, arbitrary: fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_./:@-]{0,15}$/) },
);
const names = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom('no', 'yes', 'on', 'off', 'y', 'n', 'null', 'true', 'false', '0', '08', '1e3', '0x1f', '12', '0-0', 'x-y', 'e1', '2001-12-14') },
  { weight: 6, arbitrary: fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?$/) },
);
const path = line.filter((of) => of.length < 60).map((of) => `/m/${of.replace(/\/+/g, '/')}`);

const port = fc.record({
  port: fc.integer({ min: 1, max: 65535 }),
  hostAddress: fc.constantFrom(undefined, '127.0.0.1', '0.0.0.0', '::1', '::'),
  udp: fc.boolean(),
  modes: fc.constantFrom(undefined, [], ['development'], ['production'], ['development', 'production']),
});

const mount = fc.oneof(
  fc.record({ kind: fc.constant('volume'), shared: fc.boolean(), readOnly: fc.boolean(), target: path }),
  fc.record({ kind: fc.constant('bind'), source: line.filter((of) => of.length < 60).map((of) => `./${of}`), readOnly: fc.boolean(), target: path }),
  // Compose takes what stands before an equals sign for the name of a tmpfs, so that two of such a beginning would be one.
  fc.record({ kind: fc.constant('tmpfs'), target: path.filter((of) => !of.includes('=')), size: fc.constantFrom(undefined, '64M', '1g', '4096') }),
  fc.record({ kind: fc.constant('config'), target: path.map((of) => `${of}.conf`), content: text }),
);

const timing = fc.record({
  interval: fc.constantFrom('1s', '1m30s', '1500ms', '2h'), timeout: fc.constantFrom('500ms', '5s'), retries: fc.integer({ min: 1, max: 9 }),
  startPeriod: fc.constantFrom('0s', '1m'), startInterval: fc.constantFrom('1s', '250ms'),
});
const check = fc.oneof(
  fc.record({ kind: fc.constant('exec'), words: fc.array(text, { minLength: 1, maxLength: 3 }), timing }),
  fc.record({ kind: fc.constant('shell'), words: text.map((of) => [of]), timing }),
);

const MAX_VARIABLES = 3;

/** One service, without its name. */
const service = fc.record({
  variables: fc.tuple(...Array.from({ length: MAX_VARIABLES }, (_, before) => variable(before))),
  environment: fc.dictionary(keys, value(MAX_VARIABLES), { maxKeys: 4 }),
  command: fc.option(fc.array(value(MAX_VARIABLES), { minLength: 1, maxLength: 4 }), { nil: undefined }),
  entrypoint: fc.option(fc.array(value(MAX_VARIABLES), { minLength: 1, maxLength: 2 }), { nil: undefined, freq: 2 }),
  labels: fc.dictionary(labelKeys, text, { maxKeys: 3 }),
  workingDir: fc.option(path, { nil: undefined, freq: 2 }),
  ports: fc.array(port, { maxLength: 2 }),
  mounts: fc.uniqueArray(mount, { maxLength: 2, selector: ({ target }) => target }),
  healthCheck: fc.option(check, { nil: undefined, freq: 2 }),
  dependsOn: fc.uniqueArray(
    fc.record({ back: fc.integer({ min: 1, max: 5 }), started: fc.boolean(), restart: fc.boolean() }), { maxLength: 2, selector: ({ back }) => back },
  ),
  stopGracePeriod: fc.constantFrom(undefined, '10s', '1m30s'),
  // Both become comments, which nobody but people may read.
  description: fc.option(text, { nil: undefined, freq: 2 }),
  note: fc.option(text, { nil: undefined, freq: 2 }),
});

/** Services with names of their own. */
export const services = (count) => fc.tuple(
  fc.uniqueArray(names, { minLength: count, maxLength: count }), fc.array(service, { minLength: count, maxLength: count }),
).map(([all, of]) => of.map((each, index) => ({ ...each, serviceName: all[index], index })));

const variableName = (each, number) => `V${each.index}_${number}`;
/** A path as both sides are compared: Compose itself shortens some of them. */
const clean = (of) => posix.normalize(of).replace(/(?<=.)\/$/, '');
const hostPort = (each, number) => 10_000 + each.index * 4 + number;
const movedPort = (each, number) => hostPort(each, number) + 20_000;
const MODES = ['development', 'production'];
const publishedIn = ({ modes = ['development'] }, mode) => modes.includes(mode);
const volumeName = (each, number) => `vol${each.index}.${number}`;

/** The stack of these services, by the library; a dependency on one that is not among them is left out. */
export function define(lib, project, specs) {
  const { DependencyCondition, HealthCheck, Mount, PortProtocol, Service, Value, Variable } = lib;
  const stack = new lib.Stack(project);
  const made = new Map();
  for (const each of specs) {
    const variables = [];
    const valueOf = (parts) => Value.concat(...parts.map((of) => (of.variable === undefined ? Value.literal(of.text) : Value.of(variables[of.variable]))));
    each.variables.forEach(({ defaultValue, secret, optional }, number) => variables.push(new Variable(variableName(each, number), {
      defaultValue: defaultValue && valueOf(defaultValue), secret, secretFormat: lib.SecretFormat.GIVEN, ...(optional ? { required: false } : {}),
    })));
    const mountOf = (of, number) => ({
      volume: () => Mount.volume('data', of.target, { note: each.note, readOnly: of.readOnly, volumeName: volumeName(each, number) }),
      bind: () => Mount.bind(of.source, of.target, { readOnly: of.readOnly }),
      tmpfs: () => Mount.tmpfs(of.target, { size: of.size }),
      config: () => Mount.config(`c${number}`, of.target, of.content),
    })[of.kind]();
    const { healthCheck: health } = each;
    made.set(each.index, new Service(stack, each.serviceName, {
      description: each.description,
      image: 'busybox:1.37',
      environment: Object.fromEntries(Object.entries(each.environment).map(([key, of]) => [key, valueOf(of)])),
      command: each.command?.map(valueOf),
      entrypoint: each.entrypoint?.map(valueOf),
      labels: each.labels,
      workingDir: each.workingDir,
      ports: each.ports.map((of, number) => ({
        name: `p${number}`, port: of.port, hostPort: hostPort(each, number), hostAddress: of.hostAddress,
        protocol: of.udp ? PortProtocol.UDP : PortProtocol.TCP, variableName: `PORT${each.index}_${number}`, publish: of.modes,
      })),
      mounts: each.mounts.map(mountOf),
      healthCheck: health && (health.kind === 'exec' ? HealthCheck.exec(health.words, health.timing) : HealthCheck.shell(health.words[0], health.timing)),
      dependsOn: each.dependsOn.filter(({ back }) => made.has(each.index - back)).map(({ back, started, restart }) => ({
        service: made.get(each.index - back), restart, ...(started ? { condition: DependencyCondition.STARTED } : {}),
      })),
      stopGracePeriod: each.stopGracePeriod,
    }));
  }
  return stack;
}

/** What an operator has set: nothing but what has no default, or everything. */
export function settings(specs, everything) {
  const set = {};
  for (const each of specs) {
    each.variables.forEach((of, number) => {
      const needed = of.defaultValue === undefined && !of.optional;
      set[variableName(each, number)] = everything || needed ? of.set : undefined;
    });
    each.ports.forEach((_, number) => { set[`PORT${each.index}_${number}`] = everything ? String(movedPort(each, number)) : undefined; });
  }
  return set;
}

/** What a service is in a mode by the model's own words, in the shape in which Compose tells it; `set` is what the operator set. */
export function expected(each, specs, mode, set, folder) {
  const textOf = (parts) => parts.map((of) => (of.variable === undefined ? of.text : variableText(of.variable))).join('');
  const variableText = (number) => {
    const { defaultValue } = each.variables[number];
    return set[variableName(each, number)] || (defaultValue ? textOf(defaultValue) : '');
  };
  const there = new Map(specs.map((of) => [of.index, of]));
  return {
    environment: Object.fromEntries(Object.entries(each.environment).map(([key, of]) => [key, textOf(of)])),
    command: each.command?.map(textOf) ?? null,
    entrypoint: each.entrypoint?.map(textOf) ?? null,
    labels: { ...each.labels },
    working_dir: each.workingDir,
    ports: each.ports.flatMap((of, number) => (publishedIn(of, mode) ? [{
      host_ip: of.hostAddress ?? '127.0.0.1',
      target: of.port,
      published: set[`PORT${each.index}_${number}`] ?? String(hostPort(each, number)),
      protocol: of.udp ? 'udp' : 'tcp',
    }] : [])),
    volumes: each.mounts.flatMap((of, number) => ({
      volume: () => [{ type: 'volume', source: volumeName(each, number), target: clean(of.target), read_only: of.readOnly }],
      bind: () => [{ type: 'bind', source: resolve(folder, of.source), target: clean(of.target), read_only: of.readOnly }],
    })[of.kind]?.() ?? []),
    tmpfs: each.mounts.filter(({ kind }) => kind === 'tmpfs').map(({ target, size }) => (size ? `${target}:size=${size}` : target)),
    configs: each.mounts.filter(({ kind }) => kind === 'config').map(({ target, content }) => ({ target, content })),
    depends_on: Object.fromEntries(each.dependsOn.filter(({ back }) => there.has(each.index - back)).map(({ back, started, restart }) => {
      const other = there.get(each.index - back);
      return [other.serviceName, { condition: !started && other.healthCheck ? 'service_healthy' : 'service_started', restart }];
    })),
    healthcheck: each.healthCheck && {
      test: [each.healthCheck.kind === 'exec' ? 'CMD' : 'CMD-SHELL', ...each.healthCheck.words], retries: each.healthCheck.timing.retries,
    },
  };
}

/** The same of what Compose says. `readConfig` gives the text of a config's file. */
export function told(service, document, readConfig) {
  return {
    environment: service.environment ?? {},
    command: service.command ?? null,
    entrypoint: service.entrypoint ?? null,
    labels: service.labels ?? {},
    working_dir: service.working_dir,
    ports: (service.ports ?? []).map(({ host_ip, target, published, protocol }) => ({ host_ip, target, published, protocol })),
    volumes: (service.volumes ?? []).map(({ type, source, target, read_only: readOnly = false }) => ({ type, source, target: clean(target), read_only: readOnly })),
    tmpfs: service.tmpfs ?? [],
    configs: (service.configs ?? []).map(({ source, target }) => ({ target, content: readConfig(document.configs[source].file) })),
    depends_on: Object.fromEntries(Object.entries(service.depends_on ?? {}).map(([name, { condition, restart = false }]) => [name, { condition, restart }])),
    healthcheck: service.healthcheck && { test: service.healthcheck.test, retries: service.healthcheck.retries },
  };
}

export { MODES };

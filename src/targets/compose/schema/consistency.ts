import { Check, inherited, isTrue, numeric, replicas, ServiceView } from './compose-view';
import { list, mapping, Mapping } from './settle';
import { ShapeProblem } from './shape-problem';
import { sizeBytes } from './value-kinds';
import { isOpen } from './variables';
import { quoted } from '../../../model/nearest';

// The schema accepts everything that is found here. Where a check does not say otherwise, `docker compose config` refuses it,
// one at a time and most of it without saying where.

function error(path: string[], message: string, fix: string): ShapeProblem {
  return { path, message, fix, severity: 'error' };
}

function given(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

/** Where a container comes from, and how its image is made. */
function origin(service: ServiceView, services: ReadonlyMap<string, ServiceView>): ShapeProblem[] {
  const { name, own } = service;
  const at = (...below: string[]) => ['services', name, ...below];
  const build = mapping(own.build);
  const problems: ShapeProblem[] = [];
  const has = (key: string) => given(inherited(service, key)) || (key === 'build' && inherited(service, key) === '');
  if (!service.partial && !has('image') && !has('build') && !has('provider')) {
    problems.push(error(at(), `Service ${quoted(name)} has neither an image nor a build.`, 'Add "image" or "build".'));
  }
  if (given(build.dockerfile) && given(build.dockerfile_inline)) {
    problems.push(error(at('build', 'dockerfile_inline'), 'A build has a "dockerfile" or a "dockerfile_inline", not both.', 'Remove one of the two.'));
  }
  const platform = inherited(service, 'platform');
  const platforms = list(build.platforms);
  if (given(platform) && platforms.length > 0 && !platforms.includes(platform) && ![platform, ...platforms].some(isOpen)) {
    problems.push(error(at('build', 'platforms'), `The service runs on ${quoted(platform)}, for which it is not built.`, `Add ${quoted(platform)} to the list.`));
  }
  const contexts = [
    ...Object.entries(mapping(build.additional_contexts)).map(([key, value]) => ({ value, key })),
    ...list(build.additional_contexts).map((entry, index) => ({ value: String(entry).replace(/^[^=]*=/, ''), key: String(index) })),
  ];
  for (const { value, key } of contexts) {
    const target = /^service:(.*)$/.exec(String(value))?.[1];
    const other = target === undefined ? undefined : services.get(target);
    if (target !== undefined && (!other || (!other.partial && inherited(other, 'build') === undefined))) {
      const what = other ? 'is not built' : 'is no service of this file';
      problems.push(error(at('build', 'additional_contexts', key), `The context is the image of ${quoted(target)}, which ${what}.`, 'Name a service with a "build".'));
    }
  }
  return problems;
}

/** Keys that say the same thing twice. */
const TWICE: ReadonlyArray<{ readonly key: string; readonly path: readonly string[]; readonly read: (value: unknown) => number | undefined }> = [
  { key: 'cpus', path: ['limits', 'cpus'], read: numeric },
  { key: 'mem_limit', path: ['limits', 'memory'], read: sizeBytes },
  { key: 'pids_limit', path: ['limits', 'pids'], read: numeric },
  { key: 'mem_reservation', path: ['reservations', 'memory'], read: sizeBytes },
];

/** Values of one service that contradict each other. */
function contradictions(service: ServiceView): ShapeProblem[] {
  const { name, own } = service;
  const at = (...below: string[]) => ['services', name, ...below];
  const problems: ShapeProblem[] = [];
  if (given(inherited(service, 'network_mode')) && (list(own.networks).length > 0 || Object.keys(mapping(own.networks)).length > 0)) {
    problems.push(error(at('networks'), 'A service with "network_mode" joins no networks.', 'Remove "networks" or "network_mode".'));
  }
  for (const { key, path, read } of TWICE) {
    const [short, long] = [inherited(service, key), inherited(service, 'deploy', 'resources', ...path)];
    // Compose compares as soon as there is a mapping of limits, and takes a missing value for 0.
    const compared = inherited(service, 'deploy', 'resources', path[0]) !== undefined;
    const [mine, theirs] = [read(short), long === undefined ? 0 : read(long)];
    if (compared && given(short) && ![short, long].some(isOpen) && mine !== undefined && mine !== 0 && mine !== theirs) {
      const dotted = `deploy.resources.${path.join('.')}`;
      problems.push(error(at(key), `${quoted(key)} is ${String(short)}, and ${quoted(dotted)} is ${long === undefined ? 'not set' : String(long)}.`, `Remove ${quoted(key)} and write the value in ${quoted(dotted)}.`));
    }
  }
  const [scale, wanted] = [numeric(inherited(service, 'scale')), numeric(inherited(service, 'deploy', 'replicas'))];
  if (scale !== undefined && wanted !== undefined && scale !== wanted) {
    problems.push(error(at('scale'), `"scale" is ${scale}, and "deploy.replicas" is ${wanted}.`, 'Remove one of the two.'));
  }
  if (replicas(service) > 1 && given(inherited(service, 'container_name'))) {
    problems.push(error(at('container_name'), `${replicas(service)} replicas cannot have one name.`, 'Remove "container_name", or run one replica.'));
  }
  list(mapping(own.develop).watch).forEach((entry, index) => {
    const { action, target } = mapping(entry);
    if (!given(target) && typeof action === 'string' && !isOpen(action) && !['rebuild', 'restart'].includes(action)) {
      problems.push(error(at('develop', 'watch', String(index)), `The action ${quoted(action)} needs a target.`, 'Add "target": the path in the container.'));
    }
  });
  const requests: Array<[string[], unknown]> = [[['gpus'], own.gpus], [['deploy', 'resources', 'reservations', 'devices'],
    mapping(mapping(mapping(own.deploy).resources).reservations).devices]];
  for (const [path, devices] of requests) {
    list(devices).forEach((entry, index) => {
      if ('count' in mapping(entry) && 'device_ids' in mapping(entry)) {
        problems.push(error(at(...path, String(index)), 'Devices are asked for by "count" or by "device_ids", not both.', 'Remove one of the two.'));
      }
    });
  }
  list(own.devices).forEach((entry, index) => {
    if (typeof entry !== 'string' && !given(mapping(entry).target)) {
      problems.push(error(at('devices', String(index)), 'This device has no target.', 'Add "target": the path in the container.'));
    } else if (typeof entry === 'string' && !isOpen(entry) && entry.split(':').length > 3) {
      problems.push(error(at('devices', String(index)), `${quoted(entry)} has too many colons.`, 'Write SOURCE:TARGET:PERMISSIONS, or the long syntax.'));
    }
  });
  return problems;
}

/** `docker compose config` finds the first. */
const equalNames: Check = ({ services }) => {
  const seen = new Map<string, string>();
  return [...services.values()].flatMap((service): ShapeProblem[] => {
    const name = inherited(service, 'container_name');
    if (typeof name !== 'string' || isOpen(name)) return [];
    const first = seen.get(name);
    seen.set(name, first ?? service.name);
    return first === undefined ? [] : [error(['services', service.name, 'container_name'], `Service ${quoted(first)} has the container name ${quoted(name)} already.`, 'Give each its own, or none.')];
  });
};

/** What a secret or config may come from. */
const CONTENTS: { readonly [section: string]: readonly string[] } = { secrets: ['file', 'environment'], configs: ['file', 'environment', 'content'] };

/** Top-level entries that say too little or too much. */
const declarations: Check = ({ content }) => [
  ...Object.entries(CONTENTS).flatMap(([section, keys]) => Object.entries(mapping(content[section])).flatMap(([name, entry]): ShapeProblem[] => {
    const found = keys.filter((key) => key in mapping(entry));
    const names = keys.map(quoted).join(', ');
    if (found.length > 1) return [error([section, name], `Its content comes from ${found.map(quoted).join(' and ')}.`, 'Keep one of them.')];
    // Configs with "external: false" and nothing else pass Compose and fail at start.
    const external = mapping(entry).external;
    if (found.length > 0 || isOpen(external) || isTrue(external) || typeof external === 'object') return [];
    return [error([section, name], 'Nothing says where its content comes from.', `Add one of ${names}, or "external": true.`)];
  })),
  ...['networks', 'volumes', 'secrets', 'configs'].flatMap((section) => Object.entries(mapping(content[section])).flatMap(([name, entry]) => outside(section, name, mapping(entry)))),
];

/** What exists outside of the project cannot be described in it. Of networks, `docker compose config` accepts it and ignores the rest. */
function outside(section: string, name: string, entry: Mapping): ShapeProblem[] {
  const old = mapping(entry.external).name;
  if (old !== undefined && entry.name !== undefined && old !== entry.name) {
    return [error([section, name, 'external', 'name'], `It has two names, ${quoted(old)} and ${quoted(entry.name)}.`, 'Write "external": true, and the name in "name" only.')];
  }
  if (!isTrue(entry.external) || !['networks', 'volumes'].includes(section)) return [];
  return Object.keys(entry).filter((key) => !['external', 'name'].includes(key) && !key.startsWith('x-')).map((key): ShapeProblem => ({
    path: [section, name, key],
    message: `An external ${section.slice(0, -1)} exists already: ${quoted(key)} has no effect on it.`,
    fix: `Remove ${quoted(key)} or "external".`,
    severity: section === 'volumes' ? 'error' : 'warning',
  }));
}

/** Two entries of one key in a list: the schema sees two texts, and `docker compose config` takes the last without a word. */
const equalKeys: Check = ({ services }) => [...services.values()].flatMap(({ name, own }) => ['environment', 'labels', 'sysctls'].flatMap((key) => {
  const keys = list(own[key]).map((entry) => (isOpen(entry) ? undefined : String(entry).split('=')[0]));
  return keys.flatMap((one, index): ShapeProblem[] => (one !== undefined && keys.indexOf(one) < index ? [{
    path: ['services', name, key, String(index)], message: `${quoted(one)} is set already, at [${keys.indexOf(one)}].`, fix: 'Keep one of the two.', severity: 'warning',
  }] : []));
}));

/** The name of a project. `docker compose config` drops the letters it does not like, and takes the folder's name when none is left. */
const projectName: Check = ({ content }) => {
  const { name } = content;
  if (typeof name !== 'string' || isOpen(name) || /^[a-z0-9][a-z0-9_-]*$/.test(name)) return [];
  const kept = name.toLowerCase().replace(/[^a-z0-9_-]/g, '').replace(/^[_-]+/, '');
  return [{
    path: ['name'],
    message: kept === '' ? 'The project has no name; Compose takes that of the folder.' : `Compose changes the name ${quoted(name)} to ${quoted(kept)}.`,
    fix: kept === '' ? 'Write a name, or leave the key out.' : `Write ${quoted(kept)}.`,
    severity: 'warning',
  }];
};

/** `docker compose config` and the engine take it; it never succeeds. */
const emptyTests: Check = ({ services }) => [...services.values()].flatMap(({ name, own }): ShapeProblem[] => {
  const { test, disable } = mapping(own.healthcheck);
  const [how, command] = list(test);
  if (isTrue(disable) || (how !== 'CMD' && how !== 'CMD-SHELL') || command !== undefined) return [];
  return [error(['services', name, 'healthcheck', 'test'], 'The health check has no command.', `Add the command after ${quoted(how)}.`)];
});

/** `docker compose config` refuses a file without anything. */
const nothing: Check = ({ content }) => (Object.keys(content).length > 0 ? [] : [error([], 'The document is empty.', 'Add "services" with one service.')]);

/** Everything that contradicts itself. */
export const consistencyChecks: readonly Check[] = [
  nothing, projectName,
  ({ services }) => [...services.values()].flatMap((service) => [...origin(service, services), ...contradictions(service)]),
  equalNames, equalKeys, emptyTests, declarations,
];

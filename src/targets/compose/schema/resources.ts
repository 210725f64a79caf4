import { Check, ServiceView } from './compose-view';
import { list, mapping, Mapping } from './settle';
import { ShapeProblem } from './shape-problem';
import { isOpen } from './variables';
import { volumeSource } from './volumes';
import { quoted, suggestName } from '../../../model/nearest';

/** One name of a top-level section that a service uses, and where. */
interface Use {
  readonly name: string;
  /** Below the service. */
  readonly path: string[];
}

interface Section {
  /** The key at the top level. */
  readonly key: string;
  readonly one: string;
  readonly uses: (service: Mapping) => Use[];
  /** What exists without being declared. */
  readonly implied: readonly string[];
}

function named(value: unknown, key: string): Use[] {
  return [
    ...list(value).map((name, index) => ({ name: String(name), path: [key, String(index)] })),
    ...Object.keys(mapping(value)).map((name) => ({ name, path: [key, name] })),
  ];
}

/** The short syntax is the name; in the long one it is the source. */
function sources(value: unknown, ...path: string[]): Use[] {
  return list(value).map((entry, index) => (
    typeof entry === 'string' ? { name: entry, path: [...path, String(index)] }
      : { name: String(mapping(entry).source ?? ''), path: [...path, String(index), ...(mapping(entry).source === undefined ? [] : ['source'])] }
  ));
}

const SECTIONS: readonly Section[] = [
  { key: 'networks', one: 'network', uses: ({ networks }) => named(networks, 'networks'), implied: ['default'] },
  {
    key: 'volumes',
    one: 'volume',
    uses: ({ volumes }) => list(volumes).flatMap((entry, index) => {
      const name = volumeSource(entry);
      return name === undefined ? [] : [{ name, path: ['volumes', String(index), ...(typeof entry === 'string' ? [] : ['source'])] }];
    }),
    implied: [],
  },
  {
    key: 'secrets',
    one: 'secret',
    uses: ({ secrets, build }) => [...sources(secrets, 'secrets'), ...sources(mapping(build).secrets, 'build', 'secrets')],
    implied: [],
  },
  {
    key: 'configs',
    one: 'config',
    uses: ({ configs, credential_spec: spec }) => [
      ...sources(configs, 'configs'),
      ...(typeof mapping(spec).config === 'string' ? [{ name: String(mapping(spec).config), path: ['credential_spec', 'config'] }] : []),
    ],
    implied: [],
  },
  { key: 'models', one: 'model', uses: ({ models }) => named(models, 'models'), implied: [] },
];

/**
 * The schema knows no names; `docker compose config` finds the first dangling one, except a config of `credential_spec`.
 */
function dangling(section: Section, declared: Mapping, { name, own }: ServiceView): ShapeProblem[] {
  const known = () => [...Object.keys(declared), ...section.implied];
  return section.uses(own).filter(({ name: used }) => !isOpen(used) && !Object.hasOwn(declared, used) && !section.implied.includes(used)).map((use): ShapeProblem => (use.name === '' ? {
    path: ['services', name, ...use.path],
    message: `This names no ${section.one}.`,
    fix: `Add "source" with the name of one under ${quoted(section.key)}.`,
    severity: 'error',
  } : {
    path: ['services', name, ...use.path],
    message: `Service ${quoted(name)} uses the ${section.one} ${quoted(use.name)}, which is not declared under ${quoted(section.key)}.`,
    fix: suggestName(use.name, known(), section.key),
    severity: 'error',
  }));
}

/** Neither the schema nor `docker compose config` minds; Compose drops what no service uses. */
function unused(section: Section, declared: Mapping, services: readonly ServiceView[]): ShapeProblem[] {
  const used = new Set(services.flatMap(({ own }) => section.uses(own).map(({ name }) => name)));
  // One that only the operator knows may be any of them; the default network is used by whoever names none.
  if ([...used].some(isOpen)) return [];
  return Object.keys(declared).filter((name) => !used.has(name) && !section.implied.includes(name)).map((name) => ({
    path: [section.key, name],
    message: `No service uses the ${section.one} ${quoted(name)}; Compose passes over it.`,
    fix: 'Remove it, or use it in a service.',
    severity: 'warning',
  }));
}

/** Everything about networks, volumes, secrets, configs and models that services use and the file declares. */
export const resourceChecks: readonly Check[] = [
  ({ content, services, includes }) => (includes ? [] : SECTIONS.flatMap((section) => {
    const declared = mapping(content[section.key]);
    return [
      ...[...services.values()].flatMap((service) => dangling(section, declared, service)),
      // Another file may be where the services are: an extended one brings its volumes along.
      ...([...services.values()].some(({ partial }) => partial) ? [] : unused(section, declared, [...services.values()])),
    ];
  })),
];

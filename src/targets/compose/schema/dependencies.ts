import { Check, ComposeView, extended, inherited, inheritedMapping, isTrue, profiles, ServiceView } from './compose-view';
import { list, mapping, Mapping } from './settle';
import { ShapeProblem } from './shape-problem';
import { isOpen } from './variables';
import { alternatives, quoted, suggestName } from '../../../model/nearest';

/** One service that another needs, and where that is written. */
export interface Need {
  readonly on: string;
  /** Below the service. */
  readonly path: string[];
  readonly condition?: string;
  /** False when Compose goes on without it. */
  readonly required: boolean;
}

/** The keys whose value may be `service:NAME`: Compose makes a dependency of each. */
const SHARED_NAMESPACES = ['network_mode', 'ipc', 'pid', 'uts'];

/** What one mapping of a service says of other services of the project. */
export function needsOf(service: Mapping): Need[] {
  const { depends_on: dependsOn } = service;
  const started = (on: string, ...path: string[]): Need => ({ on, path, required: true });
  const needs = [
    ...list(dependsOn).map((on, index) => started(String(on), 'depends_on', String(index))),
    ...Object.entries(mapping(dependsOn)).map(([on, entry]): Need => ({
      on, path: ['depends_on', on], condition: mapping(entry).condition as string | undefined, required: mapping(entry).required !== false,
    })),
    ...list(service.links).map((link, index) => started(isOpen(link) ? String(link) : String(link).split(':')[0], 'links', String(index))),
    ...list(service.volumes_from).flatMap((from, index) => (
      String(from).startsWith('container:') ? [] : [started(isOpen(from) ? String(from) : String(from).split(':')[0], 'volumes_from', String(index))]
    )),
    ...SHARED_NAMESPACES.flatMap((key) => {
      const match = /^service:(.*)$/.exec(String(service[key] ?? ''));
      return match ? [started(match[1], key)] : [];
    }),
  ];
  return needs.filter(({ on }) => !isOpen(on));
}

/** What a service needs, by itself and by what it extends. */
function allNeeds(service: ServiceView): Need[] {
  return service.lineage.flatMap(needsOf);
}

/** What is wrong with each need of each service. */
function eachNeed(services: ComposeView['services'], needs: (service: ServiceView) => Need[], check: (service: ServiceView, need: Need) => ShapeProblem[]) {
  return [...services.values()].flatMap((service) => needs(service).flatMap((need) => check(service, need)));
}

/** The schema knows no names; `docker compose config` finds the first of these, and says nothing of the second. */
const missingServices: Check = ({ services, includes }) => [...services.values()].flatMap(({ name, own }) => {
  const base = extended(own);
  const problems: ShapeProblem[] = [];
  const missing = (path: string[], on: string, verb: string) => problems.push({
    path: ['services', name, ...path],
    message: `Service ${quoted(name)} ${verb} ${quoted(on)}, which is no service of this file.`,
    fix: suggestName(on, [...services.keys()].filter((key) => key !== name), 'services'),
    severity: 'error',
  });
  if (base && !base.elsewhere && !services.has(base.name) && !includes) missing(['extends'], base.name, 'extends');
  for (const { on, path } of includes ? [] : needsOf(own)) {
    if (!services.has(on)) missing(path, on, 'depends on');
  }
  return problems;
});

/** The circles of a graph, each once, from its first member in the order of the document. */
function circles(names: readonly string[], next: (name: string) => readonly string[]): string[][] {
  const done = new Set<string>();
  const found: string[][] = [];
  const walk = (name: string, above: readonly string[]): void => {
    if (above.includes(name)) {
      found.push(above.slice(above.indexOf(name)));
      return;
    }
    if (done.has(name)) return;
    next(name).forEach((other) => walk(other, [...above, name]));
    done.add(name);
  };
  names.forEach((name) => walk(name, []));
  return found;
}

/** The schema misses it; `docker compose config` refuses it. */
const dependencyCircles: Check = ({ services }) => {
  const needed = new Map([...services.values()].map((service) => [service.name, allNeeds(service).filter(({ on }) => services.has(on))]));
  return circles([...services.keys()], (name) => (needed.get(name) ?? []).map(({ on }) => on)).map((circle): ShapeProblem => {
    const last = circle[circle.length - 1];
    const link = (needed.get(last) ?? []).find(({ on }) => on === circle[0]);
    const text = [...circle, circle[0]].join(' -> ');
    return circle.length === 1
      ? { path: ['services', last, ...(link?.path ?? [])], message: `Service ${quoted(last)} depends on itself.`, fix: 'Remove the dependency.', severity: 'error' }
      : {
        path: ['services', last, ...(link?.path ?? [])],
        message: `Services wait for one another in a circle: ${text}.`,
        fix: `Remove one of these dependencies, for example the one of ${quoted(last)} on ${quoted(circle[0])}.`,
        severity: 'error',
      };
  });
};

/** The schema misses it; `docker compose config` refuses it. */
const extendsCircles: Check = ({ services }) => {
  const next = (name: string) => {
    const base = extended(services.get(name)?.own ?? {});
    return base && !base.elsewhere && services.has(base.name) ? [base.name] : [];
  };
  return circles([...services.keys()], next).map((circle): ShapeProblem => ({
    path: ['services', circle[circle.length - 1], 'extends'],
    message: `Services extend one another in a circle: ${[...circle, circle[0]].join(' -> ')}.`,
    fix: 'Remove one "extends".',
    severity: 'error',
  }));
};

/**
 * The schema misses it. `docker compose config` refuses it when the depending service always runs; when both have profiles,
 * only once exactly those are active.
 */
const inactiveDependencies: Check = ({ services }) => eachNeed(services, allNeeds, (service, need) => {
  const other = services.get(need.on);
  if (!other || !need.required) return [];
  const [mine, theirs] = [profiles(service), profiles(other)];
  const path = ['services', service.name, ...need.path];
  if (theirs.length === 0) return [];
  const alone = mine.filter((profile) => !theirs.includes(profile));
  if (mine.length > 0 && alone.length === 0) return [];
  const listed = alternatives(theirs.map(quoted));
  const away = mine.length === 0 ? 'always runs' : `also runs in profile ${quoted(alone[0])}`;
  return [{
    path,
    message: `Service ${quoted(service.name)} ${away}, and depends on ${quoted(other.name)}, which runs in profile ${listed} only.`,
    fix: mine.length === 0
      ? `Give ${quoted(service.name)} the profile ${quoted(theirs[0])}, take the profiles of ${quoted(other.name)} away, or write "required": false.`
      : `Add the profile ${quoted(alone[0])} to ${quoted(other.name)}, or write "required": false.`,
    severity: mine.length === 0 ? 'error' : 'warning',
  }];
});

/**
 * Both the schema and `docker compose config` miss it. A disabled or absent check makes `up` fail ("has no healthcheck
 * configured"), unless the image brings one, which nobody can see here.
 */
const healthNobodyReports: Check = ({ services }) => eachNeed(services, ({ own }) => needsOf(own), ({ name }, need) => {
  const other = services.get(need.on);
  if (need.condition !== 'service_healthy' || !other || other.partial || inherited(other, 'provider') !== undefined) return [];
  const check = inheritedMapping(other, 'healthcheck');
  const none = check.test === 'NONE' || list(check.test)[0] === 'NONE';
  const path = ['services', name, ...need.path, 'condition'];
  if (isTrue(check.disable) || none) {
    return [{
      path,
      message: `Service ${quoted(name)} waits until ${quoted(other.name)} is healthy, and the health check of ${quoted(other.name)} is disabled.`,
      fix: 'Write "service_started", or give that service a health check.',
      severity: 'error',
    }];
  }
  if (check.test !== undefined) return [];
  return [{
    path,
    message: `Service ${quoted(name)} waits until ${quoted(other.name)} is healthy, and ${quoted(other.name)} has no health check, unless its image defines one.`,
    fix: `Give ${quoted(other.name)} a "healthcheck", or write "service_started".`,
    severity: 'warning',
  }];
});

/** Everything about services that need services. */
export const dependencyChecks: readonly Check[] = [missingServices, dependencyCircles, extendsCircles, inactiveDependencies, healthNobodyReports];

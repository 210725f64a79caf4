import { external } from './services';
import { StackElement } from '../../../model/element';
import { Mode } from '../../../model/mode';
import { Service } from '../../../model/service';
import { ServiceRole } from '../../../model/service-role';
import { Chapter } from '../chapter';
import { publishedPorts } from '../facts';
import { fence } from '../markdown';

/** Words that Mermaid reads as something else than the name of a node. */
const RESERVED = ['end', 'graph', 'subgraph', 'flowchart', 'default', 'class', 'classdef', 'click', 'style', 'linkstyle', 'direction', 'call', 'href'];

/** Who opens connections to whom, as a diagram. */
export function topology(chapter: Chapter): string[] {
  if (chapter.services.length === 0) return [];
  const others = external(chapter);
  const inProfile = new Map<string, Service[]>();
  const plainServices: Service[] = [];
  for (const service of chapter.services) {
    const [profile] = service.settings(Mode.DEVELOPMENT).profiles ?? [];
    if (profile === undefined) plainServices.push(service);
    else inProfile.set(profile, [...(inProfile.get(profile) ?? []), service]);
  }
  return [fence('mermaid', [
    'flowchart LR',
    ...plainServices.map((service) => `  ${node(service)}`),
    ...[...inProfile].flatMap(([profile, members]) => [
      `  subgraph profile_${identifier(profile)}["${label(`profile ${profile}`)}"]`, ...members.map((service) => `    ${node(service)}`), '  end',
    ]),
    ...others.map((element) => `  ${identifier(element.node.id)}[("${label(element.node.id)}")]:::elsewhere`),
    ...chapter.services.flatMap((service) => arrows(service, chapter)),
    ...(chapter.services.some((service) => service.oneShot) ? ['  classDef once stroke-dasharray: 2 2'] : []),
    ...(others.length > 0 ? ['  classDef elsewhere stroke-dasharray: 6 4'] : []),
  ])];
}

function node(service: Service): string {
  const id = identifier(service.serviceName);
  const places = publishedPorts([service], Mode.DEVELOPMENT).map(({ hostPort }) => `localhost:${hostPort}`);
  const text = `"${[service.serviceName, ...places].map(label).join('<br>')}"`;
  if (service.oneShot) return `${id}([${text}]):::once`;
  if (service.role === ServiceRole.DATABASE || service.role === ServiceRole.CACHE) return `${id}[(${text})]`;
  return service.role === ServiceRole.WORKER ? `${id}[[${text}]]` : `${id}[${text}]`;
}

function arrows(service: Service, chapter: Chapter): string[] {
  const targets = service.connections().map(({ target }) => target)
    .filter((target) => !(target instanceof Service) || chapter.services.includes(target));
  return [...new Set(targets.map((target: StackElement) => (target instanceof Service ? target.serviceName : target.node.id)))]
    .map((name) => `  ${identifier(service.serviceName)} --> ${identifier(name)}`);
}

function identifier(name: string): string {
  const id = name.replace(/[^A-Za-z0-9]/g, '_');
  return RESERVED.includes(id.toLowerCase()) ? `${id}_` : id;
}

/** Text in quotes, where Mermaid reads entities in its own way. */
function label(text: string): string {
  return text.replace(/[#"<>&`]/g, (character) => `#${character.charCodeAt(0)};`);
}

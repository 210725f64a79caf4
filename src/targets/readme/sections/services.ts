import { StackElement } from '../../../model/element';
import { Mode } from '../../../model/mode';
import { PortProtocol } from '../../../model/port';
import { Service } from '../../../model/service';
import { stackNameIn } from '../../../model/stack-model';
import { Chapter } from '../chapter';
import { hostPlace, publishedPorts } from '../facts';
import { code, enumeration, plain, prose, table } from '../markdown';

/** What runs, and where it is reached. */
export function services(chapter: Chapter): string[] {
  if (chapter.services.length === 0) return [];
  const example = chapter.services.find((service) => !service.settings(Mode.DEVELOPMENT).containerName);
  const name = `${stackNameIn(chapter.stack, Mode.DEVELOPMENT)}-${example?.serviceName}-1`;
  return [
    table(['service', 'what it is', 'on your machine', 'for containers', 'port setting', 'login'], [
      ...chapter.services.map(serviceRow), ...external(chapter).map(externalRow),
    ]),
    ...paragraph([
      ...(chapter.services.length > 1 ? ['Containers of this stack know each other by the service\'s name; `localhost` is each one\'s own.'] : []),
      ...(example ? [`The container of ${code(example.serviceName)} is called ${code(name)}${chapter.services.length > 1 ? ', and so on' : ''}.`] : []),
    ]),
  ];
}

function paragraph(sentences: readonly string[]): string[] {
  return sentences.length === 0 ? [] : [prose(sentences.join(' '))];
}

function serviceRow(service: Service): string[] {
  const { ports = [], profiles = [], containerName } = service.settings(Mode.DEVELOPMENT);
  const published = publishedPorts([service], Mode.DEVELOPMENT);
  const notes = [
    ...(service.oneShot ? ['runs once'] : []),
    ...(profiles.length > 0 ? [`with the profile ${enumeration(profiles.map(code))}`] : []),
    ...(containerName ? [`container ${code(containerName)}`] : []),
  ];
  return [
    code(service.serviceName),
    [plain(service.description ?? ''), ...notes].filter(Boolean).join('; '),
    published.map(hostPlace).join(', '),
    ports.map(({ port, protocol }) => code(`${service.serviceName}:${port}${protocol === PortProtocol.UDP ? '/udp' : ''}`)).join(', '),
    published.map(({ variableName }) => code(variableName)).join(', '),
    service.credentials().map(({ variableName }) => code(variableName)).join(', '),
  ];
}

/** What services are connected to and this stack does not run. */
export function external(chapter: Chapter): StackElement[] {
  const reached = chapter.services.flatMap((service) => service.connections().map(({ target }) => target));
  return [...new Set(reached)].filter((target) => !(target instanceof Service));
}

function externalRow(element: StackElement): string[] {
  const [first] = element.variables();
  const settings = element.variables().map(({ variableName }) => code(variableName)).join(', ');
  return [code(element.node.id), [plain(first?.section ?? ''), 'runs elsewhere'].filter(Boolean).join('; '), '', '', '', settings];
}

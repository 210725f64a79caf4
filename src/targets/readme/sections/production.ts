import { GuideTopic } from '../../../model/guide';
import { Mode } from '../../../model/mode';
import { stackNameIn } from '../../../model/stack-model';
import { SharedThing, sharedBetweenModes } from '../../compose/shared';
import { composeCommand } from '../../compose/tasks';
import { Chapter } from '../chapter';
import { BlockKind, shellBlocks } from '../compose-words';
import { isForBrowsers, keptData, publishedPorts } from '../facts';
import { boxes, code, enumeration, heading, prose, table } from '../markdown';

/** How it is started for real, and what is to be done before. */
export function production(chapter: Chapter): string[] {
  const { productionServices, files } = chapter;
  if (productionServices.length === 0) return [];
  const compose = composeCommand(files.production).join(' ');
  const builds = productionServices.some((service) => service.settings(Mode.PRODUCTION).imageBuild);
  const kind = BlockKind.PRODUCTION;
  const hasSettings = chapter.writes('scripts/env.sh');
  const guides = chapter.guides(GuideTopic.PRODUCTION);
  const prosaic = guides.filter((guide) => guide.text || guide.facts || guide.commands);
  return [
    prose(beside(chapter)),
    ...shellBlocks([
      ...(hasSettings ? [chapter.shell('Make the secrets, then see what is missing or unsafe', './scripts/env.sh init', { kind }), chapter.shell('', './scripts/env.sh check --production', { kind })] : []),
      chapter.shell('Start, and wait until all is healthy', `${compose} up --detach ${builds ? '--build ' : ''}--wait`, { kind }),
      chapter.shell('', `${compose} ps`, { kind }),
    ]),
    heading(3, 'Before other people depend on it'),
    boxes([...points(chapter), ...guides.flatMap((guide) => guide.points ?? [])]),
    ...(prosaic.length === 0 ? [] : prosaic.flatMap((guide) => [
      ...(guide.text ? [prose(guide.text)] : []), ...(guide.facts ? [table(['', ''], Object.entries(guide.facts))] : []), ...chapter.blocks(guide.commands ?? []),
    ])),
  ];
}

/** Whether production can run where development does, and why not. */
function beside({ files, services, stack }: Chapter): string {
  const name = code(stackNameIn(stack, Mode.PRODUCTION));
  if (services.length === 0) return `${code(files.production)} is complete by itself, and its name is ${name}.`;
  const complete = `${code(files.production)} is complete by itself: it takes nothing from ${code(files.development)}`;
  const shared = sharedBetweenModes(stack);
  if (shared.length === 0) return `${complete}, and its name is ${name}, so that both can run on one machine.`;
  const folders = shared.filter(({ kind }) => kind === 'folder').map(({ thingName }) => code(thingName));
  return `${complete}. **Only one of the two may run on a machine at a time**: both have ${enumeration(KINDS.flatMap((kind) => named(kind, shared)))}.`
    + (folders.length === 0 ? '' : ` What deletes ${enumeration(folders)} in development deletes what production has there.`);
}

const KINDS = ['project', 'container', 'network', 'volume', 'folder', 'port'] as const;
const WORDS: { readonly [kind in SharedThing['kind']]: readonly [string, string] } = {
  project: ['the project name', 'the project names'],
  container: ['the container', 'the containers'],
  network: ['the network', 'the networks'],
  volume: ['the volume', 'the volumes'],
  folder: ['the folder', 'the folders'],
  port: ['the port', 'the ports'],
};

function named(kind: SharedThing['kind'], shared: readonly SharedThing[]): string[] {
  const names = shared.filter((thing) => thing.kind === kind).map(({ thingName }) => code(thingName));
  return names.length === 0 ? [] : [`${WORDS[kind][names.length === 1 ? 0 : 1]} ${names.join(', ')}`];
}

function points({ stack, productionServices }: Chapter): string[] {
  const secrets = stack.variables.some((variable) => variable.secret);
  const kept = keptData(stack, productionServices, Mode.PRODUCTION);
  const published = publishedPorts(productionServices, Mode.PRODUCTION);
  const limits = productionServices.map((service) => ({ service, memory: service.settings(Mode.PRODUCTION).resources?.memory }));
  const known = limits.flatMap(({ service, memory }) => (memory ? [`${code(service.serviceName)} ${memory}`] : []));
  return [
    ...(secrets ? ['Every secret is its own and long; `./scripts/env.sh check --production` finds nothing. Better than `.env`: a secret manager that gives them as environment.'] : []),
    (isForBrowsers(productionServices) ? 'TLS ends in front of the stack, and a firewall lets only that in.' : 'A firewall lets in only whom the data is for.')
      + (published.length > 0 ? ` Published here: ${enumeration(published.map(({ service, hostPort }) => `${code(service.serviceName)} (${hostPort})`))}.` : ''),
    ...(known.length > 0 ? [`The limits of memory fit the machine and the load: ${enumeration(known)}.`] : []),
    ...(kept.length > 0 ? [`What is in ${enumeration(kept.map(({ place }) => code(place)))} is backed up elsewhere, and a restore was tried.`] : []),
    'Somebody is told when a container is unhealthy or a disk fills up.',
  ];
}

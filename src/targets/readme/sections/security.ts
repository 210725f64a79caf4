import { GuideTopic } from '../../../model/guide';
import { Mode } from '../../../model/mode';
import { Chapter } from '../chapter';
import { isForBrowsers, publishedPorts } from '../facts';
import { code, enumeration, list } from '../markdown';

/** What is safe by default, and what is not. */
export function security(chapter: Chapter): string[] {
  if (chapter.services.length === 0) return [];
  return [list([...secrets(chapter), ...ports(chapter), ...production(chapter)]), ...chapter.guideBlocks(GuideTopic.SECURITY)];
}

function secrets({ stack, files }: Chapter): string[] {
  const named = stack.variables.filter((variable) => variable.secret);
  if (named.length === 0) return [];
  return [
    `The default passwords stand in ${code(files.development)} for everybody to read. They are for your machine only.`,
    '`.env` holds secrets. Git ignores it; never commit it.',
  ];
}

function ports({ services }: Chapter): string[] {
  const published = publishedPorts(services, Mode.DEVELOPMENT);
  if (published.length === 0) return [];
  const open = published.filter(({ address }) => !/^(127\.|::1$|localhost$)/.test(address));
  return open.length === 0
    ? ['In development, ports are published on 127.0.0.1: other machines do not reach them.']
    : [`In development, other machines reach ${enumeration(open.map(({ service, hostPort }) => `${code(service.serviceName)} on port ${hostPort}`))}.`];
}

function production({ productionServices, files, stack }: Chapter): string[] {
  if (productionServices.length === 0) return [];
  const settings = productionServices.map((service) => ({ service, settings: service.settings(Mode.PRODUCTION) }));
  const every = (holds: (each: typeof settings[number]) => boolean) => settings.every(holds);
  const facts = [
    ...(stack.variables.some((variable) => variable.secret) ? ['has no default for a secret, and does not start while one is missing'] : []),
    ...(every(({ settings: { securityOpt = [] } }) => securityOpt.some((option) => /^no-new-privileges/.test(option))) ? ['lets no process gain privileges'] : []),
    ...(every(({ settings: { capDrop = [] } }) => capDrop.includes('ALL')) ? ['drops all capabilities that a service does not need'] : []),
    ...(every(({ settings: { readOnly } }) => readOnly === true) ? ['gives no container a writable root'] : []),
    ...(every(({ settings: { resources } }) => resources?.memory !== undefined) ? ['limits what each container may use'] : []),
  ];
  const published = publishedPorts(productionServices, Mode.PRODUCTION);
  return [
    ...(facts.length === 0 ? [] : [`${code(files.production)} ${enumeration(facts)}.`]),
    published.length === 0
      ? `In production nothing is published: ${isForBrowsers(productionServices)
        ? `a server that speaks TLS belongs in front of ${code(files.production)}.` : 'only containers in a network of this stack reach it.'}`
      : `In production these ports are published: ${enumeration(published.map(({ service, hostPort, address }) => `${code(service.serviceName)} on ${address}:${hostPort}`))}.`,
  ];
}

import { GuideTopic } from '../../../model/guide';
import { Mode } from '../../../model/mode';
import { composeDocument } from '../../compose/document';
import { minimumVersions } from '../../compose/minimum-versions';
import { requiredIn } from '../../env/facts';
import { Chapter } from '../chapter';
import { BlockKind, shellBlocks } from '../compose-words';
import { hostPlace, isWeb, publishedPorts } from '../facts';
import { code, enumeration, list, plain, prose, steps } from '../markdown';

/** From a clone to something that runs, in numbered steps. */
export function quickStart(chapter: Chapter): string[] {
  if (chapter.services.length === 0) return [];
  return [prose(prerequisites(chapter)), steps([
    [prose(`Clone this repository, and go into its folder${chapter.stack.directory ? ` and there into ${code(chapter.stack.directory)}` : ''}: every command here is for that folder.`)],
    ...settings(chapter),
    start(chapter),
    look(chapter),
    [prose('Follow the logs, until Ctrl+C:'), ...shellBlocks([chapter.compose('', 'logs --follow', { kind: BlockKind.INTERACTIVE })])],
    [prose('Stop. Data stays:'), ...shellBlocks([chapter.compose('', 'down', { kind: BlockKind.STOPS })])],
  ]), ...chapter.guideBlocks(GuideTopic.QUICK_START)];
}

function prerequisites(chapter: Chapter): string {
  const { engine, compose } = minimumVersions(composeDocument(chapter.stack, Mode.DEVELOPMENT)?.content ?? {});
  const needs = `You need Docker, installed and running: Docker Desktop, or Docker Engine ${engine} and Compose ${compose}, or newer `
    + `(${code('docker version')} and ${code('docker compose version')} tell).`;
  const memory = chapter.builds ? ' Images are built here, so let Docker have 4 GB of memory.' : '';
  const ports = publishedPorts(chapter.services, Mode.DEVELOPMENT).map(({ hostPort }) => hostPort);
  const free = ports.length === 0 ? '' : ` ${ports.length === 1 ? `Port ${ports[0]} of your machine is` : `The ports ${enumeration(ports)} of your machine are`} used, and can be moved.`;
  return `${needs}${memory}${free}`;
}

function settings(chapter: Chapter): string[][] {
  if (!chapter.writes('.env.example')) return [];
  const required = requiredIn(chapter.stack, Mode.DEVELOPMENT);
  const purpose = required.length === 0
    ? 'If you like, make an `.env` with random passwords of your own. It is optional: without it the defaults hold, which are for your machine alone. What is in it already stays:'
    : `Make an \`.env\`, and write into it what has no default: ${enumeration(required.map(code))}. Passwords that nobody issues are made, and what is in it already stays:`;
  return [[
    prose(purpose),
    ...shellBlocks([chapter.shell('', './scripts/env.sh init')]),
    prose('Or copy the template, and put your own values in the place of the placeholders:'),
    ...shellBlocks([chapter.shell('', 'cp .env.example .env', { kind: BlockKind.SITUATIONAL })]),
  ]];
}

function start(chapter: Chapter): string[] {
  const words = `up --detach ${chapter.builds ? '--build ' : ''}--wait`;
  const does = chapter.builds ? 'Build and start everything; the first time takes some minutes' : 'Start everything';
  return [prose(`${does}. The command returns when all is healthy, or says what is not:`), ...shellBlocks([chapter.compose('', words)])];
}

function look(chapter: Chapter): string[] {
  const pages = publishedPorts(chapter.services, Mode.DEVELOPMENT)
    .filter(({ service, port }) => isWeb(port) && (service.settings(Mode.DEVELOPMENT).profiles ?? []).length === 0);
  return [
    prose(pages.length === 0 ? 'See that it runs:' : 'See that it runs, and open it:'),
    ...shellBlocks([chapter.compose('', 'ps')]),
    ...(pages.length === 0 ? [] : [list(pages.map((page) => `${plain(page.service.description ?? page.service.serviceName)}: ${hostPlace(page)}`))]),
  ];
}

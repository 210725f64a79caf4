import { RawStep, RunStep } from './content';
import { hasLineBreak, Problem, shown } from './problem';
import { hereDocument, shellText } from './shell';
import { Stage } from './stage';
import { isRoot, usersOf } from './users';

/** Instructions that have a method of their own, and what to write instead. */
const TYPED: { readonly [instruction: string]: string } = {
  FROM: "dockerfile.addStage('…', { base: '…' })",
  ARG: "addArgument('…')",
  CMD: "command(['…'])",
  COPY: "copy(['…'], '…')",
  ENTRYPOINT: "entrypoint(['…'])",
  ENV: "addEnvironment('…', '…')",
  EXPOSE: 'expose(8000)',
  LABEL: "addLabel('…', '…')",
  RUN: "run('…')",
  STOPSIGNAL: "stopSignal('…')",
  USER: "user('…'), and asUser for what runs as that user",
};

/** Those that have none. */
const OTHERS = ['ADD', 'HEALTHCHECK', 'ONBUILD', 'SHELL', 'VOLUME', 'WORKDIR'];

type Report = (message: string, fix: string) => Problem;

/** What is wrong with the steps of a stage. */
export function stepProblems(stage: Stage, stages: readonly Stage[], where: string, report: Report): Problem[] {
  const user = usersOf(stage, stages).after;
  return stage._content().steps.flatMap((step): Problem[] => {
    if (step.kind === 'run') return [...commandProblems(step, where, report), ...flagProblems(step, where, report), ...userProblems(step, user, where, report)];
    if (step.kind === 'raw') return rawProblems(step, where, report);
    if (step.kind !== 'copy') return [];
    const { owner, fileMode } = step.options;
    return [
      ...(owner !== undefined && !/^[\w.${}:@-]+$/.test(owner) ? [report(`The owner ${shown(owner)} of a copy ${where} is none.`, "Write: owner: 'app:app'.")] : []),
      ...(fileMode !== undefined && !/^(?:[0-7]{3,4}|[ugoa]*[-+=][rwxXst,ugoa=+-]*)$/.test(fileMode) ? [report(
        `The permissions ${shown(fileMode)} of a copy ${where} are none.`, "Write: fileMode: '755'.",
      )] : []),
    ];
  });
}

function commandProblems({ command }: RunStep, where: string, report: Report): Problem[] {
  const what = `The command ${shown(command)} ${where}`;
  if (typeof command !== 'string' || command.trim() === '') return [report(`A command ${where} is empty.`, "Write: run('pip check').")];
  if (command.includes('\0')) return [report(`${what} has a NUL in it.`, 'Remove it.')];
  const text = shellText(command);
  const last = 'script' in text ? text.script[text.script.length - 1] : text.chain[text.chain.length - 1];
  if (/(?:^|[^\\])(?:\\\\)*\\$/.test(last)) return [report(`${what} ends in a backslash, which would continue it with the next instruction.`, 'Remove it.')];
  if (/^\s*--/.test(command)) return [report(`${what} begins with an option of RUN.`, 'Write cacheMounts, bindMounts, secretMounts, mounts or network.')];
  const word = hereDocument(command);
  return word ? [report(`${what} begins a here-document (${word}) that has no lines.`, 'Write its lines below it: a command of several lines is a script.')] : [];
}

function flagProblems({ options }: RunStep, where: string, report: Report): Problem[] {
  const fields = [
    ...(options.cacheMounts ?? []).map((path) => ['cacheMounts', path]),
    ...(options.bindMounts ?? []).flatMap(({ source, target }) => [['the source of a bind mount', source], ['the target of a bind mount', target]]),
    ...(options.secretMounts ?? []).flatMap(({ secretId, target = '/', environmentKey = 'KEY' }) => (
      [['the name of a secret', secretId], ['the target of a secret', target], ['the key of a secret', environmentKey]]
    )),
    ...(options.network !== undefined ? [['the network', options.network]] : []),
  ];
  return [
    ...fields.filter(([, text]) => !/^[^\s,"'\\]+$/.test(text)).map(([field, text]) => report(
      `${shown(text)}, ${field} of a command ${where}, is no word.`, 'Write a text without spaces, commas and quotes.',
    )),
    ...(options.mounts ?? []).filter((mount) => !/^type=\S+$/.test(mount)).map((mount) => report(
      `${shown(mount)} of a command ${where} is no mount.`, "Write: mounts: ['type=ssh'].",
    )),
  ];
}

function userProblems({ asUser, options, command }: RunStep, user: string | undefined, where: string, report: Report): Problem[] {
  if (!asUser) return [];
  if (isRoot(user)) {
    return [report(`The command ${shown(command)} ${where} is run as its user, which is root.`, "Write: user('1000:1000'), or baseUser when the base image has one; else leave asUser out.")];
  }
  if (!(options.cacheMounts ?? []).length || /^\d+(?::\d+)?$/.test(user!)) return [];
  return [report(
    `The cache of the command ${shown(command)} ${where} would belong to root, since ${shown(user)} has no number yet.`,
    `Write a number: user('1000:1000'), or mounts: ['type=cache,target=${options.cacheMounts![0]},uid=…'].`,
  )];
}

function rawProblems({ text }: RawStep, where: string, report: Report): Problem[] {
  const [, word = ''] = /^\s*(\S*)/.exec(text) ?? [];
  const what = `The instruction ${shown(text)} ${where}`;
  const known = TYPED[word.toUpperCase()];
  if (known) return [report(`${what} has a method of its own, which knows its place.`, `Write: ${known}.`)];
  if (!OTHERS.includes(word)) return [report(`${what} is none.`, `Write one of ${OTHERS.join(', ')}, in capitals, with its arguments.`)];
  if (text.trim() === word) return [report(`${what} has no arguments.`, 'Write them behind it.')];
  const lines = text.trim().split('\n');
  if (lines.slice(0, -1).some((line) => !line.trimEnd().endsWith('\\')) || hasLineBreak(lines[lines.length - 1]) || lines[lines.length - 1].endsWith('\\')) {
    return [report(`${what} does not end where its lines do.`, 'End each line but the last with a backslash.')];
  }
  return [];
}

import type { Dockerfile } from './dockerfile';
import { hasLineBreak, Problem, shown } from './problem';
import { BUILD_SECRET, BUILD_TEXT } from './rules';
import { Stage } from './stage';
import { stepProblems } from './step-problems';
import { isVariableName } from '../names';

/** What BuildKit warns of: the words of a name that say what it holds. */
const SECRET = /(?:_|^)(?:apikey|auth|credentials?|key|password|pword|passwd|secret|token)(?:_|$)/i;
const PUBLIC = /(?:_|^)public(?:_|$)/i;

type Report = (message: string, fix: string) => Problem;

/** What is wrong with what instructions say. */
export function textProblems(dockerfile: Dockerfile): Problem[] {
  const { syntax } = dockerfile;
  return [
    ...(syntax !== undefined && !/^\S+$/.test(syntax) ? [{ rule: BUILD_TEXT, message: `The syntax ${shown(syntax)} is no image.`, fix: "Write: syntax: 'docker/dockerfile:1'." }] : []),
    ...dockerfile.stages.flatMap((stage) => stageTexts(stage, dockerfile.stages)),
  ];
}

function stageTexts(stage: Stage, stages: readonly Stage[]): Problem[] {
  const content = stage._content();
  const where = `of the stage ${shown(stage.stageName)}`;
  const report: Report = (message, fix) => ({ rule: BUILD_TEXT, message, fix });
  const args = [...content.arguments, ...content.steps.flatMap((step) => (step.kind === 'argument' ? [step] : []))];
  return [
    ...args.flatMap(({ name, defaultValue }) => pair(`The argument ${shown(name)} ${where}`, name, defaultValue ?? '', report)),
    ...content.environment.flatMap(({ key, value }) => pair(`The key ${shown(key)} ${where}`, key, value, report)),
    ...content.environment.filter(({ key, value, expand }) => key === 'PATH' && !expand && /\$\{?PATH\b/.test(value)).map(({ value }) => report(
      `PATH ${where} would hold the text $PATH itself, and the image would find no program.`, `Write: addEnvironment('PATH', '${value}', { expand: true }).`,
    )),
    ...content.labels.filter(([key, value]) => key.trim() === '' || hasLineBreak(key + value)).map(([key]) => report(
      `The label ${shown(key)} ${where} cannot stand in one line.`, 'Write a key, and a text of one line.',
    )),
    ...content.ports.filter((port) => !isPort(port)).map((port) => report(`The port ${shown(port)} ${where} is none.`, 'Write a whole number from 1 to 65535: expose(8000).')),
    ...runtime(stage, where, report),
    ...stepProblems(stage, stages, where, report),
    ...secrets([...args.map(({ name }) => name), ...content.environment.map(({ key }) => key)], where),
  ];
}

function pair(what: string, key: string, value: string, report: Report): Problem[] {
  if (!isVariableName(key)) return [report(`${what} has a name that no shell can read.`, 'Write letters, digits and underscores, and no digit first.')];
  return typeof value !== 'string' || hasLineBreak(value) ? [report(`${what} has a value that is no line of text: ${shown(value)}.`, 'Write a text of one line; for more, copy a file.')] : [];
}

function runtime(stage: Stage, where: string, report: Report): Problem[] {
  const { workingDir, user, stopSignal, entrypoint, command } = stage._content();
  const users = [user, stage.baseUser].filter((each): each is string => each !== undefined);
  return [
    ...(workingDir !== undefined && !/^[/$][^\n\r\0]*$/.test(workingDir) ? [report(
      `The working directory ${shown(workingDir)} ${where} does not begin at the root.`, "Write: workingDir('/app').",
    )] : []),
    ...users.filter((each) => !/^[\w.$-][\w.${}@-]*(?::[\w.${}@-]+)?$/.test(each)).map((each) => report(
      `The user ${shown(each)} ${where} is none.`, "Write a name or a number, with a group if need be: user('1000:1000').",
    )),
    ...(stopSignal !== undefined && !/^(?:(?:SIG)?[A-Z][A-Z0-9+-]*|\d+)$/.test(stopSignal) ? [report(
      `The signal ${shown(stopSignal)} ${where} is none.`, "Write: stopSignal('SIGINT').",
    )] : []),
    ...(stage.platform !== undefined && !/^\S+$/.test(stage.platform) ? [report(
      `The platform ${shown(stage.platform)} ${where} is none.`, "Write: platform: '$BUILDPLATFORM'.",
    )] : []),
    ...(command && (command.length === 0 || !command[0]) ? [report(
      `The command ${where} is empty.`, "Write the program and its arguments: command(['uvicorn', 'app.main:app']).",
    )] : []),
    ...(entrypoint && entrypoint.length > 0 && !entrypoint[0] ? [report(
      `The entrypoint ${where} has an empty program.`, "Write: entrypoint(['/entrypoint.sh']), or entrypoint([]) to remove the base's.",
    )] : []),
  ];
}

function isPort(port: string): boolean {
  const number = Number(port.replace('/udp', ''));
  return Number.isInteger(number) && number >= 1 && number <= 65535;
}

function secrets(names: readonly string[], where: string): Problem[] {
  return [...new Set(names)].filter((name) => SECRET.test(name) && !PUBLIC.test(name)).map((name) => ({
    rule: BUILD_SECRET,
    message: `${shown(name)} ${where} is called like a secret.`,
    fix: "If it is one, mount it: run('…', { secretMounts: [{ secretId: '…' }] }); else give it another name.",
  }));
}

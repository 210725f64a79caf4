import { namedCopies } from './named-copies';
import { packagesInstruction } from './packages';
import { endsInstruction, execForm, quoteValue } from './quoting';
import { argumentLine, continued, instruction, Instruction, stepInstruction } from './steps';
import { BuildPhase } from '../../model/dockerfile/build-phase';
import { EnvironmentEntry, StageContent, Step } from '../../model/dockerfile/content';
import { Stage } from '../../model/dockerfile/stage';
import { isRoot, StageUsers } from '../../model/dockerfile/users';

const PHASES = [BuildPhase.SYSTEM, BuildPhase.DEPENDENCIES, BuildPhase.SOURCE];

/** A stage from top to bottom, in groups that belong together; copies that leave something out name the rest of what is allowed. */
export function stageInstructions(stage: Stage, users: StageUsers, allowed: readonly string[]): Instruction[][] {
  const content = stage._content();
  const named = content.steps.filter((step) => !step.asUser).flatMap((step) => namedCopies(step, allowed));
  const steps = PHASES.map((phase) => named.filter((step) => step.phase === phase));
  const rootSteps: Instruction[][] = [
    content.packages.length > 0 ? [packagesInstruction(content.packages)] : [],
    ...steps.map((each) => each.map((step) => stepInstruction(step, users.after))),
  ];
  // Copies are root's whoever the user is; what runs is not.
  const needsRoot = !isRoot(users.before) && (content.packages.length > 0 || steps.flat().some(runs));
  const userBelow = needsRoot ? undefined : users.before;
  const asUser = content.steps.filter((step) => step.asUser).sort((a, b) => PHASES.indexOf(a.phase) - PHASES.indexOf(b.phase));
  const start = [
    ...pairInstructions('LABEL', content.labels.map(([key, value]) => ({ key, value, expand: false }))),
    ...(content.ports.length > 0 ? [instruction(`EXPOSE ${content.ports.join(' ')}`)] : []),
    ...(sameUser(userBelow, users.after) ? [] : [userInstruction(users.after!)]),
  ];
  const end = [
    ...(content.stopSignal ? [instruction(`STOPSIGNAL ${content.stopSignal}`)] : []),
    ...(content.entrypoint ? [instruction(`ENTRYPOINT ${execForm(content.entrypoint)}`)] : []),
    ...(content.command ? [instruction(`CMD ${execForm(content.command)}`)] : []),
  ];
  return [
    [fromInstruction(stage), ...head(content)],
    needsRoot ? [instruction('USER 0', 'The base ends with another user; what follows is done as root.')] : [],
    ...rootSteps,
    ...(asUser.length > 0 ? [start, asUser.map((step) => stepInstruction(step, users.after)), end] : [[...start, ...end]]),
  ].filter((group) => group.length > 0);
}

function fromInstruction({ base, platform, stageName, note }: Stage): Instruction {
  return instruction(`FROM ${platform ? `--platform=${platform} ` : ''}${base} AS ${stageName}`, note);
}

function head(content: StageContent): Instruction[] {
  return [
    ...content.arguments.map((each) => instruction(argumentLine(each.name, each.defaultValue), each.note)),
    ...pairInstructions('ENV', content.environment),
    ...(content.workingDir ? [instruction(`WORKDIR ${content.workingDir}`)] : []),
  ];
}

/**
 * Keys and values in as few instructions as possible: a value that names a key of the same instruction would find what that
 * held before.
 */
function pairInstructions(keyword: string, entries: readonly EnvironmentEntry[]): Instruction[] {
  const groups: EnvironmentEntry[][] = [];
  for (const entry of entries) {
    const last = groups[groups.length - 1];
    const apart = !last || endsInstruction(last[last.length - 1].value) || (entry.expand && last.some(({ key }) => names(entry.value, key)));
    if (apart) groups.push([entry]);
    else last.push(entry);
  }
  return groups.map((group) => instruction(
    continued(keyword, group.map(({ key, value, expand }) => `${quoteKey(key)}=${quoteValue(value, expand)}`)),
    group.flatMap(({ note }) => note ?? []).join('\n'),
  ));
}

/** Labels may have any key. */
function quoteKey(key: string): string {
  return /^[\w./-]+$/.test(key) ? key : quoteValue(key);
}

function names(value: string, key: string): boolean {
  return [...value.matchAll(/\$\{?(\w+)/g)].some(([, name]) => name === key);
}

function runs(step: Step): boolean {
  return step.kind === 'run' || (step.kind === 'raw' && /^SHELL|^ADD|^VOLUME/i.exec(step.text.trim()) === null);
}

function sameUser(a: string | undefined, b: string | undefined): boolean {
  return a === b || (isRoot(a) && isRoot(b));
}

function userInstruction(user: string): Instruction {
  if (/^\d+(?::\d+)?$/.test(user) || isRoot(user)) return instruction(`USER ${isRoot(user) ? user.replace('root', '0') : user}`);
  const why = user.includes('$') ? 'Known when the image is built.' : 'A name that the image itself knows: its number may differ from build to build.';
  return { note: [`# ${why}`, '# hadolint ignore=DL3066'], lines: [`USER ${user}`] };
}

import { comment } from './quoting';
import { stageInstructions } from './stage-text';
import { Instruction } from './steps';
import { Dockerfile } from '../../model/dockerfile/dockerfile';
import { orderedStages } from '../../model/dockerfile/references';
import { usersOf } from '../../model/dockerfile/users';

/** The text of a Dockerfile, without the header that the writer puts on top. */
export function dockerfileText(dockerfile: Dockerfile): string {
  const stages = orderedStages(dockerfile.stages);
  const groups = stages.map((stage) => stageInstructions(stage, usersOf(stage, stages), dockerfile._allowed()));
  const head = [
    ...(dockerfile.description ? comment(dockerfile.description) : []),
    ...(groups.some((each) => hasNeighbours(each.flat())) ? ['# Each step is cached by itself.', '# hadolint global ignore=DL3059'] : []),
  ];
  const body = groups.map((each) => each.map(groupText).join('\n\n')).join('\n\n\n');
  return `${dockerfile.syntax ? `# syntax=${dockerfile.syntax}\n` : ''}${[...head, ...(head.length > 0 ? [''] : []), body].join('\n')}\n`;
}

/** What belongs together stands together: the head of a stage, and single lines without a note. */
function groupText(group: readonly Instruction[]): string {
  return group.map((each, index) => {
    const before = group[index - 1];
    const text = [...each.note, ...each.lines].join('\n');
    return before ? `${isTight(before, each) ? '' : '\n'}\n${text}` : text;
  }).join('');
}

function isTight(before: Instruction, { note, lines }: Instruction): boolean {
  const isHead = ([first]: readonly string[]) => /^(?:FROM|ARG|ENV|WORKDIR) /.test(first);
  return note.length === 0 && ((isHead(before.lines) && isHead(lines)) || (before.lines.length === 1 && lines.length === 1));
}

/** Whether two commands with the same mounts follow one another: a linter would have them in one instruction. */
function hasNeighbours(group: readonly Instruction[]): boolean {
  const flags = group.map(({ lines }) => (lines[0].startsWith('RUN ') ? (lines.join(' ').match(/--(?:mount|network)=\S+/g) ?? []).join(' ') : undefined));
  return flags.some((each, index) => each !== undefined && each === flags[index - 1]);
}

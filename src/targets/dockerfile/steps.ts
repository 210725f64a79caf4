import { comment, quoteValue } from './quoting';
import { CopyStep, RunStep, Step } from '../../model/dockerfile/content';
import { BuildBindMount, BuildSecretMount } from '../../model/dockerfile/options';
import { delimiter, isLong, shellText } from '../../model/dockerfile/shell';

/** One instruction with what stands above it. */
export interface Instruction {
  readonly note: readonly string[];
  readonly lines: readonly string[];
}

/** An instruction without a note, unless one is given. */
export function instruction(lines: string | readonly string[], note?: string): Instruction {
  return { note: note ? comment(note) : [], lines: typeof lines === 'string' ? [lines] : lines };
}

/** One step of a stage. */
export function stepInstruction(step: Step, user: string | undefined): Instruction {
  switch (step.kind) {
    case 'run': return instruction(runLines(step, user), step.note);
    case 'copy': return instruction(copyLine(step), step.note);
    case 'argument': return instruction(argumentLine(step.name, step.defaultValue), step.note);
    case 'raw': return instruction(step.text.trim().split('\n'), step.note);
  }
}

/** `ARG VERSION=1.2`. */
export function argumentLine(name: string, defaultValue: string | undefined): string {
  return defaultValue === undefined ? `ARG ${name}` : `ARG ${name}=${quoteValue(defaultValue)}`;
}

/** The flags of a `RUN`. */
export function runFlags({ options, asUser }: RunStep, user: string | undefined): string[] {
  const ids = asUser ? /^(\d+)(?::(\d+))?$/.exec(user ?? '') : undefined;
  const owner = ids ? `,uid=${ids[1]}${ids[2] ? `,gid=${ids[2]}` : ''}` : '';
  return [
    ...(options.cacheMounts ?? []).map((target) => `--mount=type=cache,target=${target}${owner}`),
    ...(options.bindMounts ?? []).map(bindMount),
    ...(options.secretMounts ?? []).map(secretMount),
    ...(options.mounts ?? []).map((mount) => `--mount=${mount}`),
    ...(options.network ? [`--network=${options.network}`] : []),
  ];
}

function bindMount({ source, target, fromStage, fromImage }: BuildBindMount): string {
  const from = fromStage ?? fromImage;
  return `--mount=type=bind,${from ? `from=${from},` : ''}source=${source},target=${target}`;
}

function secretMount({ secretId, target, environmentKey, required }: BuildSecretMount): string {
  return [
    `--mount=type=secret,id=${secretId}`,
    ...(target ? [`target=${target}`] : []),
    ...(environmentKey ? [`env=${environmentKey}`] : []),
    ...(required ? ['required=true'] : []),
  ].join(',');
}

/** One flag a line, and the parts of a chain below one another where they do not fit into one. */
function runLines(step: RunStep, user: string | undefined): string[] {
  const flags = runFlags(step, user);
  const text = shellText(step.command);
  if ('script' in text) {
    const end = delimiter(text.script);
    return [...continued('RUN', [...flags, `<<${end}`]), 'set -e', ...text.script, end];
  }
  const { chain } = text;
  return continued('RUN', [...flags, ...(isLong(chain, 4) ? chain.map((part, index) => (index > 0 ? `&& ${part}` : part)) : [chain.join(' && ')])]);
}

/** Parts below one another, each line but the last continued. */
export function continued(keyword: string, parts: readonly string[]): string[] {
  const indent = ' '.repeat(4);
  return parts.map((part, index) => `${index === 0 ? `${keyword} ` : indent}${part}${index < parts.length - 1 ? ' \\' : ''}`);
}

function copyLine({ sources, target, options }: CopyStep): string {
  const from = options.fromStage ?? options.fromImage;
  const into = sources.length > 1 && !target.endsWith('/') ? `${target}/` : target;
  const paths = [...sources, into];
  return [
    'COPY',
    ...(from ? [`--from=${from}`] : []),
    ...(options.owner ? [`--chown=${options.owner}`] : []),
    ...(options.fileMode ? [`--chmod=${options.fileMode}`] : []),
    ...(paths.some((path) => /[\s"'[\]]/.test(path)) ? [JSON.stringify(paths).replace(/","/g, '", "')] : paths),
  ].join(' ');
}

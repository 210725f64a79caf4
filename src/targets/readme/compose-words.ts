import { fence } from './markdown';
import { StackCommand, StackCommandKind } from '../../model/stack-command';
import { shellWord } from '../shell-word';

/**
 * What running a block of commands does, beyond printing something: the second word after the fence (` ```sh destructive`), which no
 * reader of the page sees and every program that runs the commands does. A block without one ends by itself with 0 while the stack runs, can be
 * run again, and leaves the stack running.
 */
export enum BlockKind {
  /** Ends by itself with 0 while the stack runs. */
  PLAIN = '',
  /** Goes on until a person ends it: a prompt, a log that is followed. */
  INTERACTIVE = 'interactive',
  /** Something does not run any more afterwards; data stays. */
  STOPS = 'stops',
  /** Deletes data. */
  DESTRUCTIVE = 'destructive',
  /** Fetches anew what is on the machine already: needs the network, and time. */
  ONLINE = 'online',
  /** For a situation that the text describes; in any other it may fail. */
  SITUATIONAL = 'situational',
  /** Is about the production stack. */
  PRODUCTION = 'production',
}

/** A line of shell with its comment, and what it does. */
export interface Line {
  readonly remark: string;
  readonly text: string;
  readonly kind: BlockKind;
  /** Whether everything runs again afterwards. */
  readonly starts?: boolean;
}

/** A word as a shell takes it for one, in the quotes that need the fewest backslashes. */
export function quote(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return /["$`\\!]/.test(word) ? shellWord(word) : `"${word}"`;
}

/** A command in Compose's words. */
export function composeLine(command: StackCommand, compose: readonly string[], allProfiles: readonly string[] = []): Line {
  const { kind, remark, service, interactive, inputFile, outputFile } = command;
  if (kind === StackCommandKind.HOST) return { remark, text: command.command[0], kind: kindOf(command) };
  const redirected = inputFile !== undefined || outputFile !== undefined;
  const target = service ? [service.serviceName] : [];
  const words = {
    [StackCommandKind.START]: ['up', '--detach', '--wait', ...target],
    [StackCommandKind.STOP]: ['stop', ...target],
    [StackCommandKind.REMOVE]: [...allProfiles, 'down'],
    [StackCommandKind.REMOVE_DATA]: [...allProfiles, 'down', '--volumes'],
    [StackCommandKind.RESTART]: ['restart', ...target],
    [StackCommandKind.REBUILD]: ['build', ...(command.afresh ? ['--no-cache'] : []), ...target],
    [StackCommandKind.LOGS]: ['logs', ...(interactive ? ['--follow', '--tail', '100'] : []), ...target],
    [StackCommandKind.STATUS]: ['ps', '--all', ...target],
    // Without a terminal where bytes must arrive as they are.
    [StackCommandKind.EXEC]: ['exec', ...(redirected ? ['-T'] : []), ...target, ...command.command],
    [StackCommandKind.RUN]: ['run', '--rm', ...target, ...command.command],
  }[kind];
  const redirections = [...(inputFile ? [`< ${quote(inputFile)}`] : []), ...(outputFile ? [`> ${quote(outputFile)}`] : [])];
  return {
    remark,
    text: [...[...compose, ...words].map(quote), ...redirections].join(' '),
    kind: kindOf(command),
    starts: kind === StackCommandKind.START && !service,
  };
}

function kindOf(command: StackCommand): BlockKind {
  if (command.destructive) return BlockKind.DESTRUCTIVE;
  if (command.situational) return BlockKind.SITUATIONAL;
  if (command.interactive) return BlockKind.INTERACTIVE;
  if (command.afresh) return BlockKind.ONLINE;
  return [StackCommandKind.STOP, StackCommandKind.REMOVE].includes(command.kind) ? BlockKind.STOPS : BlockKind.PLAIN;
}

/** The blocks of some lines in their order: one for each run of lines of one kind. What is stopped and started again is not stopped. */
export function shellBlocks(lines: readonly Line[]): string[] {
  const settled = lines.map((line, index) => (
    line.kind === BlockKind.STOPS && lines.slice(index + 1).some(({ starts }) => starts) ? { ...line, kind: BlockKind.PLAIN } : line
  ));
  const runs: Line[][] = [];
  for (const line of settled) {
    const last = runs[runs.length - 1];
    if (last && last[0].kind === line.kind) last.push(line);
    else runs.push([line]);
  }
  return runs.map(shellBlock);
}

/** One block of lines of one kind. */
function shellBlock(lines: readonly Line[]): string {
  const info = ['sh', lines[0].kind].filter(Boolean).join(' ');
  return fence(info, lines.flatMap(({ remark, text }) => [...(remark ? [`# ${remark}`] : []), text]));
}

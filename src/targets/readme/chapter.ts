import { composeLine, Line, quote, shellBlocks } from './compose-words';
import { heading, boxes, prose, table } from './markdown';
import { Guide, GuideTopic } from '../../model/guide';
import { Mode } from '../../model/mode';
import { Service } from '../../model/service';
import { StackCommand } from '../../model/stack-command';
import { StackModel } from '../../model/stack-model';
import { TargetOutput } from '../../model/target';
import { allProfiles, composeCommand } from '../compose/tasks';

/** The files of Compose, by mode. */
export interface ComposeFiles {
  readonly development: string;
  readonly production: string;
}

/** What a section is written from: the model, what the other targets gave, and the words of Compose. */
export class Chapter {
  /** The services of development. */
  public readonly services: readonly Service[];
  /** The services of production. */
  public readonly productionServices: readonly Service[];
  private readonly filePaths: ReadonlySet<string>;
  /** What makes Compose stop the services with a profile, too. */
  private readonly allProfiles: string[];

  constructor(public readonly stack: StackModel, public readonly outputs: readonly TargetOutput[], public readonly files: ComposeFiles) {
    this.services = stack.services.filter((service) => service.modes.includes(Mode.DEVELOPMENT));
    this.productionServices = stack.services.filter((service) => service.modes.includes(Mode.PRODUCTION));
    this.allProfiles = allProfiles(stack);
    this.filePaths = new Set(outputs.flatMap((output) => output.files.map(({ filePath }) => filePath)));
  }

  /** Whether some target writes a file. */
  public writes(filePath: string): boolean {
    return this.filePaths.has(filePath);
  }

  /** Whether images are built here. */
  public get builds(): boolean {
    return this.services.some((service) => service.settings(Mode.DEVELOPMENT).imageBuild);
  }

  /** A line of shell that begins with Compose. */
  public compose(remark: string, words: string, kind: Partial<Line> = {}): Line {
    const all = /^(stop|rm|down)\b/.test(words) ? this.allProfiles : [];
    return this.shell(remark, [...composeCommand(this.files.development), ...all].map(quote).concat(words).join(' '), kind);
  }

  /** Any line of shell. */
  public shell(remark: string, text: string, kind: Partial<Line> = {}): Line {
    return { remark, text, kind: '' as Line['kind'], ...kind };
  }

  /** Commands of the model as blocks of shell. */
  public blocks(commands: readonly StackCommand[]): string[] {
    return shellBlocks(commands.map((command) => composeLine(command, composeCommand(this.files.development), this.allProfiles)));
  }

  /** The guides of a topic. */
  public guides(topic: GuideTopic): Guide[] {
    const all = [...this.stack.elements.flatMap((element) => element.guides()), ...this.outputs.flatMap((output) => output.guides ?? [])];
    return all.filter((guide) => guide.topic === topic);
  }

  /** The guides of a topic as blocks: those without a heading first, those of one heading together. */
  public guideBlocks(topic: GuideTopic): string[] {
    const groups = new Map<string, Guide[]>([['', []]]);
    for (const guide of this.guides(topic)) {
      const key = guide.heading ?? '';
      const group = groups.get(key);
      if (group) group.push(guide);
      else groups.set(key, [guide]);
    }
    return [...groups].flatMap(([title, guides]) => [
      ...(title && guides.length > 0 ? [heading(3, title)] : []), ...guides.flatMap((guide) => this.guide(guide)),
    ]);
  }

  private guide({ text, facts, commands, points }: Guide): string[] {
    return [
      ...(text ? [prose(text)] : []),
      ...(facts && Object.keys(facts).length > 0 ? [table(['', ''], Object.entries(facts))] : []),
      ...(points && points.length > 0 ? [boxes(points)] : []),
      ...this.blocks(commands ?? []),
    ];
  }
}

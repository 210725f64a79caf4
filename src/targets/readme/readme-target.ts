import { posix } from 'path';
import { Chapter, ComposeFiles } from './chapter';
import { code, enumeration, heading, plain, prose } from './markdown';
import { ReadmeOptions, ReadmeSection } from './options';
import { commands } from './sections/commands';
import { configuration } from './sections/configuration';
import { database } from './sections/database';
import { hotReload } from './sections/hot-reload';
import { production } from './sections/production';
import { quickStart } from './sections/quick-start';
import { security } from './sections/security';
import { services } from './sections/services';
import { tests } from './sections/tests';
import { topology } from './sections/topology';
import { troubleshooting } from './sections/troubleshooting';
import { wiring } from './sections/wiring';
import { understood } from '../../model/given';
import { GuideTopic } from '../../model/guide';
import { StackModel } from '../../model/stack-model';
import { Target, TargetOutput } from '../../model/target';

/** The heading of a section, and what stands below. */
interface SectionWriter {
  readonly title: (chapter: Chapter) => string;
  readonly write: (chapter: Chapter) => string[];
}

/** How each section is written; one that gives nothing is left out. */
const SECTIONS: { readonly [section in ReadmeSection]: SectionWriter } = {
  [ReadmeSection.QUICK_START]: { title: () => 'Quick start', write: quickStart },
  [ReadmeSection.SERVICES]: { title: () => 'Services', write: services },
  [ReadmeSection.TOPOLOGY]: { title: () => 'Topology', write: topology },
  [ReadmeSection.WIRING]: { title: () => 'How it is wired', write: wiring },
  [ReadmeSection.COMMANDS]: { title: () => 'Daily commands', write: commands },
  [ReadmeSection.DATABASE]: { title: (chapter) => (chapter.guides(GuideTopic.DATABASE).length > 0 ? 'Database' : 'Data'), write: database },
  [ReadmeSection.TESTS]: { title: () => 'Tests', write: tests },
  [ReadmeSection.HOT_RELOAD]: { title: () => 'Hot reload', write: hotReload },
  [ReadmeSection.CONFIGURATION]: { title: () => 'Configuration', write: configuration },
  [ReadmeSection.TROUBLESHOOTING]: { title: () => 'Troubleshooting', write: troubleshooting },
  [ReadmeSection.SECURITY]: { title: () => 'Security', write: security },
  [ReadmeSection.PRODUCTION]: { title: () => 'Production', write: production },
};

/** What the README target is told, beside what its users say. */
export interface ReadmeTargetOptions extends ReadmeOptions {
  /**
   * The Compose file for development, relative to the stack's folder.
   *
   * @default "compose.yaml"
   */
  readonly composeFile?: string;

  /**
   * The Compose file for production, relative to the stack's folder.
   *
   * @default "compose.prod.yaml"
   */
  readonly productionComposeFile?: string;
}

/** A section as text. */
export interface RenderedSection {
  readonly sectionId: string;
  readonly content: string;
}

/**
 * Renders a stack as sections of a README that belongs to the team.
 */
export class ReadmeTarget extends Target {
  private readonly options: ReadmeOptions;
  private readonly composeFiles: ComposeFiles;

  /**
   * @param options which sections, in which file
   */
  constructor(options: ReadmeTargetOptions = {}) {
    super('readme');
    options = understood('ReadmeTargetOptions', options, this, new.target !== ReadmeTarget);
    this.options = options;
    this.composeFiles = { development: options.composeFile ?? 'compose.yaml', production: options.productionComposeFile ?? 'compose.prod.yaml' };
  }

  public render(_stack: StackModel): TargetOutput {
    return { files: [] };
  }

  public renderLast(stack: StackModel, outputs: TargetOutput[]): TargetOutput {
    const filePath = this.options.file ?? 'README.md';
    const sections = this._sections(stack, outputs);
    if (sections.length === 0) return { files: [], sectionedFiles: [] };
    return { files: [], sectionedFiles: [{ filePath, opening: this._opening(stack), sections }], gitIgnore: writtenBy(stack) };
  }

  /**
   * The sections as text.
   *
   * @internal
   */
  public _sections(stack: StackModel, outputs: TargetOutput[]): RenderedSection[] {
    const chapter = new Chapter(stack, outputs, this.composeFiles);
    const wanted = this.options.sections ?? Object.values(ReadmeSection);
    const omitted = this.options.omittedSections ?? [];
    return wanted.filter((section) => !omitted.includes(section)).flatMap((sectionId) => {
      const { title, write } = SECTIONS[sectionId];
      const blocks = write(chapter);
      return blocks.length === 0 ? [] : [{ sectionId, content: `${[heading(2, title(chapter)), ...blocks].join('\n\n')}\n` }];
    });
  }

  /**
   * What stands at the head of a file that is not there yet.
   *
   * @internal
   */
  public _opening(stack: StackModel): string {
    const what = stack.services.filter((service) => !service.oneShot).map(({ serviceName, description }) => (
      description && plain(description) !== serviceName ? `${code(serviceName)} (${plain(description)})` : code(serviceName)
    ));
    return `# ${plain(stack.stackName)}\n\n${prose(`${enumeration(what)}, run by Docker Compose.`)}\n`;
  }
}

/** The files that commands of the README write: dumps, which hold what nobody commits. */
function writtenBy(stack: StackModel): string[] {
  const typed = stack.elements.flatMap((element) => [
    ...element.guides().flatMap((guide) => guide.commands ?? []),
    ...element.troubles().flatMap(({ checks = [], remedies = [] }) => [...checks, ...remedies]),
  ]);
  const files = typed.flatMap(({ outputFile }) => (outputFile === undefined ? [] : [posix.normalize(outputFile)]));
  return [...new Set(files)].filter((file) => !/^\.\.?(\/|$)|^\//.test(file)).map((file) => `/${file}`);
}

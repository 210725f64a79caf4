import { existsSync, readFileSync, statSync, writeFileSync } from 'fs';
import * as path from 'path';
import { LogLevel, Project } from 'projen';
import { messageOf, stable } from './stack';
import { withoutPost } from './synth';
import { FileSection, RedisCache, Stack, StackModel, Target, TargetOutput } from '../../src';

/** Keeps sections in a README. */
export class Readme extends Target {
  constructor(private readonly sections: FileSection[], private readonly filePath = 'README.md') {
    super('readme-of-a-test');
  }

  public render(stack: StackModel): TargetOutput {
    return { files: [], sectionedFiles: [{ filePath: this.filePath, opening: `# ${stack.stackName}\n`, sections: this.sections }] };
  }
}

export const section = (sectionId: string, text = `Text of ${sectionId}.`): FileSection => ({ sectionId, content: `## ${sectionId}\n\n${text}` });

/** A project with a stack whose README has sections. */
export function project(outdir: string, sections: FileSection[], more: (stack: Stack, root: Project) => void = () => undefined): Project {
  const root = new Project({ name: 'shop', outdir, logging: { level: LogLevel.INFO } });
  const stack = new Stack(root, 'stack', { readme: { sections: [] }, targets: [new Readme(sections)] });
  new RedisCache(stack, 'redis');
  more(stack, root);
  return root;
}

/** Synthesizes, and gives what was said. */
export function synth(make: () => Project): string[] {
  const spy = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  try {
    withoutPost(() => make().synth());
    return spy.mock.calls.map(([line]) => stable(String(line)).replace(/\u001b\[\d+m/g, '').replace(/^\S+ /, '')).filter((line) => /PS08|section/.test(line));
  } finally {
    spy.mockRestore();
  }
}

/** What a synthesis is refused with. */
export const refusal = (make: () => Project) => messageOf(() => withoutPost(() => make().synth())).split('\n').filter((line) => /PS\d/.test(line)).map((line) => line.trim());

/** With an environment variable that is set, or not. */
export function withCi<T>(value: string | undefined, run: () => T): T {
  const before = process.env.CI;
  if (value === undefined) delete process.env.CI;
  else process.env.CI = value;
  try {
    return run();
  } finally {
    if (before === undefined) delete process.env.CI;
    else process.env.CI = before;
  }
}

export const readme = (folder: string) => readFileSync(path.join(folder, 'README.md'), 'utf8');
export const mode = (folder: string) => statSync(path.join(folder, 'README.md')).mode.toString(8);
export const change = (folder: string, edit: (text: string) => string) => writeFileSync(path.join(folder, 'README.md'), edit(readme(folder)));

/** A project with stacks, whose READMEs are said one by one. */
export function stacks(outdir: string, define: (root: Project) => void): Project {
  const root = new Project({ name: 'shop', outdir, logging: { level: LogLevel.INFO } });
  define(root);
  return root;
}

export function stackOf(root: Project, targets: Target[], id = 'stack', directory?: string): Stack {
  const stack = new Stack(root, id, { readme: { sections: [] }, directory, targets });
  new RedisCache(stack, 'redis');
  return stack;
}

/** What is remembered of sections, by file. */
export const memory = (folder: string) => {
  const file = path.join(folder, '.projen/stack.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).sections ?? {} : {};
};

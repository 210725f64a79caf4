import { spawnSync } from 'child_process';
import { cpSync, existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { parse } from 'yaml';
import { committedFiles, ROOT } from '../repository/support';
import { tempFolder } from '../support/synth';

/** A committed example: what a definition gives, as a team has it in its repository. */
export class Example {
  private readonly folder: string;

  constructor(private readonly exampleName: string) {
    this.folder = join(ROOT, 'examples', exampleName);
  }

  /** All its files, relative to its folder. */
  get files(): string[] {
    const prefix = `examples/${this.exampleName}/`;
    return committedFiles().filter((file) => file.startsWith(prefix)).map((file) => file.slice(prefix.length));
  }

  has(file: string): boolean {
    return existsSync(join(this.folder, file));
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), 'utf8');
  }

  /** A Compose file as data; nothing is filled in. */
  compose(file = 'docker-compose.yml'): any {
    return parse(this.read(file));
  }

  /** The stages of a Dockerfile by name, an instruction a line. */
  stages(file: string): { [stage: string]: string } {
    const stages = this.read(file).replace(/^\s*#.*\n/gm, '').replace(/\\\n\s*/g, '').split(/^(?=FROM )/m).filter((stage) => stage.startsWith('FROM '));
    return Object.fromEntries(stages.map((stage) => [/^FROM \S+ AS (\S+)/.exec(stage)![1], stage]));
  }

  /** The keys of a template of settings, each with its value and the comment above it. */
  settings(file = '.env.example'): { [key: string]: { readonly value: string; readonly comment: string } } {
    const found = this.read(file).matchAll(/((?:^#.*\n)*)^([A-Z][A-Z0-9_]*)=(.*)$/gm);
    return Object.fromEntries([...found].map(([, comment, key, value]) => [key, { value, comment }]));
  }

  /** The headings between banners in a template of settings. */
  headings(file = '.env.example'): string[] {
    return [...this.read(file).matchAll(/^# -{20,}\n# (.+)\n# -{20,}$/gm)].map(([, heading]) => heading);
  }

  /** Those of some paths that git ignores in a clone of the example. */
  ignored(...paths: string[]): string[] {
    const folder = tempFolder();
    cpSync(join(this.folder, '.gitignore'), join(folder, '.gitignore'));
    spawnSync('git', ['init', '--quiet'], { cwd: folder });
    const { stdout } = spawnSync('git', ['check-ignore', '--no-index', ...paths], { cwd: folder, encoding: 'utf8' });
    return stdout.split('\n').filter(Boolean);
  }
}

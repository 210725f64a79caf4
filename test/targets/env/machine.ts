import { execFileSync, spawnSync } from 'child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import * as path from 'path';
import { StackModel } from '../../../src/model/stack-model';
import { EnvTarget } from '../../../src/targets/env/env-target';
import { BASH } from '../../support/bash';

/** Every program that the script may call, each a POSIX one. */
const TOOLS = ['awk', 'basename', 'cat', 'chmod', 'dirname', 'id', 'ls', 'mv', 'od', 'readlink', 'rm', 'tr', 'wc'];

const folders: string[] = [];
afterAll(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** What a run of the script came to. */
export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder with a stack's files, on a machine that has only the programs it is said to have. */
export class Machine {
  public readonly folder: string;
  private readonly bin: string;

  constructor(stack: StackModel) {
    const root = mkdtempSync(path.join(realpathSync(tmpdir()), 'projen-stack-env-'));
    folders.push(root);
    this.folder = path.join(root, 'my project');
    this.bin = path.join(root, 'bin');
    for (const folder of [this.folder, this.bin]) mkdirSync(folder);
    for (const tool of TOOLS) this.addTool(tool);
    for (const file of new EnvTarget().render(stack).files) this.write(file.filePath, file.content, file.executable ? 0o755 : 0o644);
  }

  /** Puts a program of this machine on the path. */
  public addTool(name: string): void {
    symlinkSync(execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim(), path.join(this.bin, name));
  }

  /** A `docker` that knows these volumes; undefined is one whose engine does not answer. */
  public addDocker(volumes: string[] | undefined): void {
    const known = path.join(this.bin, '..', 'volumes');
    writeFileSync(known, (volumes ?? []).map((name) => `${name}\n`).join(''));
    const answer = `[ "$*" = 'volume ls --quiet' ] || { echo "unexpected: $*" >&2; exit 9; }; cat '${known}'`;
    this.replaceTool('docker', volumes ? answer : 'echo "Cannot connect to the Docker daemon" >&2; exit 1');
  }

  /** A program of this machine that is only these lines of shell. */
  public replaceTool(name: string, lines: string): void {
    rmSync(path.join(this.bin, name), { force: true });
    writeFileSync(path.join(this.bin, name), `#!/bin/sh\n${lines}\n`, { mode: 0o755 });
  }

  public run(args: string[], { env = {}, cwd = this.folder }: { readonly env?: NodeJS.ProcessEnv; readonly cwd?: string } = {}): Outcome {
    const bash = execFileSync('sh', ['-c', `command -v ${BASH}`], { encoding: 'utf8' }).trim();
    const script = path.join(path.relative(cwd, this.folder) || '.', 'scripts/env.sh');
    const { status, stdout, stderr } = spawnSync(bash, [script, ...args], { cwd, encoding: 'utf8', env: { PATH: this.bin, ...env } });
    return { status, stdout, stderr };
  }

  public write(file: string, content: string | Buffer, mode = 0o600): void {
    mkdirSync(path.dirname(path.join(this.folder, file)), { recursive: true });
    writeFileSync(path.join(this.folder, file), content);
    chmodSync(path.join(this.folder, file), mode);
  }

  public read(file = '.env'): string {
    return readFileSync(path.join(this.folder, file), 'latin1');
  }

  public has(file: string): boolean {
    return existsSync(path.join(this.folder, file));
  }

  public mode(file = '.env'): number {
    return statSync(path.join(this.folder, file)).mode % 0o1000;
  }

  /** What is in the folder, so that a left-over temporary file is seen. */
  public list(): string[] {
    return readdirSync(this.folder).sort();
  }

  /** The value of a key as it stands in the file. */
  public value(key: string, file = '.env'): string | undefined {
    return new RegExp(`^(?:export )?${key}=(.*)$`, 'm').exec(this.read(file))?.[1];
  }
}

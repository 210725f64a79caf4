import { BuildPhase } from './build-phase';
import { ArgumentStep, EnvironmentEntry, StageContent, Step } from './content';
import { BuildArgumentOptions, BuildEnvironmentOptions, CopyOptions, InstructionOptions, RunOptions, StageOptions } from './options';
import { understood } from '../given';
import { PortProtocol } from '../port';

/**
 * One stage of a Dockerfile. Everything may be said in any order, also after the construct that made the stage is done: each
 * instruction is written where it belongs.
 *
 * From top to bottom: arguments, environment, working directory, packages, the steps of each phase, labels, ports, the user, what is run as
 * the user, entrypoint and command.
 *
 * @see https://docs.docker.com/reference/dockerfile/
 */
export class Stage {
  /** The name. */
  public readonly stageName: string;

  /** The image or the stage that it is made from. */
  public readonly base: string;

  /** The user that the base image ends with; undefined for root, or the one of the stage that this one is made from. */
  public readonly baseUser?: string;

  /** The platform of the base image; undefined for the one that is built for. */
  public readonly platform?: string;

  /** The comment above the stage. */
  public readonly note?: string;

  private readonly argumentsAtTop = new Map<string, ArgumentStep>();
  private readonly environment = new Map<string, EnvironmentEntry>();
  private readonly packages = new Set<string>();
  private readonly steps: Step[] = [];
  private readonly labels = new Map<string, string>();
  private readonly ports = new Set<string>();
  /** What a stage has one of. */
  private readonly once: { workingDir?: string; user?: string; stopSignal?: string; entrypoint?: string[]; command?: string[] } = {};

  /**
   * Use `Dockerfile.addStage`.
   *
   * @param stageName the name
   * @param options what it is made from
   */
  constructor(stageName: string, options: StageOptions) {
    options = understood('StageOptions', options, this);
    this.stageName = stageName;
    this.base = options.base;
    this.baseUser = options.baseUser;
    this.platform = options.platform;
    this.note = options.note;
  }

  /**
   * Declares a build argument (`ARG`). Never a secret: it stays in the image's history; see `secretMounts` of `run`.
   *
   * @param argumentName the name
   * @param defaultValue its value when the build gives none, exactly as it is; undefined for none
   * @param options where it is declared
   */
  public addArgument(argumentName: string, defaultValue?: string, options: BuildArgumentOptions = {}): void {
    options = understood('BuildArgumentOptions', options, this);
    const phase = options.phase ?? BuildPhase.SYSTEM;
    const step: ArgumentStep = { kind: 'argument', name: argumentName, defaultValue, note: options.note, phase, asUser: false };
    if (options.phase === undefined) this.argumentsAtTop.set(argumentName, step);
    else this.steps.push(step);
  }

  /**
   * Sets a key of the environment (`ENV`), or replaces the one of that name.
   *
   * @param key the key
   * @param value what it holds, exactly as the program finds it unless `expand` is set
   * @param options whether it names others
   */
  public addEnvironment(key: string, value: string, options: BuildEnvironmentOptions = {}): void {
    options = understood('BuildEnvironmentOptions', options, this);
    this.environment.set(key, { key, value, expand: options.expand ?? false, note: options.note });
  }

  /**
   * Installs packages of Debian or Ubuntu: all of a stage at once, above its steps.
   *
   * @param packageNames the names, also with a version (`libpq5=17.6-0+deb13u1`)
   */
  public addPackages(...packageNames: string[]): void {
    for (const packageName of packageNames) this.packages.add(packageName);
  }

  /**
   * Runs a command (`RUN`). One of several lines is a script that ends at the first line that fails.
   *
   * @param command the command, as a shell reads it
   * @param options when, as whom, and what it may read
   */
  public run(command: string, options: RunOptions = {}): void {
    options = understood('RunOptions', options, this);
    this.steps.push({ kind: 'run', command, options, ...placeOf(options), asUser: options.asUser ?? false });
  }

  /**
   * Copies files into the image (`COPY`). What comes from the context is allowed in the ignore file; `.` is everything that is
   * allowed anyway.
   *
   * @param sources paths, relative to the context
   * @param target where to; relative to the working directory
   * @param options where from, and who owns them
   */
  public copy(sources: string[], target: string, options: CopyOptions = {}): void {
    options = understood('CopyOptions', options, this);
    this.steps.push({ kind: 'copy', sources: [...sources], target, options, ...placeOf(options), asUser: false });
  }

  /**
   * Adds any other instruction, as the Dockerfile has it: `VOLUME`, `SHELL`, `HEALTHCHECK`, `ADD`.
   *
   * @param text the instruction
   * @param options where it stands
   */
  public instruction(text: string, options: InstructionOptions = {}): void {
    options = understood('InstructionOptions', options, this);
    this.steps.push({ kind: 'raw', text, ...placeOf(options), asUser: options.asUser ?? false });
  }

  /**
   * Sets the user that the image is run as (`USER`): steps are run as root unless they say `asUser`.
   *
   * @param user a name or a number, with a group after a colon
   */
  public user(user: string): void {
    this.once.user = user;
  }

  /**
   * Sets the folder that steps and the program begin in (`WORKDIR`).
   *
   * @param workingDir the path, from the root
   */
  public workingDir(workingDir: string): void {
    this.once.workingDir = workingDir;
  }

  /**
   * Sets what the image runs (`CMD`), without a shell.
   *
   * @param command the program and its arguments
   */
  public command(command: string[]): void {
    this.once.command = [...command];
  }

  /**
   * Sets what the command is given to (`ENTRYPOINT`), without a shell; an empty list removes the base's.
   *
   * @param entrypoint the program and its arguments
   */
  public entrypoint(entrypoint: string[]): void {
    this.once.entrypoint = [...entrypoint];
  }

  /**
   * Sets the signal that ends the program (`STOPSIGNAL`).
   *
   * @param signal the signal, such as `SIGINT`
   */
  public stopSignal(signal: string): void {
    this.once.stopSignal = signal;
  }

  /**
   * Says which port the program listens on (`EXPOSE`).
   *
   * @param port the port
   * @param protocol TCP by default
   */
  public expose(port: number, protocol: PortProtocol = PortProtocol.TCP): void {
    this.ports.add(protocol === PortProtocol.UDP ? `${port}/udp` : String(port));
  }

  /**
   * Sets a label of the image, or replaces the one of that key.
   *
   * @param key the key
   * @param value the text
   */
  public addLabel(key: string, value: string): void {
    this.labels.set(key, value);
  }

  /**
   * Everything that was said, for what reads it.
   *
   * @internal
   */
  public _content(): StageContent {
    return {
      arguments: [...this.argumentsAtTop.values()],
      environment: [...this.environment.values()],
      packages: [...this.packages].sort(),
      steps: [...this.steps],
      labels: [...this.labels],
      ports: [...this.ports],
      ...this.once,
    };
  }
}

function placeOf({ phase, note }: { readonly phase?: BuildPhase; readonly note?: string }): { phase: BuildPhase; note?: string } {
  return { phase: phase ?? BuildPhase.SOURCE, note };
}

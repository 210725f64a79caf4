import { posix } from 'path';
import { Construct, IConstruct } from 'constructs';
import { buildFindings, buildsOf } from './build-findings';
import { allowedPaths, pathsReadBy } from './context-paths';
import { StageOptions } from './options';
import { packageProblems } from './package-problems';
import { pathProblems } from './path-problems';
import { placeProblems } from './place-problems';
import { UNUSED_DOCKERFILE } from './rules';
import { Stage } from './stage';
import { stageProblems } from './stage-problems';
import { textProblems } from './text-problems';
import { StackElement } from '../element';
import { Finding } from '../finding';
import { carry, propsOf } from '../given';
import { requireStack } from '../group';
import { ImageBuild } from '../image-build';
import { pathOf } from '../path';
import { Service } from '../service';
import { Value } from '../value';
import { Variable } from '../variable';

const DOCKERFILE = Symbol.for('projen-stack.Dockerfile');

/**
 * Where a Dockerfile lies, and what it may read.
 */
export interface DockerfileProps {
  /** The file, relative to the stack's folder: `backend/Dockerfile`. It lies in the context. */
  readonly file: string;

  /**
   * The folder that the build may read, relative to the stack's.
   *
   * @default - the folder of the file
   */
  readonly context?: string;

  /**
   * What the image is, as a comment at the top.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * The image that reads the Dockerfile, for what the engine's own reader does not know yet: `docker/dockerfile:1`. Every build asks
   * its registry.
   *
   * @default - the engine's own reader
   */
  readonly syntax?: string;
}

/**
 * How an image is built, in stages, and which files of the repository the build may read.
 *
 * A service makes one below itself and gives `imageBuild` what this one says; whoever uses the service goes on from there:
 * `backend.dockerfile.stage('production').addPackages('libpq5')`.
 */
export class Dockerfile extends StackElement {
  /**
   * All Dockerfiles below a construct, in the order in which they were made.
   *
   * @param scope a stack, or any construct in one
   */
  public static dockerfilesOf(scope: IConstruct): Dockerfile[] {
    return scope.node.findAll().filter(isDockerfile);
  }

  /** The file, relative to the stack's folder. */
  public readonly file: string;

  /** The folder that the build may read, relative to the stack's; `.` for the stack's own. */
  public readonly context: string;

  /** What the image is, as a comment at the top. */
  public readonly description?: string;

  /** The image that reads the Dockerfile; undefined for the engine's own reader. */
  public readonly syntax?: string;

  private readonly given: DockerfileProps;
  private readonly stageList: Stage[] = [];
  private readonly allowed: string[] = [];
  private readonly ignored: string[] = [];

  /**
   * @param scope the service whose image it describes, or any construct in a stack
   * @param id the id, unique in the scope
   * @param props where it lies
   */
  constructor(scope: Construct, id: string, props: DockerfileProps) {
    props = propsOf(scope, id, 'DockerfileProps', props, new.target !== Dockerfile);
    super(scope, id);
    carry(props, this);
    Object.defineProperty(this, DOCKERFILE, { value: true });
    this.given = props;
    this.file = posix.normalize(props.file);
    this.context = posix.normalize(props.context ?? posix.dirname(this.file)).replace(/(?<=.)\/+$/, '');
    this.description = props.description;
    this.syntax = props.syntax;
  }

  /** The stages in the order in which they were added. They are written so that each stands above those that use it. */
  public get stages(): Stage[] {
    return [...this.stageList];
  }

  /**
   * Adds a stage.
   *
   * @param stageName the name, unique in the file
   * @param options what it is made from
   */
  public addStage(stageName: string, options: StageOptions): Stage {
    const stage = new Stage(stageName, options);
    this.stageList.push(stage);
    return stage;
  }

  /**
   * A stage, to say more about it.
   *
   * @param stageName the name
   * @throws when there is no stage of that name
   */
  public stage(stageName: string): Stage {
    const stage = this.stageList.find((candidate) => candidate.stageName === stageName);
    if (!stage) {
      const known = this.stageList.map((candidate) => `'${candidate.stageName}'`).join(', ');
      throw new Error(`${pathOf(this)} has no stage "${stageName}". ${known ? `Write one of: ${known}.` : `Write: addStage('${stageName}', { base: … }).`}`);
    }
    return stage;
  }

  /**
   * Lets the build read files and folders of the context. What `copy` and bind mounts name is allowed already; all else is ignored.
   *
   * @param paths paths or patterns, relative to the context
   */
  public allow(...paths: string[]): void {
    this.allowed.push(...paths);
  }

  /**
   * Keeps the build from reading some of what is allowed.
   *
   * @param patterns as in an ignore file, relative to the context
   */
  public ignore(...patterns: string[]): void {
    this.ignored.push(...patterns);
  }

  /** The paths of the context that the build may read, in a stable order. */
  public get allowedPaths(): string[] {
    return allowedPaths([...this.stageList.flatMap(pathsReadBy), ...this.allowed]);
  }

  /** What of the allowed paths the build does not read, in the order in which it was said. */
  public get ignoredPatterns(): string[] {
    return [...new Set(this.ignored)];
  }

  /**
   * The file that says so, relative to the stack's folder: the one of the context for a file `Dockerfile` in it, else one beside
   * the Dockerfile.
   */
  public get ignoreFile(): string {
    return this.fileInContext === 'Dockerfile' ? posix.join(this.context, '.dockerignore') : `${this.file}.dockerignore`;
  }

  /** The file, relative to the context. */
  public get fileInContext(): string {
    return posix.relative(this.context, this.file);
  }

  /**
   * What the setting `imageBuild` of a service takes.
   *
   * @param target the stage to stop at; the last one when undefined
   * @param args build arguments
   */
  public imageBuild(target?: string, args?: { [name: string]: Value }): ImageBuild {
    return {
      context: this.context === '.' ? '.' : `./${this.context}`,
      dockerfile: this.fileInContext === 'Dockerfile' ? undefined : this.fileInContext,
      target,
      args,
    };
  }

  /**
   * A Dockerfile brings no settings: those of its arguments belong to the service that builds it.
   */
  public variables(): Variable[] {
    return [];
  }

  /**
   * What is wrong with the place, the stages, what they read and say, and with how services build them.
   */
  public findings(): Finding[] {
    const stack = requireStack(this, this.node.id, this.constructor.name);
    const misplaced = placeProblems(this, this.given, Dockerfile.dockerfilesOf(stack));
    const builds = buildsOf(this, Service.servicesOf(stack));
    const problems = [...misplaced, ...stageProblems(this), ...pathProblems(this), ...packageProblems(this), ...textProblems(this)];
    const unused = builds.length === 0 && misplaced.length === 0;
    return [
      ...super.findings(),
      ...problems.map(({ rule, message, fix }) => this.finding(rule, message, fix)),
      ...builds.flatMap((build) => buildFindings(this, build)),
      ...(unused ? [this.finding(UNUSED_DOCKERFILE, `No service builds ${JSON.stringify(this.file)}.`, 'Write: imageBuild: dockerfile.imageBuild(…), or remove it.')] : []),
    ];
  }

  /**
   * What was allowed besides what steps read, as it was said.
   *
   * @internal
   */
  public _allowed(): string[] {
    return [...this.allowed];
  }
}

/** Whether a construct is a Dockerfile, also one of another copy of this library. */
export function isDockerfile(construct: IConstruct): construct is Dockerfile {
  return DOCKERFILE in construct;
}

import { posix } from 'path';
import { DefinitionRun } from './definition-run';
import { dependabotText } from './dependabot-text';
import { workflowText } from './workflow-text';
import { understood } from '../../model/given';
import { StackModel } from '../../model/stack-model';
import { OutputFile, Target, TargetOutput } from '../../model/target';

/**
 * How the workflow of a stack is made.
 *
 * @experimental
 */
export interface WorkflowTargetOptions {
  /**
   * The branch whose pushes are built.
   *
   * @default "main"
   */
  readonly branch?: string;

  /**
   * How the definition is run, so that the workflow can see whether the generated files are what it gives. A project that leaves projen has
   * none any more: nothing is run there, whatever is said.
   *
   * @default - the workflow does not run the definition
   */
  readonly definition?: DefinitionRun;

  /**
   * Whether Dependabot is told what to look after.
   *
   * @default true
   */
  readonly dependabot?: boolean;

  /**
   * The Compose file of development, relative to the stack's folder.
   *
   * @default "compose.yaml"
   */
  readonly composeFile?: string;
}

/**
 * Renders a workflow of GitHub that builds, starts and proves the stack, and publishes its images, and says to Dependabot what to look
 * after. Each action is pinned to a commit, and each job may do what it needs.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
 * @experimental
 */
export class WorkflowTarget extends Target {
  private readonly options: WorkflowTargetOptions;

  /**
   * @param options the branch, how the definition is run
   */
  constructor(options: WorkflowTargetOptions = {}) {
    super('workflow');
    options = understood('WorkflowTargetOptions', options, this, new.target !== WorkflowTarget);
    this.options = options;
  }

  public render(_stack: StackModel): TargetOutput {
    return { files: [] };
  }

  public renderLast(stack: StackModel, outputs: TargetOutput[]): TargetOutput {
    if (stack.services.length === 0) return { files: [] };
    const { branch = 'main', dependabot = true, composeFile = 'compose.yaml' } = this.options;
    const definition = stack.ejected ? undefined : this.options.definition;
    const written = outputs.flatMap((output) => output.files.map(({ filePath }) => filePath));
    const testScript = written.find((filePath) => filePath === 'scripts/test-stack.sh');
    const trials = written.includes('scripts/env.sh') ? outputs.flatMap(({ trial }) => trial ?? []) : [];
    // GitHub reads them in the repository's own folder only.
    const inRoot = (file: string) => posix.join(stack.directory ? posix.relative(stack.directory, '.') : '.', file);
    const files: OutputFile[] = [{
      filePath: inRoot(`.github/workflows/${stack.taskPrefix}.yml`),
      content: workflowText({ stack, composeFile, definition, branch, testScript, trial: trials[0] }),
    }];
    if (dependabot) files.push({ filePath: inRoot('.github/dependabot.yml'), content: dependabotText(stack, definition), givesWay: true });
    return { files };
  }
}

import { Finding, OutputFile, OutputTask, Rule, Severity, StackModel, Target, TargetOutput } from '../../src';

/** A target that gives what it is told to. */
export class FixedTarget extends Target {
  constructor(private readonly files: OutputFile[], private readonly tasks: OutputTask[] = []) {
    super('fixed');
  }

  public render(): TargetOutput {
    return { files: this.files, tasks: this.tasks };
  }
}

/** A target that cannot render. */
export class BrokenTarget extends Target {
  constructor() {
    super('broken');
  }

  public render(): TargetOutput {
    throw new Error('the target broke');
  }
}

/** A rule of somebody else that every stack breaks. */
export class AlwaysBroken extends Rule {
  constructor(severity = Severity.ERROR, ruleId = 'ACME001') {
    super({ ruleId, severity, title: 'Nothing is right', reason: 'For the test.' });
  }

  public check(stack: StackModel): Finding[] {
    return [this.findingAtStack(stack, 'Nothing is right.', 'Write something else.')];
  }
}

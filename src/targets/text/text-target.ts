import { StackModel } from '../../model/stack-model';
import { Target, TargetOutput } from '../../model/target';
import { isTextFile } from '../../model/text-file';

/**
 * Writes the files that services bring beside their Dockerfiles, as they are.
 */
export class TextTarget extends Target {
  constructor() {
    super('text');
  }

  public render(stack: StackModel): TargetOutput {
    return {
      files: stack.elements.filter(isTextFile).map(({ file: filePath, content, commentPrefix, executable }) => ({
        filePath, content, commentPrefix, executable,
      })),
    };
  }
}

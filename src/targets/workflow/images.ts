import { posix } from 'path';
import { Mode } from '../../model/mode';
import { Service } from '../../model/service';
import { StackModel } from '../../model/stack-model';

/** An image that is built from the repository, as a path of it. */
export interface BuiltImage {
  readonly service: Service;
  readonly context: string;
  readonly file: string;
  readonly target?: string;
}

/**
 * The images that a stack builds in a mode, each once.
 *
 * @param directory the folder of the stack in the repository; empty for its own
 */
export function builtImages(stack: StackModel, mode: Mode, directory: string): BuiltImage[] {
  return stack.services.filter((service) => service.modes.includes(mode)).flatMap((service) => {
    const { image, imageBuild } = service.settings(mode);
    if (!imageBuild || image !== undefined) return [];
    const context = posix.join(directory || '.', imageBuild.context ?? '.');
    const file = posix.join(context, imageBuild.dockerfile ?? 'Dockerfile');
    return [{ service, context: context === '.' ? '.' : `./${context}`, file, target: imageBuild.target }];
  });
}

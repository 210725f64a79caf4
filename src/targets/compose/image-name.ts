import { Mode } from '../../model/mode';
import { Service } from '../../model/service';
import { StackModel } from '../../model/stack-model';

/**
 * The image of a service: its own, that of the service whose image it runs, or none when Compose may call what is built as it likes.
 *
 * What several services run needs a name that they all can write. It begins with Compose's project name, so that a second checkout
 * of the stack has images of its own. Only one of them builds it: Compose knows, and does not try to pull what it builds.
 */
export function imageName(service: Service, stack: StackModel, mode: Mode): string | undefined {
  const { image, imageBuild, imageOf } = service.settings(mode);
  if (image !== undefined) return image;
  if (imageOf) return imageOf.settings(mode).image ?? builtName(imageOf);
  const shared = stack.services.some((other) => other.modes.includes(mode) && other.settings(mode).imageOf?.node.path === service.node.path);
  return imageBuild && shared ? builtName(service) : undefined;
}

function builtName(service: Service): string {
  return `\${COMPOSE_PROJECT_NAME}-${service.serviceName}`;
}

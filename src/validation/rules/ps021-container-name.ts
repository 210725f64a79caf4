import { Severity } from '../../model/finding';
import { Mode } from '../../model/mode';
import { pathOf } from '../../model/path';
import { Service } from '../../model/service';
import { ModeRule, ServiceProblem } from '../mode-rule';
import { quote } from '../text';

const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;

/** The name of a container is the name of one container. */
export class ContainerNameRule extends ModeRule {
  constructor() {
    super({
      ruleId: 'PS021',
      severity: Severity.ERROR,
      title: 'A container name is valid and belongs to one container',
      reason: 'The engine has one container of a name: Compose refuses two services of one name, and replicas of a named one.',
    });
  }

  protected inMode(mode: Mode, services: readonly Service[]): ServiceProblem[] {
    const first = new Map<string, Service>();
    return services.flatMap((service) => {
      const { containerName, replicas = 1 } = service.settings(mode);
      if (containerName === undefined) return [];
      const other = first.get(containerName);
      if (!other) first.set(containerName, service);
      const remove = 'Remove containerName: the engine makes a name from those of the stack and of the service';
      return [
        ...(NAME.test(containerName) ? [] : [{
          service,
          message: `The container name ${quote(containerName)} is not two or more letters, digits, "_", "." and hyphens, a letter or digit first.`,
          fix: `${remove}.`,
        }]),
        ...(other ? [{ service, message: `The container name ${quote(containerName)} is already that of ${pathOf(other)}.`, fix: `${remove}.` }] : []),
        ...(replicas > 1 ? [{
          service,
          message: `${replicas} containers cannot all have the name ${quote(containerName)}.`,
          fix: `${remove}, or write: replicas: 1.`,
        }] : []),
      ];
    });
  }
}

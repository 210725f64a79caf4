import { Severity } from '../../model/finding';
import { isPublished } from '../../model/host-port';
import { Mode } from '../../model/mode';
import { Service } from '../../model/service';
import { ServiceSettings } from '../../model/settings';
import { Problem, ServiceRule } from '../mode-rule';
import { quote } from '../text';

/** As many containers as are asked for can run. */
export class ReplicasRule extends ServiceRule {
  constructor() {
    super({
      ruleId: 'PS026',
      severity: Severity.ERROR,
      title: 'Replicas are a whole number, several of them publish no port, and a singleton has none',
      reason: 'Only the first container would get the port of the host, the others would not start; and two singletons would do the work twice.',
    });
  }

  protected inspect(service: Service, settings: ServiceSettings, mode: Mode): Problem[] {
    const { replicas, ports = [] } = settings;
    if (replicas === undefined) return [];
    if (!Number.isInteger(replicas) || replicas < 0) return [{ message: `replicas ${replicas} is not a whole number from 0.`, fix: 'Write: replicas: 2.' }];
    if (service.singleton && replicas > 1) return [{ message: `${replicas} of a service of which there may be one are too many.`, fix: 'Remove replicas.' }];
    const published = ports.find((port) => isPublished(port, mode));
    if (replicas < 2 || !published) return [];
    return [{
      message: `${replicas} containers cannot all be published on the host's port of ${quote(published.name)}.`,
      fix: `Write: publish: [] on that port, or replicas: 1${mode === Mode.DEVELOPMENT ? ' in development' : ''}.`,
    }];
  }
}

import { Severity } from '../../model/finding';
import { toVariableName } from '../../model/names';
import { Service } from '../../model/service';
import { ServiceSettings } from '../../model/settings';
import { Problem, ServiceRule } from '../mode-rule';
import { quote } from '../text';

/** Letters, digits, underscores; dots and hyphens too, since some images are configured so and Kubernetes takes them. */
const KEY = /^[A-Za-z_.-][A-Za-z0-9_.-]*$/;

/** A key of the environment reaches the program. */
export class EnvironmentKeyRule extends ServiceRule {
  constructor() {
    super({
      ruleId: 'PS003',
      severity: Severity.ERROR,
      title: 'A key of the environment is one that programs can read',
      reason: 'Compose passes on nearly everything, but a key with a space or an equals sign arrives as another one, or not at all.',
    });
  }

  protected inspect(_service: Service, settings: ServiceSettings): Problem[] {
    return Object.keys(settings.environment ?? {}).filter((key) => !KEY.test(key)).map((key) => ({
      message: `The environment key ${quote(key)} has characters other than letters, digits, "_", "." and "-", or begins with a digit.`,
      fix: `Write: environment: { ${toVariableName(key)}: … }.`,
    }));
  }
}

import { Severity } from '../../model/finding';
import { Service } from '../../model/service';
import { ServiceSettings } from '../../model/settings';
import { Problem, ServiceRule } from '../mode-rule';
import { quote, repeated } from '../text';

/** A list says each thing once. */
export class ListRule extends ServiceRule {
  constructor() {
    super({
      ruleId: 'PS034',
      severity: Severity.ERROR,
      title: 'Capabilities and security options are named once each',
      reason: 'Compose refuses a list with the same security option twice, and the engine an empty or unknown capability.',
    });
  }

  protected inspect(_service: Service, settings: ServiceSettings): Problem[] {
    const { capAdd = [], capDrop = [], securityOpt = [] } = settings;
    return [
      ...Object.entries({ capAdd, capDrop, securityOpt }).flatMap(([key, list]) => repeated(list).map((word) => ({
        message: `${key} names ${quote(word)} twice.`, fix: 'Remove one of them.',
      }))),
      ...Object.entries({ capAdd, capDrop }).flatMap(([key, list]) => list.filter((word) => !/^[A-Z][A-Z_]*$/.test(word)).map((word) => ({
        message: `${key} names ${quote(word)}, which is no capability of Linux.`, fix: `Write: ${key}: ['NET_ADMIN'] (capitals), or ['ALL'].`,
      }))),
      ...securityOpt.filter((word) => !/^[a-z-]+(?:[:=].+)?$/.test(word)).map((word) => ({
        message: `securityOpt names ${quote(word)}, which is no option.`, fix: "Write: securityOpt: ['no-new-privileges:true'].",
      })),
    ];
  }
}

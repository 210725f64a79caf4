import { floating } from './ps014-image-tag';
import { Severity } from '../../model/finding';
import { splitImage } from '../../model/image-reference';
import { Mode } from '../../model/mode';
import { Service } from '../../model/service';
import { ServiceSettings } from '../../model/settings';
import { Problem, ServiceRule } from '../mode-rule';
import { quote } from '../text';

/** Developers run the same thing. */
export class DevelopmentImageTagRule extends ServiceRule {
  constructor() {
    super({
      ruleId: 'PS033',
      severity: Severity.WARNING,
      title: 'An image of development alone has a tag other than latest, too',
      reason: 'Each machine has the latest of the day on which it pulled: what works for one fails for another.',
    });
  }

  protected inspect(service: Service, settings: ServiceSettings, mode: Mode): Problem[] {
    const inProduction = service.modes.includes(Mode.PRODUCTION) && service.settings(Mode.PRODUCTION).image === settings.image;
    const why = mode === Mode.DEVELOPMENT && !inProduction ? floating(settings) : undefined;
    return why ? [{ message: `The image ${quote(settings.image)} ${why}.`, fix: `Write: image: '${splitImage(settings.image!).name}:1.2.3' with a version.` }] : [];
  }
}

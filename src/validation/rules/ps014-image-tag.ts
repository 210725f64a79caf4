import { Severity } from '../../model/finding';
import { imageProblem, splitImage } from '../../model/image-reference';
import { Mode } from '../../model/mode';
import { Service } from '../../model/service';
import { ServiceSettings } from '../../model/settings';
import { Problem, ServiceRule } from '../mode-rule';
import { quote } from '../text';

/** Why an image may be another one tomorrow; undefined when it is pinned, or built here. */
export function floating({ image, imageBuild }: ServiceSettings): string | undefined {
  if (image === undefined || imageBuild || imageProblem(image)) return undefined;
  const { tag, digest } = splitImage(image);
  if (digest !== undefined || (tag !== undefined && tag !== 'latest')) return undefined;
  return tag === 'latest' ? 'has the tag latest' : 'has no tag, which means latest';
}

/** Production runs what was tested. */
export class ImageTagRule extends ServiceRule {
  constructor() {
    super({
      ruleId: 'PS014',
      severity: Severity.ERROR,
      title: 'An image of production has a tag other than latest, or a digest',
      reason: 'latest is another image at the next pull: nobody can say what ran yesterday, nor go back to it.',
    });
  }

  protected inspect(_service: Service, settings: ServiceSettings, mode: Mode): Problem[] {
    const why = mode === Mode.PRODUCTION ? floating(settings) : undefined;
    return why ? [{ message: `The image ${quote(settings.image)} ${why}.`, fix: `Write: image: '${splitImage(settings.image!).name}:1.2.3' with the version that you tested.` }] : [];
  }
}

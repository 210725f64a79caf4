import { Severity } from '../../model/finding';
import { imageProblem, splitImage } from '../../model/image-reference';
import { Service } from '../../model/service';
import { ServiceSettings } from '../../model/settings';
import { Problem, ServiceRule } from '../mode-rule';
import { literal, quote } from '../text';

/** There is something to run. */
export class ImageRule extends ServiceRule {
  constructor() {
    super({
      ruleId: 'PS013',
      severity: Severity.ERROR,
      title: 'A service has an image that the engine can name, or builds one',
      reason: 'Compose passes any text on as an image, and the engine refuses it at start. With both, image names what is built.',
    });
  }

  protected inspect(service: Service, settings: ServiceSettings): Problem[] {
    const { image, imageBuild, imageOf } = settings;
    if (image === undefined) {
      const subclass = subclassOf(service);
      return imageBuild || imageOf ? [] : [{
        message: `The service ${quote(service.serviceName)}${subclass && `, of the class ${subclass},`} has neither an image nor a way to build one.`,
        fix: `Write${subclass && ' in what the class gives to super'}: image: 'name:tag', or imageBuild: { context: './folder' }.`,
      }];
    }
    const problem = imageProblem(image);
    return problem ? [{ message: `The image ${quote(image)} cannot be read: ${problem}.`, fix: `Write: image: ${literal(suggestion(image))}.` }] : [];
  }
}

/** The class of a service that is a subclass: whoever uses it did not forget anything. */
function subclassOf({ constructor }: Service): string {
  return constructor.name === Service.name ? '' : constructor.name;
}

function suggestion(image: string): string {
  const lower = image.trim().toLowerCase();
  return !imageProblem(lower) && splitImage(lower).name ? lower : 'registry.example.com/team/name:1.2.3';
}

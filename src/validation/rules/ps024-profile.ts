import { Severity } from '../../model/finding';
import { Service } from '../../model/service';
import { ServiceSettings } from '../../model/settings';
import { Problem, ServiceRule } from '../mode-rule';
import { literal, quote } from '../text';

/** A profile can be named on the command line. */
export class ProfileRule extends ServiceRule {
  constructor() {
    super({
      ruleId: 'PS024',
      severity: Severity.ERROR,
      title: 'The name of a profile is one that the Compose Specification takes',
      reason: 'Compose does not check it, and a profile that cannot be written in COMPOSE_PROFILES is never enabled: there a comma separates two.',
    });
  }

  protected inspect(_service: Service, settings: ServiceSettings): Problem[] {
    return [...new Set(settings.profiles)].filter((profile) => !/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(profile)).map((profile) => {
      const better = profile.replace(/[^a-zA-Z0-9_.-]+/g, '-').replace(/^[_.-]+|-+$/g, '');
      return {
        message: `The profile ${quote(profile)} is not two or more letters, digits, "_", "." and hyphens, a letter or digit first.`,
        fix: `Write: profiles: [${literal(better.length > 1 ? better : 'tools')}].`,
      };
    });
  }
}

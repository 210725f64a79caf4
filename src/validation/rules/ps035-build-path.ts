import { Severity } from '../../model/finding';
import { Service } from '../../model/service';
import { ServiceSettings } from '../../model/settings';
import { Problem, ServiceRule } from '../mode-rule';
import { literal, quote } from '../text';

/** A build has a folder, a file and a stage. */
export class BuildPathRule extends ServiceRule {
  constructor() {
    super({
      ruleId: 'PS035',
      severity: Severity.ERROR,
      title: 'A build names a folder, a file and a stage that can be read',
      reason: 'An empty name means the default without saying so, and a dollar sign begins an interpolation.',
    });
  }

  protected inspect(_service: Service, settings: ServiceSettings): Problem[] {
    const { context, dockerfile, target } = settings.imageBuild ?? {};
    return [
      ...name('context', context, /^[^$\s][^$\n]*$/, './backend'),
      ...name('dockerfile', dockerfile, /^[^$\s][^$\n]*$/, 'Dockerfile'),
      ...name('target', target, /^[a-z][a-z0-9_.-]*$/i, 'production'),
    ];
  }
}

function name(key: string, text: string | undefined, pattern: RegExp, example: string): Problem[] {
  if (text === undefined || pattern.test(text)) return [];
  return [{ message: `${key} ${quote(text)} of the build is ${text === '' ? 'empty' : 'nothing that Compose can pass on unchanged'}.`, fix: `Write: imageBuild: { ${key}: ${literal(example)} }.` }];
}

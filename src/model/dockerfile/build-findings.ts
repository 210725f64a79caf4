import { posix } from 'path';
import { tidyPath } from './context-paths';
import type { Dockerfile } from './dockerfile';
import { shown } from './problem';
import { DOCKERFILE_PLACE, STAGE_REFERENCE } from './rules';
import { Finding, RuleInfo } from '../finding';
import { ImageBuild } from '../image-build';
import { suggestion } from '../nearest';
import { pathOf } from '../path';
import type { Service } from '../service';

/** Arguments that every build knows. */
const PREDEFINED = /^(?:HTTPS?_PROXY|FTP_PROXY|NO_PROXY|ALL_PROXY|SOURCE_DATE_EPOCH|BUILDKIT_\w+)$/i;

/** A service that builds a Dockerfile in one of its modes. */
export interface Build {
  readonly service: Service;
  readonly imageBuild: ImageBuild;
}

/** Who builds a Dockerfile. */
export function buildsOf(dockerfile: Dockerfile, services: readonly Service[]): Build[] {
  return services.flatMap((service) => service.modes.flatMap((mode) => {
    const { imageBuild } = service.settings(mode);
    const file = imageBuild && tidyPath(posix.join(imageBuild.context ?? '.', imageBuild.dockerfile ?? 'Dockerfile'));
    return imageBuild && file === dockerfile.file ? [{ service, imageBuild }] : [];
  }));
}

/** What services say about a Dockerfile that is not so. */
export function buildFindings(dockerfile: Dockerfile, { service, imageBuild }: Build): Finding[] {
  const place = { path: pathOf(service), location: service.sourceLocation };
  const finding = (rule: RuleInfo, message: string, fix: string): Finding => ({ rule, ...place, message, fix });
  const { context = '.', target, args } = imageBuild;
  const names = dockerfile.stages.map(({ stageName }) => stageName);
  const declared = dockerfile.stages.flatMap((stage) => {
    const content = stage._content();
    return [...content.arguments.map(({ name }) => name), ...content.steps.flatMap((step) => (step.kind === 'argument' ? [step.name] : []))];
  });
  const unknown = Object.keys(args ?? {}).filter((name) => !declared.includes(name) && !PREDEFINED.test(name));
  return [
    ...(tidyPath(context) !== dockerfile.context ? [finding(
      DOCKERFILE_PLACE,
      `imageBuild reads ${shown(dockerfile.file)} in the context ${shown(context)}, and its paths are meant from ${shown(dockerfile.context)}.`,
      'Write: imageBuild: dockerfile.imageBuild(…).',
    )] : []),
    ...(target !== undefined && !names.includes(target) ? [finding(
      STAGE_REFERENCE, `The target ${shown(target)} of imageBuild is no stage of ${shown(dockerfile.file)}.`, suggestion(target, names, `Write one of its stages: ${names.join(', ')}.`),
    )] : []),
    ...unknown.map((name) => finding(
      STAGE_REFERENCE,
      `No stage of ${shown(dockerfile.file)} declares the argument ${shown(name)} of imageBuild.`,
      `Write: addArgument('${name}') in the stage that uses it, or remove it.`,
    )),
  ];
}

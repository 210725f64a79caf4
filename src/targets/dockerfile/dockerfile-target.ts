import { ignoreText } from './ignore-text';
import { dockerfileText } from './render';
import { isDockerfile } from '../../model/dockerfile/dockerfile';
import { Finding, RuleInfo, Severity } from '../../model/finding';
import { Mode, MODES } from '../../model/mode';
import { pathOf } from '../../model/path';
import { StackModel } from '../../model/stack-model';
import { OutputFile, Target, TargetOutput } from '../../model/target';

/** A Dockerfile belongs to no service alone, so that no service overrides it. */
export const DOCKERFILE_OVERRIDE: RuleInfo = {
  ruleId: 'PS079',
  severity: Severity.ERROR,
  title: 'What is said about a Dockerfile is said to its builder',
  reason: 'A Dockerfile is a list of instructions and not a document whose keys could be merged: an override would have no place in it.',
};

/**
 * Renders the Dockerfiles of a stack, each with an ignore file that names what its build may read.
 *
 * @see https://docs.docker.com/reference/dockerfile/
 */
export class DockerfileTarget extends Target {
  constructor() {
    super('dockerfile');
  }

  public render(stack: StackModel): TargetOutput {
    const dockerfiles = stack.elements.filter(isDockerfile);
    return {
      files: dockerfiles.flatMap((dockerfile): OutputFile[] => [
        { filePath: dockerfile.file, content: dockerfileText(dockerfile) },
        { filePath: dockerfile.ignoreFile, content: ignoreText(dockerfile) },
      ]),
      findings: overrideFindings(stack),
    };
  }
}

/** An override would be lost without a word. */
function overrideFindings(stack: StackModel): Finding[] {
  const fix = "Write it on the builder, such as: backend.dockerfile.stage('production').run('…').";
  const refused = (path: string, location: string | undefined): Finding => ({
    rule: DOCKERFILE_OVERRIDE, path, location, message: 'overrides has the key "dockerfile", and a Dockerfile cannot be overridden.', fix,
  });
  const isGiven = (overrides: { [target: string]: any } | undefined) => overrides?.dockerfile !== undefined;
  return [
    ...(MODES.some((mode: Mode) => isGiven(stack.overrides[mode])) ? [refused(stack.path, stack.location)] : []),
    ...stack.services.filter((service) => service.modes.some((mode) => isGiven(service.settings(mode).overrides)))
      .map((service) => refused(pathOf(service), service.sourceLocation)),
  ];
}

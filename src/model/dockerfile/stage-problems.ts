import type { Dockerfile } from './dockerfile';
import { Problem, shown } from './problem';
import { Reference, referencesOf, stageCycle } from './references';
import { BASE_IMAGE, STAGE_NAME, STAGE_REFERENCE } from './rules';
import { Stage } from './stage';
import { imageProblem, splitImage } from '../image-reference';
import { suggestion } from '../nearest';

/** What BuildKit takes as a name, and what it keeps for itself. */
const NAME = /^[a-z][a-z0-9_.-]*$/;
const RESERVED = ['scratch', 'context'];

/** What is wrong with the stages and with what they are made from. */
export function stageProblems(dockerfile: Dockerfile): Problem[] {
  const { stages } = dockerfile;
  if (stages.length === 0) {
    return [{ rule: STAGE_NAME, message: `${shown(dockerfile.file)} has no stage.`, fix: "Write: dockerfile.addStage('production', { base: 'python:3.13-slim' })." }];
  }
  const cycle = stageCycle(stages);
  return [
    ...stages.flatMap(nameProblems),
    ...stages.flatMap((stage) => referencesOf(stage).flatMap((reference) => referenceProblems(stage, reference, stages))),
    ...stages.flatMap(doubleSources),
    ...(cycle ? [{
      rule: STAGE_REFERENCE,
      message: `The stages need one another in a circle: ${cycle.map(({ stageName }) => stageName).join(' → ')}.`,
      fix: 'Take what both need into a stage of its own.',
    }] : []),
  ];
}

function nameProblems({ stageName }: Stage, index: number, stages: readonly Stage[]): Problem[] {
  const problem = (message: string, fix: string): Problem[] => [{ rule: STAGE_NAME, message, fix }];
  if (RESERVED.includes(stageName)) return problem(`The builder keeps the name ${shown(stageName)} for itself.`, 'Write another name for the stage.');
  if (!NAME.test(stageName)) {
    const nearby = stageName.toLowerCase().replace(/[^a-z0-9_.-]+/g, '-').replace(/^[^a-z]+|-+$/g, '');
    return problem(`${shown(stageName)} is no name of a stage: lower-case letters, digits, "-", "_" and ".", a letter first.`, `Write: addStage('${nearby || 'base'}', …).`);
  }
  if (stages.findIndex((other) => other.stageName === stageName) === index) return [];
  return problem(`Two stages are called ${shown(stageName)}.`, `Write another name for one, or go on with the first: dockerfile.stage('${stageName}').`);
}

function referenceProblems(stage: Stage, { name, kind, said }: Reference, stages: readonly Stage[]): Problem[] {
  const names = stages.map(({ stageName }) => stageName);
  const where = `of the stage ${shown(stage.stageName)}`;
  if (kind === 'stage') {
    return names.includes(name) ? [] : [{ rule: STAGE_REFERENCE, message: `${said} ${shown(name)} ${where} is no stage of this Dockerfile.`, fix: suggestion(name, names, 'Add it: addStage(…).') }];
  }
  if (names.includes(name)) {
    return kind === 'either' ? [] : [{ rule: STAGE_REFERENCE, message: `${said} ${shown(name)} ${where} is a stage.`, fix: `Write: fromStage: '${name}'.` }];
  }
  if (name === 'scratch') return [];
  const why = imageProblem(name ?? '');
  if (!name || why) {
    return [{
      rule: BASE_IMAGE,
      message: name?.includes('$') ? `${said} ${shown(name)} ${where} names an argument.` : `${said} ${shown(name)} ${where} cannot be read: ${why ?? 'it has no name'}.`,
      fix: name?.includes('$') ? 'Write the version itself; the definition is a program and can have it in a constant.' : "Write an image with its version, such as 'python:3.13-slim', or the name of a stage.",
    }];
  }
  return unpinned(name, said, where, kind, names);
}

function unpinned(name: string, said: string, where: string, kind: Reference['kind'], names: readonly string[]): Problem[] {
  const { name: image, tag, digest } = splitImage(name);
  if (digest !== undefined || (tag !== undefined && tag !== 'latest')) return [];
  const near = kind === 'either' && !/[:/.]/.test(name) ? suggestion(name, names, '') : '';
  if (near.startsWith('Did you mean')) return [{ rule: STAGE_REFERENCE, message: `${said} ${shown(name)} ${where} is neither a stage of this Dockerfile nor an image with a version.`, fix: near }];
  const why = tag === 'latest' ? 'has the tag latest' : 'has no tag, which means latest';
  return [{ rule: BASE_IMAGE, message: `The image ${shown(name)} ${where} ${why}.`, fix: `Write: ${said}: '${image}:1.2.3' with the version that you tested.` }];
}

/** A copy comes from one place. */
function doubleSources(stage: Stage): Problem[] {
  const given = stage._content().steps.flatMap((step): { readonly fromStage?: string; readonly fromImage?: string }[] => {
    if (step.kind === 'copy') return [step.options];
    return step.kind === 'run' ? step.options.bindMounts ?? [] : [];
  });
  return given.filter(({ fromStage, fromImage }) => fromStage !== undefined && fromImage !== undefined).map(({ fromStage, fromImage }) => ({
    rule: STAGE_REFERENCE,
    message: `A step of the stage ${shown(stage.stageName)} reads from the stage ${shown(fromStage)} and from the image ${shown(fromImage)}.`,
    fix: 'Write fromStage or fromImage, not both.',
  }));
}

import { Stage } from './stage';

/** A stage or an image that a stage uses, and what for. */
export interface Reference {
  readonly name: string;
  /** Whether it must be a stage, must be an image, or is whichever exists. */
  readonly kind: 'stage' | 'image' | 'either';
  /** How it is said in the definition. */
  readonly said: string;
}

/** Everything that a stage is made from or copies from. */
export function referencesOf(stage: Stage): Reference[] {
  const given = (options: { readonly fromStage?: string; readonly fromImage?: string }): Reference[] => [
    ...(options.fromStage !== undefined ? [{ name: options.fromStage, kind: 'stage', said: 'fromStage' } as const] : []),
    ...(options.fromImage !== undefined ? [{ name: options.fromImage, kind: 'image', said: 'fromImage' } as const] : []),
  ];
  return [
    { name: stage.base, kind: 'either', said: 'base' },
    ...stage._content().steps.flatMap((step) => {
      if (step.kind === 'copy') return given(step.options);
      return step.kind === 'run' ? (step.options.bindMounts ?? []).flatMap(given) : [];
    }),
  ];
}

/** The stages that a stage uses, each once. */
export function stagesUsedBy(stage: Stage, stages: readonly Stage[]): Stage[] {
  const names = referencesOf(stage).filter(({ kind }) => kind !== 'image').map(({ name }) => name);
  return stages.filter((each) => names.includes(each.stageName));
}

/** The stages such that each stands below those that it uses, otherwise in the order in which they were added. */
export function orderedStages(stages: readonly Stage[]): Stage[] {
  const ordered = new Set<Stage>();
  const visit = (stage: Stage, above: readonly Stage[]): void => {
    if (above.includes(stage)) return;
    for (const used of stagesUsedBy(stage, stages)) visit(used, [...above, stage]);
    ordered.add(stage);
  };
  for (const stage of stages) visit(stage, []);
  return [...ordered];
}

/** A cycle of stages that use one another, from the first one back to it; undefined when there is none. */
export function stageCycle(stages: readonly Stage[]): Stage[] | undefined {
  const finished = new Set<Stage>();
  const search = (stage: Stage, above: readonly Stage[]): Stage[] | undefined => {
    if (above.includes(stage)) return [...above.slice(above.indexOf(stage)), stage];
    if (finished.has(stage)) return undefined;
    for (const used of stagesUsedBy(stage, stages)) {
      const found = search(used, [...above, stage]);
      if (found) return found;
    }
    finished.add(stage);
    return undefined;
  };
  return stages.map((stage) => search(stage, [])).find((cycle) => cycle !== undefined);
}

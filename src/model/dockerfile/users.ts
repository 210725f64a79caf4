import { Stage } from './stage';

/** The user that a stage begins with, and the one that it ends with; undefined for root. */
export interface StageUsers {
  readonly before?: string;
  readonly after?: string;
}

/** The users of a stage, following the stages that it is made from. */
export function usersOf(stage: Stage, stages: readonly Stage[], above: readonly Stage[] = []): StageUsers {
  const base = stages.find((other) => other.stageName === stage.base && other !== stage && !above.includes(other));
  const before = stage.baseUser ?? (base ? usersOf(base, stages, [...above, stage]).after : undefined);
  return { before, after: stage._content().user ?? before };
}

/** Whether a user is root, which is also nobody in particular. */
export function isRoot(user: string | undefined): boolean {
  return user === undefined || /^(?:0|root)(?::|$)/.test(user);
}

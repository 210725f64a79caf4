import { Check, composeView } from './compose-view';
import { consistencyChecks } from './consistency';
import { dependencyChecks } from './dependencies';
import { portChecks } from './ports';
import { resourceChecks } from './resources';
import { settle } from './settle';
import { inDocumentOrder, ShapeProblem } from './shape-problem';
import { valueChecks } from './values';
import { volumeChecks } from './volumes';

const CHECKS: readonly Check[] = [...dependencyChecks, ...resourceChecks, ...portChecks, ...volumeChecks, ...valueChecks, ...consistencyChecks];

/**
 * What the schema of the Compose Specification cannot say: names that nobody declares, host ports that are taken twice, texts
 * that Compose cannot read, parts that contradict each other.
 *
 * Errors are what Compose or the engine refuses, or takes for something else without a word; warnings are what has no effect,
 * or what only the image or the profile in use can tell. Each check says who misses it. Variables count as their defaults; what hangs on a variable without one is taken to be right.
 * The problems come in the order of the document. Meant for a document whose shape is right; another is read as far as possible.
 */
export function checkReferences(document: unknown): ShapeProblem[] {
  const view = composeView(settle(document).content);
  return inDocumentOrder(CHECKS.flatMap((check) => check(view)), document);
}

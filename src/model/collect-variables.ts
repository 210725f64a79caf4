import type { StackElement } from './element';
import { Variable } from './variable';

/** Each setting of some elements once, and what another one's default names before it. */
export function collectVariables(elements: readonly StackElement[]): Variable[] {
  const byName = new Map<string, Variable>();
  for (const element of elements) {
    for (const variable of element.variables().flatMap((each) => each.withReferences)) {
      if (!byName.has(variable.variableName)) byName.set(variable.variableName, variable);
    }
  }
  return [...byName.values()];
}

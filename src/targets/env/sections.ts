import { StackModel } from '../../model/stack-model';
import { Variable } from '../../model/variable';

/** Variables under one heading. */
export interface Section {
  readonly title: string;
  readonly variables: Variable[];
}

/** The heading of a variable: its own, or the name of what uses it first. */
function titleOf(variable: Variable, stack: StackModel): string {
  if (variable.section) return variable.section;
  const uses = (variables: readonly Variable[]) => variables.some((each) => each.variableName === variable.variableName);
  const user = stack.elements.find((element) => uses(element.variables().flatMap((each) => each.withReferences)));
  const service = stack.services.find((each) => each === user);
  return service?.description ?? service?.serviceName ?? user?.node.id ?? stack.stackName;
}

/**
 * The settings of a stack under their headings, in the order in which they were first met, except that what a default names
 * comes before it: readers of `.env` know only what stands above.
 *
 * A heading comes twice only when two sections name settings of each other.
 */
export function sectionsOf(stack: StackModel): Section[] {
  let pending = stack.variables.map((variable) => ({ variable, title: titleOf(variable, stack) }));
  const written = new Set<string>();
  const sections: Section[] = [];

  while (pending.length > 0) {
    const candidates = [...new Set(pending.map(({ title }) => title))].map((title) => {
      const wanted = pending.filter((each) => each.title === title).map((each) => each.variable);
      return { title, wanted, possible: writable(wanted, written) };
    });
    // Variables come in an order in which they can be written, so the first section with any always exists.
    const next = candidates.find(({ wanted, possible }) => wanted.length === possible.length)
      ?? candidates.find(({ possible }) => possible.length > 0)!;
    sections.push({ title: next.title, variables: next.possible });
    for (const variable of next.possible) written.add(variable.variableName);
    pending = pending.filter(({ variable }) => !written.has(variable.variableName));
  }
  return sections;
}

/** Those of some variables that can be written in their order after those that are written already. */
function writable(wanted: readonly Variable[], written: ReadonlySet<string>): Variable[] {
  const known = new Set(written);
  return wanted.filter((variable) => {
    const ready = (variable.defaultValue?.variables ?? []).every((each) => known.has(each.variableName));
    if (ready) known.add(variable.variableName);
    return ready;
  });
}

import type { StackElement } from '../../model/element';
import type { Service } from '../../model/service';
import { StackModel } from '../../model/stack-model';
import { Variable } from '../../model/variable';

/** Variables under one heading. */
export interface Section {
  readonly title: string;
  readonly variables: Variable[];
}

/** What uses each variable first, by the name of the variable: its heading when it has none of its own. */
function firstUsers(stack: StackModel): ReadonlyMap<string, string> {
  const services = new Map<StackElement, Service>(stack.services.map((service) => [service, service]));
  const users = new Map<string, string>();
  for (const element of stack.elements) {
    const service = services.get(element);
    for (const { variableName } of element.variables().flatMap((each) => each.withReferences)) {
      if (!users.has(variableName)) users.set(variableName, service?.description ?? service?.serviceName ?? element.node.id);
    }
  }
  return users;
}

/**
 * The settings of a stack under their headings, in the order in which they were first met, except that what a default names
 * comes before it: readers of `.env` know only what stands above.
 *
 * A heading comes twice only when two sections name settings of each other.
 */
export function sectionsOf(stack: StackModel): Section[] {
  const users = firstUsers(stack);
  const place = new Map(stack.variables.map((variable, index) => [variable, index]));
  let pending = new Map<string, Variable[]>();
  for (const variable of stack.variables) {
    const title = variable.section || (users.get(variable.variableName) ?? stack.stackName);
    const there = pending.get(title);
    if (there) there.push(variable);
    else pending.set(title, [variable]);
  }
  const written = new Set<string>();
  const sections: Section[] = [];
  while (pending.size > 0) {
    const { title, variables } = nextSection(pending, written);
    sections.push({ title, variables });
    for (const { variableName } of variables) written.add(variableName);
    const rest = pending.get(title)!.filter(({ variableName }) => !written.has(variableName));
    pending.delete(title);
    // What is left of a heading stands where its first variable was met.
    if (rest.length > 0) pending = new Map([...pending, [title, rest] as const].sort(([, [a]], [, [b]]) => place.get(a)! - place.get(b)!));
  }
  return sections;
}

/**
 * The first heading that can be written as a whole, or else as much as possible of the first that can be begun: variables come
 * in an order in which they can be written, so there always is one.
 */
function nextSection(pending: ReadonlyMap<string, Variable[]>, written: ReadonlySet<string>): Section {
  let begun: Section | undefined;
  for (const [title, wanted] of pending) {
    const variables = writable(wanted, written);
    if (variables.length === wanted.length) return { title, variables };
    if (variables.length > 0) begun ??= { title, variables };
  }
  return begun!;
}

/** Those of some variables that can be written in their order after those that are written already. */
function writable(wanted: readonly Variable[], written: ReadonlySet<string>): Variable[] {
  const known = new Set<string>();
  return wanted.filter((variable) => {
    const ready = (variable.defaultValue?.variables ?? []).every(({ variableName }) => written.has(variableName) || known.has(variableName));
    if (ready) known.add(variable.variableName);
    return ready;
  });
}

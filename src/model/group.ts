import { IConstruct } from 'constructs';
import { pathOf } from './path';

/** Shared by every copy of this library in a tree, unlike the identity of a class. */
const STACK = Symbol.for('projen-stack.Stack');

/** Marks a construct as the stack of everything below it, and says where on this machine its files are. */
export function markAsStack(construct: IConstruct, folder: () => string): void {
  Object.defineProperty(construct, STACK, { value: folder });
}

/** Whether a construct is a stack. */
export function isStack(construct: IConstruct): boolean {
  return STACK in construct;
}

/** The stack that a construct belongs to: the nearest one above it. */
export function stackAbove(construct: IConstruct): IConstruct | undefined {
  return [...construct.node.scopes].reverse().find(isStack);
}

/** The stack above a construct, or an error that says what to write. */
export function requireStack(scope: IConstruct, id: string, className: string): IConstruct {
  const stack = isStack(scope) ? scope : stackAbove(scope);
  if (!stack) {
    throw new Error(`${className} "${id}" has no stack above it (its scope is "${pathOf(scope)}"). `
      + `Write: new ${className}(stack, '${id}', …), where stack is new Stack(project).`);
  }
  return stack;
}

/** The folder on this machine of the stack above a construct, to see what the team has there. */
export function stackFolder(construct: IConstruct): string {
  const stack = requireStack(construct, construct.node.id, construct.constructor.name);
  return (stack as unknown as { readonly [STACK]: () => string })[STACK]();
}

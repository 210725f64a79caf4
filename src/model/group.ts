import { existsSync } from 'fs';
import * as path from 'path';
import { IConstruct } from 'constructs';
import { pathOf } from './path';

/** Shared by every copy of this library in a tree, unlike the identity of a class. */
const STACK = Symbol.for('projen-stack.Stack');

const MEMORY = Symbol.for('projen-stack.Memory');

/** What earlier syntheses remember of the samples in a folder of a stack, by the samples' names. */
export type SampleMemory = (directory: string) => { readonly [sampleName: string]: unknown };

/** Marks a construct as the stack of everything below it, and says where on this machine its files are, and what is remembered of them. */
export function markAsStack(construct: IConstruct, folder: () => string, samples: SampleMemory): void {
  Object.defineProperty(construct, STACK, { value: folder });
  Object.defineProperty(construct, MEMORY, { value: samples });
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

/**
 * Whether the code in a folder is the team's own rather than a sample: by the memory where there is one, else by what stands there.
 *
 * @param construct the stack, or a construct in it
 * @param directory the folder of the code, relative to the stack's
 * @param sampleName the name of the sample
 * @param evidence files and folders of which any one says that there is an application
 */
export function isOwnCode(construct: IConstruct, directory: string, sampleName: string, evidence: readonly string[]): boolean {
  const stack = requireStack(construct, construct.node.id, construct.constructor.name);
  const record = (stack as unknown as { readonly [MEMORY]: SampleMemory })[MEMORY](directory)[sampleName] as { readonly own?: unknown } | undefined;
  if (record !== undefined) return record.own === true;
  return evidence.some((each) => existsSync(path.join(stackFolder(construct), directory, each)));
}

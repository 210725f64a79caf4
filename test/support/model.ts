import { tmpdir } from 'os';
import * as path from 'path';
import { Project } from 'projen';
import { Finding, formatFinding } from '../../src/model/finding';
import { StackModel } from '../../src/model/stack-model';
import { Stack } from '../../src/stack';
import { StackProps } from '../../src/stack-props';

/** A stack of a project that is never synthesized, so nothing is written. */
export function newStack(props: StackProps = {}, id?: string): Stack {
  return new Stack(new Project({ name: 'shop', outdir: path.join(tmpdir(), 'projen-stack-never-written') }), id, props);
}

/** What a definition comes to, before any rule or target reads it. */
export function modelOf(define: (stack: Stack) => void, props: StackProps = {}): StackModel {
  const stack = newStack(props);
  define(stack);
  return stack.model();
}

/** A finding as it is printed, without the line of the test that caused it. */
export function textOf(finding: Finding): string {
  return formatFinding({ ...finding, location: undefined });
}

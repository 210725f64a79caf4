import { IConstruct } from 'constructs';
import { answerFindings, elementFindings, outputFindings, ruleFindings, targetFindings } from './check-classes';
import { copyFindings, Part, partOf, versionFindings } from './check-origins';
import { EXTENSION_RULES } from './rules';
import { StackElement } from '../../model/element';
import { Finding } from '../../model/finding';
import { originOf } from '../../model/origin';
import { pathOf } from '../../model/path';
import { StackModel } from '../../model/stack-model';
import { Target, TargetOutput } from '../../model/target';
import type { Rule } from '../rule';

/** What others put into a stack. */
export interface Brought {
  readonly rules: readonly Rule[];
  readonly targets: readonly Target[];
}

/**
 * What makes it useless to ask anything else of a stack: parts of another copy of this library, extensions for another version,
 * classes that lack what they must give. The first of these three that is found is told alone, since it causes the next.
 *
 * @param stack the stack
 * @param brought what others put into it beside constructs
 */
export function extensionFindings(stack: IConstruct, brought: Brought): Finding[] {
  const at = pathOf(stack);
  const constructs = stack.node.findAll().filter((each) => each !== stack && originOf(each)).map((each) => partOf(each, pathOf(each)));
  const rules = brought.rules.map((rule) => labelled(rule, 'rule', at));
  const targets = brought.targets.map((target) => labelled(target, 'target', at));
  const parts = [...constructs, ...rules, ...targets];
  const copies = copyFindings(parts);
  if (copies.length > 0) return copies;
  const versions = versionFindings(parts);
  if (versions.length > 0) return versions;
  return [
    ...constructs.filter(({ object }) => StackElement.isStackElement(object)).flatMap(elementFindings),
    ...rules.flatMap(ruleFindings),
    ...targets.flatMap(targetFindings),
  ];
}

/** Whether a finding says that nothing else could be asked. It cannot be accepted. */
export function isAboutExtension({ rule }: Finding): boolean {
  return EXTENSION_RULES.includes(rule);
}

/** What a rule of others finds, or that its answer cannot be read. */
export function askRule(rule: Rule, stack: StackModel): Finding[] {
  const answer = rule.check(stack);
  const unreadable = answerFindings(labelled(rule, 'rule', stack.path), answer);
  return unreadable.length > 0 ? unreadable : answer;
}

/**
 * What a target renders; a finding in place of its files when they cannot be read.
 *
 * @param others what all targets gave first, when it is asked for the last time
 */
export function askTarget(target: Target, stack: StackModel, others?: TargetOutput[]): TargetOutput {
  const output = others ? target.renderLast(stack, others) : target.render(stack);
  const unreadable = outputFindings(labelled(target, 'target', stack.path), output);
  return unreadable.length > 0 ? { files: [], findings: unreadable } : output;
}

function labelled(object: Rule | Target, kind: string, at: string): Part {
  const { info, targetName } = object as { readonly info?: { readonly ruleId?: string }; readonly targetName?: string };
  return { object, at, label: `the ${kind} ${info?.ruleId ?? targetName ?? ''}`.trim() };
}

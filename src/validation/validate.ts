import { askRule } from './extensions';
import { Rule } from './rule';
import { RULES } from './rules';
import { Finding } from '../model/finding';
import { StackModel } from '../model/stack-model';

export { applyAcceptances } from './acceptance';
export type { Acceptance, AcceptedFinding, Judgement } from './acceptance';

/**
 * Everything that is wrong with a definition: the rules of this library in their order, what each element finds wrong with
 * itself, and the rules of others. Nothing is said twice.
 *
 * @param stack everything that was defined
 * @param extra the rules of others
 */
export function validate(stack: StackModel, extra: readonly Rule[] = []): Finding[] {
  const found = new Map<string, Finding>();
  const findings = [
    ...RULES.flatMap((rule) => rule.check(stack)),
    ...stack.elements.flatMap((element) => element.findings()),
    ...extra.flatMap((rule) => askRule(rule, stack)),
  ];
  for (const finding of findings) {
    const key = JSON.stringify([finding.rule.ruleId, finding.path, finding.message, finding.fix]);
    if (!found.has(key)) found.set(key, finding);
  }
  return [...found.values()];
}

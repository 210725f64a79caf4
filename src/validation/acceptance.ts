import { RULES } from './rules';
import { quote } from './text';
import { Finding, RuleInfo, Severity } from '../model/finding';
import { pathOf } from '../model/path';
import { StackModel } from '../model/stack-model';

/** An acceptance that accepts nothing any more. */
export const STALE_ACCEPTANCE: RuleInfo = {
  ruleId: 'PS031',
  severity: Severity.WARNING,
  title: 'What is accepted is still found',
  reason: 'An acceptance that matches nothing would silently swallow the next finding of that rule.',
};

/** An acceptance that cannot be one. */
export const ACCEPTANCE_FORM: RuleInfo = {
  ruleId: 'PS032',
  severity: Severity.ERROR,
  title: 'An acceptance names a rule and gives a reason',
  reason: 'Whoever reads the definition later must see why a rule does not apply, and a misspelt rule accepts nothing.',
};

/** What belongs to the acceptances themselves, beside the rules. */
export const ACCEPTANCE_RULES: readonly RuleInfo[] = [STALE_ACCEPTANCE, ACCEPTANCE_FORM];

/** A finding that is taken as it is, and why. */
export interface Acceptance {
  /** The rule. */
  readonly ruleId: string;
  /**
   * The service's name, or the path of the construct.
   *
   * @default - the whole stack
   */
  readonly at?: string;
  /** Why. */
  readonly because: string;
}

/** A finding that was accepted. */
export interface AcceptedFinding {
  readonly finding: Finding;
  readonly because: string;
}

/** What is left to be said, and what was accepted. */
export interface Judgement {
  readonly open: Finding[];
  readonly accepted: AcceptedFinding[];
}

/**
 * Takes accepted findings out, and adds what is wrong with the acceptances. What is wrong with them cannot be accepted.
 *
 * @param stack everything that was defined
 * @param findings what was found
 * @param acceptances what is taken as it is
 */
export function applyAcceptances(stack: StackModel, findings: readonly Finding[], acceptances: readonly Acceptance[]): Judgement {
  const places = placesOf(stack);
  const valid = acceptances.filter((acceptance) => formProblems(stack, acceptance, findings).length === 0);
  const byPlace = new Map<string, Acceptance>();
  for (const acceptance of valid) {
    const path = acceptance.at === undefined ? '' : places.get(acceptance.at) ?? acceptance.at;
    const key = `${acceptance.ruleId} ${path}`;
    if (!byPlace.has(key)) byPlace.set(key, acceptance);
  }

  const open: Finding[] = [];
  const accepted: AcceptedFinding[] = [];
  const used = new Set<Acceptance>();
  for (const finding of findings) {
    const acceptance = byPlace.get(`${finding.rule.ruleId} ${finding.path}`) ?? byPlace.get(`${finding.rule.ruleId} `);
    if (!acceptance) {
      open.push(finding);
      continue;
    }
    used.add(acceptance);
    accepted.push({ finding, because: acceptance.because });
  }

  // The documents are judged only when no error is left: until then nobody knows whether they would have been found wrong.
  const documentsJudged = open.every((finding) => finding.rule.severity !== Severity.ERROR);
  const stale = valid.filter((acceptance) => !used.has(acceptance) && (documentsJudged || isModelRule(acceptance.ruleId)));
  const own = [...acceptances.flatMap((each) => formProblems(stack, each, findings)), ...stale.map((each) => staleFinding(stack, each))];
  return { open: [...open, ...own], accepted };
}

/** The paths of everything in a stack by what people call it: its path, its path below the stack or the project, its name. */
function placesOf(stack: StackModel): ReadonlyMap<string, string> {
  const places = new Map<string, string>([[stack.path, stack.path]]);
  for (const element of stack.elements) {
    const path = pathOf(element);
    for (const name of [path, element.node.path, path.slice(stack.path.length + 1)]) places.set(name, path);
  }
  for (const service of stack.services) places.set(service.serviceName, pathOf(service));
  return places;
}

/** Whether a rule is asked before anything is rendered. */
function isModelRule(ruleId: string): boolean {
  return RULES.some((rule) => rule.info.ruleId === ruleId);
}

/** Whether an ID could be that of a rule: one of ours, one that a service or a target brings, or one of somebody else's. */
function isKnown(ruleId: string, findings: readonly Finding[]): boolean {
  if (isModelRule(ruleId) || findings.some((finding) => finding.rule.ruleId === ruleId)) return true;
  const [, ours] = /^PS(\d{3})$/.exec(ruleId) ?? [];
  return ours === undefined ? /^(?!PS)[A-Z]+[0-9]+$/.test(ruleId) : Number(ours) >= 40;
}

function formProblems(stack: StackModel, { ruleId, because }: Acceptance, findings: readonly Finding[]): Finding[] {
  const about = { path: stack.path, location: stack.location, rule: ACCEPTANCE_FORM };
  if (!isKnown(ruleId, findings)) {
    const number = /^\D*(\d{1,3})$/.exec(ruleId)?.[1]?.padStart(3, '0');
    const guess = number !== undefined && isModelRule(`PS${number}`) ? `PS${number}` : RULES[0].info.ruleId;
    return [{ ...about, message: `${quote(ruleId)} is accepted, which is the ID of no rule.`, fix: `Write: stack.accept('${guess}', …) with an ID of docs/rules.md.` }];
  }
  if (because.trim() !== '') return [];
  return [{ ...about, message: `${ruleId} is accepted without a reason.`, fix: `Write: stack.accept('${ruleId}', { because: 'why it does not matter here' }).` }];
}

function staleFinding(stack: StackModel, { ruleId, at }: Acceptance): Finding {
  return {
    rule: STALE_ACCEPTANCE,
    path: stack.path,
    location: stack.location,
    message: `${ruleId} is accepted${at === undefined ? '' : ` at ${quote(at)}`}, and is not found there.`,
    fix: 'Remove that stack.accept(…).',
  };
}

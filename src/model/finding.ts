/**
 * Whether a finding stops the synthesis.
 */
export enum Severity {
  /** Nothing is written while one is open. */
  ERROR = 'error',
  /** It is printed, and the files are written. */
  WARNING = 'warning',
}

/**
 * What a rule is about; `docs/rules.md` is made of these.
 */
export interface RuleInfo {
  /** The rule's identifier: `PS` and three digits in this library; others use letters of their own. */
  readonly ruleId: string;
  /** Whether a breach stops the synthesis. */
  readonly severity: Severity;
  /** What must hold, in one line. */
  readonly title: string;
  /** Why, in a sentence or two. */
  readonly reason: string;
}

/**
 * One thing that is wrong with a definition: what, where, and what to write instead.
 */
export interface Finding {
  /** The rule that found it. */
  readonly rule: RuleInfo;
  /** The path of the construct: `shop/stack/backend`. */
  readonly path: string;
  /** What is wrong, as a sentence. */
  readonly message: string;
  /** What to write instead, as a sentence. */
  readonly fix: string;
  /**
   * The file and line that made the construct.
   *
   * @default - not known
   */
  readonly location?: string;
}

/**
 * A finding as one line of text: severity, rule, place, what is wrong, and what to write instead.
 */
export function formatFinding(finding: Finding): string {
  const at = finding.location ? `${finding.path} (${finding.location})` : finding.path;
  return `${finding.rule.severity} ${finding.rule.ruleId} at ${at}: ${finding.message} ${finding.fix}`;
}

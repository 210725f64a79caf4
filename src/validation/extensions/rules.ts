import { RuleInfo, Severity } from '../../model/finding';

/** One library, one copy. */
export const SINGLE_COPY: RuleInfo = {
  ruleId: 'PS086',
  severity: Severity.ERROR,
  title: 'All parts of a stack are of one copy of this library',
  reason: 'Two copies do not know each other\'s classes, so what one of them made would be read wrongly, or not at all, by the other.',
};

/** An extension fits. */
export const EXTENSION_VERSION: RuleInfo = {
  ruleId: 'PS088',
  severity: Severity.ERROR,
  title: 'An extension is made for the version of this library that is there',
  reason: 'It builds on classes and hooks that another major version may not have. What it wants stands in its peerDependencies.',
};

/** A class gives what it must. */
export const INCOMPLETE_CLASS: RuleInfo = {
  ruleId: 'PS089',
  severity: Severity.ERROR,
  title: 'A class of an extension gives what every class of its kind gives',
  reason: 'JavaScript and Python run a class that lacks a method, or forgets to return. The error would come from the depth of this library.',
};

/** What makes it useless to ask anything else. */
export const EXTENSION_RULES: readonly RuleInfo[] = [SINGLE_COPY, EXTENSION_VERSION, INCOMPLETE_CLASS];

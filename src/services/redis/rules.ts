import { RuleInfo, Severity } from '../../model/finding';

/** A logical database has a number that Redis has. */
export const REDIS_DATABASE: RuleInfo = {
  ruleId: 'PS110',
  severity: Severity.ERROR,
  title: 'A logical database of Redis has a number from 0 to 15 of its own',
  reason: 'Redis has 16 databases; two names for one number would mix their keys.',
};

/** The memory limit can be read and leaves Redis some for itself. */
export const REDIS_MEMORY: RuleInfo = {
  ruleId: 'PS111',
  severity: Severity.ERROR,
  title: 'The memory limit of Redis can be read and is below that of its container',
  reason: 'A server that reaches the container\'s limit first is killed instead of refusing or evicting.',
};

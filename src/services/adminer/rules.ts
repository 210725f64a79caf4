import { RuleInfo, Severity } from '../../model/finding';

/** The login page can be told which server it is for. */
export const ADMINER_SERVER: RuleInfo = {
  ruleId: 'PS160',
  severity: Severity.ERROR,
  title: 'Adminer is told the host of its database',
  reason: 'A URL that an operator gives in one piece holds a password too, and cannot be taken apart.',
};

/** The design is one that the image brings. */
export const ADMINER_DESIGN: RuleInfo = {
  ruleId: 'PS161',
  severity: Severity.ERROR,
  title: 'A design of Adminer is one that its image brings',
  reason: 'The image links the file of any name that it is given, and shows its usual design when there is none.',
};

/** A tool that opens databases is for developers alone. */
export const ADMINER_PLACE: RuleInfo = {
  ruleId: 'PS162',
  severity: Severity.ERROR,
  title: 'Adminer is there in development only, and on the loopback',
  reason: 'Whoever reaches it may try passwords at every database that it reaches.',
};

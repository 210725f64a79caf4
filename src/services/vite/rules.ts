import { RuleInfo, Severity } from '../../model/finding';

/** A browser is told of nothing that only containers know. */
export const BROWSER_URL: RuleInfo = {
  ruleId: 'PS140',
  severity: Severity.ERROR,
  title: 'A URL for the browser names no service',
  reason: 'Names of services are known inside the networks of the stack only: the page would load, and nothing on it would work.',
};

/** What a page is told is no secret. */
export const PUBLIC_SECRET: RuleInfo = {
  ruleId: 'PS141',
  severity: Severity.ERROR,
  title: 'A variable that begins with VITE_ holds no secret',
  reason: 'Vite puts it into the page, where everybody who opens it can read it.',
};

/** What a page is told has the prefix that says so. */
export const PUBLIC_NAME: RuleInfo = {
  ruleId: 'PS142',
  severity: Severity.ERROR,
  title: 'The name of a public variable begins with VITE_',
  reason: 'Vite hands nothing else to the page.',
};

/** The version of Node.js is one that Vite and its tools run on. */
export const NODE_VERSION: RuleInfo = {
  ruleId: 'PS143',
  severity: Severity.ERROR,
  title: 'The version of Node.js is one that is supported',
  reason: 'Vite and vitest need Node.js 22 or 24, the versions with long-term support.',
};

/** A prefix of paths can be told from others. */
export const ROUTE_PREFIX: RuleInfo = {
  ruleId: 'PS144',
  severity: Severity.ERROR,
  title: 'A prefix of paths begins with a slash and belongs to one API',
  reason: 'The web server compares it with the path of a request, which begins with a slash, and passes each request on to one API.',
};

/** Folders, files and sizes of a frontend can be used. */
export const FRONTEND_VALUE: RuleInfo = {
  ruleId: 'PS145',
  severity: Severity.ERROR,
  title: 'Folders, files, URLs and sizes of a frontend can be used',
  reason: 'Docker, the web server or the browser would refuse them at start, or worse, not at all.',
};

/** The team and the definition agree on what installs packages. */
export const PACKAGE_MANAGER: RuleInfo = {
  ruleId: 'PS146',
  severity: Severity.ERROR,
  title: 'The package manager is the one that package.json names',
  reason: 'The image would install other versions than everybody else, or none.',
};

/** A build gives the same every time. */
export const LOCK_FILE: RuleInfo = {
  ruleId: 'PS147',
  severity: Severity.WARNING,
  title: 'A frontend has the lockfile of its package manager',
  reason: 'Without it every build may install other versions.',
};

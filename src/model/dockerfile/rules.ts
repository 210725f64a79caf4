import { RuleInfo, Severity } from '../finding';

/** A Dockerfile lies where its build can read it, and is written once. */
export const DOCKERFILE_PLACE: RuleInfo = {
  ruleId: 'PS070',
  severity: Severity.ERROR,
  title: 'A Dockerfile lies in its context, and its context in the folder of the stack',
  reason: 'Some builders read a Dockerfile that lies elsewhere and others do not; what a definition writes stays where the definition is.',
};

/** A stage can be named. */
export const STAGE_NAME: RuleInfo = {
  ruleId: 'PS071',
  severity: Severity.ERROR,
  title: 'A Dockerfile has stages, each with a name of its own',
  reason: 'The builder refuses a name that does not begin with a lower-case letter, and takes one of two stages of one name without a word.',
};

/** What a definition names is there. */
export const STAGE_REFERENCE: RuleInfo = {
  ruleId: 'PS072',
  severity: Severity.ERROR,
  title: 'A stage or an argument that is named exists, and no stage needs itself',
  reason: 'The builder looks for an image of that name in a registry, and ignores an argument that nobody declares.',
};

/** What an image is made from is the same tomorrow. */
export const BASE_IMAGE: RuleInfo = {
  ruleId: 'PS073',
  severity: Severity.ERROR,
  title: 'An image that another one is made from has a tag other than latest, or a digest',
  reason: 'latest is another image at the next build: nobody can say what was built yesterday, nor build it again.',
};

/** What is copied can be read. */
export const CONTEXT_PATH: RuleInfo = {
  ruleId: 'PS074',
  severity: Severity.ERROR,
  title: 'What a build reads lies in its context',
  reason: 'The builder is sent the files of the context and no others; a path that leaves it is cut off without a word.',
};

/** Packages have names that apt knows, and there is an apt. */
export const BUILD_PACKAGE: RuleInfo = {
  ruleId: 'PS075',
  severity: Severity.ERROR,
  title: 'Packages have names that apt can read, on an image that has apt',
  reason: 'What is no name is read as an option or by the shell, and Alpine has other packages under other names.',
};

/** Each instruction can be read as it was meant. */
export const BUILD_TEXT: RuleInfo = {
  ruleId: 'PS076',
  severity: Severity.ERROR,
  title: 'Each instruction of a Dockerfile can be read as it was meant',
  reason: 'Instructions are lines: what ends one early, or begins another, changes the meaning of all that follow.',
};

/** A Dockerfile is for a service. */
export const UNUSED_DOCKERFILE: RuleInfo = {
  ruleId: 'PS077',
  severity: Severity.WARNING,
  title: 'A Dockerfile is built by a service',
  reason: 'A file that nothing builds breaks without anybody noticing.',
};

/** An image has no secret in it. */
export const BUILD_SECRET: RuleInfo = {
  ruleId: 'PS078',
  severity: Severity.WARNING,
  title: 'A secret is neither an argument of a build nor in an image',
  reason: 'Everybody who has the image can read both: docker history shows them.',
};

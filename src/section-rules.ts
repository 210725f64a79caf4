import { RuleInfo, Severity } from './model/finding';

/** Sections are told apart by their names, and end where they say. */
export const SECTION_SOUND: RuleInfo = {
  ruleId: 'PS068',
  severity: Severity.ERROR,
  title: 'The sections of a file can be told apart',
  reason: 'A section that is not found again is taken for one that somebody took out, and is never written anew.',
};

/** A file with sections is one that can be read and written. */
export const SECTION_PLACE: RuleInfo = {
  ruleId: 'PS069',
  severity: Severity.ERROR,
  title: 'A file with sections can be written where it belongs',
  reason: 'The file is the team\'s: what cannot be read without loss is not written either.',
};

/** A section that a person has edited is theirs until they say otherwise. */
export const SECTION_EDITED: RuleInfo = {
  ruleId: 'PS080',
  severity: Severity.WARNING,
  title: 'A generated section is as it was generated',
  reason: 'What a person wrote is never overwritten, so the section stays behind the definition. When the environment variable CI is set, '
    + 'this is an error. `.projen/stack.json` remembers what was written; without it, a section that is not as it would be written now counts as edited.',
};

/** The marks around sections belong together. */
export const SECTION_MARKS: RuleInfo = {
  ruleId: 'PS081',
  severity: Severity.ERROR,
  title: 'The marks around a generated section belong together',
  reason: 'Without its second half nobody can say where a section ends, and what a person wrote would be overwritten.',
};

/** What is found out about sections, in the order of the IDs. */
export const SECTION_RULES: readonly RuleInfo[] = [SECTION_SOUND, SECTION_PLACE, SECTION_EDITED, SECTION_MARKS];

/** The rule about edited sections, where nobody reads warnings an error. */
export function editedRule(): RuleInfo {
  const { CI = '' } = process.env;
  return ['', '0', 'false'].includes(CI) ? SECTION_EDITED : { ...SECTION_EDITED, severity: Severity.ERROR };
}

import { RuleCases } from './case';
import { DEPENDENCY_CASES } from './dependencies';
import { NAME_CASES } from './names';
import { PORT_CASES } from './ports';
import { RUNNING_CASES } from './running';
import { SMOKE_CASES } from './smoke';
import { STORAGE_CASES } from './storage';
import { VALUE_CASES } from './values';

/** What each rule refuses and lets pass, in the order of their IDs. */
export const CASES: readonly RuleCases[] = [
  ...NAME_CASES, ...VALUE_CASES, ...PORT_CASES, ...DEPENDENCY_CASES, ...STORAGE_CASES, ...RUNNING_CASES, ...SMOKE_CASES,
].sort((a, b) => a.ruleId.localeCompare(b.ruleId));

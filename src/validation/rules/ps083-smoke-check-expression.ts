import { Severity } from '../../model/finding';
import { Mode } from '../../model/mode';
import { Service } from '../../model/service';
import { ServiceSettings } from '../../model/settings';
import { Problem, ServiceRule } from '../mode-rule';
import { quote } from '../text';

/** What an answer must match is an expression that every grep reads alike. */
export class SmokeCheckExpressionRule extends ServiceRule {
  constructor() {
    super({
      ruleId: 'PS083',
      severity: Severity.ERROR,
      title: 'What a smoke check expects is an extended regular expression (POSIX)',
      reason: 'The test script asks grep -E, which has no \\d, no (?: and no lazy quantifier: such a check never passes, or always.',
    });
  }

  protected inspect(service: Service, _settings: ServiceSettings, mode: Mode): Problem[] {
    if (mode !== Mode.DEVELOPMENT) return [];
    return service.smokeChecks().flatMap(({ title, expect }) => {
      const trouble = expect === undefined ? undefined : troubleWith(expect);
      return trouble ? [{ message: `The smoke check ${quote(title)} expects ${quote(expect!)}, which ${trouble.what}.`, fix: trouble.fix }] : [];
    });
  }
}

/** What no extended regular expression has, and what is written instead. */
const FOREIGN: readonly (readonly [RegExp, string, string])[] = [
  [/\\[dDwWsSbB]/, 'has a class of other dialects', 'Write: [0-9] for \\d, [A-Za-z0-9_] for \\w, [[:space:]] for \\s.'],
  [/\\[nrtx0-9pu]/, 'has an escape that stands for something else there', 'Remove it: the answer is looked at line by line, without NUL bytes.'],
  [/\(\?/, 'has a group of other dialects', 'Write: a plain group, ( and ).'],
  [/[*+?}][?+]/, 'has a quantifier of other dialects', 'Remove the second sign.'],
];

function troubleWith(expression: string): { readonly what: string; readonly fix: string } | undefined {
  if (/[\n\r\0]/.test(expression)) return { what: 'has more than one line', fix: 'Write what one line must match.' };
  // Within brackets nothing is special, and a ] is literal as the first one.
  const outside = expression.replace(/\\[^A-Za-z0-9]/g, '_').replace(/\[\^?\]?(?:\[[:.=][^\]]*[:.=]\]|[^\]])*\]/g, '_');
  const foreign = FOREIGN.find(([pattern]) => pattern.test(outside));
  if (foreign) return { what: foreign[1], fix: foreign[2] };
  try {
    new RegExp(outside);
    return undefined;
  } catch (error) {
    return { what: `cannot be read (${(error as Error).message.replace(/^.*: /, '').toLowerCase()})`, fix: 'Write a closing sign for every ( and [, and \\ before a sign that is meant as it is.' };
  }
}

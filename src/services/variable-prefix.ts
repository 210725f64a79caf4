import { Construct } from 'constructs';
import { StackElement } from '../model/element';
import { Finding, RuleInfo, Severity } from '../model/finding';
import { requireStack } from '../model/group';
import { toVariableName } from '../model/names';
import { pathOf } from '../model/path';

/** Two stores do not share their settings. */
export const SHARED_PREFIX: RuleInfo = {
  ruleId: 'PS100',
  severity: Severity.ERROR,
  title: 'Two servers have settings of their own',
  reason: 'With one prefix they would share one user and one password by accident.',
};

/** Something whose settings begin with a prefix of its own. */
export interface Prefixed extends StackElement {
  readonly variablePrefix: string;
}

function isPrefixed(element: StackElement): element is Prefixed {
  return 'variablePrefix' in element;
}

/** Settings that a server would share with another one of its stack by accident. */
export function sharedPrefixFindings(element: Prefixed): Finding[] {
  const stack = requireStack(element, element.node.id, element.constructor.name);
  const other = StackElement.elementsOf(stack).filter(isPrefixed).find((each) => each !== element && each.variablePrefix === element.variablePrefix);
  return other ? [{
    rule: SHARED_PREFIX,
    path: pathOf(element),
    location: element.sourceLocation,
    message: `Its settings begin with ${element.variablePrefix}, as those of ${pathOf(other)} do.`,
    fix: `Write: variablePrefix: '${element.variablePrefix}_2' on one of them.`,
  }] : [];
}

/**
 * What the names of a server's settings begin with: the usual word for the first of its kind in a stack, its own name for the
 * next ones, so that two never share a secret by accident.
 *
 * @param usual the word that everybody knows: `POSTGRES`
 */
export function variablePrefix(scope: Construct, name: string, usual: string, className: string): string {
  const servers = StackElement.elementsOf(requireStack(scope, name, className)).filter(isPrefixed);
  const taken = servers.some((server) => server.variablePrefix === usual);
  return taken ? toVariableName(name) : usual;
}

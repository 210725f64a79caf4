import { StackElement } from '../../model/element';
import { Finding, Severity } from '../../model/finding';
import { pathOf } from '../../model/path';
import { StackModel } from '../../model/stack-model';
import { Value } from '../../model/value';
import { Variable } from '../../model/variable';
import { Rule } from '../rule';
import { quote } from '../text';

/** A setting means one thing. */
export class VariableDefinitionRule extends Rule {
  constructor() {
    super({
      ruleId: 'PS005',
      severity: Severity.ERROR,
      title: 'Two variables of one name have one definition',
      reason: 'Both are one line of .env: with different defaults the services would disagree until somebody sets it.',
    });
  }

  public check(stack: StackModel): Finding[] {
    const first = new Map<string, { readonly element: StackElement; readonly definition: readonly string[] }>();
    return stack.elements.flatMap((element) => {
      const variables = new Set(element.variables().flatMap((variable) => variable.withReferences));
      return [...variables].flatMap((variable) => {
        const definition = describe(variable);
        const known = first.get(variable.variableName);
        if (!known) first.set(variable.variableName, { element, definition });
        const differs = definition.map((facet, index) => facet !== known?.definition[index]);
        if (!known || !differs.includes(true)) return [];
        const words = (facets: readonly string[]) => facets.filter((_, index) => differs[index]).join(', ');
        return [this.findingAt(
          element,
          `The variable ${variable.variableName} has two definitions: ${words(definition)} here, ${words(known.definition)} at ${pathOf(known.element)}.`,
          'Write: one Variable, made once and used by both, or another name for one of them.',
        )];
      });
    });
  }
}

/** All that two definitions can differ in, in words. */
function describe(variable: Variable): string[] {
  return [
    variable.defaultValue ? `default ${quote(source(variable.defaultValue))}` : 'without a default',
    variable.required ? 'required' : 'optional',
    variable.secret ? `secret (${variable.secretFormat})` : 'not secret',
  ];
}

/** A value with the names of its variables; a dollar sign of a literal is doubled, so that nothing reads as a variable. */
function source(value: Value): string {
  return value.parts.map((part) => (part.variable ? `\${${part.variable.variableName}}` : (part.text ?? '').replace(/\$/g, '$$$$'))).join('');
}

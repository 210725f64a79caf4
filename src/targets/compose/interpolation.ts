import { Mode } from '../../model/mode';
import { Value } from '../../model/value';
import { Variable } from '../../model/variable';

/**
 * Text that Compose is to leave as it is: every dollar sign doubled.
 *
 * @see https://github.com/compose-spec/compose-spec/blob/main/12-interpolation.md
 */
export function escapeDollars(text: string): string {
  return text.replace(/\$/g, '$$$$');
}

/** A value in Compose's interpolation syntax. */
export function interpolate(value: Value, mode: Mode): string {
  return value.parts.map((part) => (part.variable ? reference(part.variable, mode) : escapeDollars(part.text ?? ''))).join('');
}

/**
 * A variable in Compose's interpolation syntax.
 *
 * Development falls back to the default. Production has no literal default: what is required must be set, and only what is
 * composed of other settings may be left to them.
 */
function reference(variable: Variable, mode: Mode): string {
  const { variableName, defaultValue } = variable;
  if (defaultValue && (mode === Mode.DEVELOPMENT || !defaultValue.isLiteral)) return `\${${variableName}:-${interpolate(defaultValue, mode)}}`;
  return variable.required ? `\${${variableName}:?set ${variableName} in .env (scripts/env.sh init makes it)}` : `\${${variableName}:-}`;
}

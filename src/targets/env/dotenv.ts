import { Value } from '../../model/value';

/** What every reader takes as it stands, a shell included. */
const PLAIN = /^[A-Za-z0-9_.,:@%+/=-]*$/;

/** Text between double quotes for Compose, whose escapes these are; a `$` is a dollar sign. */
function escapeForDoubleQuotes(text: string): string {
  return text.replace(/["\\$]/g, '\\$&');
}

/**
 * A text as the value of a key in a `.env` file.
 *
 * Compose, python-dotenv (and so pydantic-settings) and a shell quote differently. Of the forms that Compose reads as the
 * text, this is the one that most of the others read alike:
 * - plain, where nothing is special to anyone;
 * - single quotes: nothing within is special, but `\'` and (to Python) `\\` are;
 * - double quotes: but Python knows no `\$`, and a shell runs what is between backticks.
 *
 * Python replaces `${NAME}` in every form, which nothing can prevent.
 *
 * @see https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/#env-file-syntax
 */
export function dotenvText(text: string): string {
  if (PLAIN.test(text)) return text;
  if (!/'|\\\\|\\$/.test(text)) return `'${text}'`;
  if (!/[$`]/.test(text) || /\\\\|\\'|\\$/.test(text)) return `"${escapeForDoubleQuotes(text)}"`;
  return `'${text.replace(/'/g, "\\'")}'`;
}

/**
 * A value as it stands after `KEY=` in a `.env` file: a variable is a reference to a key above it.
 */
export function dotenvValue(value: Value): string {
  if (value.isLiteral) return dotenvText(value.developmentText);
  const plain = value.parts.every((part) => part.variable || PLAIN.test(part.text ?? ''));
  const text = value.parts.map((part) => {
    if (part.variable) return `\${${part.variable.variableName}}`;
    return plain ? part.text : escapeForDoubleQuotes(part.text ?? '');
  }).join('');
  return plain ? text : `"${text}"`;
}

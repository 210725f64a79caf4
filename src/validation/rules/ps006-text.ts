import { StackElement } from '../../model/element';
import { Finding, Severity } from '../../model/finding';
import { StackModel } from '../../model/stack-model';
import { Value } from '../../model/value';
import { Variable } from '../../model/variable';
import { Rule } from '../rule';
import { quote } from '../text';
import { textsOf } from '../texts';

/** NUL ends every string of the engine; YAML refuses or folds DEL, C1, U+FFFE and U+FFFF; a half of a pair is no character. */
const UNWRITABLE = /[\0\x7f-\x9f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** What is written arrives as it was meant. */
export class TextRule extends Rule {
  constructor() {
    super({
      ruleId: 'PS006',
      severity: Severity.ERROR,
      title: 'Every text can be carried by the files that are generated',
      reason: 'Compose counts the braces inside ${NAME:-default} and ends at a newline: other defaults are cut off silently, or refused. '
        + 'YAML and the engine carry no NUL and no control characters beyond ASCII.',
    });
  }

  public check(stack: StackModel): Finding[] {
    return stack.elements.flatMap((element) => [...this.texts(element), ...this.defaults(element)]);
  }

  private texts(element: StackElement): Finding[] {
    const seen = new Set<string>();
    return textsOf(element).filter(({ at, text }) => UNWRITABLE.test(text) && !seen.has(at) && seen.add(at)).map(({ at, text }) => this.findingAt(
      element,
      `${at} holds ${codePoint(text)}, which no file can carry.`,
      'Write the text without it, or encoded (base64, say) if the program can decode it.',
    ));
  }

  private defaults(element: StackElement): Finding[] {
    const variables = new Set(element.variables().flatMap((variable) => variable.withReferences));
    return [...variables].flatMap((variable) => {
      const problem = variable.defaultValue && defaultProblem(variable.defaultValue);
      return problem ? [this.findingAt(element, `The default of ${variable.variableName} ${problem.what}.`, problem.fix(variable))] : [];
    });
  }
}

function codePoint(text: string): string {
  const code = UNWRITABLE.exec(text)![0].charCodeAt(0);
  return `the character U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

interface DefaultProblem {
  readonly what: string;
  readonly fix: (variable: Variable) => string;
}

/** Why Compose cannot carry a default, and what to write instead. */
function defaultProblem(value: Value): DefaultProblem | undefined {
  // What stands inside a nested variable is judged when that variable is: here it is one balanced piece.
  const text = value.parts.map((part) => (part.variable ? '${V}' : part.text ?? '')).join('');
  const literal = (variable: Variable) => `for ${variable.variableName} give the text as a literal, which carries everything: environment: { KEY: Value.literal(…) }`;
  if (UNWRITABLE.test(text)) return { what: `holds ${codePoint(text)}, which no file can carry`, fix: () => 'Write the default without it.' };
  if (text.includes('\n')) {
    return { what: `${quote(text)} holds a newline, at which Compose stops reading`, fix: (variable) => `Write: a default of one line, or ${literal(variable)}.` };
  }
  if (!composeCarries(text)) {
    return {
      what: `${quote(text)} has braces that Compose miscounts, so that it would be cut off`,
      fix: (variable) => `Write: balanced braces with something after each opening one ("{ }" for "{}", "{ {" for "{{"), or ${literal(variable)}.`,
    };
  }
  return undefined;
}

/**
 * Whether Compose finds the end of `${NAME:-text}` where it is.
 *
 * It counts every opening brace, without regard to dollar signs or quotes, and passes over the character after one, since it
 * takes that for the first of a name. Tried with `docker compose config` on every text of up to five of the characters
 * `{ } $ a : - ?`, alone, nested and twice in a value: what this lets pass arrives unchanged in all of them.
 */
function composeCarries(text: string): boolean {
  let open = 1;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '}' && --open === 0) return false;
    if (text[at] === '{') {
      open++;
      at++;
    }
  }
  return open === 1;
}

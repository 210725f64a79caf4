import type { Service } from './service';
import type { Variable } from './variable';

/**
 * One piece of a `Value`: either literal text or a variable.
 */
export interface ValuePart {
  /**
   * Literal text, exactly as the program is to see it.
   *
   * @default - this part is a variable
   */
  readonly text?: string;

  /**
   * The variable whose value stands here.
   *
   * @default - this part is literal text
   */
  readonly variable?: Variable;
}

/**
 * What an environment key, an argument or a default holds: text, a variable, or both joined.
 *
 * A value knows no file format. Each target renders its parts in its own way (`${NAME:-default}` in Compose, a reference to
 * a Secret in Kubernetes), and escapes what needs it: a `$` in a literal is a dollar sign everywhere.
 */
export class Value {
  /**
   * Text that is used exactly as it stands.
   *
   * @param text any text without a NUL byte
   */
  public static literal(text: string): Value {
    return new Value([{ text }]);
  }

  /**
   * The name by which containers of the same stack reach a service: text, of which targets that close the network know that a way
   * is needed.
   *
   * @param service the service
   */
  public static host(service: Service): Value {
    return new Value([{ text: service.serviceName }], [service]);
  }

  /**
   * Several literals at once, as a command line needs them.
   *
   * @param texts the arguments, one by one
   */
  public static literals(...texts: string[]): Value[] {
    return texts.map((text) => Value.literal(text));
  }

  /**
   * The value of a variable.
   *
   * @param variable the operator's setting
   */
  public static of(variable: Variable): Value {
    return new Value([{ variable }]);
  }

  /**
   * Several values joined without anything between them.
   *
   * @param values the values, in order
   */
  public static concat(...values: Value[]): Value {
    return new Value(values.flatMap((value) => value.parts), values.flatMap((value) => value.hosts));
  }

  /** The pieces of this value in order; neighbouring literals are one piece, and no piece is empty. */
  public readonly parts: ValuePart[];

  /** The services whose names stand in the text. */
  public readonly hosts: Service[];

  private constructor(parts: ValuePart[], hosts: Service[] = []) {
    const joined: ValuePart[] = [];
    for (const part of parts) {
      const last = joined[joined.length - 1];
      if (part.text === '') continue;
      if (part.text !== undefined && last?.text !== undefined) joined[joined.length - 1] = { text: last.text + part.text };
      else joined.push(part);
    }
    this.parts = joined;
    this.hosts = [...new Set(hosts)];
  }

  /** The variables that this value names itself, without those that their defaults name. */
  public get variables(): Variable[] {
    return this.parts.flatMap((part) => (part.variable ? [part.variable] : []));
  }

  /** Whether this value is text alone. */
  public get isLiteral(): boolean {
    return this.parts.every((part) => part.variable === undefined);
  }

  /**
   * The text of this value with every variable replaced by its default for development.
   *
   * This is what a program sees when the operator sets nothing; a variable without a default gives nothing.
   */
  public get developmentText(): string {
    return this.parts.map((part) => part.text ?? part.variable?.defaultValue?.developmentText ?? '').join('');
  }
}

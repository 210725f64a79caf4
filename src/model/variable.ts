import { understood } from './given';
import { Mount } from './mount';
import { Value } from './value';

/**
 * How `scripts/env.sh init` makes a secret.
 */
export enum SecretFormat {
  /** 48 hexadecimal digits: 192 random bits, safe in a URL, a shell and a `.env` file. */
  HEX = 'hex',
  /** Nothing is made: somebody else issues it (the key of a third party, say), and an operator fills it in. */
  GIVEN = 'given',
}

/**
 * Something that a machine knows, and that `scripts/env.sh init` writes into `.env`.
 */
export enum HostFact {
  /** The number of whoever runs the stack; 1000 for root. */
  USER_ID = 'user-id',
  /** The number of their group; 1000 for root's. */
  GROUP_ID = 'group-id',
}

/**
 * What an operator should know of a `Variable`.
 */
export interface VariableOptions {
  /**
   * What the setting means, in one line. It stands above the key in `.env.example` and in the README.
   *
   * @default - made from the name
   */
  readonly description?: string;

  /**
   * What holds in development when the operator sets nothing.
   *
   * It may be composed of other variables. A literal default never reaches the production file; a composed one does.
   *
   * @default - `dev_` and the name for a secret that `env.sh` makes, so that development needs no `.env`; else none
   */
  readonly defaultValue?: Value;

  /**
   * Whether the stack cannot run without it.
   *
   * @default - true, unless there is a `defaultValue` that is empty
   */
  readonly required?: boolean;

  /**
   * Whether the value must not be seen: it never gets a literal in a committed file other than a default for development.
   *
   * @default false
   */
  readonly secret?: boolean;

  /**
   * How a secret is made.
   *
   * @default SecretFormat.HEX
   */
  readonly secretFormat?: SecretFormat;

  /**
   * What the value is on a machine, so that nobody has to look it up.
   *
   * @default - nothing that a machine knows
   */
  readonly hostFact?: HostFact;

  /**
   * The heading under which the key stands in `.env.example`.
   *
   * @default - the description of the service that uses it first
   */
  readonly section?: string;

  /**
   * The mount whose data was initialised with this value, so that a later change of the variable alone has no effect.
   *
   * @default - the value is stored nowhere
   */
  readonly storedIn?: Mount;

  /**
   * How an operator changes a stored value, in one line (a command, best).
   *
   * @default - none
   */
  readonly howToChange?: string;
}

/**
 * A setting that whoever runs the stack may change without touching a generated file: an environment variable of the
 * target, after the third factor of 12-factor.
 */
export class Variable {
  /** The name, as it stands in `.env`. */
  public readonly variableName: string;

  /** What the setting means, in one line. */
  public readonly description: string;

  /** What holds in development when nothing is set. */
  public readonly defaultValue?: Value;

  /** Whether the stack cannot run without it. */
  public readonly required: boolean;

  /** Whether the value must not be seen. */
  public readonly secret: boolean;

  /** How a secret is made. */
  public readonly secretFormat: SecretFormat;

  /** What the value is on a machine. */
  public readonly hostFact?: HostFact;

  /** The heading under which the key stands in `.env.example`. */
  public readonly section?: string;

  /** The mount whose data holds this value. */
  public readonly storedIn?: Mount;

  /** How an operator changes a stored value. */
  public readonly howToChange?: string;

  /**
   * @param variableName the name in `.env`: letters, digits and underscores, no digit first
   * @param options what an operator should know of it
   */
  constructor(variableName: string, options: VariableOptions = {}) {
    options = understood('VariableOptions', options, this);
    this.variableName = variableName;
    this.description = options.description ?? variableName.toLowerCase().replace(/_/g, ' ').trim();
    this.secret = options.secret ?? false;
    this.secretFormat = options.secretFormat ?? SecretFormat.HEX;
    this.required = options.required ?? !(options.defaultValue && options.defaultValue.parts.length === 0);
    const made = this.secret && this.secretFormat === SecretFormat.HEX;
    this.defaultValue = options.defaultValue ?? (made ? Value.literal(`dev_${variableName.toLowerCase()}`) : undefined);
    this.hostFact = options.hostFact;
    this.section = options.section;
    this.storedIn = options.storedIn;
    this.howToChange = options.howToChange;
  }

  /** This variable and those that its default names, nearest last: in an order in which a file can define them. */
  public get withReferences(): Variable[] {
    return [...(this.defaultValue?.variables ?? []).flatMap((variable) => variable.withReferences), this];
  }
}

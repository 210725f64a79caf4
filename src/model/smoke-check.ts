import { carry, understood } from './given';
import { Mode } from './mode';

/**
 * How a `SmokeCheck` finds out.
 */
export enum SmokeCheckKind {
  /** A GET from outside, through the published port. */
  HTTP = 'http',
  /** Bytes sent from outside, through the published port, and the answer to them. */
  TCP = 'tcp',
  /** A program in the running container. */
  EXEC = 'exec',
  /** Data that is written, and read again after the containers were removed and made anew. */
  PERSISTENCE = 'persistence',
  /** A line added to a source file, and the answer that changes with it. Development only. */
  RELOAD = 'reload',
}

/**
 * A GET that must be answered.
 */
export interface HttpSmokeCheckOptions {
  /**
   * The name of the port that is asked.
   *
   * @default - the first port of the service
   */
  readonly port?: string;

  /**
   * The path with its leading slash, and the query.
   *
   * @default "/"
   */
  readonly path?: string;

  /**
   * The status of the answer; 0 when any will do, as long as the body is what is expected.
   *
   * @default 200
   */
  readonly status?: number;

  /**
   * What a line of the answer's body must match: an extended regular expression (POSIX).
   *
   * @default - any body will do
   */
  readonly expect?: string;
}

/**
 * Bytes that must be answered.
 */
export interface TcpSmokeCheckOptions {
  /**
   * The name of the port.
   *
   * @default - the first port of the service
   */
  readonly port?: string;

  /**
   * What is sent: one byte for each character, so none above `\xff`.
   */
  readonly send: string;

  /**
   * What the first bytes of the answer must match: an extended regular expression (POSIX).
   */
  readonly expect: string;
}

/**
 * A program in the running container that must succeed.
 */
export interface ExecSmokeCheckOptions {
  /**
   * The program and its arguments; no shell reads them.
   */
  readonly command: string[];

  /**
   * What a line of its output must match: an extended regular expression (POSIX).
   *
   * @default - any output will do: it must end with 0
   */
  readonly expect?: string;
}

/**
 * Data that must be there again after the containers were removed.
 */
export interface PersistenceSmokeCheckOptions {
  /**
   * The program that writes, in the running container.
   */
  readonly write: string[];

  /**
   * The program that reads what was written, in the container made anew.
   */
  readonly read: string[];

  /**
   * What a line of the reader's output must match: an extended regular expression (POSIX).
   */
  readonly expect: string;
}

/**
 * A change of a source file that must be seen without a restart of the container.
 */
export interface ReloadSmokeCheckOptions {
  /**
   * The file, relative to the stack's folder.
   */
  readonly file: string;

  /**
   * What is added at its end, on lines of its own.
   */
  readonly append: string;

  /**
   * The name of the port that is asked.
   *
   * @default - the first port of the service
   */
  readonly port?: string;

  /**
   * The path whose answer changes.
   */
  readonly path: string;

  /**
   * What a line of the answer's body must match then, and not before: an extended regular expression (POSIX).
   */
  readonly expect: string;
}

/**
 * What proves that a service works. Written once, it becomes a numbered step of the test script, and what a deployment is judged by.
 */
export class SmokeCheck {
  /**
   * A GET from outside, through the published port.
   *
   * @param title what is proven, as the end of a sentence that begins with the service: `answers at /health`
   * @param options the path, and the answer
   */
  public static http(title: string, options: HttpSmokeCheckOptions = {}): SmokeCheck {
    const given = understood('HttpSmokeCheckOptions', options);
    const { port, path, status, expect } = given;
    return carry(given, new SmokeCheck(SmokeCheckKind.HTTP, title, { portName: port, path: path ?? '/', status: status ?? 200, expect }));
  }

  /**
   * Bytes sent from outside, through the published port. Unlike a mere connection, which the engine accepts by itself, an answer
   * comes from the service.
   *
   * @param title what is proven, as the end of a sentence that begins with the service
   * @param options what is sent, and the answer
   */
  public static tcp(title: string, options: TcpSmokeCheckOptions): SmokeCheck {
    const given = understood('TcpSmokeCheckOptions', options);
    const { port, send, expect } = given;
    return carry(given, new SmokeCheck(SmokeCheckKind.TCP, title, { portName: port, send, expect }));
  }

  /**
   * A program in the running container that must end with 0.
   *
   * @param title what is proven, as the end of a sentence that begins with the service: `runs a query`
   * @param options the program, and its output
   */
  public static exec(title: string, options: ExecSmokeCheckOptions): SmokeCheck {
    const given = understood('ExecSmokeCheckOptions', options);
    return carry(given, new SmokeCheck(SmokeCheckKind.EXEC, title, given));
  }

  /**
   * Data that is there again after the containers were removed and made anew.
   *
   * @param title what is proven, as the end of a sentence that begins with the service: `keeps its rows`
   * @param options how to write and to read
   */
  public static persistence(title: string, options: PersistenceSmokeCheckOptions): SmokeCheck {
    const given = understood('PersistenceSmokeCheckOptions', options);
    const { write, read, expect } = given;
    return carry(given, new SmokeCheck(SmokeCheckKind.PERSISTENCE, title, { write, command: read, expect }));
  }

  /**
   * A change of a source file that is seen without a restart of the container. It is for development alone.
   *
   * @param title what is proven, as the end of a sentence that begins with the service: `follows its sources`
   * @param options the file, what is added to it, and the answer that changes
   */
  public static reload(title: string, options: ReloadSmokeCheckOptions): SmokeCheck {
    const given = understood('ReloadSmokeCheckOptions', options);
    const { file, append, port, path, expect } = given;
    return carry(given, new SmokeCheck(SmokeCheckKind.RELOAD, title, { file, append, portName: port, path, expect }));
  }

  /** The mode that it is about; both when undefined. */
  public readonly mode?: Mode;
  /** How the check finds out. */
  public readonly kind: SmokeCheckKind;
  /** What is proven, as the end of a sentence that begins with the service. */
  public readonly title: string;
  /** What the answer must match: an extended regular expression (POSIX). */
  public readonly expect?: string;
  /** The name of the port that is asked; the first port when undefined. */
  public readonly portName?: string;
  /** The path that is asked. */
  public readonly path?: string;
  /** The status that is expected. */
  public readonly status?: number;
  /** The bytes that are sent. */
  public readonly send?: string;
  /** The program in the container; the one that reads, for a check of persistence. */
  public readonly command?: string[];
  /** The program that writes. */
  public readonly write?: string[];
  /** The source file that changes. */
  public readonly file?: string;
  /** What is added to it. */
  public readonly append?: string;

  private constructor(kind: SmokeCheckKind, title: string, question: {
    readonly expect?: string;
    readonly portName?: string;
    readonly path?: string;
    readonly status?: number;
    readonly send?: string;
    readonly command?: string[];
    readonly write?: string[];
    readonly file?: string;
    readonly append?: string;
  }, mode?: Mode) {
    this.mode = mode;
    this.kind = kind;
    this.title = title;
    this.expect = question.expect;
    this.portName = question.portName;
    this.path = question.path;
    this.status = question.status;
    this.send = question.send;
    this.command = question.command;
    this.write = question.write;
    this.file = question.file;
    this.append = question.append;
  }

  /**
   * The same check, for one mode: what a server of development shows is not what one of production does.
   *
   * @param mode the mode that it is about
   */
  public forMode(mode: Mode): SmokeCheck {
    return carry(this, new SmokeCheck(this.kind, this.title, this, mode));
  }

  /**
   * Whether it is to be asked in a mode.
   *
   * @param mode the mode
   */
  public isFor(mode: Mode): boolean {
    return this.mode === undefined || this.mode === mode;
  }
}

import { carry, understood } from './given';

/**
 * How a `HealthCheck` asks.
 */
export enum HealthCheckKind {
  /** A GET that must answer with a status below 400. */
  HTTP = 'http',
  /** A connection that must be accepted. */
  TCP = 'tcp',
  /** A program in the container that must exit with 0. */
  EXEC = 'exec',
  /** A line for the container's shell that must exit with 0. */
  SHELL = 'shell',
  /** No check, not even the one of the image. */
  NONE = 'none',
}

/**
 * What an image has to ask its own port with.
 */
export enum HealthCheckClient {
  /** `wget`, or else `curl`: what most images bring. For a connection: `nc`, or else `bash`. */
  SHELL = 'shell',
  /** Python's standard library. */
  PYTHON = 'python',
  /** Node.js. */
  NODE = 'node',
}

/**
 * How often a health check asks, and how long it is patient. Durations are written as in Compose: `10s`, `1m30s`.
 */
export interface HealthCheckTiming {
  /**
   * The time between two checks.
   *
   * @default "10s"
   */
  readonly interval?: string;

  /**
   * How long one check may take.
   *
   * @default "5s"
   */
  readonly timeout?: string;

  /**
   * How many checks must fail in a row before the container is unhealthy.
   *
   * @default 5
   */
  readonly retries?: number;

  /**
   * How long a container may take to start; failures within it do not count.
   *
   * @default "30s"
   */
  readonly startPeriod?: string;

  /**
   * The time between two checks within the start period. Short, so that what waits for this service starts at once
   * (Docker Engine 25 or newer; older ones use the interval).
   *
   * @default "1s"
   */
  readonly startInterval?: string;

  /**
   * A remark for whoever reads the generated file: why the check is what it is.
   *
   * @default - none
   */
  readonly note?: string;
}

/** Options of `HealthCheck.http` and `HealthCheck.tcp`. */
export interface PortHealthCheckOptions {
  /**
   * The name of the port that is asked.
   *
   * @default - the first port of the service
   */
  readonly port?: string;

  /**
   * What the image has to ask with, for targets that ask from inside the container.
   *
   * @default HealthCheckClient.SHELL
   */
  readonly client?: HealthCheckClient;

  /**
   * How often it asks, and how long it is patient.
   *
   * @default - every 10 s, each second while it starts
   */
  readonly timing?: HealthCheckTiming;
}

/** What a check asks. */
interface Question {
  readonly path?: string;
  readonly portName?: string;
  readonly client?: HealthCheckClient;
  readonly command?: string[];
  readonly liveness?: HealthCheck;
}

/**
 * When a container counts as ready. Written once, it becomes the health check of Compose, the condition that others wait
 * for, and the probe of other targets.
 */
export class HealthCheck {
  /**
   * Healthy when a GET answers with a status below 400.
   *
   * Targets without a checker of their own ask from inside the container, with what `client` says that the image has; use
   * `exec` for an image that has nothing of that.
   *
   * @param path the path with its leading slash
   * @param options the port, the timing
   */
  public static http(path: string, options: PortHealthCheckOptions = {}): HealthCheck {
    const given = understood('PortHealthCheckOptions', options);
    return carry(given, new HealthCheck(HealthCheckKind.HTTP, given.timing ?? {}, { path, portName: given.port, client: given.client }));
  }

  /**
   * Healthy when a connection is accepted.
   *
   * Targets without a checker of their own ask from inside the container, with what `client` says that the image has.
   *
   * @param options the port, the timing
   */
  public static tcp(options: PortHealthCheckOptions = {}): HealthCheck {
    const given = understood('PortHealthCheckOptions', options);
    return carry(given, new HealthCheck(HealthCheckKind.TCP, given.timing ?? {}, { portName: given.port, client: given.client }));
  }

  /**
   * Healthy when a program in the container exits with 0.
   *
   * @param command the program and its arguments; no shell reads them
   * @param timing how often it asks, and how long it is patient
   */
  public static exec(command: string[], timing: HealthCheckTiming = {}): HealthCheck {
    const given = understood('HealthCheckTiming', timing);
    return carry(given, new HealthCheck(HealthCheckKind.EXEC, given, { command }));
  }

  /**
   * Healthy when a line of shell exits with 0.
   *
   * @param line the line, in which `$NAME` is an environment variable of the container
   * @param timing how often it asks, and how long it is patient
   */
  public static shell(line: string, timing: HealthCheckTiming = {}): HealthCheck {
    const given = understood('HealthCheckTiming', timing);
    return carry(given, new HealthCheck(HealthCheckKind.SHELL, given, { command: [line] }));
  }

  /**
   * No check at all, for an image that brings one which does not fit.
   */
  public static none(): HealthCheck {
    return new HealthCheck(HealthCheckKind.NONE, {}, {});
  }

  /** How the check asks. */
  public readonly kind: HealthCheckKind;
  /** The time between two checks. */
  public readonly interval: string;
  /** How long one check may take. */
  public readonly timeout: string;
  /** How many checks must fail in a row. */
  public readonly retries: number;
  /** How long a container may take to start. */
  public readonly startPeriod: string;
  /** The time between two checks while it starts. */
  public readonly startInterval: string;
  /** A remark for whoever reads the generated file. */
  public readonly note?: string;
  /** The path of an HTTP check. */
  public readonly path?: string;
  /** The name of the port of an HTTP or TCP check; the first port when undefined. */
  public readonly portName?: string;
  /** What an HTTP or TCP check asks with, inside the container. */
  public readonly client: HealthCheckClient;
  /** The program and its arguments, or the one line of a shell check. */
  public readonly command?: string[];
  /** Whether the program itself works, whatever it depends on. */
  public readonly liveness?: HealthCheck;

  private constructor(kind: HealthCheckKind, timing: HealthCheckTiming, question: Question) {
    this.kind = kind;
    this.interval = timing.interval ?? '10s';
    this.timeout = timing.timeout ?? '5s';
    this.retries = timing.retries ?? 5;
    this.startPeriod = timing.startPeriod ?? '30s';
    this.startInterval = timing.startInterval ?? '1s';
    this.note = timing.note;
    this.path = question.path;
    this.portName = question.portName;
    this.client = question.client ?? HealthCheckClient.SHELL;
    this.command = question.command;
    this.liveness = question.liveness;
  }

  /**
   * The same question with another timing; what is not named keeps its value.
   *
   * @param timing what to change
   */
  public withTiming(timing: HealthCheckTiming): HealthCheck {
    const given = understood('HealthCheckTiming', timing);
    return carry(given, carry(this, new HealthCheck(this.kind, {
      interval: given.interval ?? this.interval,
      timeout: given.timeout ?? this.timeout,
      retries: given.retries ?? this.retries,
      startPeriod: given.startPeriod ?? this.startPeriod,
      startInterval: given.startInterval ?? this.startInterval,
      note: given.note ?? this.note,
    }, this.question)));
  }

  /**
   * The same check, with another one that says whether the program itself works. Targets that start a container anew when it no
   * longer works ask that one: a dependency that is away must not end those who wait for it. Without it they ask whether the
   * port is open, or nothing.
   *
   * @param liveness a check that asks no dependency
   */
  public withLiveness(liveness: HealthCheck): HealthCheck {
    return carry(this, new HealthCheck(this.kind, this, { ...this.question, liveness }));
  }

  private get question(): Question {
    return { path: this.path, portName: this.portName, client: this.client, command: this.command, liveness: this.liveness };
  }
}

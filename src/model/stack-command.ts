import { understood } from './given';
import type { Service } from './service';

/**
 * What a `StackCommand` does.
 */
export enum StackCommandKind {
  /** Starts services, or all of them, and waits until they are healthy. */
  START = 'start',
  /** Stops services, or all of them; their containers stay. */
  STOP = 'stop',
  /** Stops all services and removes their containers; data stays. */
  REMOVE = 'remove',
  /** Stops all services and removes their containers, and their volumes. */
  REMOVE_DATA = 'remove-data',
  /** Stops a service and starts it again. */
  RESTART = 'restart',
  /** Builds the image of a service, or all images, anew. */
  REBUILD = 'rebuild',
  /** Shows what the services print. */
  LOGS = 'logs',
  /** Shows which services run, and whether they are healthy. */
  STATUS = 'status',
  /** Runs a program in the running container of a service. */
  EXEC = 'exec',
  /** Runs a program in a container of its own, which is removed afterwards. */
  RUN = 'run',
  /** Runs a line of shell on the host, in the folder of the stack. */
  HOST = 'host',
}

/**
 * How a `StackCommand` is run, where it is not run as usual.
 */
export interface StackCommandOptions {
  /**
   * Whether it goes on until a person ends it: it follows a log, or opens a prompt.
   *
   * @default false
   */
  readonly interactive?: boolean;

  /**
   * Whether nothing that was built or pulled before is used.
   *
   * @default false
   */
  readonly afresh?: boolean;

  /**
   * The file of the stack that its standard input comes from.
   *
   * @default - none
   */
  readonly inputFile?: string;

  /**
   * The file of the stack that its standard output goes to.
   *
   * @default - none
   */
  readonly outputFile?: string;

  /**
   * Whether it deletes data.
   *
   * @default false
   */
  readonly destructive?: boolean;

  /**
   * Whether it is for the situation only that the text around it describes: in any other it may fail, or do harm.
   *
   * @default false
   */
  readonly situational?: boolean;
}

/** What a command consists of, beside its kind and its remark. */
interface Details {
  readonly service?: Service;
  readonly command?: string[];
}

/**
 * A command that people type, in a form that knows no tool: each target writes it in its own words.
 */
export class StackCommand {
  /**
   * Starts services and waits until they are healthy.
   *
   * @param remark why one would type it: the comment above it
   * @param service the service; all of the stack when undefined
   */
  public static start(remark: string, service?: Service): StackCommand {
    return new StackCommand(StackCommandKind.START, remark, { service });
  }

  /**
   * Stops services; their containers stay.
   *
   * @param remark why one would type it
   * @param service the service; all of the stack when undefined
   */
  public static stop(remark: string, service?: Service): StackCommand {
    return new StackCommand(StackCommandKind.STOP, remark, { service });
  }

  /**
   * Stops all services and removes their containers; data stays.
   *
   * @param remark why one would type it
   */
  public static remove(remark: string): StackCommand {
    return new StackCommand(StackCommandKind.REMOVE, remark);
  }

  /**
   * Stops all services and removes their containers and volumes: data is lost.
   *
   * @param remark why one would type it
   */
  public static removeData(remark: string): StackCommand {
    return new StackCommand(StackCommandKind.REMOVE_DATA, remark);
  }

  /**
   * Stops a service and starts it again.
   *
   * @param remark why one would type it
   * @param service the service
   */
  public static restart(remark: string, service: Service): StackCommand {
    return new StackCommand(StackCommandKind.RESTART, remark, { service });
  }

  /**
   * Builds an image anew.
   *
   * @param remark why one would type it
   * @param service the service; all of the stack when undefined
   * @param options whether what was built before is used
   */
  public static rebuild(remark: string, service?: Service, options: StackCommandOptions = {}): StackCommand {
    return new StackCommand(StackCommandKind.REBUILD, remark, { service }, options);
  }

  /**
   * Shows what a service prints.
   *
   * @param remark why one would type it
   * @param service the service; all of the stack when undefined
   * @param options whether it is followed (`interactive`)
   */
  public static logs(remark: string, service?: Service, options: StackCommandOptions = {}): StackCommand {
    return new StackCommand(StackCommandKind.LOGS, remark, { service }, options);
  }

  /**
   * Shows whether a service runs and is healthy.
   *
   * @param remark why one would type it
   * @param service the service; all of the stack when undefined
   */
  public static status(remark: string, service?: Service): StackCommand {
    return new StackCommand(StackCommandKind.STATUS, remark, { service });
  }

  /**
   * Runs a program in the running container of a service.
   *
   * @param remark why one would type it
   * @param service the service
   * @param command the program and its arguments; no shell reads them
   * @param options whether it opens a prompt, deletes data, and files that it reads or writes
   */
  public static exec(remark: string, service: Service, command: string[], options: StackCommandOptions = {}): StackCommand {
    return new StackCommand(StackCommandKind.EXEC, remark, { service, command }, options);
  }

  /**
   * Runs a program in a container of its own, which is removed afterwards.
   *
   * @param remark why one would type it
   * @param service the service
   * @param command the program and its arguments; no shell reads them
   * @param options whether it opens a prompt or deletes data
   */
  public static run(remark: string, service: Service, command: string[], options: StackCommandOptions = {}): StackCommand {
    return new StackCommand(StackCommandKind.RUN, remark, { service, command }, options);
  }

  /**
   * Runs a line of shell on the host, in the folder of the stack.
   *
   * @param remark why one would type it
   * @param line the line, exactly as it is typed
   * @param options whether it opens a prompt, deletes data, or is for one situation only
   */
  public static host(remark: string, line: string, options: StackCommandOptions = {}): StackCommand {
    return new StackCommand(StackCommandKind.HOST, remark, { command: [line] }, options);
  }

  /** What the command does. */
  public readonly kind: StackCommandKind;
  /** Why one would type it: the comment above it. */
  public readonly remark: string;
  /** The service that it is about; all of the stack when undefined. */
  public readonly service?: Service;
  /** The program and its arguments, or the one line of shell. */
  public readonly command: string[];
  /** Whether it goes on until a person ends it. */
  public readonly interactive: boolean;
  /** Whether nothing that was built or pulled before is used. */
  public readonly afresh: boolean;
  /** The file that its standard input comes from. */
  public readonly inputFile?: string;
  /** The file that its standard output goes to. */
  public readonly outputFile?: string;
  /** Whether it deletes data. */
  public readonly destructive: boolean;
  /** Whether it is for one situation only. */
  public readonly situational: boolean;

  private constructor(kind: StackCommandKind, remark: string, { service, command = [] }: Details = {}, given: StackCommandOptions = {}) {
    const options = understood('StackCommandOptions', given, this);
    this.kind = kind;
    this.remark = remark;
    this.service = service;
    this.command = command;
    this.interactive = options.interactive ?? false;
    this.afresh = options.afresh ?? false;
    this.inputFile = options.inputFile;
    this.outputFile = options.outputFile;
    this.destructive = (options.destructive ?? false) || kind === StackCommandKind.REMOVE_DATA;
    this.situational = options.situational ?? false;
  }
}
